"""Notices from a sheet: what would be entered of it, the act that a coordinator signs, and the entering of the rows.

A ``notice-batch`` record's body: 20 batch number, 21 file name, 22 SHA-256 of the file, 23 rows read, 24 rows entered,
25 rows refused, 26 hash over the rows, 27 chunks, 28 received at, 29 the first new notice's number. The rows follow as
``notice-step`` entries of the node (30 "rows"), each a batch under a Merkle root (`desk.batches`), in transactions of
their own, so that no message waits for a sheet of ten thousand; a batch that was cut short is taken up again when the
same file is submitted again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.channels.notices import VERSIONS_MAX, Doubles, Notice, notice_from_value, notice_value
from armslength.core.errors import LocalError
from armslength.core.instants import INSTANT_MAX, INSTANT_MIN, Instant
from armslength.core.record import NO_LINE, SEED_BYTES
from armslength.desk import batches, numbering, policy, views
from armslength.desk.prepared import Prepared, check_own_acts
from armslength.desk.projection_notices import ROW_NUMBER, ROW_VERSION
from armslength.language.transliteration import skeleton

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.batches import Batch
    from armslength.desk.books import Books
    from armslength.desk.importing import Source
    from armslength.desk.prepared import Signed
    from armslength.register.importing import ImportRun

NOTICES_MAX: Final = 20_000
"""Notices of one sheet: a country's plan of a month; more is a file of another kind."""

CHUNK_ROWS_MAX: Final = 500
"""Notices of one transaction: entered in half a second, so that a message waits no longer for the writer."""

