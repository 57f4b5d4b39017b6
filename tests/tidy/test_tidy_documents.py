"""Documentation has tests: codes, limits, links, threats, decisions."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from armslength.core.error_table import ERROR_TABLE
from tidy.house import ROOT, relative, repository_files, source_files, tree
from tidy.render_docs import errors_document, limits, limits_document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FAMILY_OF_CLASS = {
    "LocalError": "local",
    "PeerError": "peer",
    "VerificationError": "verification",
    "Unavailable": "unavailable",
}
CODE_SHAPE = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)+")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
TEST_PATH = re.compile(r"`(tests/[\w/.]+\.py)(?:::(\w+))?`")
ABUSE_CASES = 116


def test_every_error_code_is_documented() -> None:
    assert (ROOT / "docs/errors.md").read_text(encoding="utf-8") == errors_document(), "run `make docs`"


def test_every_limit_is_documented() -> None:
    assert (ROOT / "docs/limits.md").read_text(encoding="utf-8") == limits_document(), "run `make docs`"


def test_every_limit_says_why() -> None:
    assert [f"{limit.path}: {limit.name}" for limit in limits() if not limit.reason.strip()] == []


def test_every_error_text_is_one_an_operator_can_use() -> None:
    wrong = [
        code
        for code, text in ERROR_TABLE.items()
        if not CODE_SHAPE.fullmatch(code)
        or text.family not in FAMILY_OF_CLASS.values()
        or not text.sentence.endswith(".")
        or not text.next_step.endswith((".", "?"))
    ]
    assert wrong == []


def test_the_error_table_is_in_alphabetical_order() -> None:
    assert list(ERROR_TABLE) == sorted(ERROR_TABLE)


def _raised_codes() -> Iterator[tuple[str, str, str]]:
    """Every code written beside an error class: where, class name, code."""
    for path in source_files():
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
                continue
            first = node.args[0]
            if node.func.id in FAMILY_OF_CLASS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield f"{relative(path)}:{node.lineno}", node.func.id, first.value


def test_every_raised_code_stands_in_the_table_under_its_family() -> None:
    wrong = [
        (where, name, code)
        for where, name, code in _raised_codes()
        if code not in ERROR_TABLE or ERROR_TABLE[code].family != FAMILY_OF_CLASS[name]
    ]
    assert wrong == []


def test_no_code_of_the_table_is_dead() -> None:
    written = {
        node.value
        for path in source_files()
        if not path.name.startswith("error_t")  # The text of a code is no use of it.
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    # Text checks raise a peer's fault under the same code with PEER- before it (`armslength.core.text`).
    assert sorted(set(ERROR_TABLE) - written - {f"PEER-{code}" for code in written}) == []


def _documents() -> list[Path]:
    return [path for path in repository_files() if path.suffix == ".md" and "vectors" not in path.parts]


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = []
    for document in _documents():
        for target in LINK.findall(document.read_text(encoding="utf-8")):
            if "://" in target or target.startswith(("#", "mailto:")):
                continue
            if not (document.parent / target.split("#")[0]).exists():
                broken.append(f"{relative(document)}: {target}")
    assert broken == []


def test_every_make_target_a_document_names_exists() -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    unknown = [
        f"{relative(document)}: make {target}"
        for document in _documents()
        for target in re.findall(r"`make ([a-z-]+)", document.read_text(encoding="utf-8"))
        if target not in targets
    ]
    assert unknown == []


def _threat_rows() -> dict[int, list[str]]:
    rows = {}
    for line in (ROOT / "docs/threats.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0].isdigit():
            rows[int(cells[0])] = cells
    return rows


def test_every_abuse_case_has_a_defence_and_a_test_or_says_that_it_does_not_hold() -> None:
    rows = _threat_rows()
    assert sorted(rows) == list(range(1, ABUSE_CASES + 1))
    undecided = [
        number
        for number, cells in rows.items()
        if len(cells) != 4 or not all(cells) or not (TEST_PATH.search(cells[3]) or "does not hold yet" in cells[3])
    ]
    assert undecided == []


@pytest.mark.parametrize("number", range(1, ABUSE_CASES + 1))
def test_every_test_named_beside_an_abuse_case_exists(number: int) -> None:
    for path, function in TEST_PATH.findall(_threat_rows()[number][3]):
        assert (ROOT / path).exists(), path
        if function:
            assert f"def {function}(" in (ROOT / path).read_text(encoding="utf-8"), f"{path}::{function}"


@pytest.mark.parametrize("decision", sorted((ROOT / "docs/adr").glob("0*.md")), ids=lambda path: path.stem)
def test_every_decision_owns_up_to_its_bad_consequences(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    for heading in ("## Context and problem statement", "## Considered options", "## Decision outcome"):
        assert heading in text
    assert text.count("\n* Bad: ") >= 2
