from __future__ import annotations

from typing import Any

import pytest

from armslength.core.errors import PeerError
from armslength.core.realm import Realm
from armslength.core.record import Header, Item, Verified
from armslength.line.acts import check_needed, delegated, of_message, of_receipt, persons_of
from armslength.line.receipts import LEVEL_ROLES, Level
from builders.acts import raw_act


def test_stop_is_an_act_of_its_own_and_everything_else_is_released() -> None:
    assert of_message("STOP")[0] == "stop"
    assert {of_message(form)[0] for form in ("CONCERN", "TEST", "A-FORM-TO-COME")} == {"release"}


@pytest.mark.parametrize("level", [Level.READ, Level.UNDERSTOOD, Level.PASSED, Level.ANSWERED])
def test_a_receipt_is_given_in_a_role_that_its_level_permits(level: Level) -> None:
    assert of_receipt(level) == ("receipt", LEVEL_ROLES[level])


@pytest.mark.parametrize(
    ("case", "acts", "two_persons", "code"),
    [
        ("two officers, two keys", [("draft", "a", b"1"), ("release", "b", b"2")], True, ""),
        ("two officers, one key", [("draft", "a", b"1"), ("release", "b", b"1")], True, "ACT-SECOND-PERSON"),
        ("one officer, two keys", [("draft", "a", b"1"), ("release", "a", b"2")], True, "ACT-SECOND-PERSON"),
        ("one officer where one is enough", [("release", "a", b"1")], False, ""),
        ("the act in another role", [("release", "a", b"1")], None, "ACT-ROLE"),
    ],
)
def test_two_persons_are_two_officers_with_two_keys(case: str, acts: Any, two_persons: bool | None, code: str) -> None:
    found = [raw_act(act, officer=officer, key_id=key * 16) for act, officer, key in acts]
    roles = frozenset({"principal"}) if two_persons is None else frozenset[str]()
    if code:
        with pytest.raises(PeerError, match=code):
            check_needed(found, ("release", roles), two_persons=bool(two_persons))
    else:
        check_needed(found, ("release", roles), two_persons=bool(two_persons))
    assert case
    assert persons_of(found) == len({officer for _, officer, _ in acts})


def test_the_acts_of_a_check_do_not_count_as_sending() -> None:
    assert persons_of([raw_act("draft", officer="a"), raw_act("legal-tick", officer="b")]) == 1


@pytest.mark.parametrize(("link", "expected"), [({}, False), ({7: "voice"}, True), ({7: "pre-approved"}, True)])
def test_a_link_says_whether_one_person_released_under_a_delegation(link: dict[int, Any], expected: bool) -> None:
    assert delegated(numbered(link)) is expected


@pytest.mark.parametrize("kind", ["VOICE", "", 1, True, b"voice", ("voice",), {}])
def test_a_delegation_of_no_known_kind_is_refused(kind: Any) -> None:
    with pytest.raises(PeerError, match="BRAID-MALFORMED"):
        delegated(numbered({7: kind}))


def numbered(link: dict[int, Any]) -> Any:
    item = Item(envelope=b"", body_seed=b"", body={}, link_seed=b"", link=link, acts=())
    header = Header(profile=1, realm=Realm.EXERCISE, line=b"", type="message", key_id=b"")
    return Verified(header=header, item=item, envelope_hash=b"", body_hash=b"")
