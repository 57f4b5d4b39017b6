"""Line checks at a node that never had a peer: due, recorded, missed, corrected, through outages and silence."""

from __future__ import annotations

from typing import Any

import pytest

from armslength.core.errors import LocalError
from armslength.core.instants import rfc3339
from armslength.desk import check_changes, checking_lines, clockwork, views
from armslength.desk.prepared import Prepared
from armslength.desk.rebuilding import rebuild
from builders import line_checking
from builders.line_checking import alone, bells, channel, held, listed, logged, passes, planned, strip
from builders.local_acts import MAKERS, record
from builders.two_nodes import LEGAL, LINGUIST, WATCH, Party

MONDAY = "2023-04-03T00:00:00Z"


def checked(at: str = "2023-04-02T20:00:00Z", **given: Any) -> Party:
    party = alone(at)
    record(party, "channel", {"document": channel("red")})
    planned(party, "red", **given)
    return party


def counted(party: Party) -> tuple[int, int, int]:
    streak = held(party, "red").state.streak
    return streak.answered, streak.unanswered, streak.missed


def refused(party: Party, kind: str, given: dict[str, Any], post: str = WATCH) -> str:
    try:
        record(party, kind, given, post)
    except LocalError as error:
        return error.code
    return ""


def test_a_check_is_due_at_its_time_and_its_reminder_ends_when_it_is_recorded() -> None:
    party = checked()
    passes(party, "2023-04-03T00:05:00Z")
    assert bells(party) == ["CHECK-DUE: red: planned for 3 Apr 2023 09:00 KST (UTC+9)"]
    assert logged(party, "red", "answered")["planned"] == "2023-04-03T00:00:00Z"
    assert bells(party) == []
    assert counted(party) == (1, 0, 0)
    passes(party, "2023-04-03T07:59:00Z")
    assert bells(party) == []


def test_nobody_is_rung_for_a_call_that_the_other_side_makes() -> None:
    party = checked(turns="THEIRS")
    passes(party, "2023-04-03T00:05:00Z")
    assert bells(party) == []
    passes(party, "2023-04-03T02:00:00Z")
    assert [one.split(":")[0] for one in bells(party)] == ["CHECK-MISSED"]


def test_what_nobody_recorded_was_not_made_as_far_as_is_known() -> None:
    party = checked()
    passes(party, "2023-04-03T02:00:00Z")
    (one,) = listed(party, "red")
    assert (one["result"], one["reason"], one["officer"]) == ("NOT-MADE", "UNKNOWN", None)
    assert counted(party) == (0, 0, 1)
    assert bells(party) == [
        "CHECK-MISSED: red: 1 in a row without an answer since 3 Apr 2023 09:00 KST (UTC+9), none recorded as called"
    ]


def test_who_records_late_says_when_he_called() -> None:
    party = checked()
    passes(party, "2023-04-03T03:00:00Z")
    assert refused(party, "line-check", {"channel": "red", "result": "NO-ANSWER", "at": "2023-04-03T00:02:00Z"}) == ""
    assert [one["result"] for one in listed(party, "red")] == ["NO-ANSWER", "NOT-MADE"]
    assert counted(party) == (0, 1, 1)
    assert strip(party, "red", 1)["days"][0]["checks"] == "N?"


def test_an_answer_after_its_time_is_late() -> None:
    party = checked()
    passes(party, "2023-04-03T00:20:00Z")
    found = logged(party, "red", "no-message")
    assert (found["result"], found["reason"]) == ("LATE", "UNKNOWN")


def test_people_go_on_calling_and_every_attempt_is_kept() -> None:
    party = checked()
    for minutes in (1, 6, 12):
        passes(party, f"2023-04-03T00:{minutes:02}:00Z")
        logged(party, "red", "no-answer", reason="path")
    assert counted(party) == (0, 1, 1)
    passes(party, "2023-04-03T00:14:00Z")
    logged(party, "red", "answered")
    assert [one["result"] for one in listed(party, "red")] == ["ANSWERED", "NO-ANSWER", "NO-ANSWER", "NO-ANSWER"]
    assert counted(party) == (1, 0, 0)


def test_a_wrong_tap_is_corrected_by_a_record_that_says_so() -> None:
    party = checked()
    passes(party, "2023-04-03T00:05:00Z")
    logged(party, "red", "answered")
    logged(party, "red", "no-answer")
    assert counted(party) == (1, 0, 0)
    logged(party, "red", "no-answer", corrects=True)
    assert counted(party) == (0, 1, 1)


def test_an_older_check_that_is_recorded_later_is_counted_in_its_place() -> None:
    party = checked()
    passes(party, "2023-04-05T12:00:00Z")
    assert counted(party) == (0, 0, 6)
    logged(party, "red", "answered", at="2023-04-04T00:03:00Z")
    assert counted(party) == (1, 0, 3)
    assert [one["checks"] for one in strip(party, "red", 3)["days"]] == ["XX", "AX", "XX"]


