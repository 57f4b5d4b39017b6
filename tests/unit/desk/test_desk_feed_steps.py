"""The table of a feed's life: when it is read, what is raised once and ended once, what is refused."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from armslength.core.errors import LocalError
from armslength.desk.feed_steps import (
    RETRY_FIRST_S,
    RETRY_MAX_S,
    TRANSITIONS,
    EffectKind,
    Event,
    EventKind,
    Feed,
    Status,
    Step,
    Trouble,
    next_deadline,
    step,
)
from builders.feeding import at

HOUR = 3600
FEED = Feed(status=Status.IDLE, every_s=HOUR, late_after_s=24 * HOUR, next_at=at(0), new_at=at(0))


def said(taken: Step) -> list[str]:
    return [one.kind.value if one.trouble is None else f"{one.kind.value} {one.trouble.value}" for one in taken.effects]


def run(feed: Feed, *events: tuple[EventKind, float] | tuple[EventKind, float, Event]) -> tuple[Feed, list[str]]:
    """Let events happen at seconds; return the feed and everything that followed."""
    told: list[str] = []
    for event in events:
        taken = step(feed, event[2] if len(event) == 3 else Event(kind=event[0]), at(event[1]))
        feed, told = taken.feed, [*told, *said(taken)]
    return feed, told


def read_file(second: float, *, refused: int = 0, new: float | None = None) -> tuple[EventKind, float, Event]:
    new_at = None if new is None else at(new)
    return EventKind.FILE, second, Event(kind=EventKind.FILE, refused=refused, new_at=new_at)


BEGUN = ((EventKind.TICK, 0), (EventKind.BEGIN, 0))


@pytest.mark.parametrize(("kind", "status"), list(product(EventKind, Status)))
def test_what_is_not_in_the_table_is_refused(kind: EventKind, status: Status) -> None:
    feed = replace(FEED, status=status)
    if status in TRANSITIONS[kind]:
        step(feed, Event(kind=kind), at(1))
    else:
        with pytest.raises(LocalError, match="FEED-TRANSITION"):
            step(feed, Event(kind=kind), at(1))


def test_a_feed_is_read_when_it_is_due_and_not_before() -> None:
    feed = replace(FEED, next_at=at(10))
    assert said(step(feed, Event(kind=EventKind.TICK), at(9))) == []
    due = step(feed, Event(kind=EventKind.TICK), at(10))
    assert (said(due), due.feed.status) == (["READ"], Status.DUE)
    assert said(step(due.feed, Event(kind=EventKind.TICK), at(11))) == []


def test_a_reading_that_brings_something_is_entered_and_one_that_does_not_is_idle() -> None:
    feed, _ = run(FEED, *BEGUN, read_file(5, new=5), (EventKind.DONE, 6))
    assert (feed.status, feed.new_at, feed.next_at) == (Status.ENTERED, at(5), at(6 + HOUR))
    feed, _ = run(replace(feed, next_at=at(7)), (EventKind.TICK, 7), (EventKind.BEGIN, 7), (EventKind.DONE, 8))
    assert feed.status is Status.IDLE


def test_it_comes_back_sooner_when_a_file_is_still_written_and_never_later() -> None:
    for until, expected in ((at(20), at(20)), (at(9 * HOUR), at(6 + HOUR))):
        feed, _ = run(FEED, *BEGUN, (EventKind.DONE, 6, Event(kind=EventKind.DONE, until=until)))
        assert feed.next_at == expected


def test_failures_are_told_once_and_tried_again_after_longer_and_longer() -> None:
    feed, told = replace(FEED, every_s=6 * HOUR), []
    pauses, now = [], 0.0
    for _ in range(12):
        feed, more = run(feed, (EventKind.TICK, now), (EventKind.BEGIN, now), (EventKind.FAIL, now))
        told += [one for one in more if one != "READ"]
        pause = (feed.next_at - at(now)) // 1_000_000
        pauses.append(pause)
        now += pause
    assert told == ["RAISE UNREACHABLE"]
    assert pauses[:3] == [RETRY_FIRST_S, 2 * RETRY_FIRST_S, 4 * RETRY_FIRST_S]
    assert pauses[-1] == RETRY_MAX_S
    feed, more = run(feed, (EventKind.TICK, now), (EventKind.BEGIN, now), (EventKind.DONE, now))
    assert more == ["READ", "END UNREACHABLE"]
    assert (feed.failures, feed.troubles) == (0, ())


def test_a_feed_that_is_asked_often_is_not_asked_less_often_for_failing() -> None:
    feed = replace(FEED, every_s=60, failures=9)
    feed, _ = run(feed, *BEGUN, (EventKind.FAIL, 0))
    assert feed.next_at == at(60)


def test_silence_is_late_once_whether_the_source_answers_or_not_and_over_with_what_is_new() -> None:
    feed = replace(FEED, next_at=at(30 * HOUR))
    assert said(step(feed, Event(kind=EventKind.TICK), at(24 * HOUR - 1))) == []
    feed, told = run(feed, (EventKind.TICK, 24 * HOUR), (EventKind.TICK, 25 * HOUR))
    assert told == ["RAISE LATE"]
    feed, told = run(
        feed, (EventKind.TICK, 30 * HOUR), (EventKind.BEGIN, 30 * HOUR), read_file(30 * HOUR, new=20 * HOUR)
    )
    assert told == ["READ"], "an old file is nothing new"
    feed, told = run(feed, read_file(30 * HOUR, new=30 * HOUR))
    assert told == ["END LATE"]


def test_refused_rows_are_told_once_until_a_file_is_whole() -> None:
    feed, told = run(FEED, *BEGUN, read_file(1, refused=2, new=1), read_file(2, refused=1), read_file(3))
    assert told == ["READ", "RAISE REFUSED", "END REFUSED"]
    assert feed.troubles == ()


def test_a_feed_that_is_held_goes_on_when_it_may_and_is_not_late_meanwhile() -> None:
    late = replace(FEED, troubles=((Trouble.LATE, at(0)),))
    hold = Event(kind=EventKind.HOLD, until=at(1800), new_at=at(4))
    feed, told = run(late, *BEGUN, (EventKind.HOLD, 5, hold))
    assert (feed.status, feed.next_at, feed.new_at) == (Status.HELD, at(1800), at(4))
    assert told == ["READ", "END LATE"]


def test_the_next_deadline_is_the_reading_or_the_lateness_whichever_is_first() -> None:
    assert next_deadline(replace(FEED, next_at=at(HOUR))) == at(HOUR)
    assert next_deadline(replace(FEED, next_at=at(30 * HOUR))) == at(24 * HOUR)
    late = replace(FEED, next_at=at(30 * HOUR), troubles=((Trouble.LATE, at(1)),))
    assert next_deadline(late) == at(30 * HOUR)
    for status in (Status.OFF, Status.DUE, Status.READING):
        assert next_deadline(replace(FEED, status=status)) is None


def test_every_effect_is_one_of_the_three() -> None:
    assert {one.value for one in EffectKind} == {"READ", "RAISE", "END"}
