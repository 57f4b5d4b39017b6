from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from armslength.core.attestation import ACTS
from armslength.core.errors import LocalError
from armslength.desk import policy
from armslength.desk.policy import CHECK_ACTS, HANDLING_MARKINGS, LOCAL_ACTS, READS, RELEASABLE_MAX
from armslength.line.forms import FORMS
from armslength.line.manifest import ROLES
from armslength.line.receipts import LEVEL_ROLES
from builders.acts import raw_act

OWN, PEER = "EUCOM", "NDMC"

MAY: dict[str, set[str]] = {
    "watch-officer": {
        "alarm-passed", "alarm-shelved",
        "report", "facility", "import", "feed", "concern-step", "decision", "contact", "delegation", "alarm-accepted",
        "session", "window", "window-step", "list", "channel", "channel-state", "rung", "check-plan", "line-check",
        "call", "call-step", "case", "case-step", "log", "roster", "shift", "drill", "translation-read",
        "notice-batch", "notice-step", "officer-change",
    },
    "linguist": {
        "report", "contact", "linguist", "line-check", "call", "call-step", "log", "codebook", "codebook-sign",
        "translation", "translation-read", "term", "officer-change",
    },
    "legal-adviser": {"legal", "translation-read", "officer-change"},
    "releasing-officer": {
        "alarm-passed", "alarm-shelved",
        "rules", "concern-step", "decision", "contact", "delegation", "alarm-accepted", "session", "window",
        "window-step", "list", "channel", "channel-state", "ladder", "rung", "check-plan", "line-check", "call",
        "call-step", "case", "case-step", "log", "roster", "shift", "drill", "translation-read", "notice-step",
        "officer-change",
    },
    "principal": {
        "alarm-passed", "alarm-shelved",
        "rules", "concern-step", "decision", "contact", "delegation", "alarm-accepted", "session", "charter",
        "charter-assent", "destroyed", "window", "window-step", "list", "channel", "channel-state", "ladder", "rung",
        "check-plan", "line-check", "call", "call-step", "case", "case-step", "log", "roster", "shift", "drill",
        "translation-read", "notice-step", "officer-change", "officer-approval", "map-layer",
    },
    "spokesperson": set(),
    "auditor": set(),
    "key-custodian": {"peer-pin", "destroyed", "officer-change"},
    "administrator": {
        "alarm-passed",
        "facility", "import", "feed", "alarm-accepted", "peer-pin", "charter", "channel", "roster", "map-layer",
        "officer-change", "officer-approval",
    },
}  # fmt: skip
"""Role -> what it may do: the table of domain.md 8b, written down once more to be held against the code."""

WRITES = {**LOCAL_ACTS, **CHECK_ACTS}


@pytest.mark.parametrize(("kind", "role"), list(product(WRITES, sorted(ROLES))))
def test_every_act_is_open_to_its_roles_and_to_no_other(kind: str, role: str) -> None:
    act, roles = WRITES[kind]
    assert act in ACTS
    if kind in MAY[role]:
        policy.require(raw_act(act, role), act, roles)
    else:
        with pytest.raises(LocalError, match="ROLE-REFUSED"):
            policy.require(raw_act(act, role), act, roles)


def test_an_auditor_and_a_spokesperson_change_nothing_at_all() -> None:
    for role in ("auditor", "spokesperson"):
        assert not any(role in roles for _, roles in WRITES.values())
        assert not any(role in form.drafters | form.releasers for form in FORMS.values())
        assert not any(role in roles for roles in LEVEL_ROLES.values())


def test_an_administrator_has_no_contents_and_releases_nothing_but_service() -> None:
    assert "administrator" not in READS["messages"] | READS["drafts"] | READS["concerns"] | READS["journal"]
    assert [code for code, form in FORMS.items() if "administrator" in form.releasers] == ["SERVICE"]


def test_a_linguist_sees_text_and_no_deliberation() -> None:
    assert "linguist" in READS["messages"] & READS["drafts"]
    assert "linguist" not in READS["concerns"] | READS["alarms"] | READS["journal"]


