"""Views of windows of silence, of the exchange of lists and of what was disclosed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from armslength.core.errors import ArmslengthError
from armslength.core.instants import Instant
from armslength.desk import list_changes, projection_codebook, views, window_changes
from armslength.line import fields
from armslength.register import list_exchange
from armslength.register.list_exchange import EventKind as ListEvent
from armslength.register.window_types import Event, EventKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.projection import Fact, Projector


def spoken_of(fact: Fact, peer: str) -> window_changes.Spoken:
    """Return a message of the journal as windows and lists see it."""
    ours = fact.author == fact.own
    return window_changes.Spoken(
        line=fact.line,
        author=fact.author,
        receiver=peer if ours else fact.own,
        own=fact.own,
        envelope_hash=fact.verified.envelope_hash,
        at=Instant(fact.entry.at),
        body=fact.verified.item.body,
    )


def message(fact: Fact) -> None:
    """Apply a message of the line to windows, lists and disclosures."""
    row = views.row(fact.unit, views.LINES, fact.line)
    if row is None:
        return
    spoken = spoken_of(fact, str(row[1]))
    change = window_changes.by_message(fact.unit, spoken)
    if change is not None:
        change.put(fact.unit)
        _name_window(fact, spoken, change)
    exchanged = list_changes.by_message(fact.unit, spoken, realm=fact.realm)
    if exchanged is not None:
        exchanged.put(fact.unit)
    list_changes.disclosed(fact.unit, spoken)
    projection_codebook.by_message(fact.unit, spoken)


def _name_window(fact: Fact, spoken: window_changes.Spoken, change: window_changes.Change) -> None:
    row: dict[int, CborValue] = {1: change.state.plan.window_id, 2: spoken.form}
    verb = (spoken.body.get(fields.RELATION) or (None,))[0]
    if spoken.form != "WINDOW" or verb in {None, "updates"}:
        fact.unit.put(views.WINDOW_MESSAGES, spoken.envelope_hash, row)


def _record(fact: Fact) -> None:
    window_changes.by_record(fact.unit, fact.body, Instant(fact.entry.at)).put(fact.unit)


def _list(fact: Fact) -> None:
    line = cast("bytes", fact.body[21])
    row = views.row(fact.unit, views.LINES, line)
    peer = "" if row is None else str(row[1])
    list_changes.by_record(fact.unit, fact.body, fact.index, fact.own, peer).put(fact.unit)


def window_deadline(fact: Fact) -> None:
    """Apply the clock to a window."""
    before = window_changes.held(fact.unit, cast("bytes", fact.body[21]).decode())
    if before is not None:
        at = Instant(cast("int", fact.body[22]))
        window_changes.stepped(before, Event(kind=EventKind.TICK), at).put(fact.unit)


def list_deadline(fact: Fact) -> None:
    """Apply the clock to an exchange of lists; on its date the next year's follows."""
    key = cast("bytes", fact.body[21])
    before = list_changes.held(fact.unit, key[:-2], int.from_bytes(key[-2:], "big"))
    if before is None:
        return
    at = Instant(cast("int", fact.body[22]))
    list_changes.stepped(before, list_exchange.Event(kind=ListEvent.TICK), at).put(fact.unit)
    if at < before.state.due_at:
        return
    try:
        following = list_exchange.following_year(before.state)
    except (ArmslengthError, ValueError):
        # The calendar ends with the year 9999.
        return
    if list_changes.held(fact.unit, before.line, following.year) is None:
        list_changes.Change(line=before.line, state=following).put(fact.unit)


PROJECTORS: Final[Mapping[str, Projector]] = {"window": _record, "window-step": _record, "list": _list}
