"""Whether a floor that has the watch can be heard: no console with its sound armed for a minute is an alarm of its own.

A browser makes no sound before somebody touched the page, and nobody notices a bell that is not there. The node counts
the consoles that say that they can ring; the host's own bell rings when none does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from armslength.desk import alarms, shift_work

if TYPE_CHECKING:
    from armslength.desk.books import Books
    from armslength.desk.ports import Unit

KIND: Final = "SOUND-NOT-ARMED"

AFTER_S: Final = 60.0
"""Whoever takes the watch arms the sound by it; a page that is loaded again needs some seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundWatch:
    """Since when nobody could be heard while the watch is held, in seconds of the loop; None while somebody can."""

    silent_since: float | None = None


def step(state: SoundWatch, now: float, *, armed: int, held: bool, lasting: bool) -> tuple[SoundWatch, str]:
    """Return what stands now, and ``raise``, ``end`` or nothing to do.

    Args:
        state: as it was.
        now: seconds of the loop.
        armed: consoles that say that their sound is armed.
        held: whether anybody has the watch by signature.
        lasting: whether the alarm was raised and has not ended.
    """
    if armed or not held:
        return SoundWatch(), "end" if lasting else ""
    since = now if state.silent_since is None else state.silent_since
    due = not lasting and now - since >= AFTER_S
    return replace(state, silent_since=since), "raise" if due else ""


def held(books: Books) -> bool:
    """Tell whether anybody has the watch."""
    return shift_work.now_on_watch(books) is not None


def lasting(unit: Unit) -> bool:
    """Tell whether the alarm lasts."""
    return alarms.lasting(unit, KIND) is not None


def enter(books: Books, what: str, connected: int) -> None:
    """Record what `step` said."""
    if what == "raise":
        alarms.begin(books, KIND, detail=f"{connected} consoles connected, none armed")
    elif what == "end":
        alarms.end(books, KIND)
