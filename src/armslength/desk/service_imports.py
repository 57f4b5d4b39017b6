"""Imports for every face: the dry run that a person reads, the act that he signs, and the entering of the rows."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.errors import LocalError
from armslength.core.instants import rfc3339
from armslength.core.places import degrees_text
from armslength.desk import importing, policy, views, watching
from armslength.desk.prepared import prepared_json
from armslength.desk.service_read import when
from armslength.register.reports import Report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.desk.batches import Batch
    from armslength.desk.books import Books
    from armslength.desk.desk import Desk
    from armslength.desk.importing import Readers, Source, Staged
    from armslength.desk.prepared import Signed

Json = dict[str, Any]

SHOWN_MAX: Final = 50
"""Rows of one sort shown of a dry run; the counts say how many there are."""

FILE_BYTES_MAX: Final = 64 * 1024 * 1024
"""A year of hot spots of one country has 6 MB, the largest register read has 4."""


class Imports:
    """Reads files and enters their rows.

    Args:
        desk: the node's desk.
        readers: the port to the formats.
    """

    def __init__(self, desk: Desk, readers: Readers) -> None:
        self._desk = desk
        self._readers = readers
        # The reading between dry run and submission: a year of hot spots is not read three times.
        self._last: tuple[Source, importing.Run] | None = None

    def source(self, given: Mapping[str, Any], received_at: Any = None) -> Source:  # noqa: ANN401 - an instant or None
        """Return the source of plain values: what, reader, name, data in base64, options.

        Raises:
            LocalError: PREPARED-MALFORMED, FILE-TOO-LARGE.
        """
        try:
            what, name, coded = (given[part] for part in ("what", "name", "data"))
            if not (isinstance(what, str) and isinstance(name, str) and isinstance(coded, str)):
                raise LocalError("PREPARED-MALFORMED", part="what, name and data", expected="texts")
            data = b64decode(coded, validate=True)
            options = tuple(sorted((str(k), str(v)) for k, v in dict(given.get("options") or {}).items()))
        except (Base64Error, KeyError, TypeError, ValueError) as error:
            raise LocalError("PREPARED-MALFORMED", part=str(error)) from error
        if what not in importing.BATCH_KIND:
            raise LocalError("PREPARED-MALFORMED", part="what", expected=", ".join(importing.BATCH_KIND), got=what)
        if len(data) > FILE_BYTES_MAX:
            raise LocalError("API-BODY-SIZE", expected=f"at most {FILE_BYTES_MAX} bytes", got=len(data))
        at = self._desk.clock.now() if received_at is None else received_at
        reader = str(given.get("reader") or "")
        source = importing.Source(what=what, reader=reader, name=name, data=data, received_at=at, options=options)
        # What is signed names the reader, so that the same bytes are read alike when they are submitted.
        return source if reader else replace(source, reader=self._readers.told(source))

    def require_reader(self, reader: object) -> None:
        """Refuse a feed whose reader there is not; without one, that of the record in force stays.

        Raises:
            LocalError: FEED-UNKNOWN.
        """
        known = self._readers.names(importing.REPORTS)
        if reader is not None and reader not in known:
            raise LocalError("FEED-UNKNOWN", expected=", ".join(known), got=reader)

    def stage(self, source: Source) -> Staged:
        """Read a source and say what would be entered; nothing is.

        Raises:
            LocalError: the file as a whole is refused.
        """
        return self._stage(source, None)

    def _stage(self, source: Source, resumed: bytes | None) -> Staged:
        if self._last is None or self._last[0] != source:
            self._last = (source, self._readers.read(source))
        run = self._last[1]
        return self._desk.read(lambda unit: importing.stage(self._desk.books(unit), source, run, resumed=resumed))

    def dry_run(self, given: Mapping[str, Any]) -> Json:
        """Return the result of a dry run: counts, refused rows with their reasons, disagreements, samples."""
        return staged_json(self.stage(self.source(given)))

    def prepare(self, officer: str, given: Mapping[str, Any]) -> Json:
        """Return a dry run with the body of the import for the officer's signature."""
        staged = self.stage(self.source(given))

        def make(books: Books) -> Json:
            prepared = importing.prepare_import(books, officer, staged)
            act, roles = policy.LOCAL_ACTS["import"]
            known = books.roster().officers.get(officer)
            held = (known.roles if known is not None else frozenset()) & roles
            if not held:
                raise LocalError("ROLE-REFUSED", officer=officer, expected=", ".join(sorted(roles)))
            role = min(held)
            return {**prepared_json(books.realm, prepared, act, role, officer), "import": staged_json(staged)}

        return self._desk.read(lambda unit: make(self._desk.books(unit)))

    async def submit(self, signed: Signed, data: bytes) -> Json:
        """Enter what an officer signed for: the import, then each batch in a transaction of its own.

        Raises:
            LocalError: IMPORT-FILE, IMPORT-CHANGED, ACT-...: nothing was entered.
        """
        prepared = signed.prepared
        source = importing.source_of(prepared.body, data)
        import_id = cast("bytes", prepared.body[1])
        resumed = self._desk.read(lambda unit: importing.begun(self._desk.books(unit), prepared))
        staged = await asyncio.to_thread(self._stage, source, resumed)
        if resumed is None:
            await self._desk.write(lambda books: importing.begin(books, signed, staged))
        else:
            importing.require_signed(prepared.body, staged)
        entered = 0
        for number, batch, rows in importing.numbered(staged):
            entered += await self._enter(import_id, number, batch, rows)
        # A year of reports is not kept in memory after it was entered.
        self._last = None
        return {"type": "import", "id": import_id.hex(), "rows": staged.rows, "batches": entered}

    async def _enter(self, import_id: bytes, number: int, batch: Batch, rows: tuple[Any, ...]) -> int:
        """Enter one batch and judge it in the same transaction, so that no report is durable and unseen."""
        seen = await asyncio.to_thread(self._observed, rows)

        def job(books: Books) -> int:
            index = importing.enter_batch(books, import_id, number, batch)
            if index is None:
                return 0
            watching.watch_batch(books, rows, index, seen)
            return 1

        return await self._desk.write(job)

    def _observed(self, rows: tuple[Any, ...]) -> watching.Seen | None:
        """Hold reports against the register outside of the writer's turn; facilities are not observed."""
        if not rows or not isinstance(rows[0], Report):
            return None
        watched = self._desk.ready()
        return watched, watched.observe(rows)


