"""Imports: a file is read as a dry run, an officer signs for the whole of it, and its rows enter as batches.

What is signed names the file's hash and a hash over every row that was accepted, so that nothing else can be entered
under it. Rows enter in short transactions, so that no message waits for a year of hot spots; an import that was cut
short is taken up again where it stopped when the same file is submitted again, and shows as unfinished until then.

An ``import`` record's body: 20 what, 21 reader, 22 file name, 23 SHA-256 of the file, 24 rows read, 25 accepted,
26 refused, 27 hash over the rows, 28 received at, 29 batches, 30 options [[name, value]].
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from armslength.core.errors import LocalError
from armslength.core.instants import INSTANT_MAX, INSTANT_MIN
from armslength.core.record import NO_LINE, SEED_BYTES
from armslength.desk import batches, policy, register_cache, views
from armslength.desk.prepared import Prepared, check_own_acts
from armslength.desk.report_lookup import ID_HASH_BYTES, id_hash
from armslength.register import facility_body, merging, reports

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from armslength.channels.notices import Notice
    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant
    from armslength.desk.batches import Batch
    from armslength.desk.books import Books
    from armslength.desk.prepared import Signed
    from armslength.register.facilities import Facility
    from armslength.register.importing import ImportRun
    from armslength.register.reports import Report

Run = Any
"""An `ImportRun` of facilities or of reports."""

REPORTS, FACILITIES, NOTICES = "reports", "facilities", "notices"
BATCH_KIND: Final = {REPORTS: "report-batch", FACILITIES: "facility-batch"}

RECORD_ID_BYTES: Final = 16

_OPTIONS_MAX: Final = 32
"""Options of one import: readers know five."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is read: the bytes with the name that a person gave them.

    Args:
        what: ``reports``, ``facilities`` or ``notices``.
        reader: name of the format, empty to find out.
        name: the file's name, for people.
        data: its bytes.
        received_at: when it reached us; the same bytes and instant give the same rows.
        options: what a reader is told besides (a mapping, a region).
    """

    what: str
    reader: str
    name: str
    data: bytes
    received_at: Instant
    options: tuple[tuple[str, str], ...] = ()


class Readers(Protocol):
    """The port to everything that reads files of facilities, reports and notices."""

    def read(self, source: Source) -> ImportRun[Facility] | ImportRun[Report] | ImportRun[Notice]:
        """Return what a file holds; nothing is entered.

        Raises:
            LocalError: the file as a whole is refused.
        """
        ...

    def told(self, source: Source) -> str:
        """Return the name of the reader that a source names, or of the one that claims its bytes.

        Raises:
            LocalError: no reader claims it.
        """
        ...

    def names(self, what: str) -> tuple[str, ...]:
        """Return the readers there are for facilities or for reports."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """One reading of a file, with what would be entered of it here.

    Args:
        source: what was read.
        run: what the reader found.
        reader: the reader that read it.
        known: rows that the books hold already and that are not entered again.
        batches: the rows that would be entered.
        entered: the same rows as they were read, in the order of the batches.
    """

    source: Source
    run: Run
    reader: str
    known: int
    batches: tuple[Batch, ...]
    entered: tuple[Any, ...] = ()

    @property
    def rows(self) -> int:
        """Rows that would be entered."""
        return sum(batch.rows for batch in self.batches)


def stage(books: Books, source: Source, run: Run, *, resumed: bytes | None = None) -> Staged:
    """Return what would be entered of a reading: new reports, and facilities that are new or say something else.

    Args:
        books: what the node holds.
        source: what was read.
        run: what the reader found.
        resumed: an import that was cut short; only what was held before it counts, so that its batches come out as
            they were signed.
    """
    row = None if resumed is None else views.row(books.unit, views.IMPORTS, resumed)
    before = None if row is None else int(row[1])
    if source.what == REPORTS:
        fresh: Sequence[Any] = _fresh_reports(books, run.accepted, before)
        known = len(run.accepted) - len(fresh)
        bodies: Sequence[Mapping[int, CborValue]] = [reports.report_body(one) for one in fresh]
    else:
        joined = _joined(books, run, before)
        run, known = joined.run, joined.known
        fresh, bodies = _fresh_facilities(books, joined.rows, before)
        known += len(joined.rows) - len(bodies)
    return Staged(
        source=source,
        run=run,
        reader=source.reader,
        known=known,
        batches=tuple(batches.batches(bodies)),
        entered=tuple(fresh),
    )


def known_ids(books: Books, wanted: frozenset[bytes], before: int | None = None) -> set[bytes]:
    """Return those of some id hashes that reports in the books have.

    Args:
        books: what the node holds.
        wanted: the hashes asked for; millions may be held, so that only these are kept.
        before: entries from this one on do not count; None, all do.
    """
    found: set[bytes] = set()
    for _, row in views.rows(books.unit, views.REPORT_BATCHES):
        packed = row[7]
        if before is None or row[1] < before:
            starts = range(0, len(packed), ID_HASH_BYTES)
            found |= wanted.intersection(packed[at : at + ID_HASH_BYTES] for at in starts)
    for _, row in views.rows(books.unit, views.REPORTS):
        if row.get(4) and (before is None or row[1] < before):
            found |= wanted & {id_hash(row[4])}
    return found


def _fresh_reports(books: Books, rows: Sequence[Report], before: int | None) -> list[Report]:
    named = [row if row.report_id is not None else replace(row, report_id=_own_id(row)) for row in rows]
    keys = [id_hash(cast("str", row.report_id)) for row in named]
    known = known_ids(books, frozenset(keys), before)
    fresh = []
    for report, key in zip(named, keys, strict=True):
        if key not in known:
            known.add(key)
            fresh.append(report)
    return fresh


def _own_id(report: Report) -> str:
    """Return an id made of what a report says, so that the same row of the same file has the same one."""
    from armslength.core import cbor  # noqa: PLC0415 - only for sources without ids of their own

    body = reports.report_body(report)
    body.pop(28, None)
    return f"r-{sha256(cbor.encode(body)).hexdigest()[:24]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Joined:
    """A reading held against the register: its rows, some in one with what is held, and how many said nothing new."""

    run: Run
    rows: tuple[Facility, ...]
    known: int


def _joined(books: Books, run: Run, before: int | None) -> _Joined:
    """Merge what another source says of a facility that is held; a record of the same id is a newer version of it."""
    cache = register_cache.Cache(books)
    held = {one.facility_id: one for one in _held(books, cache, before)}
    others = [one for one in run.accepted if one.facility_id not in held]
    if not held or not others:
        return _Joined(run=run, rows=tuple(run.accepted), known=0)
    made = merging.merge(tuple(held.values()), others)
    changed = frozenset(made.changed)
    rows = [one for one in run.accepted if one.facility_id in held]
    further = [one for one in made.facilities if one.facility_id in changed or one.facility_id not in held]
    # By id, so that an import taken up again has the rows in the order that was signed.
    rows += sorted(further, key=lambda one: one.facility_id)
    joined = replace(run, merged=(*run.merged, *made.merged), disagreements=(*run.disagreements, *made.disagreements))
    return _Joined(run=joined, rows=tuple(rows), known=len(run.accepted) - len(rows))


def _held(books: Books, cache: register_cache.Cache, before: int | None) -> Iterator[Facility]:
    if before is None:
        yield from cache.facilities()
        return
    for key, _ in books.unit.scan(views.FACILITIES):
        found = cache.facility_before(key.decode(), before)
        if found is not None:
            yield found


def _fresh_facilities(
    books: Books, rows: Sequence[Facility], before: int | None
) -> tuple[list[Facility], list[dict[int, CborValue]]]:
    cache = register_cache.Cache(books)
    fresh: list[Facility] = []
    bodies: list[dict[int, CborValue]] = []
    for facility in rows:
        body = facility_body.facility_body(facility)
        name = facility.facility_id
        if (cache.body(name) if before is None else cache.body_before(name, before)) != body:
            fresh.append(facility)
            bodies.append(body)
    return fresh, bodies


def prepare_import(books: Books, officer: str, staged: Staged) -> Prepared:
    """Return the body of an import for the officer's signature.

    Raises:
        LocalError: IMPORT-NOTHING, no row would be entered.
    """
    if not staged.batches:
        raise LocalError(
            "IMPORT-NOTHING", read=staged.run.rows_read, known=staged.known, refused=staged.run.refused_count
        )
    source = staged.source
    if len(source.options) > _OPTIONS_MAX:
        raise LocalError("IMPORT-OPTIONS", limit=_OPTIONS_MAX, got=len(source.options))
    body: dict[int, CborValue] = {
        **books.common(officer),
        20: source.what,
        21: staged.reader,
        22: source.name,
        23: staged.run.file_hash,
        24: staged.run.rows_read,
        25: staged.rows,
        26: staged.run.refused_count,
        27: batches.rows_hash(staged.batches),
        28: source.received_at,
        29: len(staged.batches),
        30: source.options,
    }
    return Prepared(type="import", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def check_import(body: Mapping[int, CborValue]) -> None:
    """Refuse an import's body that is not of the form above.

    Raises:
        LocalError: PREPARED-MALFORMED.
    """
    texts = all(isinstance(body.get(number), str) for number in (21, 22))
    counts = all(type(body.get(number)) is int and cast("int", body[number]) >= 0 for number in (24, 25, 26, 29))
    received = type(body.get(28)) is int and INSTANT_MIN <= cast("int", body[28]) <= INSTANT_MAX
    hashes = all(isinstance(body.get(number), bytes) and len(cast("bytes", body[number])) == 32 for number in (23, 27))
    options = body.get(30)
    paired = (
        isinstance(options, tuple)
        and len(options) <= _OPTIONS_MAX
        and all(isinstance(pair, tuple) and len(pair) == 2 for pair in options)
        and all(isinstance(part, str) for pair in options for part in cast("tuple[CborValue, ...]", pair))
    )
    named = isinstance(body.get(1), bytes) and len(cast("bytes", body[1])) == RECORD_ID_BYTES
    if str(body.get(20)) not in BATCH_KIND or not (named and texts and counts and received and hashes and paired):
        raise LocalError("PREPARED-MALFORMED", part="import")


def source_of(body: Mapping[int, CborValue], data: bytes) -> Source:
    """Return the source that a signed import names, with the bytes that are said to be it.

    Raises:
        LocalError: PREPARED-MALFORMED, IMPORT-FILE when the bytes are another file.
    """
    check_import(body)
    if sha256(data).digest() != body[23]:
        raise LocalError("IMPORT-FILE", expected=body[23], got=sha256(data).digest())
    options = cast("tuple[tuple[str, str], ...]", body[30])
    return Source(
        what=str(body[20]),
        reader=str(body[21]),
        name=str(body[22]),
        data=data,
        received_at=cast("Instant", body[28]),
        options=tuple((str(name), str(value)) for name, value in options),
    )


def begin(books: Books, signed: Signed, staged: Staged) -> int:
    """Enter a signed import whose rows are those that it names; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, IMPORT-CHANGED when the rows are not those that were signed.
    """
    prepared = signed.prepared
    acts = check_own_acts(books, prepared, signed.acts)
    policy.require(acts[0], *policy.LOCAL_ACTS["import"], str(prepared.body.get(5)))
    check_import(prepared.body)
    if prepared.type != "import":
        raise LocalError("RECORD-KIND", got=prepared.type, expected="import")
    require_signed(prepared.body, staged)
    if views.row(books.unit, views.IMPORTS, cast("bytes", prepared.body[1])) is not None:
        raise LocalError("PREPARED-MALFORMED", part="its record id was used for another record")
    record = books.make("import", NO_LINE, prepared.body, body_seed=prepared.seed, acts=signed.acts)
    return books.enter("import", record)


def begun(books: Books, prepared: Prepared) -> bytes | None:
    """Return the id of an import that was begun with this very record and is now taken up again; None of a new one.

    Raises:
        LocalError: PREPARED-MALFORMED, the id is that of another record: nothing else enters under its signature.
    """
    import_id = prepared.body.get(1)
    if not isinstance(import_id, bytes) or views.row(books.unit, views.IMPORTS, import_id) is None:
        return None
    row = views.row(books.unit, views.RECORD_IDS, import_id)
    if row is None or row[2] != prepared.body_hash(books.realm):
        raise LocalError("PREPARED-MALFORMED", part="its record id was used for another record")
    return import_id


def require_signed(body: Mapping[int, CborValue], staged: Staged) -> None:
    """Require the rows that would be entered to be those that an import's body names.

    Raises:
        LocalError: IMPORT-CHANGED.
    """
    run = staged.run
    counts = (run.rows_read, staged.rows, run.refused_count, len(staged.batches))
    signed = tuple(body.get(number) for number in (24, 25, 26, 29))
    if body.get(27) != batches.rows_hash(staged.batches) or signed != counts:
        # The books took in other rows since the dry run: the officer looks again, and signs what is true now.
        raise LocalError("IMPORT-CHANGED", expected=body.get(25), got=staged.rows)


def enter_batch(books: Books, import_id: bytes, number: int, batch: Batch) -> int | None:
    """Enter one batch of an import; None when it had been entered before.

    Raises:
        LocalError: IMPORT-UNKNOWN.
    """
    row = views.row(books.unit, views.IMPORTS, import_id)
    if row is None:
        raise LocalError("IMPORT-UNKNOWN", asked=import_id)
    if row[6] > number:
        return None
    kind = BATCH_KIND[str(row[2])]
    return books.note(kind, kind, batch.fields(import_id, str(row[3])))


def unfinished(books: Books) -> list[tuple[bytes, views.Row]]:
    """Return imports of which not every batch was entered: the file must be submitted again."""
    return [(key, row) for key, row in views.rows(books.unit, views.IMPORTS) if row[6] < row[5]]


def numbered(staged: Staged) -> Iterator[tuple[int, Batch, tuple[Any, ...]]]:
    """Yield the batches of a reading with their numbers, from 0, and the rows that each holds."""
    start = 0
    for number, batch in enumerate(staged.batches):
        yield number, batch, staged.entered[start : start + batch.rows]
        start += batch.rows