def test_a_call_beside_the_plan_is_kept_and_ends_a_silence() -> None:
    party = checked()
    passes(party, "2023-04-03T00:05:00Z")
    logged(party, "red", "no-answer")
    passes(party, "2023-04-03T05:00:00Z")
    found = logged(party, "red", "answered")
    assert (found["planned"], found["caller"]) == (None, None)
    assert counted(party) == (0, 0, 0)


def test_a_channel_without_a_plan_is_recorded_all_the_same() -> None:
    party = alone(MONDAY)
    record(party, "channel", {"document": channel("red")})
    assert logged(party, "red", "answered")["planned"] is None


def test_an_outage_is_recorded_and_rings_once() -> None:
    party = checked()
    party.time.pass_s(45 * 86_400)
    for _ in range(3):
        line_checking.ticked(party)
    assert counted(party) == (0, 0, 90)
    assert {(one["result"], one["reason"]) for one in listed(party, "red")} == {("NOT-MADE", "OWN-FAULT")}
    assert bells(party) == [
        "CHECK-MISSED: red: 90 in a row without an answer since 3 Apr 2023 09:00 KST (UTC+9), none recorded as called"
    ]


def test_a_clock_that_jumps_back_fires_nothing_twice() -> None:
    party = checked()
    passes(party, "2023-04-03T12:00:00Z")
    party.time.pass_s(-10 * 3600)
    line_checking.ticked(party)
    passes(party, "2023-04-03T23:00:00Z")
    assert [one["planned"] for one in listed(party, "red")] == ["2023-04-03T08:00:00Z", "2023-04-03T00:00:00Z"]


def test_a_silence_of_weeks_rings_at_its_first_third_tenth_and_thirtieth_check_and_the_plan_goes_on() -> None:
    party = checked()
    for _ in range(40):
        due = held(party, "red").state.next
        assert due is not None
        passes(party, rfc3339(due.at))
        logged(party, "red", "no-answer")
    assert counted(party) == (0, 40, 40)
    assert [one.split(" in a row")[0] for one in bells(party, "CHECK-MISSED")] == [
        *("CHECK-MISSED: red: 3", "CHECK-MISSED: red: 10", "CHECK-MISSED: red: 30"),
    ]
    assert held(party, "red").state.next is not None


def test_no_text_is_read_out_twice_in_thirty_days() -> None:
    party = checked()
    for _ in range(60):
        due = held(party, "red").state.next
        assert due is not None
        passes(party, rfc3339(due.at))
        logged(party, "red", "answered")
    numbers = [one["text"] for one in listed(party, "red")]
    assert len(numbers) == len(set(numbers)) == 60


def test_what_came_back_is_compared_with_what_was_read_out() -> None:
    party = checked()
    passes(party, "2023-04-03T00:02:00Z")
    with party.read() as books:
        shown = line_checking.service_line_checks.read_text(books, "red", {})
    text = next(one["text"] for one in shown["texts"] if one["language"] == "ru")
    same = logged(party, "red", "answered", received=f" {text}\n")
    assert (same["result"], same["language"], same["differences"]) == ("ANSWERED", "ru", [])
    changed = logged(party, "red", "answered", received=text.replace("о", "o", 1), corrects=True)
    assert changed["result"] == "GARBLED"
    assert [one["note"] for one in changed["differences"]] == [
        "latin small letter o U+006F in place of cyrillic small letter o U+043E: they look alike"
    ]
    assert [one for one in bells(party) if one.startswith("CHECK-GARBLED")] == ["CHECK-GARBLED: red: one place differs"]


def test_the_text_that_was_shown_before_is_the_text_of_the_check() -> None:
    party = checked()
    with party.read() as books:
        before = line_checking.service_line_checks.read_text(books, "red", {})
    passes(party, "2023-04-03T00:02:00Z")
    with party.read() as books:
        due = line_checking.service_line_checks.read_text(books, "red", {})
    assert (before["due"], due["due"]) == (False, True)
    assert before["texts"] == due["texts"]


def test_views_are_the_same_after_a_rebuild() -> None:
    party = checked()
    passes(party, "2023-04-03T00:05:00Z")
    logged(party, "red", "no-answer")
    passes(party, "2023-04-06T12:00:00Z")
    logged(party, "red", "answered", at="2023-04-04T00:03:00Z")
    party.time.pass_s(20 * 86_400)
    line_checking.ticked(party)
    planned(party, "red", times=["10:00"])
    with party.read() as books:
        before = list(books.unit.dump_views())
    with party.write() as books:
        rebuild(books)
        assert list(books.unit.dump_views()) == before


