"""What a message or a record does to the yearly exchange of lists, and to what was disclosed of a facility."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.errors import ArmslengthError
from armslength.core.instants import Instant
from armslength.desk import views
from armslength.line import fields, forms
from armslength.line.form_values import takes_back
from armslength.register import list_exchange
from armslength.register.list_exchange import Commitment, Event, EventKind, Exchange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.core.realm import Realm
    from armslength.desk.ports import Unit
    from armslength.desk.window_changes import Spoken
    from armslength.register.list_exchange import Effect

    Body = Mapping[int, Any]

FORM: Final = "LIST-EXCHANGE"

_UNPLANNED_US: Final = list_exchange.COMMIT_BEFORE_US
"""An exchange that a commitment opens without a date is due a week after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An exchange afterwards: its line, state, the entry of our list if there is one, and what must follow."""

    line: bytes
    state: Exchange
    entry: int | None = None
    effects: tuple[Effect, ...] = ()

    @property
    def key(self) -> bytes:
        """The key of the exchange's row."""
        return list_key(self.line, self.state.year)

    def put(self, unit: Unit) -> None:
        """Store the exchange, due at its next deadline."""
        row: dict[int, CborValue] = {
            1: cast("CborValue", list_exchange.exchange_value(self.state)),
            2: self.entry,
        }
        unit.put(views.LISTS, self.key, row, due=list_exchange.next_deadline(self.state))


def list_key(line: bytes, year: int) -> bytes:
    """Return the key of a year's exchange on a line."""
    return line + year.to_bytes(2, "big")


def held(unit: Unit, line: bytes, year: int) -> Change | None:
    """Return the exchange of a year on a line, None when there is none."""
    row = views.row(unit, views.LISTS, list_key(line, year)) if 0 <= year <= list_exchange.YEAR_MAX else None
    if row is None:
        return None
    return Change(line=line, state=list_exchange.exchange_from_value(row[1]), entry=row[2])


def stepped(before: Change, event: Event, at: Instant) -> Change:
    """Return an exchange after one event.

    Raises:
        LocalError: LIST-... codes.
    """
    found = list_exchange.step(before.state, event, at)
    return Change(line=before.line, state=found.state, entry=before.entry, effects=found.effects)


def by_message(unit: Unit, spoken: Spoken, *, realm: Realm) -> Change | None:
    """Return the exchange that a message changes as it is afterwards, None when it changes none.

    A commitment cannot be taken back: a message that recalls one changes nothing here.
    """
    if spoken.form != FORM or not forms.known(FORM, spoken.body.get(fields.FORM_VERSION)) or takes_back(spoken.body):
        return None
    try:
        return _by_message(unit, spoken, realm=realm)
    except ArmslengthError:
        # Of a year that makes no sense, or a second commitment: it is kept and read, and binds nobody anew.
        return None


def _by_message(unit: Unit, spoken: Spoken, *, realm: Realm) -> Change:
    body, ours = spoken.body, spoken.author == spoken.own
    year = int(body[101])
    before = held(unit, spoken.line, year)
    if before is None:
        peer = spoken.receiver if ours else spoken.author
        due_at = Instant(spoken.at + _UNPLANNED_US)
        before = Change(line=spoken.line, state=list_exchange.planned(year, spoken.own, peer, due_at))
    if body[100] == "COMMIT":
        kind = EventKind.COMMIT_OURS if ours else EventKind.COMMIT_THEIRS
        stated = body[103]
    else:
        kind = EventKind.REVEAL_OURS if ours else EventKind.REVEAL_THEIRS
        stated = shown_digest(spoken, realm)
    count = body[102] if body[100] == "COMMIT" else len(body.get(105) or ())
    commitment = Commitment(digest=stated, count=count, reference=spoken.envelope_hash.hex(), at=spoken.at)
    return stepped(before, Event(kind=kind, commitment=commitment), spoken.at)


def shown_digest(spoken: Spoken, realm: Realm) -> bytes:
    """Return the digest of the list that a REVEAL shows, whatever digest it states."""
    body = spoken.body
    sites = tuple(sorted(body.get(105) or (), key=lambda site: str(site[0]).encode()))
    return list_exchange.digest(realm, spoken.line, spoken.author, body[101], body.get(104) or b"", sites)


def by_record(unit: Unit, body: Body, entry: int, own: str, peer: str) -> Change:
    """Return the exchange that a record `list` of our officers leaves: a date, or our list fixed for a year.

    Raises:
        LocalError: LIST-... codes.
    """
    line, year = body[21], int(body[20])
    due_at = Instant(body[25])
    before = held(unit, line, year)
    if before is None:
        before = Change(line=line, state=list_exchange.planned(year, own, peer, due_at))
    elif before.state.due_at != due_at:
        before = stepped(before, Event(kind=EventKind.PLAN, due_at=due_at), due_at)
    number = entry if body.get(22) is not None else before.entry
    return Change(line=line, state=before.state, entry=number)


# --- what was disclosed of a facility ---------------------------------------------------------------------------------


def disclosed(unit: Unit, spoken: Spoken) -> None:
    """Keep what a SITE-NOTICE told, or that it was taken back or replaced."""
    if spoken.form != "SITE-NOTICE" or not forms.known("SITE-NOTICE", spoken.body.get(fields.FORM_VERSION)):
        return
    body = spoken.body
    relation = body.get(fields.RELATION)
    if relation is not None:
        _ended(unit, spoken, str(relation[0]), relation[1])
    if takes_back(body):
        return
    place = body.get(fields.PLACE)
    told = [name for name, number in _TOLD.items() if body.get(number) is not None]
    row: dict[int, CborValue] = {
        1: spoken.line,
        2: body.get(fields.FACILITY_ID),
        3: spoken.author == spoken.own,
        4: tuple(told),
        5: None if place is None else place[2],
        6: body.get(fields.VALID_UNTIL),
        7: spoken.at,
        8: None,
        9: None,
        10: None,
    }
    unit.put(views.DISCLOSURES, spoken.envelope_hash, row)


_TOLD: Final = {
    "name-and-kind": 100,
    "names": 101,
    "place": fields.PLACE,
    "special-sign": 102,
    "legal-basis": 103,
    "area": 104,
    "text": fields.FREE_TEXT,
}
"""What a notice may tell -> its field."""


def _ended(unit: Unit, spoken: Spoken, verb: str, target: bytes) -> None:
    row = views.row(unit, views.DISCLOSURES, target)
    if row is None or row[1] != spoken.line or verb not in {"recalls", "discontinues", "updates"}:
        return
    unit.put(views.DISCLOSURES, target, {**row, 8: spoken.at, 9: verb, 10: spoken.envelope_hash})
