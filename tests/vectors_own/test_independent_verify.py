"""A verifier that was written from docs/spec alone agrees with ours, on what holds and on what was done to it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Any

import independent_verify
import pytest
from vectorfile import read_all

from armslength.core.errors import VerificationError
from armslength.disclosure.verify import verify_export
from builders import two_nodes
from builders.exports import Forger, exported, resigned

ROOT = Path(__file__).parents[2]
VECTORS = [case for case in read_all(ROOT / "vectors") if case.request["command"] == "verify-export"]
UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def theirs(files: dict[str, bytes], trust: tuple[str, ...] = (), realm: str | None = None) -> str:
    try:
        independent_verify.verify(files, trust, realm)
    except independent_verify.RefusedError as refused:
        return str(refused)
    except UNREADABLE:  # its author left shapes that make no sense to Python
        return "UNREADABLE"
    return "OK"


def ours(files: dict[str, bytes]) -> str:
    try:
        verify_export(files)
    except VerificationError as refused:
        return refused.code
    return "OK"


@cache
def conversed() -> two_nodes.TwoNodes:
    two = two_nodes.conversed()
    two.converse(two.ndmc)
    two.cosign(two.ndmc)
    return two


def test_it_shares_nothing_with_the_product() -> None:
    source = Path(independent_verify.__file__).read_text(encoding="utf-8")
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(source))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert "armslength" not in imported
    assert imported >= {"cbor2", "cryptography"}


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case.name)
def test_it_judges_every_export_vector_alike(case: Any) -> None:
    files = {name[5:]: bytes.fromhex(data) for name, data in case.request.items() if name.startswith("file/")}
    trust = tuple(case.request.get("trust", "").split())
    assert theirs(files, trust, case.request.get("realm")) == case.expect


@pytest.mark.parametrize("party", ["eucom", "ndmc"])
def test_it_reads_the_same_account_from_either_side(party: str) -> None:
    two = conversed()
    files = exported(getattr(two, party), two.line)
    account = verify_export(files)
    read = independent_verify.verify(files)
    assert [(one["from"], one["number"], one["form"]) for one in read] == [
        (one.sender, one.number, one.form) for one in account.messages
    ]
    for one, other in zip(read, account.messages, strict=True):
        assert one["name"] == other.envelope_hash
        assert one["levels"] == [(int(given.level), given.by.partition("/")[0]) for given in other.receipts]
    assert len(read) == 2


def test_both_refuse_any_changed_byte() -> None:
    two = conversed()
    files = exported(two.eucom, two.line)
    tried = 0
    for name, data in files.items():
        for at in range(0, len(data), max(1, len(data) // 4)):
            changed = {**files, name: data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]}
            assert theirs(changed) != "OK", (name, at)
            assert ours(changed) != "OK", (name, at)
            tried += 1
    assert tried > 150


def test_both_refuse_a_changed_byte_that_the_exporter_signs() -> None:
    two = conversed()
    files = exported(two.eucom, two.line)
    differing = []
    for name in sorted(files.keys() - {"MANIFEST", "README.txt"}):
        data = files[name]
        at = len(data) // 2
        changed = resigned({**files, name: data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]}, two.eucom, two.line)
        verdicts = (theirs(changed), ours(changed))
        # The head says when it was made and of what; those bytes are the exporter's word and no record repeats them.
        if name != "export.cbor":
            assert "OK" not in verdicts, name
        if verdicts[0] not in {verdicts[1], "UNREADABLE"}:
            differing.append((name, *verdicts))
    assert differing == []


FORGED = {
    "a message left out": lambda forger: forger.leave_out(forger.index("message-out")),
    "a message withheld": lambda forger: forger.withhold(forger.index("message-out")),
    "an assent left out": lambda forger: forger.leave_out(forger.index("charter-assent")),
    "the charter left out": lambda forger: forger.leave_out(forger.index("charter")),
    "the pin left out": lambda forger: forger.leave_out(forger.index("peer-pin")),
    "the peer's receipt left out": lambda forger: forger.leave_out(forger.index("receipt-in", 1)),
    "two entries swapped": lambda forger: forger.swap(forger.index("message-out"), forger.index("charter")),
    "another cosigned note": lambda forger: forger.note(cosigned=None),
    "another charter in the head": lambda forger: forger.head(charter=bytes(32)),
    "another line in the head": lambda forger: forger.head(line=bytes(16)),
    "a message entered twice": lambda forger: forger.add("message-out", forger.item(forger.index("message-out"))),
    "another's record as one's own": lambda forger: forger.add("message-out", forger.item(forger.index("message-in"))),
}


@pytest.mark.parametrize("name", FORGED)
def test_both_refuse_what_a_hostile_exporter_forges(name: str) -> None:
    two = conversed()
    files = FORGED[name](Forger.of(two.eucom, two.line)).files()
    verdict = ours(files)
    assert verdict != "OK"
    assert theirs(files) == verdict
