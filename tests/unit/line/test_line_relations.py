"""Who may correct, recall or relate to what, and that nobody needs more persons to take back than to send."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.errors import LocalError, PeerError
from armslength.core.precedence import Precedence
from armslength.line.forms import CONCERN, FORMS, STOP
from armslength.line.relations import RULES, Stands, Steps, check_relation, steps_to_relate, steps_to_send

FLASH, ROUTINE = Precedence.FLASH, Precedence.ROUTINE


def stands(author: str, form: str, precedence: Precedence = ROUTINE, relation: str | None = None) -> Stands:
    return Stands(author=author, form=form, precedence=precedence, relation=relation)


OURS = stands("EUCOM", "CONCERN")
THEIRS = stands("NDMC", "CONCERN")


@pytest.mark.parametrize(
    ("verb", "own", "target"),
    [
        ("recalls", OURS, OURS),
        ("recalls", OURS, stands("EUCOM", "CONCERN", relation="recalls")),
        ("recalls", stands("EUCOM", "TEST"), stands("EUCOM", "TEST")),
        ("recalls", stands("EUCOM", "STOP", FLASH), stands("EUCOM", "STOP", FLASH)),
        ("updates", OURS, OURS),
        ("updates", OURS, stands("EUCOM", "CONCERN", relation="adds")),
        ("adds", OURS, stands("EUCOM", "CONCERN", relation="updates")),
        ("discontinues", OURS, stands("EUCOM", "CONCERN", relation="relates")),
        ("relates", OURS, THEIRS),
        ("relates", OURS, stands("NDMC", "INCIDENT")),
    ],
)
def test_what_the_table_allows(verb: str, own: Stands, target: Stands) -> None:
    check_relation(verb, own, target)


REFUSED = [
    ("approves", OURS, OURS, "one of recalls"),
    ("recalls", OURS, THEIRS, "the author"),
    ("updates", OURS, THEIRS, "the author"),
    ("discontinues", OURS, THEIRS, "the author"),
    ("recalls", stands("EUCOM", "STOP", FLASH), OURS, "the form"),
    ("updates", stands("EUCOM", "TEST"), stands("EUCOM", "TEST"), "nothing that lasts"),
    ("updates", OURS, stands("EUCOM", "CONCERN", relation="updates"), "began the matter"),
    ("updates", OURS, stands("EUCOM", "CONCERN", relation="recalls"), "began the matter"),
    ("discontinues", OURS, stands("EUCOM", "CONCERN", relation="discontinues"), "began the matter"),
    ("relates", OURS, stands("NDMC", "CONCERN", relation="adds"), "began the matter"),
    ("recalls", OURS, stands("EUCOM", "CONCERN", FLASH), "at least FLASH"),
]


@pytest.mark.parametrize(("verb", "own", "target", "reason"), REFUSED)
def test_what_it_does_not_allow_is_refused_with_the_reason(verb: str, own: Stands, target: Stands, reason: str) -> None:
    with pytest.raises(LocalError, match="DRAFT-RELATION") as local:
        check_relation(verb, own, target)
    assert reason in str(local.value)
    with pytest.raises(PeerError, match="RELATION-REFUSED"):
        check_relation(verb, own, target, family=PeerError)


def test_the_table_is_whiteflags() -> None:
    """Reference codes 1 to 5 of Whiteflag 1.2: by whom, and which codes they may reference (0 is a new message)."""
    names = {0: None, 1: "recalls", 2: "updates", 3: "adds", 4: "discontinues", 5: "relates"}
    may_reference = {1: {0, 1, 2, 3, 4, 5}, 2: {0, 3, 5}, 3: {0, 2, 5}, 4: {0, 5}, 5: {0, 5}}
    for number, targets in may_reference.items():
        rule = RULES[str(names[number])]
        assert rule.targets == {names[target] for target in targets}
        assert rule.by_author_only == (number != 5)


@pytest.mark.parametrize("code", FORMS)
def test_every_form_can_be_recalled(code: str) -> None:
    for precedence in FORMS[code].precedences:
        own = stands("EUCOM", code, precedence)
        check_relation("recalls", own, own)


def test_a_stop_is_taken_back_by_one_person_without_any_check() -> None:
    sent = steps_to_send(STOP, FLASH, second_person=False, has_free_text=True)
    assert sent == Steps(persons=1, legal_tick=False, linguist_check=False)
    assert steps_to_relate("recalls", sent, sent) == sent


def test_a_concern_sent_under_a_delegation_is_taken_back_as_easily() -> None:
    new = steps_to_send(CONCERN, FLASH, second_person=True, has_free_text=True)
    assert new == Steps(persons=2, legal_tick=True, linguist_check=True)
    delegated = Steps(persons=1, legal_tick=False, linguist_check=False)
    assert steps_to_relate("recalls", new, delegated) == delegated
    assert steps_to_relate("updates", new, delegated) == new
    assert steps_to_relate(None, new, None) == new
    assert steps_to_relate("recalls", new, None) == new


STEPS = st.builds(Steps, persons=st.integers(1, 3), legal_tick=st.booleans(), linguist_check=st.booleans())


@given(verb=st.sampled_from(["recalls", "discontinues"]), new=STEPS, taken=STEPS)
def test_taking_back_never_needs_more_than_sending_did(verb: str, new: Steps, taken: Steps) -> None:
    needed = steps_to_relate(verb, new, taken)
    assert needed.persons <= taken.persons
    assert needed.legal_tick <= taken.legal_tick
    assert needed.linguist_check <= taken.linguist_check


@pytest.mark.parametrize(("code", "precedence"), list(product(FORMS, Precedence)))
def test_the_charter_can_ask_for_a_second_person_and_never_waive_one(code: str, precedence: Precedence) -> None:
    entry = FORMS[code]
    plain = steps_to_send(entry, precedence, second_person=False, has_free_text=False)
    asked = steps_to_send(entry, precedence, second_person=True, has_free_text=False)
    by_form = entry.two_persons_from is not None and precedence >= entry.two_persons_from
    assert plain.persons == (2 if by_form else 1)
    assert asked.persons == 2
    assert not plain.linguist_check
