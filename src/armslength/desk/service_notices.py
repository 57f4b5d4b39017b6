"""What the faces read and prepare of notices in bulk: batches, the grid of notice and party, one notice, the sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.channels import notices
from armslength.core.errors import LocalError
from armslength.core.instants import rfc3339
from armslength.core.places import degrees_text, place_from_cbor
from armslength.desk import notice_batches, notifying, views
from armslength.desk.notice_rows import party_key
from armslength.desk.printing import Paragraph, Sheet, Table
from armslength.desk.service_read import when
from armslength.line import fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from armslength.desk.books import Books
    from armslength.desk.prepared import Prepared

Json = dict[str, Any]

LAW: Final = (
    "Notification is not a precondition of protection, and taking a notice back changes nothing of it. A receipt is "
    "neither consent nor permission. Verifying targets remains the parties' duty."
)
"""Stands under every list of notices."""

LAW_ABROAD: Final = (
    (
        "Уведомление не является условием защиты, и отзыв уведомления ничего в ней не меняет. "
        "Подтверждение получения не является ни согласием, ни разрешением. Проверка целей остаётся обязанностью сторон."
    ),
    (
        "Повідомлення не є умовою захисту, і відкликання повідомлення нічого в ньому не змінює. "
        "Підтвердження отримання не є ні згодою, ні дозволом. Перевірка цілей залишається обов’язком сторін."
    ),
)
"""The same in the other languages, for a sheet that leaves the house; not reviewed by a native linguist."""

PAGE: Final = 50
PAGE_MAX: Final = 200
"""Notices of one page."""


def read_batches(books: Books, given: Mapping[str, Any]) -> list[Json]:
    """Return batches, the newest first."""
    rows = books.unit.scan(views.NOTICE_BATCHES, limit=_limit(given), reverse=True)
    return [_batch_json(key.decode(), dict(value)) for key, value in rows if isinstance(value, dict)]


def read_batch(books: Books, name: str, given: Mapping[str, Any]) -> Json:
    """Return one batch with where its notices stand for each party.

    Raises:
        LocalError: NOTICE-UNKNOWN.
    """
    from armslength.desk.notice_work import summary  # noqa: PLC0415 - it reads sheets too, which takes its time

    del given
    row = views.row(books.unit, views.NOTICE_BATCHES, name.upper().encode())
    if row is None:
        raise LocalError("NOTICE-UNKNOWN", asked=name)
    return {**_batch_json(name.upper(), row), **summary(books, name.upper()), "law": LAW}


def _batch_json(number: str, row: Any) -> Json:  # noqa: ANN401 - a row of a view
    return {
        "batch": number,
        "at": when(row[2]),
        "officer": row[3],
        "file": row[4],
        "rows": row[6],
        "refused": row[7],
        "entered": row[8],
        "complete": row[10] == row[9],
        "entry": row[1],
    }


def read_grid(books: Books, given: Mapping[str, Any]) -> Json:
    """Return a page of the grid: notices, and for each party which version it holds and how far that is known.

    Args:
        books: what the node holds.
        given: ``batch``, ``party``, ``owed`` (of that party, what somebody still must do), ``active`` (neither taken
            back nor run out), ``after`` (the ``next`` of the page before) and ``limit``.
    """
    limit = _limit(given)
    party = str(given["party"]).upper() if given.get("party") else None
    active = str(given.get("active") or "") == "true"
    rows: list[Json] = []
    bodies: notice_batches.Bodies = {}
    lines = frozenset(notifying.lines_by_party(books))
    last = None
    for number in _numbers(books, given, party):
        row = views.row(books.unit, views.NOTICES, number.encode())
        if row is None or (active and (row[14] or row[12] <= books.now)):
            continue
        if len(rows) >= limit:
            break
        told = _notice_json(books, number, row, party, lines)
        # Whoever asks for one party's notices hands them to that party, who must know where, and whom to call.
        rows.append(told if party is None else {**told, **_told_of(_said(books, number, bodies))})
        last = number
    else:
        last = None
    return {"rows": rows, "next": last, "law": LAW}


def _numbers(books: Books, given: Mapping[str, Any], party: str | None) -> Iterator[str]:
    """Yield the numbers asked for, from the one after ``after`` on, in pages so that nothing reads ten thousand."""
    after = given.get("after")
    if given.get("batch"):
        view, prefix = views.NOTICE_BATCH_ROWS, str(given["batch"]).upper().encode() + b"\x00"
    elif party is not None:
        owed = str(given.get("owed") or "") == "true"
        view, prefix = (views.NOTICE_OWED if owed else views.NOTICE_PARTIES), party.encode() + b"\x00"
    else:
        view, prefix = views.NOTICES, b""
    key = None if after is None else prefix + str(after).encode()
    while True:
        page = books.unit.scan(view, prefix, after=key, limit=PAGE_MAX)
        yield from (found.removeprefix(prefix).decode() for found, _ in page)
        if len(page) < PAGE_MAX:
            return
        key = page[-1][0]


def read_notice(books: Books, name: str, given: Mapping[str, Any]) -> Json:
    """Return one notice: its versions, and every party's state.

    Raises:
        LocalError: NOTICE-UNKNOWN.
    """
    del given
    number = name.upper()
    row = views.row(books.unit, views.NOTICES, number.encode())
    if row is None:
        raise LocalError("NOTICE-UNKNOWN", asked=name)
    versions = [
        {"version": int.from_bytes(key[-4:], "big"), "at": when(one[3]), "withdrawn": one[4], "batch": one[5]}
        for key, one in views.rows(books.unit, views.NOTICE_VERSIONS, number.encode() + b"\x00")
    ]
    return {
        **_notice_json(books, number, row, None, frozenset(notifying.lines_by_party(books))),
        **_told_of(_said(books, number, {})),
        "versions": versions,
        "law": LAW,
    }


def _said(books: Books, number: str, bodies: notice_batches.Bodies) -> notices.Notice | None:
    """Return what a notice says; None when it was taken back, or when its content was destroyed."""
    try:
        return notice_batches.notice_of(books, number, bodies=bodies)[0]
    except LocalError as error:
        if error.code != "NOTICE-UNKNOWN":
            raise
        return None


def _told_of(notice: notices.Notice | None) -> Json:
    return {"contact": notice and notice.contact, "where": notice and _where(notice)}


def _notice_json(books: Books, number: str, row: views.Row, only: str | None, lines: frozenset[str]) -> Json:
    return {
        "notice": number,
        "batch": row[1],
        "version": row[4],
        "kind": row[5],
        "reference": row[6],
        "name": row[7],
        "organisation": row[8],
        "urgency": row[9],
        "from": when(row[10]),
        "until": when(row[11]),
        "valid_until": when(row[12]),
        "withdrawn": row[14],
        "expired": row[12] <= books.now,
        "parties": [
            _party_json(books, number, party, line=party in lines, dropped=party in row[18])
            for party in notifying.parties_of(row)
            if only is None or party == only
        ],
    }


def _party_json(books: Books, number: str, party: str, *, line: bool, dropped: bool) -> Json:
    row = views.row(books.unit, views.NOTICE_PARTIES, party_key(party, number))
    if row is None:
        return {"party": party, "line": line, "state": "NOT-TOLD"}
    told = notices.told_from_value(row)
    return {
        "party": party,
        "line": line,
        "no_longer_for": dropped,
        "state": told.status.value,
        "holds_version": told.held_version or None,
        "sent_version": told.sent_version or None,
        "level": None if told.level < 0 else f"R{told.level}",
        "proof": told.proof or None,
        "message": told.last_message.hex() or None,
        "since": when(told.since),
        "holds_older": 0 < told.held_version < told.version,
    }


def _limit(given: Mapping[str, Any]) -> int:
    return max(1, min(int(given.get("limit") or PAGE), PAGE_MAX))


# --- sheets -----------------------------------------------------------------------------------------------------------


def _sheet(books: Books, name: str, query: Mapping[str, Any]) -> Sheet:
    """Return the sheet of one party: what it is owed first, then what else it is notified of; nothing of another's."""
    party = name.upper()
    bodies: notice_batches.Bodies = {}
    owed = [number for number, _ in notifying.owed_by_sheet(books, party)]
    held = _running(books, party)
    numbers = list(dict.fromkeys((*owed, *held)))
    rows = [
        _sheet_row(books, number, held[number], party, bodies)
        for number in numbers[: notifying.SHEET_NOTICES_MAX]
        if number in held
    ]
    more = len(numbers) - len(rows)
    said = f"{len(rows)} notices" + (f", and {more} more that stand on further sheets" if more else "")
    return Sheet(
        title=f"Notices to {party}",
        subtitle=f"from {books.party}: {said}",
        realm=books.realm,
        made_at=books.now,
        language=str(query.get("language") or "en"),
        landscape=True,
        parts=(
            *(Paragraph(text=text, strong=True) for text in (LAW, *LAW_ABROAD)),
            Table(
                head=("Notice", "Version", "What", "Who", "From", "Until", "Where", "Urgency"),
                rows=tuple(rows),
                widths=(3, 1, 4, 3, 3, 3, 5, 2),
            ),
        ),
    )


