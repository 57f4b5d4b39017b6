"""The count: a number with its rule, its day and its list; what is not known never becomes a yes or a no."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.channels.counting import (
    CALL_FORM,
    Count,
    CountingRule,
    Direction,
    ProofClass,
    Unit,
    Use,
    count,
    end_of_day,
    rule_from_value,
    rule_value,
    start_of_day,
)
from armslength.core.errors import LocalError
from armslength.core.instants import DAY_US, Instant, parse_rfc3339
from armslength.line.charter import COUNTING_RULE

CONCERN_AT = parse_rfc3339("2022-11-20T11:15:00Z")
AS_OF = parse_rfc3339("2022-11-28T09:00:00Z")
RULE = CountingRule()

CONCERN = Use(
    message_number=7,
    form="CONCERN",
    direction=Direction.OUTGOING,
    initiated_by="EUCOM",
    opened_from=CONCERN_AT,
    opened_until=CONCERN_AT,
    certain=True,
    exercise=False,
    subject="UA-ZNPP",
    answers_or_relates=False,
    proof=ProofClass.SIGNED,
    reference="entry 41",
)


def a_test(number: int) -> Use:
    at = Instant(parse_rfc3339("2022-03-01T08:00:00Z") + number * DAY_US // 2)
    return replace(CONCERN, message_number=100 + number, form="TEST", opened_from=at, opened_until=at, subject="")


def numbers(counted: Count) -> tuple[int, int]:
    return counted.certain, counted.possible


def reason(counted: Count) -> str:
    ((_, why),) = counted.excluded
    return why


def test_used_once_although_it_was_tested_twice_a_day() -> None:
    uses = [
        *(a_test(number) for number in range(540)),
        CONCERN,
        replace(CONCERN, message_number=8, form="CONCERN", exercise=True),
        *(replace(CONCERN, message_number=number, form="SERVICE") for number in (9, 10, 11)),
        replace(CONCERN, message_number=12, form="CONCERN", answers_or_relates=True),
        replace(CONCERN, message_number=3, form="REPLY", direction=Direction.INCOMING, answers_or_relates=True),
    ]
    counted = count(uses, RULE, AS_OF)
    assert numbers(counted) == (1, 0)
    assert counted.listed == (CONCERN,)
    assert len(counted.listed) + len(counted.excluded) == len(uses)
    assert {why for _, why in counted.excluded} == {
        "the form TEST is not counted",
        "an exercise",
        "the form SERVICE is not counted",
        "answers or relates to an earlier one and opens nothing",
        "the form REPLY is not counted",
    }


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"form": "TEST"}, "the form TEST is not counted"),
        ({"exercise": True}, "an exercise"),
        ({"answers_or_relates": True}, "answers or relates to an earlier one and opens nothing"),
        ({"direction": Direction.INCOMING}, "incoming"),
    ],
    ids=str,
)
def test_what_the_rule_leaves_out_is_listed_with_the_reason(change: dict[str, Any], why: str) -> None:
    counted = count([replace(CONCERN, **change)], RULE, AS_OF)
    assert numbers(counted) == (0, 0)
    assert reason(counted) == why


def test_the_day_as_of_which_it_is_counted_ends_at_midnight_utc() -> None:
    last = parse_rfc3339("2022-11-20T23:59:59.999999Z")
    at_last = replace(CONCERN, opened_from=last, opened_until=last)
    morning = parse_rfc3339("2022-11-20T00:00:00Z")
    assert numbers(count([at_last], RULE, morning)) == (1, 0)
    next_day = replace(CONCERN, opened_from=Instant(last + 1), opened_until=Instant(last + 1))
    counted = count([next_day], RULE, morning)
    assert numbers(counted) == (0, 0)
    assert reason(counted) == "after the day as of which it is counted"
    assert counted.as_of == last + 1 == end_of_day(morning) == end_of_day(last)


def test_since_takes_the_whole_first_day() -> None:
    evening = parse_rfc3339("2022-11-20T22:00:00Z")
    assert numbers(count([CONCERN], RULE, AS_OF, since=evening)) == (1, 0)
    after = count([CONCERN], RULE, AS_OF, since=Instant(evening + DAY_US))
    assert reason(after) == "before the first day asked for"
    assert start_of_day(evening) == parse_rfc3339("2022-11-20T00:00:00Z")


@pytest.mark.parametrize(
    ("since", "as_of", "expected"),
    [
        (None, "2022-11-18T00:00:00Z", (0, 0)),
        (None, "2022-11-19T00:00:00Z", (0, 1)),
        (None, "2022-11-21T00:00:00Z", (1, 0)),
        ("2022-11-19T00:00:00Z", "2022-11-21T00:00:00Z", (1, 0)),
        ("2022-11-20T00:00:00Z", "2022-11-21T00:00:00Z", (0, 1)),
        ("2022-11-22T00:00:00Z", "2022-11-28T00:00:00Z", (0, 0)),
    ],
)
def test_a_use_whose_time_straddles_the_edge_of_the_question_is_possible(
    since: str | None, as_of: str, expected: tuple[int, int]
) -> None:
    vague = replace(
        CONCERN,
        opened_from=parse_rfc3339("2022-11-19T18:00:00Z"),
        opened_until=parse_rfc3339("2022-11-21T06:00:00Z"),
    )
    first = None if since is None else parse_rfc3339(since)
    assert numbers(count([vague], RULE, parse_rfc3339(as_of), since=first)) == expected


@pytest.mark.parametrize(
    ("change", "question", "expected"),
    [
        ({"certain": False}, {}, (0, 1)),
        ({}, {"subject": "UA-ZNPP"}, (1, 0)),
        ({}, {"subject": "UA-KAKHOVKA"}, (0, 0)),
        ({"subject": ""}, {}, (1, 0)),
        ({"subject": ""}, {"subject": "halt-to-strikes"}, (0, 1)),
        ({}, {"initiated_by": "EUCOM"}, (1, 0)),
        ({}, {"initiated_by": "NDMC"}, (0, 0)),
        ({"initiated_by": ""}, {"initiated_by": "EUCOM"}, (0, 1)),
        ({"initiated_by": "", "subject": "", "certain": False}, {"initiated_by": "X", "subject": "Y"}, (0, 1)),
    ],
)
def test_what_is_not_known_counts_as_possible_and_never_as_certain(
    change: dict[str, Any], question: dict[str, Any], expected: tuple[int, int]
) -> None:
    assert numbers(count([replace(CONCERN, **change)], RULE, AS_OF, **question)) == expected


def test_a_message_told_twice_is_one_message_and_the_better_proof_stands() -> None:
    hearsay = replace(
        CONCERN,
        proof=ProofClass.REPORTED,
        certain=False,
        opened_from=Instant(CONCERN_AT - DAY_US),
        reference="press",
    )
    counted = count([hearsay, CONCERN, replace(CONCERN, reference="by mail")], RULE, AS_OF)
    assert numbers(counted) == (1, 0)
    assert counted.listed[0].proof is ProofClass.SIGNED
    assert [why.startswith("the same message stands") for _, why in counted.excluded] == [True, True]


def test_numbers_of_the_two_directions_and_of_exercises_are_different_numbers() -> None:
    rule = CountingRule(direction=Direction.BOTH, exclude_exercise=False)
    uses = [CONCERN, replace(CONCERN, direction=Direction.INCOMING), replace(CONCERN, exercise=True)]
    assert numbers(count(uses, rule, AS_OF)) == (3, 0)


def test_calls_have_no_number_and_each_counts() -> None:
    call = replace(CONCERN, message_number=None, form=CALL_FORM, proof=ProofClass.ATTESTED)
    other = replace(call, reference="another")
    assert numbers(count([call, other], CountingRule(unit=Unit.CALL), AS_OF)) == (2, 0)
    assert reason(count([CONCERN], CountingRule(unit=Unit.CALL), AS_OF)) == "not a recorded call"


def test_messages_count_one_by_one_when_the_rule_says_so() -> None:
    update = replace(CONCERN, message_number=8, answers_or_relates=True)
    assert numbers(count([CONCERN, update], CountingRule(unit=Unit.MESSAGE), AS_OF)) == (2, 0)
    assert numbers(count([CONCERN, update], RULE, AS_OF)) == (1, 0)


@pytest.mark.parametrize(
    ("direction", "expected"), [(Direction.OUTGOING, 1), (Direction.INCOMING, 2), (Direction.BOTH, 3)]
)
def test_direction(direction: Direction, expected: int) -> None:
    incoming = [replace(CONCERN, message_number=n, direction=Direction.INCOMING) for n in (1, 2)]
    assert count([CONCERN, *incoming], CountingRule(direction=direction), AS_OF).certain == expected


def test_the_rule_and_the_question_are_said_in_words() -> None:
    text = count([], RULE, AS_OF, since=CONCERN_AT, subject="UA-ZNPP", initiated_by="EUCOM").rule_text
    assert text == (
        "Counted are matters opened, each once; what answers, adds to or corrects one is no further use; outgoing; "
        "forms not counted: ACTIVITY-NOTICE, ASSURANCE, CODEBOOK, DAILY-PLAN, LAUNCH-NOTICE, LIST-EXCHANGE, "
        "MOVE-NOTICE, NOT-OURS, PRESENCE, PRESENCE-QUERY, QUERY-RECEIPT, REPLY, RESUME, SERVICE, SITE-NOTICE, "
        "SUSPEND, TEST, WINDOW-STATUS; exercises are not counted. "
        "As of the end of 2022-11-28, UTC. Since 2022-11-20. Subject: UA-ZNPP. Initiated by EUCOM."
    )
    assert CountingRule(excluded_forms=frozenset(), exclude_exercise=False).text.endswith(
        "forms not counted: none; exercises are counted."
    )
    texts = {CountingRule(unit=unit, direction=way).text for unit in Unit for way in Direction}
    assert len(texts) == len(Unit) * len(Direction)


@pytest.mark.parametrize("change", [{"direction": Direction.BOTH}, {"opened_until": Instant(CONCERN_AT - 1)}], ids=str)
def test_a_use_that_cannot_be_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(LocalError, match="COUNT-USE"):
        replace(CONCERN, **change)


def test_an_occasion_is_a_day_on_a_channel_and_a_certain_use_stands_for_it() -> None:
    first = replace(CONCERN, message_number=None, certain=False, reference="a")
    later = Instant(CONCERN_AT + 3600 * 1_000_000)
    second = replace(first, certain=True, opened_from=later, opened_until=later, reference="b")
    other = replace(second, channel="cjcs-cgs", reference="c")
    spanning = replace(first, certain=True, opened_until=Instant(CONCERN_AT + DAY_US), reference="d")
    counted = count([first, second, other, spanning], CountingRule(unit=Unit.OCCASION), AS_OF)
    assert numbers(counted) == (3, 0)
    assert reason(counted) == "the same occasion as b"
    assert numbers(count([first], CountingRule(unit=Unit.OCCASION), AS_OF)) == (0, 1)


def test_what_was_told_twice_or_corrected_counts_once() -> None:
    note = replace(CONCERN, message_number=None, reference="CT-2022-000001", tells_of=CONCERN.reference)
    assert reason(count([CONCERN, note], RULE, AS_OF)) == "tells of a message that stands in the list itself"
    assert numbers(count([note], RULE, AS_OF)) == (1, 0)
    call = replace(note, tells_of="", call="CL-2022-000001")
    again = replace(call, reference="CT-2022-000002", opened_until=Instant(CONCERN_AT + 1))
    assert reason(count([call, again], RULE, AS_OF)) == "the same call as CT-2022-000001"
    corrected = replace(call, corrected_by="CT-2022-000002")
    assert reason(count([corrected, again], RULE, AS_OF)) == "corrected by CT-2022-000002"


def test_a_record_of_a_call_that_does_not_count_hides_no_other_of_that_call() -> None:
    missed = replace(
        CONCERN, message_number=None, form=CALL_FORM, reference="CT-2022-000001", call="CL-2022-000001", failed="BUSY"
    )
    spoken = replace(missed, reference="CT-2022-000002", failed="", subject="", subjects=frozenset({"halt to strikes"}))
    rule = CountingRule(exclude_failed=True)
    assert numbers(count([missed, spoken], rule, AS_OF)) == (1, 0)
    other = replace(spoken, reference="CT-2022-000000", subjects=frozenset({"grain"}))
    for subject in ("halt to strikes", "grain"):
        assert numbers(count([other, spoken], rule, AS_OF, subject=subject)) == (1, 0)
    # Of two records of one call the certain one stands, whichever was entered first.
    doubtful = replace(spoken, reference="CT-2022-000000", certain=False)
    assert numbers(count([doubtful, spoken], rule, AS_OF)) == (1, 0)


def test_the_reason_why_a_use_is_only_possible_stands_beside_it() -> None:
    vague = replace(CONCERN, message_number=None, direction=None, initiated_by="", doubt="the outcome is UNKNOWN")
    counted = count([vague], RULE, AS_OF, initiated_by="EUCOM", subject="halt-to-strikes")
    assert counted.doubts == ()
    counted = count([replace(vague, subjects_open=True)], RULE, AS_OF, initiated_by="EUCOM", subject="halt-to-strikes")
    assert "; ".join(counted.doubts).split("; ") == [
        "the outcome is UNKNOWN",
        "it is not known who began it",
        "it is not known whether EUCOM began it",
        "it is not known whether it was about halt-to-strikes",
    ]


# --- properties -------------------------------------------------------------------------------------------------------

DAY0 = parse_rfc3339("2022-11-18T00:00:00Z")
TIMES = st.integers(0, 4 * 24).map(lambda hour: Instant(DAY0 + hour * 3600 * 1_000_000))
USES = st.builds(
    lambda at, hours, **rest: replace(
        CONCERN, opened_from=at, opened_until=Instant(at + hours * 3600 * 1_000_000), **rest
    ),
    TIMES,
    st.integers(0, 30),
    message_number=st.none() | st.integers(1, 4),
    form=st.sampled_from(["CONCERN", "TEST", "STOP", CALL_FORM]),
    direction=st.sampled_from([Direction.OUTGOING, Direction.INCOMING, None]),
    channel=st.sampled_from(["", "cjcs-cgs"]),
    subjects_open=st.booleans(),
    failed=st.sampled_from(["", "", "BUSY"]),
    doubt=st.sampled_from(["", "", "the outcome is UNKNOWN"]),
    corrected_by=st.sampled_from(["", "", "CT-2022-000009"]),
    call=st.sampled_from(["", "", "CL-2022-000001"]),
    spoken=st.booleans(),
    initiated_by=st.sampled_from(["EUCOM", "NDMC", ""]),
    certain=st.booleans(),
    exercise=st.booleans(),
    subject=st.sampled_from(["A", "B", ""]),
    answers_or_relates=st.booleans(),
    proof=st.sampled_from(list(ProofClass)),
    reference=st.sampled_from(["x", "y"]),
)
RULES = st.builds(
    CountingRule,
    unit=st.sampled_from(list(Unit)),
    direction=st.sampled_from(list(Direction)),
    excluded_forms=st.sets(st.sampled_from(["TEST", "STOP"])).map(frozenset),
    exclude_exercise=st.booleans(),
)
CONTACT_RULES = st.builds(lambda rule, failed: replace(rule, exclude_failed=failed), RULES, st.booleans())


@given(data=st.data(), uses=st.lists(USES, max_size=8), rule=CONTACT_RULES, as_of=TIMES)
def test_the_order_of_the_records_never_shows_and_none_is_lost(
    data: st.DataObject, uses: list[Use], rule: CountingRule, as_of: Instant
) -> None:
    counted = count(uses, rule, as_of, subject="A")
    assert count(data.draw(st.permutations(uses)), rule, as_of, subject="A") == counted
    assert counted.certain + counted.possible == len(counted.listed)
    both = [*counted.listed, *(use for use, _ in counted.excluded)]
    assert sorted(map(repr, both)) == sorted(map(repr, uses))


@given(uses=st.lists(USES, max_size=8), rule=CONTACT_RULES, as_of=TIMES)
def test_a_narrower_question_never_gives_more(uses: list[Use], rule: CountingRule, as_of: Instant) -> None:
    wide = count(uses, rule, as_of)
    for narrow in (
        count(uses, rule, as_of, since=DAY0),
        count(uses, rule, as_of, subject="A"),
        count(uses, rule, as_of, initiated_by="EUCOM"),
        count(uses, rule, Instant(as_of - DAY_US)),
    ):
        assert narrow.certain <= wide.certain
        assert len(narrow.listed) <= len(wide.listed)


# --- the rule in a charter --------------------------------------------------------------------------------------------


def test_the_charters_own_rule_is_the_default_rule() -> None:
    assert rule_from_value(COUNTING_RULE) == RULE


@given(rule=RULES)
def test_a_rule_comes_back_from_its_charter(rule: CountingRule) -> None:
    assert rule_from_value(rule_value(rule)) == rule


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"unit": "exchange", "direction": "outgoing"},
        {"unit": "dozen", "direction": "outgoing", "excluded": ()},
        {"unit": "exchange", "direction": "up", "excluded": ()},
        {"unit": "exchange", "direction": "outgoing", "excluded": "TEST"},
        {"unit": "exchange", "direction": "outgoing", "excluded": (1,)},
        {"unit": "exchange", "direction": "outgoing", "excluded": (), "weekends": True},
        {"unit": 1, "direction": "outgoing", "excluded": ()},
    ],
)
def test_half_a_rule_counts_nothing(value: Any) -> None:
    with pytest.raises(LocalError, match="COUNT-RULE"):
        rule_from_value(value)