def test_a_spokesperson_sees_counts_and_lines_and_no_contents() -> None:
    assert {what for what, roles in READS.items() if "spokesperson" in roles} == {
        "health",
        "lines",
        "count",
        "channels",
        "contact-count",
    }


def test_everybody_sees_whether_the_node_is_well() -> None:
    assert READS["health"] == ROLES


@pytest.mark.parametrize("table", [LOCAL_ACTS, CHECK_ACTS], ids=["local", "checks"])
def test_every_role_of_the_tables_is_one_that_a_manifest_knows(table: Any) -> None:
    assert {role for _, roles in table.values() for role in roles} <= ROLES


@pytest.mark.parametrize(
    ("case", "act", "officer", "code"),
    [
        ("another act", "release", None, "ACT-WRONG"),
        ("another officer", "record", "eucom-watch-2", "ACT-WRONG"),
        ("as it should be", "record", "eucom-watch-1", ""),
    ],
)
def test_an_act_is_of_its_kind_and_of_the_officer_whom_the_record_names(
    case: str, act: str, officer: str | None, code: str
) -> None:
    if code:
        with pytest.raises(LocalError, match=code):
            policy.require(raw_act(act), "record", frozenset(), officer)
    else:
        policy.require(raw_act(act), "record", frozenset(), officer)
    assert case


# --- handling ---------------------------------------------------------------------------------------------------------


def body(addressees: tuple[str, ...], **changes: Any) -> dict[int, Any]:
    made: dict[int, Any] = {4: addressees, **policy.handling(OWN, addressees)}
    return made | {int(number.removeprefix("n")): value for number, value in changes.items()}


@pytest.mark.parametrize("addressees", [(), (PEER,), (PEER, "THIRD")])
def test_what_a_record_gets_by_itself_is_allowed(addressees: tuple[str, ...]) -> None:
    made = body(addressees)
    policy.check_handling(OWN, made)
    assert made[6] == ("PARTIES-ONLY" if addressees else "OWN-PARTY")
    assert made[7] == (OWN, *addressees)


@pytest.mark.parametrize(("marking", "crosses"), list(product(HANDLING_MARKINGS, [True, False])))
def test_a_marking_says_whether_a_record_stays_at_home(marking: str, crosses: bool) -> None:
    made = body((PEER,) if crosses else (), n6=marking)
    if crosses is (marking == "OWN-PARTY"):
        with pytest.raises(LocalError, match="HANDLING-MARKING"):
            policy.check_handling(OWN, made)
    else:
        policy.check_handling(OWN, made)


@pytest.mark.parametrize(
    ("case", "changes", "code"),
    [
        ("no marking", {"n6": None}, "HANDLING-MARKING"),
        ("a marking of no list", {"n6": "SECRET"}, "HANDLING-MARKING"),
        ("a marking that is a map", {"n6": {}}, "HANDLING-MARKING"),
        ("no releasability", {"n7": None}, "HANDLING-RELEASABLE"),
        ("without ourselves", {"n7": (PEER,)}, "HANDLING-RELEASABLE"),
        ("without the addressee", {"n7": (OWN,)}, "HANDLING-RELEASABLE"),
        ("with a third", {"n7": (OWN, PEER, "IAEA")}, "HANDLING-RELEASABLE"),
        ("a number among them", {"n6": "PUBLIC", "n7": (OWN, PEER, 7)}, "PARTY-CODE"),
        ("everybody", {"n6": "PUBLIC", "n7": (OWN, PEER) * RELEASABLE_MAX}, "HANDLING-RELEASABLE"),
    ],
)
def test_what_no_list_allows_is_refused(case: str, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(LocalError, match=code):
        policy.check_handling(OWN, body((PEER,), **changes))
    assert case


def test_every_marking_says_what_it_is_for() -> None:
    assert all(reason.endswith(".") for reason in HANDLING_MARKINGS.values())
