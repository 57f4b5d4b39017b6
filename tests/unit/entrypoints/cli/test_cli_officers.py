"""Who acts when nobody is named, and in whose name a running node is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.core.errors import LocalError
from armslength.desk.policy import READS
from armslength.entrypoints.cli import officers
from armslength.line.forms import FORMS

if TYPE_CHECKING:
    from builders.cli_homes import Pair


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (FORMS["TEST"].releasers, "eucom-watch-1"),
        (FORMS["CONCERN"].releasers, "eucom-release-1"),
        ({"principal"}, "eucom-principal-1"),
        ({"key-custodian"}, "eucom-custodian-1"),
        ({"linguist", "watch-officer"}, "eucom-watch-1"),
    ],
)
def test_who_is_on_duty_goes_before_who_decides(opened: Pair, roles: set[str], expected: str) -> None:
    assert officers.choose(opened.eucom, roles, None) == expected


def test_an_officer_may_be_named_without_the_party(opened: Pair) -> None:
    assert officers.choose(opened.eucom, {"watch-officer"}, "watch-2") == "eucom-watch-2"
    with pytest.raises(LocalError, match="OFFICER-UNKNOWN"):
        officers.choose(opened.eucom, {"watch-officer"}, "ndmc-watch-1")
    with pytest.raises(LocalError, match="ROLE-REFUSED"):
        officers.choose(opened.eucom, {"no-such-role"}, None)


@pytest.mark.parametrize("what", [*sorted(READS.keys() - {"journal"}), "facilities", "delegations", "doctor"])
def test_everything_can_be_read_by_somebody(opened: Pair, what: str) -> None:
    officer = officers.reader(opened.eucom, what)
    roles = officers.own_manifest(opened.eucom).officers[officer].roles
    assert roles & READS[officers.READ_AS.get(what, what)]


@pytest.mark.parametrize("what", ["export", "entries"])
def test_the_journal_is_the_auditor_s(opened: Pair, what: str) -> None:
    assert officers.reader(opened.eucom, what) == "eucom-auditor-1"


def test_without_a_token_nobody_reads(pair: Pair) -> None:
    (pair.eucom / "officers" / "eucom-auditor-1.token").unlink()
    with pytest.raises(LocalError, match="ROLE-REFUSED"):
        officers.reader(pair.eucom, "export")