def test_a_new_plan_owes_nothing_of_the_past_and_keeps_the_streaks() -> None:
    party = checked()
    passes(party, "2023-04-03T00:05:00Z")
    logged(party, "red", "no-answer")
    passes(party, "2023-04-03T08:05:00Z")
    planned(party, "red", times=["12:00"])
    assert bells(party, "CHECK-DUE") == []
    assert counted(party) == (0, 1, 1)
    after = held(party, "red").state.next
    assert after is not None
    assert rfc3339(after.at) == "2023-04-04T03:00:00Z"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"channel": "green", "result": "ANSWERED"}, "CHANNEL-UNKNOWN"),
        ({"channel": "red", "result": "FINE"}, "CHECK-VALUE"),
        ({"channel": "red", "result": "NO-ANSWER", "reason": "BAD LUCK"}, "CHECK-VALUE"),
        ({"channel": "red", "result": "ANSWERED", "at": "2031-01-01T00:00:00Z"}, "CHECK-VALUE"),
        ({"channel": "red", "result": "NO-ANSWER", "received": "x"}, "CHECK-VALUE"),
        ({"channel": "red", "result": "ANSWERED", "received": "x", "language": "uk"}, "CHECK-VALUE"),
        ({"channel": "red", "result": "ANSWERED", "received": "x" * 601}, "CHECK-VALUE"),
    ],
)
def test_what_cannot_be_recorded_is_refused_before_anybody_signs(given: dict[str, Any], code: str) -> None:
    party = checked()
    passes(party, "2023-04-03T00:05:00Z")
    with party.read() as books, pytest.raises(LocalError) as error:
        MAKERS["line-check"](books, party.officer(WATCH), given)
    assert error.value.code == code


@pytest.mark.parametrize(
    "given",
    [
        {"times": ["9"]},
        {"times": ["25:00"]},
        {"every_min": 3},
        {"rule": "SOMETIMES"},
        {"on": ["FUNDAY"]},
        {"languages": ["tlh"]},
        {"automatic": True},
        {"ours": {"holidays": [["someday", "off"]]}},
        {"turns": "NOBODY"},
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(given: dict[str, Any]) -> None:
    party = checked()
    asked = {"channel": "red", "times": ["09:00"], "reason": "x", **given}
    if "every_min" in given:
        asked["times"] = []
    assert refused(party, "check-plan", asked) == "CHECK-PLAN-VALUE"


def test_only_who_has_the_role_records_and_plans() -> None:
    party = checked()
    assert refused(party, "line-check", {"channel": "red", "result": "ANSWERED"}, LINGUIST) == ""
    assert refused(party, "line-check", {"channel": "red", "result": "ANSWERED"}, LEGAL) == "ROLE-REFUSED"
    plan = {"channel": "red", "times": ["09:00"], "reason": "x"}
    assert refused(party, "check-plan", plan, LINGUIST) == "ROLE-REFUSED"


@pytest.mark.parametrize(
    ("number", "value"),
    [
        *(
            (20, "green"),
            (20, 5),
            (21, "FINE"),
            (22, 1),
            (22, None),
            (23, 5),
            (25, "THEIRS"),
            (26, 7),
            (26, "of no language"),
            (27, "uk"),
        ),
        *((28, 63), (29, "\u202e" * 3000), (30, "yes")),
    ],
)
def test_a_body_that_came_back_changed_is_refused_typed(number: int, value: Any) -> None:
    party = checked()
    passes(party, "2023-04-03T00:05:00Z")
    with party.write() as books:
        made = MAKERS["line-check"](books, party.officer(WATCH), {"channel": "red", "result": "ANSWERED"})
        body = {**made.body, number: value}
        if number == 28 and made.body[28] == value:
            body[28] = 62
        changed = Prepared(type="line-check", line=b"", seed=made.seed, body=body)
        with pytest.raises(LocalError) as error:
            checking_lines.submit_check(books, party.signed(changed, "record", WATCH))
    assert error.value.code in {"CHECK-VALUE", "CHANNEL-UNKNOWN"} or error.value.code.startswith("TEXT-")


def test_a_plan_whose_content_is_something_else_is_refused_typed() -> None:
    party = checked()
    with party.write() as books:
        for value in (None, 5, {}, {1: "red"}, ("red",)):
            made = MAKERS["check-plan"](
                books, party.officer(WATCH), {"channel": "red", "times": ["09:00"], "reason": "x"}
            )
            changed = Prepared(type="check-plan", line=b"", seed=made.seed, body={**made.body, 20: value})
            with pytest.raises(LocalError) as error:
                checking_lines.submit_plan(books, party.signed(changed, "record", WATCH))
            assert error.value.code == "CHECK-PLAN-VALUE"


def test_a_plan_that_is_not_there_is_unknown_and_a_stray_tick_does_nothing() -> None:
    party = alone(MONDAY)
    with party.write() as books:
        with pytest.raises(LocalError) as error:
            checking_lines.plan_of(books, "red")
        checking_lines.tick(books, b"red")
        assert clockwork.next_due(books.unit) is None
        assert books.unit.scan(views.LINE_CHECKS) == []
        assert check_changes.every(books.unit) == []
    assert error.value.code == "CHECK-PLAN-UNKNOWN"
