from __future__ import annotations

import pytest

from armslength.desk import sound_watch, views
from armslength.desk.sound_watch import SoundWatch, step
from builders import two_nodes

S = SoundWatch

STEPS = {
    "nobody has the watch": (S(), 500.0, 0, False, False, None, ""),
    "heard": (S(), 500.0, 1, True, False, None, ""),
    "silence begins": (S(), 500.0, 0, True, False, 500.0, ""),
    "a page that is loaded again": (S(silent_since=500.0), 559.0, 0, True, False, 500.0, ""),
    "a minute": (S(silent_since=500.0), 560.0, 0, True, False, 500.0, "raise"),
    "rings already": (S(silent_since=500.0), 900.0, 0, True, True, 500.0, ""),
    "armed again": (S(silent_since=500.0), 900.0, 2, True, True, None, "end"),
    "the watch ended": (S(silent_since=500.0), 900.0, 0, False, True, None, "end"),
    "rang before a restart and is heard": (S(), 1.0, 1, True, True, None, "end"),
}


@pytest.mark.parametrize(("state", "now", "armed", "held", "lasting", "since", "what"), STEPS.values(), ids=STEPS)
def test_each_step(
    state: SoundWatch, now: float, armed: int, *, held: bool, lasting: bool, since: float | None, what: str
) -> None:
    after, said = step(state, now, armed=armed, held=held, lasting=lasting)
    assert (after.silent_since, said) == (since, what)


def test_the_alarm_is_raised_ends_and_is_raised_anew() -> None:
    party = two_nodes.opened().eucom
    for expected in (1, 2):
        party.time.pass_s(60)
        with party.write() as books:
            assert not sound_watch.held(books)
            sound_watch.enter(books, "raise", 3)
            sound_watch.enter(books, "raise", 3)
            assert sound_watch.lasting(books.unit)
        with party.write() as books:
            sound_watch.enter(books, "end", 3)
            assert not sound_watch.lasting(books.unit)
            rows = [row for _, row in views.rows(books.unit, views.ALARMS)]
        assert [row[5] for row in rows] == ["3 consoles connected, none armed"] * expected
        assert all(row[11] is not None for row in rows)
