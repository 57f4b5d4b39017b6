"""What is told of protected sites: a notice of chosen facts to one line, and the yearly exchange of lists.

Nothing of a facility is told but by a message that people release; what was told to whom, how precisely, until when,
and whether it was taken back, is kept. Our list is fixed in a sealed record before its digest leaves; the record holds
the salt, and no view does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.places import place_from_cbor
from armslength.core.record import NO_LINE, SEED_BYTES, parse_item
from armslength.desk import alarms, list_changes, policy, register_cache, views
from armslength.desk.prepared import Prepared, Signed, check_own_acts
from armslength.line import fields
from armslength.line.form_values import ITEMS_MAX, NAME_BYTES_MAX, takes_back
from armslength.register import list_exchange
from armslength.register.disclosing import DISCLOSABLE, coarsened
from armslength.register.list_exchange import Effect, EventKind, Site, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant
    from armslength.desk.books import Books
    from armslength.desk.cast import LineView
    from armslength.register.facilities import Facility

_ALARM_OF: Final[Mapping[Effect, str]] = {
    Effect.MISMATCH: "LIST-DOUBT",
    Effect.COPIED: "LIST-DOUBT",
    Effect.EARLY: "LIST-DOUBT",
    Effect.MAY_REVEAL: "LIST-READY",
    Effect.COMMIT_OVERDUE: "LIST-OVERDUE",
    Effect.LIST_OVERDUE: "LIST-OVERDUE",
}
_ORDER: Final = {effect: place for place, effect in enumerate(Effect)}


# --- one facility -----------------------------------------------------------------------------------------------------


def facility(books: Books, facility_id: str) -> Facility:
    """Return a facility of the register.

    Raises:
        LocalError: DISCLOSE-VALUE.
    """
    found = register_cache.Cache(books).facility(facility_id)
    if found is None:
        raise LocalError("DISCLOSE-VALUE", field="facility", expected="a facility of the register", got=facility_id)
    return found


def notice_values(
    books: Books,
    facility_id: str,
    *,
    tell: Sequence[str],
    valid_until: Instant,
    precision_m: int | None = None,
    language: str | None = None,
    replaces: bytes | None = None,
) -> dict[int, CborValue]:
    """Return the fields of a SITE-NOTICE: name and kind, and of the rest only what is chosen.

    Args:
        facility_id: the facility.
        tell: of `DISCLOSABLE`.
        valid_until: until when the notice holds.
        precision_m: metres; needed when the place is told.
        language: of the name told; the facility's first name without it.
        replaces: the notice that this one updates.

    Raises:
        LocalError: DISCLOSE-VALUE.
    """
    site = facility(books, facility_id)
    unknown = sorted(set(tell) - DISCLOSABLE)
    if unknown:
        raise LocalError("DISCLOSE-VALUE", expected=", ".join(sorted(DISCLOSABLE)), got=", ".join(unknown))
    tag, name = _name(site, language)
    values: dict[int, CborValue] = {
        fields.FACILITY_ID: site.facility_id,
        fields.VALID_UNTIL: valid_until,
        100: (name, tag, site.kind),
    }
    others = tuple(dict.fromkeys(other for _, other in site.names if other != name and _fits(other)))[:ITEMS_MAX]
    if "names" in tell and others:
        values[101] = others
    if "place" in tell:
        if precision_m is None:
            raise LocalError("DISCLOSE-VALUE", field="precision", expected="metres", got="nothing")
        values[fields.PLACE] = coarsened(site.place, precision_m).to_cbor()
    if "special-sign" in tell:
        values[102] = site.special_sign
    bases = tuple(dict.fromkeys(status.basis for status in site.protected_status))[:ITEMS_MAX]
    if "legal-basis" in tell and bases:
        values[103] = bases
    if replaces is not None:
        values[fields.RELATION] = ("updates", replaces)
    return values


def _name(site: Facility, language: str | None) -> tuple[str, str]:
    if language is None:
        return site.names[0]
    return next(((tag, name) for tag, name in site.names if tag == language), site.names[0])


def _fits(name: str) -> bool:
    return len(name.encode()) <= NAME_BYTES_MAX


def withdrawal_values(books: Books, notice: bytes) -> dict[int, CborValue]:
    """Return the fields by which one of our notices is taken back; what was read stays read.

    Raises:
        LocalError: DISCLOSE-VALUE, no notice of ours that stands.
    """
    row = views.row(books.unit, views.DISCLOSURES, notice)
    if row is None or row[3] is not True or row[9] in {"recalls", "discontinues"}:
        raise LocalError("DISCLOSE-VALUE", field="notice", expected="a notice of ours that stands", got=notice)
    return {fields.RELATION: ("recalls", notice)}


def disclosures(books: Books, facility_id: str | None = None) -> list[tuple[bytes, views.Row]]:
    """Return the notices of a facility, or all, by the hash of their message; theirs included."""
    return [
        (key, row)
        for key, row in views.rows(books.unit, views.DISCLOSURES)
        if facility_id is None or row[2] == facility_id
    ]


# --- the list of a year -----------------------------------------------------------------------------------------------


def sites_of(books: Books, chosen: Sequence[tuple[str, int | None]]) -> tuple[Site, ...]:
    """Return sites for a list: facility id, and the precision of its place in metres or None for no place.

    Raises:
        LocalError: DISCLOSE-VALUE, LIST-VALUE.
    """
    register = register_cache.Cache(books)
    found = []
    for facility_id, precision_m in chosen:
        site = register.facility(facility_id)
        if site is None:
            raise LocalError("DISCLOSE-VALUE", field="facility", expected="one of the register", got=facility_id)
        tag, name = site.names[0]
        place = None if precision_m is None else coarsened(site.place, precision_m)
        found.append(Site(facility_id=facility_id, name=name, language=tag, kind=site.kind, place=place))
    return tuple(found)


def prepare_list(
    books: Books, officer: str, line: LineView, year: int, due_at: Instant, sites: tuple[Site, ...] | None = None
) -> Prepared:
    """Return the body that sets the date of a year's exchange and, with sites, fixes our list for it.

    Raises:
        LocalError: LIST-VALUE; LIST-TRANSITION, our commitment was sent already.
    """
    body: dict[int, CborValue] = {**books.common(officer), 20: year, 21: line.line, 25: due_at}
    if sites is not None:
        listed = list_exchange.canonical(sites)
        salt = books.rng.bytes(list_exchange.SALT_BYTES)
        body[22], body[23] = cast("CborValue", listed), salt
        body[24] = list_exchange.digest(books.realm, line.line, books.party, year, salt, cast("CborValue", listed))
    _check(books, body)
    return Prepared(type="list", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def submit(books: Books, signed: Signed) -> int:
    """Enter a date or our list; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, LIST-... codes.
    """
    prepared = signed.prepared
    acts = check_own_acts(books, prepared, signed.acts)
    policy.require(acts[0], *policy.LOCAL_ACTS["list"], str(prepared.body.get(5)))
    _check(books, prepared.body)
    record = books.make("list", NO_LINE, prepared.body, body_seed=prepared.seed, acts=signed.acts)
    return books.enter("list", record)


def _check(books: Books, body: Mapping[int, CborValue]) -> None:
    read = FieldReader(body, "LIST-VALUE", LocalError)
    line = books.line(read.octets(21, 16))
    year, _ = read.integer(20, list_exchange.YEAR_MIN, list_exchange.YEAR_MAX), read.instant(25)
    held = list_changes.held(books.unit, line.line, year)
    if held is not None and held.state.ours is not None:
        raise LocalError("LIST-TRANSITION", state=held.state.status.value, event="another list or date")
    if held is not None and held.state.status not in {Status.PLANNED, Status.THEIRS_COMMITTED}:
        raise LocalError("LIST-TRANSITION", state=held.state.status.value, event="list")
    if read.has(22):
        listed = list_exchange.canonical(tuple(_site(one) for one in read.array(22, list_exchange.SITES_MAX)))
        salt = read.octets(23, list_exchange.SALT_BYTES)
        made = list_exchange.digest(books.realm, line.line, books.party, year, salt, cast("CborValue", listed))
        if made != read.octets(24, list_exchange.DIGEST_BYTES):
            raise LocalError("LIST-DIFFERS", what="the digest")


def _site(value: CborValue) -> Site:
    cells = dict(enumerate(value)) if isinstance(value, tuple) else {}
    row = FieldReader(cast("Mapping[int, CborValue]", cells), "LIST-VALUE", LocalError)
    place = place_from_cbor(row.value(4)) if row.has(4) else None
    return Site(facility_id=row.text(0), name=row.text(1), language=row.text(2), kind=row.text(3), place=place)


def exchange(books: Books, line: bytes, year: int) -> list_changes.Change:
    """Return the exchange of a year on a line.

    Raises:
        LocalError: LIST-UNKNOWN.
    """
    found = list_changes.held(books.unit, line, year)
    if found is None:
        raise LocalError("LIST-UNKNOWN", year=year)
    return found


def every_exchange(books: Books) -> list[list_changes.Change]:
    """Return every exchange of lists, by line and year."""
    return [exchange(books, key[:-2], int.from_bytes(key[-2:], "big")) for key, _ in books.unit.scan(views.LISTS)]


def list_values(books: Books, line: LineView, year: int, stage: str) -> dict[int, CborValue]:
    """Return the fields of a LIST-EXCHANGE of ours.

    Args:
        line: the line.
        year: the year.
        stage: COMMIT or REVEAL.

    Raises:
        LocalError: LIST-UNKNOWN; LIST-NOT-COMMITTED, a reveal before both commitments; LIST-VALUE.
    """
    held = exchange(books, line.line, year)
    if stage not in {"COMMIT", "REVEAL"}:
        raise LocalError("LIST-VALUE", field="stage", expected="COMMIT or REVEAL", got=stage)
    if stage == "REVEAL":
        list_exchange.check_reveal_ours(held.state)
    ours = _our_list(books, held)
    listed = cast("tuple[CborValue, ...]", ours[22])
    values: dict[int, CborValue] = {100: stage, 101: year, 102: len(listed), 103: ours[24]}
    if stage == "REVEAL":
        values[104], values[105] = ours[23], ours[22]
    return values


def _our_list(books: Books, held: list_changes.Change) -> Mapping[int, Any]:
    content = books.unit.content(held.entry) if held.entry is not None else None
    if content is None:
        raise LocalError("LIST-UNKNOWN", year=held.state.year, missing="our list")
    return parse_item(content[1]).body


def check_draft(books: Books, line: LineView, body: Mapping[int, CborValue]) -> None:
    """Refuse a LIST-EXCHANGE of ours that is not the list recorded, shows it too early, or takes one back.

    Raises:
        LocalError: LIST-DIFFERS, LIST-NOT-COMMITTED, LIST-TRANSITION, LIST-UNKNOWN, LIST-VALUE.
    """
    if body.get(fields.FORM_CODE) != list_changes.FORM:
        return
    if takes_back(body):
        raise LocalError("LIST-TRANSITION", event="taking a commitment or a list back")
    year, stage = body.get(101), str(body.get(100))
    if type(year) is not int:
        raise LocalError("LIST-VALUE", field="year", expected="a year", got=year)
    expected = list_values(books, line, year, stage)
    said = {number: value for number, value in body.items() if number >= fields.FORM_FIELDS_FROM}
    if said != expected:
        # A commitment that also carried the list would show it before the other side is bound.
        raise LocalError("LIST-DIFFERS", what=", ".join(str(n) for n in sorted(said.keys() ^ expected.keys())) or "")


def ring(books: Books, change: list_changes.Change | None) -> None:
    """Raise the alarms that a change of an exchange obliges to."""
    if change is None:
        return
    state = change.state
    for effect in change.effects:
        kind = _ALARM_OF.get(effect)
        if kind is not None:
            detail = f"{state.year} with {state.parties[1]}: {effect.value}"
            detail += f", {state.mismatch}" if state.mismatch else ""
            alarms.raise_alarm(books, kind, change.line, change.key, _ORDER[effect], detail=detail)


def tick(books: Books, key: bytes) -> None:
    """Record that the clock passed an exchange's deadline, and ring for what is late."""
    before = exchange(books, key[:-2], int.from_bytes(key[-2:], "big"))
    change = list_changes.stepped(before, list_exchange.Event(kind=EventKind.TICK), books.now)
    books.note("deadline", "deadline", {20: "list", 21: key, 22: books.now})
    ring(books, change)
