"""Calls and their steps as values of the encoding: what the records hold from field 20 on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from armslength.channels.call_types import (
    CODE,
    NAMES_MAX,
    TEXT_BYTES_MAX,
    Call,
    Direction,
    Event,
    EventKind,
    wrong,
)
from armslength.channels.texts import LINE_BYTES_MAX
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.places import Place, place_from_cbor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue

Fields = dict[int, "CborValue"]

ON_BOOK: Final = 32
"""Whether the number called is one of the other side's in the book; the desk sees to it that it is true."""

_PLACES: Final = 30
_FIGURES: Final = 31
_TEXTS: Final = {23: "text", 24: "side", 26: "item", 27: "by", 28: "reference", 29: "language"}
_CALL_TEXTS: Final = {26: "interpreter", 27: "telephone", 28: "calls_back", 29: "case", 30: "about"}


# --- a call -----------------------------------------------------------------------------------------------------------


def call_fields(call: Call, *, on_book_number: bool) -> Fields:
    """Return what a `call` record holds of a call that begins; what is not known is left out."""
    found: Fields = {20: call.number, 21: call.channel, 22: call.direction.value, 23: call.began_at}
    for number, names in ((24, call.ours), (25, call.theirs)):
        if names:
            found[number] = names
    found |= {number: getattr(call, name) for number, name in _CALL_TEXTS.items() if getattr(call, name)}
    return {**found, 31: call.recording, ON_BOOK: on_book_number}


def call_from_fields(body: Mapping[int, CborValue]) -> Call:
    """Return the call of a `call` record, before anything was done in it.

    Raises:
        LocalError: CALL-VALUE.
    """
    read = FieldReader(body, CODE, LocalError)
    direction = read.text(22, LINE_BYTES_MAX)
    if direction not in set(Direction):
        raise wrong("direction", "IN or OUT", direction)
    texts = {name: read.text(number, LINE_BYTES_MAX) for number, name in _CALL_TEXTS.items() if read.has(number)}
    begun = Call(
        number=read.text(20, LINE_BYTES_MAX),
        channel=read.text(21, LINE_BYTES_MAX),
        direction=Direction(direction),
        began_at=read.instant(23),
        officer=read.text(5, LINE_BYTES_MAX) if read.has(5) else "",
        ours=read.texts(24, NAMES_MAX) if read.has(24) else (),
        theirs=read.texts(25, NAMES_MAX) if read.has(25) else (),
        recording=read.text(31, LINE_BYTES_MAX),
    )
    return replace(begun, **texts)  # type: ignore[arg-type]  # the names are those of texts


def on_book_number(body: Mapping[int, CborValue]) -> bool:
    """Tell whether a `call` record says that the number is the book's.

    Raises:
        LocalError: CALL-VALUE.
    """
    return FieldReader(body, CODE, LocalError).flag(ON_BOOK)


# --- a step -----------------------------------------------------------------------------------------------------------


def event_fields(number: str, event: Event) -> Fields:
    """Return what a `call-step` record holds."""
    found: Fields = {20: number, 21: event.kind.value, 22: event.at}
    found |= {key: getattr(event, name) for key, name in _TEXTS.items() if getattr(event, name)}
    if event.names:
        found[25] = event.names
    if event.sent is not None and event.heard is not None:
        found[_PLACES] = (_place(event.sent), _place(event.heard))
    if any(event.figures):
        found[_FIGURES] = event.figures
    if event.important:
        found[32] = True
    if event.draft:
        found[33] = event.draft
    return found


def _place(place: Place) -> CborValue:
    return cast("CborValue", place.to_cbor())


def event_from_fields(body: Mapping[int, CborValue]) -> Event:
    """Return the step of a `call-step` record.

    Raises:
        LocalError: CALL-VALUE.
    """
    read = FieldReader(body, CODE, LocalError)
    kind = read.text(21, LINE_BYTES_MAX)
    if kind not in set(EventKind):
        raise wrong("step", ", ".join(EventKind), kind)
    texts = {name: read.text(number, TEXT_BYTES_MAX) for number, name in _TEXTS.items() if read.has(number)}
    sent, heard = _places(read)
    return Event(
        kind=EventKind(kind),
        at=read.instant(22),
        officer=read.text(5, LINE_BYTES_MAX) if read.has(5) else "",
        names=read.texts(25, NAMES_MAX) if read.has(25) else (),
        sent=sent,
        heard=heard,
        figures=_figures(read),
        important=read.flag(32),
        draft=read.octets(33, 32) if read.has(33) else b"",
        **texts,
    )


def _places(read: FieldReader) -> tuple[Place | None, Place | None]:
    if not read.has(_PLACES):
        return None, None
    values = read.array(_PLACES, 2)
    try:
        sent, heard = (place_from_cbor(one) for one in values)
    except (ArmslengthError, ValueError) as error:
        raise wrong("places", "the place sent and the place read back", "something else") from error
    return sent, heard


def _figures(read: FieldReader) -> tuple[str, str]:
    if not read.has(_FIGURES):
        return "", ""
    values = read.texts(_FIGURES, 2)
    if len(values) != len(("sent", "heard")):
        raise wrong("figures", "the number sent and the number read back", len(values))
    return values[0], values[1]