Body = dict[int, Any]
Bodies = dict[int, Any]
"""Entry index -> the body of a chunk of notices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """One reading of a sheet, with what would be entered of it here.

    Args:
        batch: number of the batch that it is, or would be.
        run: what the reader found.
        chunks: the rows, as they would be entered.
        first: number in the year of the first new notice.
        new: how many are new.
        changed: (number, version) of those that change one that is held.
        known: how many say what is held already.
        doubles: (reference, what it may repeat) of those that may be one thing notified twice.
    """

    batch: str
    run: ImportRun[Notice]
    chunks: tuple[Batch, ...]
    first: int
    new: int
    changed: tuple[tuple[str, int], ...]
    known: int
    doubles: tuple[tuple[str, str], ...]

    @property
    def rows(self) -> int:
        """Notices that would be entered."""
        return self.new + len(self.changed)


class _Numbers:
    """Gives new notices their numbers, in the order of the sheet."""

    def __init__(self, year: int, first: int) -> None:
        self._prefix, self._next = f"N-{year:04}-", first

    def next(self) -> str:
        """Return the next number."""
        number = f"{self._prefix}{self._next:0{numbering.DIGITS}}"
        self._next += 1
        return number


def stage(books: Books, source: Source, run: ImportRun[Notice], *, resumed: str | None = None) -> Staged:
    """Return what would be entered of a sheet: notices that are new, and those that say something else than before.

    Args:
        books: what the node holds.
        source: what was read.
        run: what the reader found.
        resumed: a batch that was cut short; its own rows count as not held, so that they come out as they were signed.

    Raises:
        LocalError: NOTICE-COUNT.
    """
    if len(run.accepted) > NOTICES_MAX:
        raise LocalError("NOTICE-COUNT", limit=NOTICES_MAX, got=len(run.accepted))
    year = datetime.fromtimestamp(int(source.received_at) // 1_000_000, UTC).year
    held = None if resumed is None else views.row(books.unit, views.NOTICE_BATCHES, resumed.encode())
    batch = resumed or numbering.next_number(books, views.NOTICE_BATCHES, "NB")
    first = _first(books, year) if held is None else int(held[11])
    numbers, doubles = _Numbers(year, first), Doubles()
    rows: list[Body] = []
    bodies: Bodies = {}
    changed: list[tuple[str, int]] = []
    twice: list[tuple[str, str]] = []
    new = known = 0
    for notice in run.accepted:
        earlier = _repeated(books, notice, batch) or doubles.of(notice, _name_key(notice.name))
        if earlier:
            twice.append((notice.reference, earlier))
        number, version = _known(books, notice, batch, bodies)
        if version == 0:
            known += 1
            continue
        if version == 1:
            number, new = numbers.next(), new + 1
        else:
            changed.append((number, version))
        rows.append({**notice_value(notice), ROW_NUMBER: number, ROW_VERSION: version})
    parts = (rows[start : start + CHUNK_ROWS_MAX] for start in range(0, len(rows), CHUNK_ROWS_MAX))
    chunks = tuple(chunk for part in parts for chunk in batches.batches(part))
    return Staged(
        batch=batch,
        run=run,
        chunks=chunks,
        first=first,
        new=new,
        changed=tuple(changed),
        known=known,
        doubles=tuple(twice),
    )


def _name_key(name: str) -> str:
    """Return a name folded across scripts; its figures stay, since Convoy 1 is not Convoy 2."""
    return f"{skeleton(name)} {''.join(char for char in name if char.isdigit())}"


def _first(books: Books, year: int) -> int:
    prefix = f"N-{year:04}-"
    last = books.unit.scan(views.NOTICES, prefix.encode(), limit=1, reverse=True)
    return int(last[0][0].decode().removeprefix(prefix)) + 1 if last else 1


def _known(books: Books, notice: Notice, batch: str, bodies: Bodies) -> tuple[str, int]:
    """Return the number and version that a notice would have; version 0 when it says nothing new."""
    number = books.unit.get(views.NOTICE_REFERENCES, notice.key.encode())
    row = None if number is None else views.row(books.unit, views.NOTICES, str(number).encode())
    if row is None:
        return "", 1
    if row[1] == batch:
        return str(number), int(row[4])
    if not row[14] and _says(books, str(number), bodies) == notice:
        return str(number), 0
    if row[4] >= VERSIONS_MAX:
        raise LocalError("NOTICE-COUNT", limit=VERSIONS_MAX, got=row[4] + 1)
    return str(number), int(row[4]) + 1


def _says(books: Books, number: str, bodies: Bodies) -> Notice | None:
    try:
        return notice_of(books, number, bodies=bodies)[0]
    except LocalError as error:
        if error.code != "NOTICE-UNKNOWN":
            raise
        # Its content was destroyed: what the sheet says now is a version of its own, and holds up no other row.
        return None


def _repeated(books: Books, notice: Notice, batch: str) -> str:
    """Return the reference of a notice that is held, under another name, and stands where this one does that day."""
    number = books.unit.get(views.NOTICE_PLACES, notice.place_key.encode())
    row = None if number is None else views.row(books.unit, views.NOTICES, str(number).encode())
    if row is None or row[1] == batch or row[20] == notice.key or row[14]:
        return ""
    return str(row[6])


def prepare_batch(books: Books, officer: str, source: Source, staged: Staged) -> Prepared:
    """Return the body of a batch for the coordinator's signature.

    Raises:
        LocalError: IMPORT-NOTHING, no row would be entered.
    """
    if not staged.chunks:
        raise LocalError(
            "IMPORT-NOTHING", read=staged.run.rows_read, known=staged.known, refused=staged.run.refused_count
        )
    body: dict[int, CborValue] = {
        **books.common(officer),
        20: staged.batch,
        21: source.name,
        22: staged.run.file_hash,
        **_counts(staged),
        28: source.received_at,
        29: staged.first,
    }
    return Prepared(type="notice-batch", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def _counts(staged: Staged) -> dict[int, CborValue]:
    run = staged.run
    rows_hash = batches.rows_hash(staged.chunks)
    return {23: run.rows_read, 24: staged.rows, 25: run.refused_count, 26: rows_hash, 27: len(staged.chunks)}


def check_batch(body: Mapping[int, CborValue]) -> None:
    """Refuse a batch's body that is not of the form above.

    Raises:
        LocalError: PREPARED-MALFORMED.
    """
    texts = all(isinstance(body.get(number), str) for number in (20, 21))
    counts = all(type(body.get(number)) is int and cast("int", body[number]) >= 0 for number in (23, 24, 25, 27, 29))
    hashes = all(isinstance(body.get(number), bytes) and len(cast("bytes", body[number])) == 32 for number in (22, 26))
    received = type(body.get(28)) is int and INSTANT_MIN <= cast("int", body[28]) <= INSTANT_MAX
    if not (texts and counts and hashes and received):
        raise LocalError("PREPARED-MALFORMED", part="notice-batch")


def begin(books: Books, signed: Signed, staged: Staged) -> int:
    """Enter a signed batch whose rows are those that it names; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, IMPORT-CHANGED when the rows are not those that were signed.
    """
    prepared = signed.prepared
    acts = check_own_acts(books, prepared, signed.acts)
    policy.require(acts[0], *policy.LOCAL_ACTS["notice-batch"], str(prepared.body.get(5)))
    check_batch(prepared.body)
    require_signed(prepared.body, staged)
    numbering.require_free(books, views.NOTICE_BATCHES, staged.batch)
    record = books.make("notice-batch", NO_LINE, prepared.body, body_seed=prepared.seed, acts=signed.acts)
    return books.enter("notice-batch", record)


def begun(books: Books, prepared: Prepared) -> str | None:
    """Return the number of a batch that was begun with this very record and is now taken up again; None of a new one.

    Raises:
        LocalError: PREPARED-MALFORMED, its number or id is that of another record.
    """
    number, record_id = prepared.body.get(20), prepared.body.get(1)
    row = views.row(books.unit, views.NOTICE_BATCHES, str(number).encode())
    if row is None or row[12] != record_id:
        return None
    entered = views.row(books.unit, views.RECORD_IDS, cast("bytes", record_id))
    if entered is None or entered[2] != prepared.body_hash(books.realm):
        raise LocalError("PREPARED-MALFORMED", part="its record id was used for another record")
    return str(number)


def require_signed(body: Mapping[int, CborValue], staged: Staged) -> None:
    """Require the rows that would be entered to be those that a batch's body names.

    Raises:
        LocalError: IMPORT-CHANGED.
    """
    expected = {**_counts(staged), 20: staged.batch, 29: staged.first}
    if any(body.get(number) != value for number, value in expected.items()):
        raise LocalError("IMPORT-CHANGED", expected=body.get(24), got=staged.rows)


def enter_chunk(books: Books, staged: Staged, number: int) -> bool:
    """Enter one chunk of a batch; False when it had been entered before."""
    row = views.row(books.unit, views.NOTICE_BATCHES, staged.batch.encode())
    if row is None:
        raise LocalError("NOTICE-UNKNOWN", asked=staged.batch)
    if row[10] > number:
        return False
    fields = staged.chunks[number].fields(staged.batch.encode(), str(row[4]))
    books.note("notice-step", "notice-step", {**fields, 30: "rows"})
    return True


def notice_of(
    books: Books, number: str, version: int | None = None, *, bodies: Bodies | None = None
) -> tuple[Notice | None, views.Row]:
    """Return a notice with its row of the view; no notice for a version that took it back.

    Args:
        books: what the node holds.
        number: its number.
        version: which; the current one when nobody says.
        bodies: entries read so far, for whoever asks for many notices: five hundred stand in one.

    Raises:
        LocalError: NOTICE-UNKNOWN, STORE-DAMAGED.
    """
    row = views.row(books.unit, views.NOTICES, number.encode())
    if row is None:
        raise LocalError("NOTICE-UNKNOWN", asked=number)
    wanted = row[4] if version is None else version
    found = views.row(books.unit, views.NOTICE_VERSIONS, number.encode() + b"\x00" + int(wanted).to_bytes(4, "big"))
    if found is None:
        raise LocalError("NOTICE-UNKNOWN", asked=f"{number} version {wanted}")
    if found[4]:
        return None, row
    index = int(found[1])
    body = None if bodies is None else bodies.get(index)
    if body is None:
        body = _body(books, index)
        if bodies is not None:
            bodies[index] = body
    return notice_from_value(batches.batch_row(body, int(found[2]))), row


def _body(books: Books, index: int) -> Mapping[int, CborValue]:
    from armslength.core.record import parse_item  # noqa: PLC0415 - beside its only use

    content = books.unit.content(index)
    if content is None:
        raise LocalError("NOTICE-UNKNOWN", asked=f"entry {index}, whose content was destroyed")
    return parse_item(content[1]).body


def received_at(body: Mapping[int, CborValue]) -> Instant:
    """Return when the sheet of a signed batch reached us."""
    return Instant(cast("int", body[28]))
