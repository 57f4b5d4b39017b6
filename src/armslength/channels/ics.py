"""Calendar files of what is planned (RFC 5545), for the wall and for other programs; pure text, UTC times only.

Every event has a UID that follows from what it is and not from when it was written, so that a calendar that is imported
again replaces what it has and doubles nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from armslength.core.instants import rfc3339
from armslength.core.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from armslength.core.instants import Instant

LINE_OCTETS: Final = 75
"""Octets of a content line without its end (RFC 5545, 3.1); longer ones are folded."""

_ESCAPES: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event of a calendar.

    Args:
        uid: the same for the same thing at every writing.
        at: its beginning.
        until: its end.
        summary: one line.
        description: more, or nothing.
    """

    uid: str
    at: Instant
    until: Instant
    summary: str
    description: str = ""


def calendar(name: str, events: Iterable[Event], made_at: Instant, *, product: str) -> str:
    """Return a calendar file.

    Args:
        name: what a program shows as its name.
        events: what is planned.
        made_at: when it was written.
        product: what wrote it, for PRODID.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{text(product)}//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{text(name)}")
    for one in events:
        lines += ["BEGIN:VEVENT", f"UID:{text(one.uid)}", f"DTSTAMP:{utc(made_at)}"]
        lines += [f"DTSTART:{utc(one.at)}", f"DTEND:{utc(one.until)}", f"SUMMARY:{text(one.summary)}"]
        if one.description:
            lines.append(f"DESCRIPTION:{text(one.description)}")
        lines += ["TRANSP:TRANSPARENT", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines)


def utc(at: Instant) -> str:
    """Return an instant as ``20230407T000000Z``; parts of a second are not shown."""
    return rfc3339(at)[:19].replace("-", "").replace(":", "") + "Z"


def text(value: str) -> str:
    """Return a value of type TEXT (RFC 5545, 3.3.11); what could steer a reader is made visible first."""
    return visible(value).translate(_ESCAPES)


def fold(line: str) -> str:
    """Return a content line in lines of at most 75 octets, never cut within a character."""
    parts: list[str] = []
    current, size = "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > LINE_OCTETS:
            parts.append(current)
            # The blank that marks a continued line counts too.
            current, size = " ", 1
        current, size = current + char, size + octets
    return "\r\n".join([*parts, current])