def staged_json(staged: Staged) -> Json:
    """Return a dry run as plain values."""
    run = staged.run
    return {
        "what": staged.source.what,
        "reader": staged.reader,
        "source": run.source,
        "file": staged.source.name,
        "file_hash": run.file_hash.hex(),
        "received_at": rfc3339(staged.source.received_at),
        "rows_read": run.rows_read,
        "accepted": len(run.accepted),
        "known": staged.known,
        "to_enter": staged.rows,
        "batches": len(staged.batches),
        "refused": run.refused_count,
        "refused_rows": [{"row": r.row, "code": r.code, "reason": r.reason} for r in run.refused[:SHOWN_MAX]],
        "skipped": [{"reason": reason, "rows": rows} for reason, rows in run.skipped],
        "merged": [
            {"facility_id": m.facility_id, "rows": list(m.rows), "ground": m.ground} for m in run.merged[:SHOWN_MAX]
        ],
        "merged_count": len(run.merged),
        "disagreements": [
            {
                "facility_id": d.facility_id,
                "what": d.what,
                "sentence": d.sentence,
                "distance_m": d.distance_m,
                "limit_m": d.limit_m,
            }
            for d in run.disagreements[:SHOWN_MAX]
        ],
        "disagreement_count": len(run.disagreements),
        "sample": [_sample(one) for one in run.accepted[:5]],
    }


def _sample(one: Any) -> Json:  # noqa: ANN401 - a facility or a report
    if hasattr(one, "facility_id"):
        return {"id": one.facility_id, "what": one.kind, "text": one.names[0][1], "place": degrees_text(one.place)}
    return {"id": one.report_id, "what": one.what, "text": one.text[:200], "place": degrees_text(one.place)}


def read_imports(books: Books) -> list[Json]:
    """Return every import with its progress, the newest first."""
    rows = sorted(views.rows(books.unit, views.IMPORTS), key=lambda pair: -int(pair[1][1]))
    return [
        {
            "id": key.hex(),
            "what": row[2],
            "reader": row[3],
            "file": row[11],
            "officer": row[9],
            "at": when(row[10]),
            "rows": row[4],
            "rows_entered": row[7],
            "refused": row[13],
            "finished": row[6] >= row[5],
        }
        for key, row in rows
    ]
