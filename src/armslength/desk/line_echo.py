"""The check of our own line by the nodes themselves: a text goes out in a hello and comes back in the answer.

Nobody is rung: not there, since their node answers by itself, and not here while the answer is right. What comes back
is compared and never shown unescaped. A node that does not know the fields ignores them; its silence is recorded.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from armslength.channels import check_states
from armslength.channels.check_states import Reason, Result
from armslength.core.errors import PeerError
from armslength.core.record import NO_LINE
from armslength.desk import alarms, check_changes, views
from armslength.language.check_texts import TEXT_CHARS_MAX, compare

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.ports import Unit

ASK: Final = 33
"""Field of a hello: [check id, text] that its sender asks to have back."""

ECHO: Final = 34
"""Field of a hello: [check id, text] as its sender received it."""

ID_BYTES: Final = 16
"""Bytes of a check's id, drawn at random: an answer to another check is none to this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a hello carries of a line check, asked or echoed."""

    check_id: bytes
    text: str

    def value(self) -> tuple[CborValue, ...]:
        """Return it as a hello carries it."""
        return (self.check_id, self.text)


def asked(unit: Unit, line: bytes) -> Said | None:
    """Return what our node asks on a line now, None when no check is due."""
    row = views.row(unit, views.LINE_CHECKS, check_changes.ASKED + line)
    return None if row is None else Said(check_id=row[2], text=row[3])


def read(body: Mapping[int, CborValue], field: int) -> Said | None:
    """Return what a peer's hello says in one of the two fields, None when it says nothing there.

    Raises:
        PeerError: RECORD-MALFORMED.
    """
    value = body.get(field)
    if value is None:
        return None
    match value:
        case (bytes(check_id), str(text)) if len(check_id) == ID_BYTES and len(text) <= TEXT_CHARS_MAX:
            return Said(check_id=check_id, text=text)
    raise PeerError("RECORD-MALFORMED", field=field, expected=f"{ID_BYTES} bytes and at most {TEXT_CHARS_MAX} letters")


def heard(books: Books, line: bytes, body: Mapping[int, CborValue]) -> None:
    """Record what came back of the check that is due on a line; another echo changes nothing.

    Raises:
        PeerError: RECORD-MALFORMED.
    """
    echo = read(body, ECHO)
    row = views.row(books.unit, views.LINE_CHECKS, check_changes.ASKED + line)
    if echo is None or row is None or not hmac.compare_digest(echo.check_id, row[2]):
        return
    before = check_changes.held(books.unit, row[1])
    if before is None or before.state.due is None:
        return
    due = before.state.due
    differences = compare(row[3], echo.text)
    result = check_states.in_time(before.plan, due.at, books.now, Result.ANSWERED)
    fields: dict[int, CborValue] = {
        20: before.plan.channel,
        21: Result.GARBLED.value if differences else result.value,
        22: due.at,
        23: books.now,
        24: Reason.UNKNOWN.value if differences or result is Result.LATE else None,
        25: due.caller.value,
        26: echo.text if differences else None,
        27: before.plan.languages[0],
        28: before.number,
        30: False,
    }
    books.note("line-check", "line-check", fields)
    if differences:
        ring_garbled(books, before.plan.channel, cast("int", due.at), len(differences))


def ring_garbled(books: Books, channel: str, at: int, differences: int) -> None:
    """Ring for a copy that came back changed."""
    detail = f"{channel}: {differences} places differ" if differences != 1 else f"{channel}: one place differs"
    alarms.raise_alarm(books, "CHECK-GARBLED", NO_LINE, channel.encode(), at, detail=detail)
