"""The specification and the program name the same refusals."""

from __future__ import annotations

import re

from armslength.core.error_table import ERROR_TABLE
from tidy.house import ROOT

SPEC = sorted((ROOT / "docs" / "spec").glob("*.md"))
CODE = re.compile(r"`([A-Z0-9]+(?:-[A-Z0-9]+)+)`")
FAMILIES = re.compile(
    r"(?:ACT|BRAID|CBOR|CHARTER|CHECKPOINT|COSE|EXPORT|FORM|ITEM|JOURNAL|LINE|MANIFEST|NOTE|PAPER|PROOF|RECEIPT|RECORD"
    r"|RELATION|TRANSPORT|VKEY|WITNESS)-[A-Z0-9-]+"
)
"""First words of codes; other words in capitals are codes of vocabularies and forms."""

VOCABULARY = {"LINE-SUSPENDED", "LINE-RESUMED"}
"""Codes of vocabularies that begin like a refusal's."""


def paragraphs_of_refusals() -> list[tuple[str, str]]:
    found = []
    for page in SPEC:
        for paragraph in page.read_text(encoding="utf-8").split("\n\n"):
            if paragraph.startswith(("Refusals", "Errors")):
                found += [(page.name, code) for code in CODE.findall(paragraph)]
    return found


def test_every_refusal_listed_in_the_specification_is_in_the_error_table() -> None:
    listed = paragraphs_of_refusals()
    assert len({page for page, _ in listed}) >= 9
    assert [(page, code) for page, code in listed if code not in ERROR_TABLE] == []


def test_every_code_in_running_text_is_in_the_error_table() -> None:
    wrong = [
        (page.name, code)
        for page in SPEC
        for code in sorted(set(CODE.findall(page.read_text(encoding="utf-8"))))
        if FAMILIES.fullmatch(code) and code not in VOCABULARY and code not in ERROR_TABLE
    ]
    assert wrong == []


def test_every_page_of_the_wire_says_what_it_refuses() -> None:
    silent = {page.name for page in SPEC} - {page for page, _ in paragraphs_of_refusals()}
    assert silent <= {"README.md", "versions.md", "forms.md"}
    assert "## Refusals" in (ROOT / "docs" / "spec" / "forms.md").read_text(encoding="utf-8")


def test_every_refusal_of_records_from_outside_is_specified() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in SPEC)
    families = ("ACT-", "BRAID-", "CBOR-", "CHARTER-", "ITEM-", "MANIFEST-", "RECEIPT-", "RECORD-", "TRANSPORT-")
    ours = {code for code, row in ERROR_TABLE.items() if code.startswith(families) and row.family == "peer"}
    # What a fault of our own program is called is no part of the wire.
    assert sorted(code for code in ours - {"ITEM-UNHANDLED"} if f"`{code}`" not in text) == []
