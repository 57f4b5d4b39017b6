"""Calendar files: folding, escaping, UTC times, the same UID at every writing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from armslength.channels import ics
from armslength.core.instants import Instant, parse_rfc3339

AT = parse_rfc3339("2023-04-07T00:00:00Z")


def event(**changes: str) -> ics.Event:
    parts = {"uid": "check-red-1@eucom", "summary": "Line check"} | changes
    return ics.Event(at=AT, until=Instant(AT + 900_000_000), **parts)


def test_a_calendar_is_as_the_standard_writes_it() -> None:
    made = ics.calendar("Line checks", [event()], AT, product="Arm's Length")
    assert made.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Arm's Length//EN",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Line checks",
        "BEGIN:VEVENT",
        "UID:check-red-1@eucom",
        "DTSTAMP:20230407T000000Z",
        "DTSTART:20230407T000000Z",
        "DTEND:20230407T001500Z",
        "SUMMARY:Line check",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_signs_of_the_format_and_of_a_terminal_are_no_signs_in_a_text() -> None:
    assert ics.text("a,b;c\\d\ne\u202ef") == "a\\,b\\;c\\\\d\\ne[U+202E]f"
    assert "\r\nEND:VEVENT\r\nBEGIN" not in ics.calendar(
        "x", [event(summary="a\r\nEND:VEVENT\r\nBEGIN")], AT, product="p"
    )


@given(st.text(max_size=300).map(ics.text))
def test_folded_lines_are_short_and_come_back_whole(line: str) -> None:
    folded = ics.fold(line)
    assert all(len(one.encode()) <= ics.LINE_OCTETS for one in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == line
