"""How a channel stands: declared and observed apart, suspended is said and silence is seen, and no machine says CUT."""

from __future__ import annotations

from typing import Any

import pytest

from armslength.channels.book import Manner, Silence, State
from armslength.channels.book_documents import channel_from_document
from armslength.channels.book_state import Statement, check_against, standing, statement_from_value, statement_value
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import Instant, parse_rfc3339
from builders.channel_books import document

AT = parse_rfc3339("2022-11-20T09:00:00Z")
HOUR = 3_600_000_000


def said(**changes: Any) -> Statement:
    fields: dict[str, Any] = {
        "channel_id": "eucom-ndmc",
        "manner": Manner.OBSERVED,
        "state": State.UNANSWERED,
        "since_at": AT,
        "evidence": ("two calls without an answer",),
        "reason": "nobody answered at 09:00 and at 17:00",
        "officer": "eucom-watch-1",
    }
    return Statement(**{**fields, **changes})


DECLARED = {"manner": Manner.DECLARED, "by": "NDMC"}


@pytest.mark.parametrize(
    ("case", "changes"),
    [
        ("a suspension that was seen", {"state": State.SUSPENDED_BY_THEM}),
        ("a closure that was seen", {"state": State.CLOSED}),
        ("a cut that a machine concludes", {"state": State.CUT, "officer": ""}),
        ("a silence that is declared", {**DECLARED, "state": State.UNANSWERED}),
        ("a declaration by nobody", {"manner": Manner.DECLARED, "state": State.OPEN}),
        ("an observation by a party", {"by": "NDMC"}),
        ("no evidence", {"evidence": ()}),
        ("no reason", {"reason": ""}),
        ("a silence of what is open", {"state": State.OPEN, "silence": Silence.POLITICAL}),
    ],
)
def test_what_cannot_be_said_so_is_refused(case: str, changes: dict[str, Any]) -> None:
    with pytest.raises(LocalError, match="CHANNEL-STATE"):
        said(**changes)
    assert case


def test_a_person_says_cut_and_what_the_silence_is() -> None:
    one = said(state=State.CUT, silence=Silence.POLITICAL)
    assert statement_from_value(statement_value(one), one.officer) == one


@pytest.mark.parametrize(
    "changes",
    [
        {**DECLARED, "by": "IAEA", "state": State.OPEN},
        {**DECLARED, "state": State.SUSPENDED_BY_US},
        {**DECLARED, "by": "EUCOM", "state": State.SUSPENDED_BY_THEM},
        {"since_at": Instant(AT + 2 * HOUR)},
    ],
)
def test_a_statement_fits_its_channel_and_its_time(changes: dict[str, Any]) -> None:
    with pytest.raises(LocalError, match="CHANNEL-STATE"):
        check_against(said(**changes), channel_from_document(document()), Instant(AT + HOUR))


def test_suspended_in_words_and_open_in_fact_stand_side_by_side() -> None:
    words = said(**DECLARED, state=State.SUSPENDED_BY_THEM, entry=5)
    seen = said(state=State.OPEN, since_at=Instant(AT + HOUR), entry=6)
    before = standing([seen, words], AT)
    after = standing([seen, words], Instant(AT + HOUR))
    assert (before.observed, [one.state for one in before.declared]) == (None, [State.SUSPENDED_BY_THEM])
    assert after.apart
    assert after.observed == seen


def test_the_newest_by_its_own_time_holds_and_a_later_entry_about_the_past_does_not() -> None:
    now = said(state=State.OPEN, since_at=Instant(AT + HOUR), entry=1)
    past = said(since_at=AT, entry=2)
    assert standing([now, past], Instant(AT + 2 * HOUR)).observed == now
    assert standing([now, past], AT).observed == past


@pytest.mark.parametrize("field", range(20, 28))
@pytest.mark.parametrize("wrong", [None, 0, b"x", (1,), {1: 1}])
def test_each_field_of_a_record_is_judged(field: int, wrong: Any) -> None:
    with pytest.raises(ArmslengthError):
        statement_from_value({**statement_value(said()), field: wrong}, "eucom-watch-1")
