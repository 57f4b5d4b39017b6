"""The notices, the calls, the line's own state and joint wording: what each must carry, say and never mean (B1, B5)."""

from __future__ import annotations

import pytest

from armslength.core.errors import LocalError
from armslength.core.precedence import Precedence
from armslength.line import fields as no
from armslength.line.exchange import ANSWERED_BY_ITSELF, EXPECTED_LEVELS, open_exchange
from armslength.line.form_makers import NOTICE_SENTENCES
from armslength.line.form_values import problems
from armslength.line.forms import FORMS, fields_of, form, is_use
from armslength.line.forms_calls import FORMS_OF_CALLS
from armslength.line.forms_notices import FORMS_OF_NOTICES
from armslength.line.receipts import Level
from armslength.line.relations import RULES, Stands, check_relation
from unit.line.message_values import EVENING, HASH, example

NOTICES = ("ACTIVITY-NOTICE", "LAUNCH-NOTICE", "MOVE-NOTICE", "DAILY-PLAN", "SITE-NOTICE", "LIST-EXCHANGE")
NEW = tuple(entry.code for entry in FORMS_OF_NOTICES)


def names(code: str) -> set[str]:
    return {field.name for field in fields_of(form(code)).values()}


def required(code: str) -> set[str]:
    entry = form(code)
    return {field.name for number, field in fields_of(entry).items() if field.required or number in entry.requires}


@pytest.mark.parametrize("code", NOTICES)
def test_every_notice_says_what_it_is_not(code: str) -> None:
    assert set(NOTICE_SENTENCES) <= set(form(code).sentences)
    assert form(code).without_prejudice
    assert not form(code).counts_as_use


@pytest.mark.parametrize("code", ["ACTIVITY-NOTICE", "LAUNCH-NOTICE", "MOVE-NOTICE"])
def test_a_notice_of_something_to_come_has_its_time_and_lapses_by_itself(code: str) -> None:
    assert {"takes-effect-at", "valid-until", "notice-id"} <= required(code)
    assert form(code).lead_s is not None
    assert Level.PASSED in EXPECTED_LEVELS[code]


def test_a_move_notice_carries_what_relief_forms_ask_for() -> None:
    assert {
        *("submitter", "contact-at-any-hour", "move-function", "route", "move-window", "vehicles", "markings"),
        *("persons-moving", "cargo", "urgency", "valid-until"),
    } <= required("MOVE-NOTICE")
    assert {"stops", "plates", "escort", "supersedes", "notice-version", "valid-from"} <= names("MOVE-NOTICE")


def test_no_notice_names_the_others_who_got_it() -> None:
    assert not any("recipient" in name for code in NEW for name in names(code))


@pytest.mark.parametrize("code", NEW)
def test_the_example_of_a_form_fits_it(code: str) -> None:
    entry = form(code)
    assert problems(entry, example(code), entry.precedences[0]) == ()


@pytest.mark.parametrize("verb", RULES)
@pytest.mark.parametrize("code", NEW)
def test_a_form_is_corrected_added_to_and_taken_back(code: str, verb: str) -> None:
    stands = Stands(author="EUCOM", form=code, precedence=Precedence.PRIORITY)
    if code in RULES[verb].forms_excluded:
        with pytest.raises(LocalError, match="DRAFT-RELATION"):
            check_relation(verb, stands, stands)
    else:
        check_relation(verb, stands, stands)


@pytest.mark.parametrize("code", NEW)
def test_what_only_takes_back_needs_none_of_the_forms_fields(code: str) -> None:
    entry = form(code)
    short = {number: value for number, value in example(code).items() if number < no.RELATION}
    assert problems(entry, short | {no.RELATION: ("recalls", HASH)}, entry.precedences[0]) == ()


def test_what_opens_a_matter_of_substance_is_a_use_and_nothing_else() -> None:
    uses = {code for code in NEW if is_use(form(code), {})}
    assert uses == {"CALL-REQUEST", "PUBLIC-WORDING"}


def test_the_watch_asks_for_a_principal_alone_and_suspends_never() -> None:
    for code in ("PRESENCE-QUERY", "PRESENCE", "RESUME"):
        assert "watch-officer" in form(code).releasers
        assert form(code).two_persons_from is None
    assert "watch-officer" not in form("SUSPEND").releasers


@pytest.mark.parametrize("code", sorted(ANSWERED_BY_ITSELF))
def test_the_form_that_answers_its_own_kind_waits_for_no_answer(code: str) -> None:
    given = {
        "envelope_hash": HASH,
        "form": code,
        "precedence": Precedence.PRIORITY,
        "released_at": EVENING,
        "deadlines_s": (1, 2, 3, 4, 5),
        "reply_by": None,
    }
    assert Level.ANSWERED in open_exchange(**given).due  # type: ignore[arg-type]  # as named above
    assert Level.ANSWERED not in open_exchange(**given, answers=True).due  # type: ignore[arg-type]  # as above
    assert Level.ANSWERED in open_exchange(**{**given, "form": "CONCERN"}, answers=True).due  # type: ignore[arg-type]


def test_every_form_says_which_levels_it_waits_for() -> None:
    assert set(FORMS) - set(EXPECTED_LEVELS) <= {"PHRASE", "CODEBOOK"}


@pytest.mark.parametrize("code", [entry.code for entry in FORMS_OF_CALLS])
def test_a_text_in_a_second_language_names_its_language(code: str) -> None:
    fields = {field.number: field for field in form(code).fields}
    for field in fields.values():
        if field.language_in is not None:
            assert fields[field.language_in].name.endswith("-language")
