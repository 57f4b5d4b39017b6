"""Cursor-on-Target events: somebody's or something's position at a time, as many field systems pass it on.

One ``event``, or several in an element ``events``. The circular error ``ce`` is the uncertainty; the interval runs from
``start`` until the event is ``stale``; ``how`` says whether a machine measured the position or a person put it on a
map. Events of exercises and simulations (``opex`` e and s) are left out, so that none is taken for real.

Grade D3: the format names no author and carries no signature, and whoever has the network can write anything. What the
type says of friend or foe is the author's opinion and stays in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from armslength.adapters.feed_places import known_within
from armslength.adapters.feed_reading import compact, gather, line_of, place_of, record_id, wrong
from armslength.adapters.format_rows import clean_cell
from armslength.adapters.format_xml import Element, parse_xml
from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339
from armslength.language.detect import detect
from armslength.register.reports import Grade, Reliability, Report, ReportKind

if TYPE_CHECKING:
    from armslength.adapters.feed_reading import FeedOptions
    from armslength.adapters.format_unpack import OpenFile
    from armslength.core.instants import Instant
    from armslength.register.importing import ImportRun

SOURCE: Final = "Cursor-on-Target event"
"""The source; such events carry no licence."""

UNKNOWN_ERROR_M: Final = 9_999_999
"""What the format writes for an error that is not known."""

UNKNOWN_M: Final = 10_000
"""Metres taken for it: a pin put on a map by hand, or a track seen once by radar."""

XML_BYTES_MAX: Final = 16 * 1024 * 1024
"""Bytes of one document; an event has one thousand."""

_GRADE: Final = Grade(reliability=Reliability.NOT_USUALLY_RELIABLE, credibility=3)
_TYPE: Final = re.compile(r"[A-Za-z0-9.]{1,16}(?:-[A-Za-z0-9.*]{1,16}){0,15}")
_NUMBER: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_DEGREES: Final = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,20})?")
_NOT_REAL: Final = ("e", "s")
_UNCREWED: Final = re.compile(r"a-[^-]+-A-M-F-Q(?:-|$)")
_DIMENSIONS: Final = {"A": "OVERFLIGHT", "G": "MOVEMENT-NEAR-SITE", "S": "NAVAL-ACTIVITY", "U": "NAVAL-ACTIVITY"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    number: int
    element: Element


def read_cot(file: OpenFile, options: FeedOptions) -> ImportRun[Report]:
    """Return the events of a document; a row is the event's place in it.

    Raises:
        LocalError: FILE-FORMAT, FILE-TOO-LARGE, FILE-XML-ENTITY and what the file raises.
    """
    root = parse_xml(file.whole(XML_BYTES_MAX), file.name)
    events = [root] if root.name == "event" else [child for child in root.children if child.name == "event"]
    if root.name not in {"event", "events"} or not events:
        raise LocalError("FILE-FORMAT", file=file.name, expected="Cursor-on-Target events", got=root.name)

    def report(one: _Event) -> Report | str:
        return _report(one.element, options.received_at)

    rows = (_Event(number=number, element=each) for number, each in enumerate(events, start=1))
    return gather(file, SOURCE, rows, report, options)


def _report(event: Element, received_at: Instant) -> Report | str:
    opex = event.attributes.get("opex", "")
    if opex[:1] in _NOT_REAL:
        return "an exercise or a simulation"
    kind = _needed(event, "type")
    if not _TYPE.fullmatch(kind):
        raise wrong("type", "a type such as a-n-A-M-F-Q", kind)
    from_at, until_at = _time(event, "start"), _time(event, "stale")
    if until_at < from_at:
        raise wrong("stale", "a time not before start", event.attributes["stale"])
    point = event.first("point")
    if point is None:
        raise wrong("point", "a point", "nothing")
    how = event.attributes.get("how", "")
    measured, uncertainty_m = _error(point, how)
    remarks = _remarks(event)
    return Report(
        report_id=record_id("cot", _needed(event, "uid"), compact(from_at)),
        kind=ReportKind.EVENT,
        from_at=from_at,
        until_at=until_at,
        place=place_of(_axis(point, "lat"), _axis(point, "lon")),
        uncertainty_m=uncertainty_m,
        what=_what(kind),
        who_says=line_of(f"Cursor-on-Target, {_callsign(event) or 'author not named'}"),
        source=SOURCE,
        received_at=received_at,
        text=_text(remarks, kind, how),
        language=detect(remarks).value if remarks else "en",
        grade=_GRADE,
        located_by="MEASURED" if measured else "UNSTATED",
    )


def _needed(event: Element, name: str) -> str:
    text = clean_cell(event.attributes.get(name, ""))
    if not text:
        raise wrong(name, "a value", "nothing")
    return text


def _time(event: Element, name: str) -> Instant:
    try:
        return parse_rfc3339(_needed(event, name))
    except LocalError as error:
        if error.code == "ROW-VALUE":
            raise
        raise wrong(name, "a time such as 2022-08-23T10:15:00Z", event.attributes.get(name)) from None


def _axis(point: Element, name: str) -> str:
    text = point.attributes.get(name, "").strip()
    if not _DEGREES.fullmatch(text):
        raise wrong(name, "decimal degrees", text or "nothing")
    return text


def _error(point: Element, how: str) -> tuple[bool, int]:
    """Return whether the position was measured, and the metres within which it is known."""
    text = point.attributes.get("ce", "").strip()
    if not text or (_NUMBER.fullmatch(text) and float(text) >= UNKNOWN_ERROR_M):
        return False, UNKNOWN_M
    if not _NUMBER.fullmatch(text):
        raise wrong("ce", "metres", text)
    return how.startswith("m"), known_within(float(text))


def _what(kind: str) -> str:
    if not kind.startswith("a-"):
        return "OTHER-ACTIVITY"
    if _UNCREWED.match(kind):
        return "UNCREWED-AIRCRAFT-OVERFLIGHT"
    # Atom, affiliation, dimension: a-h-A is a hostile thing in the air.
    parts = kind.split("-")
    return _DIMENSIONS.get(parts[2], "OTHER-ACTIVITY") if len(parts) > 2 else "OTHER-ACTIVITY"


def _detail(event: Element, name: str) -> Element | None:
    detail = event.first("detail")
    return None if detail is None else next((child for child in detail.children if child.name == name), None)


def _callsign(event: Element) -> str:
    contact = _detail(event, "contact")
    return "" if contact is None else clean_cell(contact.attributes.get("callsign", ""))


def _remarks(event: Element) -> str:
    remarks = _detail(event, "remarks")
    return "" if remarks is None else remarks.text.strip()


def _text(remarks: str, kind: str, how: str) -> str:
    coded = f"Cursor-on-Target type {kind}, made by {clean_cell(how) or 'unknown means'}"
    return f"{remarks} ({coded})" if remarks else f"{coded}; no remarks."
