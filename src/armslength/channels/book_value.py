"""A channel as the fields of its record, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from armslength.channels.book import (
    CODE,
    ENDS_MAX,
    HOLDERS_MAX,
    ROWS_MAX,
    Account,
    AddressSheet,
    Channel,
    End,
    Holder,
    Hours,
    Level,
    Medium,
    Number,
    Side,
    wrong,
)
from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader

if TYPE_CHECKING:
    from enum import StrEnum

    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant

    _Member = TypeVar("_Member", bound=StrEnum)


def channel_value(channel: Channel) -> dict[int, CborValue]:
    """Return a channel as an encodable value, fields 1 to 18."""
    return {
        1: channel.channel_id,
        2: channel.name,
        3: channel.medium.value,
        4: channel.level.value,
        5: tuple(_end_value(end) for end in channel.ends),
        6: channel.purpose,
        7: channel.exclusions,
        8: channel.may_open,
        9: channel.approves,
        10: tuple((one.days, one.from_min, one.until_min) for one in channel.hours),
        11: channel.time_zone,
        12: channel.languages,
        13: tuple(_sheet_value(one) for one in channel.address_sheets),
        14: tuple(_account_value(one) for one in channel.establishment),
        15: tuple(_account_value(one) for one in channel.facts),
        16: channel.cost,
        17: channel.signal_value,
        18: channel.line_peer,
    }


def _end_value(end: End) -> CborValue:
    return (
        *(end.side.value, end.party, end.post),
        tuple((*(one.name, one.title, one.source, one.own_name), one.from_at, one.until_at) for one in end.holders),
        tuple(_account_value(one) for one in end.places),
        tuple((one.medium.value, one.value, one.note) for one in end.numbers),
    )


def _account_value(account: Account) -> CborValue:
    return (account.text, account.source, account.earliest_at, account.latest_at)


def _sheet_value(sheet: AddressSheet) -> CborValue:
    return (
        *(sheet.language, sheet.opening, sheet.titles, sheet.closing),
        *(sheet.approved_by, sheet.approved_at, sheet.reference),
    )


# --- back -------------------------------------------------------------------------------------------------------------


def channel_from_value(value: CborValue) -> Channel:
    """Return a channel from `channel_value`'s result.

    Raises:
        LocalError: CHANNEL-VALUE, and the codes of texts, party codes and time zones.
    """
    read = FieldReader(value, CODE, LocalError)
    return Channel(
        channel_id=read.text(1),
        name=read.text(2),
        medium=member(Medium, read.text(3)),
        level=member(Level, read.text(4)),
        ends=tuple(_end(row) for row in _rows(read, 5, 6, ENDS_MAX)),
        purpose=read.text(6),
        exclusions=read.texts(7),
        may_open=read.texts(8),
        approves=read.texts(9),
        hours=tuple(_hours(row) for row in _rows(read, 10, 3)),
        time_zone=read.text(11),
        languages=read.texts(12),
        address_sheets=tuple(_sheet(row) for row in _rows(read, 13, 7)),
        establishment=tuple(_account(row) for row in _rows(read, 14, 4)),
        facts=tuple(_account(row) for row in _rows(read, 15, 4)),
        cost=_maybe(read, 16),
        signal_value=_maybe(read, 17),
        line_peer=_maybe(read, 18),
    )


def member(kind: type[_Member], code: str) -> _Member:
    """Return the member of a vocabulary that a code names.

    Raises:
        LocalError: CHANNEL-VALUE.
    """
    try:
        return kind(code)
    except ValueError:
        raise wrong(kind.__name__.lower(), ", ".join(kind), code) from None


def _rows(read: FieldReader, number: int, width: int, longest: int = ROWS_MAX) -> list[FieldReader]:
    """Return the cells of an array of arrays, by place."""
    found = []
    for row in read.array(number, longest):
        if not isinstance(row, tuple) or len(row) != width:
            read.refuse(field=number, expected=f"arrays of {width}", got=type(row).__name__)
        found.append(FieldReader(dict(enumerate(row)), CODE, LocalError))
    return found


def _maybe(read: FieldReader, number: int) -> str:
    return read.text(number) if read.value(number) != "" else ""


def _instant(read: FieldReader, number: int) -> Instant | None:
    return read.instant(number) if read.has(number) else None


def _end(row: FieldReader) -> End:
    return End(
        side=member(Side, row.text(0)),
        party=row.text(1),
        post=row.text(2),
        holders=tuple(_holder(one) for one in _rows(row, 3, 6, HOLDERS_MAX)),
        places=tuple(_account(one) for one in _rows(row, 4, 4)),
        numbers=tuple(_number(one) for one in _rows(row, 5, 3)),
    )


def _holder(row: FieldReader) -> Holder:
    return Holder(
        name=row.text(0),
        title=row.text(1),
        source=row.text(2),
        own_name=_maybe(row, 3),
        from_at=_instant(row, 4),
        until_at=_instant(row, 5),
    )


def _number(row: FieldReader) -> Number:
    return Number(medium=member(Medium, row.text(0)), value=row.text(1), note=_maybe(row, 2))


def _account(row: FieldReader) -> Account:
    return Account(text=row.text(0), source=row.text(1), earliest_at=_instant(row, 2), latest_at=_instant(row, 3))


def _hours(row: FieldReader) -> Hours:
    days = row.array(0)
    if not all(type(day) is int for day in days):
        row.refuse(field="days", expected="integers")
    return Hours(
        days=tuple(day for day in days if isinstance(day, int)), from_min=row.integer(1), until_min=row.integer(2)
    )


def _sheet(row: FieldReader) -> AddressSheet:
    return AddressSheet(
        language=row.text(0),
        opening=row.text(1),
        titles=_maybe(row, 2),
        closing=_maybe(row, 3),
        approved_by=_maybe(row, 4),
        approved_at=_instant(row, 5),
        reference=_maybe(row, 6),
    )