def _running(books: Books, party: str) -> dict[str, views.Row]:
    """Return the notices of one party that have not run out, by number."""
    prefix = party.encode() + b"\x00"
    numbers = [key.removeprefix(prefix) for key, _ in books.unit.scan(views.NOTICE_PARTIES, prefix)]
    rows = ((number.decode(), views.row(books.unit, views.NOTICES, number)) for number in numbers)
    return {number: row for number, row in rows if row is not None and row[12] > books.now}


def _sheet_row(books: Books, number: str, row: views.Row, party: str, bodies: notice_batches.Bodies) -> tuple[str, ...]:
    if row[14] or party in row[18]:
        return (number, str(row[4]), f"{row[7]}: WITHDRAWN", row[8], "", "", "", "")
    notice = _said(books, number, bodies)
    where = "" if notice is None else _where(notice)
    contact = "" if notice is None else f", {notice.contact}"
    times = (rfc3339(row[10])[:16], rfc3339(row[11])[:16])
    return (f"{number} ({row[6]})", str(row[4]), row[7], row[8] + contact, *times, where, row[9].lower())


def _where(notice: notices.Notice) -> str:
    """Return every place of a notice: a site's, or a route from its beginning to its end."""
    values: Mapping[int, Any] = notice.values
    if notice.kind is notices.Kind.SITE:
        return degrees_text(place_from_cbor(values[fields.PLACE]))
    names = {str(stop[0]): str(stop[1]) for stop in values.get(107, ())}
    stops = enumerate(values[106][1], start=1)
    return "; ".join(
        f"{names.get(f'STOP-{n}', '')} {degrees_text(place_from_cbor(place))}".strip() for n, place in stops
    )


# --- preparing --------------------------------------------------------------------------------------------------------


def _withdraw(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    return notifying.prepare_withdrawal(books, officer, str(given["notice"]), str(given["reason"]))


def _handed(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    return notifying.prepare_sheet(books, officer, str(given["party"]))


MAKERS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Prepared]]] = {
    "notice-withdraw": _withdraw,
    "notice-receipt": notifying.prepare_receipt,
    "notice-sheet": _handed,
}
"""Kinds of `Service.prepare_local` that this file adds."""

READS: Final[dict[str, Callable[[Books, Mapping[str, Any]], Any]]] = {
    "notices": read_grid,
    "notice-batches": read_batches,
}
"""Word of `Client.read` -> what is read, with the query."""

READS_ONE: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Any]]] = {
    "notices": read_notice,
    "notice-batches": read_batch,
}
"""Word of `Client.read` -> one thing by its name, with the query."""

SHEETS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Sheet]]] = {"notices": _sheet}
"""Kind of printed sheet -> its contents, by name and query (`language` and what the kind asks for)."""
