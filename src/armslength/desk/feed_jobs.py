"""Feeds at work: each is read when it is due, what is new enters as batches, and every trouble is told to a person.

A file is read and parsed outside of the writer's turn; its rows enter as batches under the feed's record and are judged
in the same transaction. A file counts as read only by the entry behind its last batch, so that a crash in between goes
on with the rows that are missing: those in the books already are known by their ids. What a source sends may be wrong
in any way; it costs a dead letter and an alarm, never the node.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, TypeVar

from armslength.core.errors import ArmslengthError, LocalError, Unavailable, shown
from armslength.core.instants import SECOND_US, Instant
from armslength.desk import alarms, batches, feed_steps, feeds, importing, views, watching
from armslength.desk.feed_sources import FILE_BYTES_MAX, MARK_CHARS_MAX, NAME_BYTES_MAX
from armslength.desk.feed_steps import EffectKind, Event, EventKind, Status, Trouble
from armslength.desk.outbox import sleep_until
from armslength.register import reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from armslength.core.cbor import CborValue
    from armslength.desk.batches import Batch
    from armslength.desk.books import Books
    from armslength.desk.desk import Desk
    from armslength.desk.feed_sources import FeedSources, Looked, Offered
    from armslength.desk.feed_steps import Effect, Feed
    from armslength.desk.feeds import Plan
    from armslength.desk.importing import Readers, Staged
    from armslength.desk.ports import Unit
    from armslength.register.importing import ImportRun
    from armslength.register.reports import Report

T = TypeVar("T")
Aside = Callable[[Callable[[], Any]], Awaitable[Any]]
"""Runs work beside the loop: a thread in production, in the loop itself in simulation."""

IDLE_S: Final = 30.0
"""The feeds are looked at least so often, should the clock have been set."""

DEAD_LETTERS_A_FILE: Final = 200
"""Refused rows of one file kept with their reasons; all are counted, and a file wrong throughout has one mistake."""

REASON_CHARS_MAX: Final = 300
"""Characters of the reason of a dead letter."""

STALE_MAX: Final = 5
"""Times that a file is held against the books anew because something else entered meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the reading of a feed is.

    Args:
        feed: its name.
        status: where it stands.
        file: the file that is being read, or was last; empty before any.
        rows: rows of it that were to be entered.
        entered: rows of it that were.
        refused: rows of it that were refused.
        error: code of what went wrong, empty when nothing did.
    """

    feed: str
    status: str
    file: str = ""
    rows: int = 0
    entered: int = 0
    refused: int = 0
    error: str = ""


class _StaleError(Exception):
    """Something else entered reports since the rows were held against the books."""


class _HeldError(Exception):
    """The rows of this hour are used up."""


def _say_nothing(_progress: Progress) -> None:
    """Nobody looks."""


class FeedJobs:
    """Reads the feeds of a node.

    Args:
        desk: the node's desk.
        readers: the port to the formats.
        sources: the port to where feeds are read from.
        aside: where reading and parsing run.
    """

    def __init__(self, desk: Desk, readers: Readers, sources: FeedSources, *, aside: Aside = asyncio.to_thread) -> None:
        self._desk = desk
        self._readers = readers
        self._sources = sources
        self._aside = aside
        self._feeds: dict[str, tuple[bytes, Feed]] = {}
        self.progress: dict[str, Progress] = {}
        self.told: Callable[[Progress], None] = _say_nothing

    # --- the loop -----------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Serve the feeds for ever."""
        while not self._desk.stopping:
            await self.run_due()
            at = self.next_deadline()
            left = IDLE_S if at is None else (at - self._desk.clock.now()) / SECOND_US
            if left > 0:
                await sleep_until(self._desk.feed_wake, min(IDLE_S, left))
                self._desk.feed_wake.clear()

    def next_deadline(self) -> Instant | None:
        """Return when something is due next, None when no feed is on."""
        found = [feed_steps.next_deadline(feed) for _, feed in self._feeds.values()]
        return min((at for at in found if at is not None), default=None)

    async def run_due(self, *, every: bool = False) -> list[Progress]:
        """Read every feed that is due, side by side; return how far each came.

        Args:
            every: read those that are not due as well.
        """
        due = []
        for name in self._known():
            if every:
                self._put(name, replace(self._feeds[name][1], next_at=self._desk.clock.now()))
            if await self._take(name, Event(kind=EventKind.TICK)):
                due.append(name)
        await asyncio.gather(*(self._read(name) for name in due))
        return [self.progress[name] for name in due]

    def _known(self) -> list[str]:
        """Return the feeds that are on, as their records in force have them."""
        rows = self._desk.read(lambda unit: views.rows(unit, views.FEEDS))
        known = {key.decode(): row for key, row in rows if row[10]}
        for name in self._feeds.keys() - known.keys():
            del self._feeds[name]
        for name, row in known.items():
            held = self._feeds.get(name)
            if held is None or held[0] != row[1]:
                self._feeds[name] = (row[1], feeds.feed_of(row, self._desk.clock.now()))
        return sorted(known)

    def _put(self, name: str, feed: Feed) -> None:
        if name in self._feeds:
            self._feeds[name] = (self._feeds[name][0], feed)

    def _say(self, name: str, **changes: Any) -> None:  # noqa: ANN401 - fields of Progress
        before = self.progress.get(name, Progress(feed=name, status=Status.IDLE.value))
        status = self._feeds[name][1].status.value if name in self._feeds else Status.OFF.value
        self.progress[name] = replace(before, **{"status": status, **changes})
        self.told(self.progress[name])

    async def _take(
        self, name: str, event: Event, *, file: Mapping[int, CborValue] | None = None, detail: str = ""
    ) -> bool:
        """Let the machine take an event and note what follows; tell whether the feed is to be read."""
        record, feed = self._feeds[name]
        taken = feed_steps.step(feed, event, self._desk.clock.now())
        changed = [one for one in taken.effects if one.kind is not EffectKind.READ]
        if changed or file is not None:
            await self._desk.write(lambda books: _note(books, name, record, file or {}, changed, detail))
        self._put(name, taken.feed)
        return any(one.kind is EffectKind.READ for one in taken.effects)

    # --- one feed -----------------------------------------------------------------------------------------------------

    async def _read(self, name: str) -> None:
        plan = self._desk.read(lambda unit: feeds.plan(unit, name))
        if plan is None or not plan.on:
            return
        await self._take(name, Event(kind=EventKind.BEGIN))
        self._say(name, file="", rows=0, entered=0, refused=0, error="")
        try:
            looked = await self._look(plan)
            await self._files(plan, looked.offered)
        except Unavailable as error:
            await self._take(name, Event(kind=EventKind.FAIL), detail=f"{plan.where}: {error.sentence}")
            self._say(name, error=error.code)
            return
        except _HeldError:
            _, free_at = self._desk.read(lambda unit: self._allowed(unit, name))
            held = Event(kind=EventKind.HOLD, until=free_at, new_at=self._new_at(name))
            await self._take(name, held)
        else:
            again = looked.again_s
            until = None if again is None else Instant(self._desk.clock.now() + again * SECOND_US)
            await self._take(name, Event(kind=EventKind.DONE, until=until))
        self._say(name)

    async def _files(self, plan: Plan, offered: Iterable[Offered]) -> None:
        """Read files one after the other; one that cannot be read holds up no other."""
        failed: Unavailable | None = None
        for one in offered:
            try:
                await self._file(plan, one)
            except Unavailable as error:
                failed = error
        if failed is not None:
            raise failed

    async def _look(self, plan: Plan) -> Looked:
        prefix = plan.name.encode() + b"\x00"
        rows = self._desk.read(lambda unit: views.rows(unit, views.FEED_FILES, prefix))
        known = {key[len(prefix) :].decode(): str(row[4]) for key, row in rows}
        now = self._desk.clock.now()
        try:
            found: Looked = await self._aside(lambda: self._sources.look(plan.where, known, now))
        except ArmslengthError:
            raise
        except Exception as error:
            # As with a reader: what a source does must not stop the node.
            raise Unavailable("FEED-UNREACHABLE", because=type(error).__name__) from error
        return found

    async def _file(self, plan: Plan, offered: Offered) -> None:
        """Read one file whole: enter what is new of it, and note that it was read."""
        self._say(plan.name, file=offered.name, rows=0, entered=0, refused=0)
        digest: bytes | None = None
        try:
            data = await self._bytes(plan, offered)
            if data is None:
                return
            digest = sha256(data).digest()
            run = await self._parsed(plan, offered, data)
            await self._enter_all(plan, offered, run)
        except ArmslengthError as error:
            if isinstance(error, Unavailable) or error.code == "STORE-FAILED":
                raise
            letters: tuple[tuple[int, str, str], ...] = ((0, error.code, _line(error.sentence)),)
            await self._read_file(plan, offered, (digest, 0, 0, 1), letters)
        else:
            refused = tuple((one.row, one.code, _line(one.reason)) for one in run.refused[:DEAD_LETTERS_A_FILE])
            counts = (digest, run.rows_read, len(run.accepted), run.refused_count)
            await self._read_file(plan, offered, counts, refused)
        if plan.after == feeds.MOVE:
            accepted = not self.progress[plan.name].error
            await self._aside(lambda: self._sources.put_away(plan.where, offered, accepted=accepted))

    async def _bytes(self, plan: Plan, offered: Offered) -> bytes | None:
        if len(offered.name.encode()) > NAME_BYTES_MAX:
            raise LocalError("FEED-FILE", expected=f"a name of at most {NAME_BYTES_MAX} bytes")
        data: bytes | None = offered.data
        if data is None:
            data = await self._aside(lambda: self._sources.read(plan.where, offered))
        if data is not None and len(data) > FILE_BYTES_MAX:
            raise LocalError("FEED-FILE", expected=f"at most {FILE_BYTES_MAX} bytes", got=len(data))
        return data

    async def _parsed(self, plan: Plan, offered: Offered, data: bytes) -> ImportRun[Report]:
        source = importing.Source(
            what=importing.REPORTS,
            reader=plan.reader,
            name=offered.name,
            data=data,
            received_at=self._desk.clock.now(),
            options=plan.options,
        )
        try:
            return await self._aside(lambda: self._readers.read(source))  # type: ignore[no-any-return]  # of reports
        except ArmslengthError:
            raise
        except Exception as error:
            # What a stranger put into a file must not stop the node; the reader is at fault and the file is left out.
            raise LocalError("FEED-FAULT", kind=type(error).__name__) from error

    async def _read_file(
        self,
        plan: Plan,
        offered: Offered,
        counts: tuple[bytes | None, int, int, int],
        letters: tuple[tuple[int, str, str], ...],
    ) -> None:
        digest, read, accepted, refused = counts
        mark = offered.mark if len(offered.mark) <= MARK_CHARS_MAX else ""
        file: dict[int, CborValue] = {22: (offered.name, digest, mark, read, accepted, refused), 23: letters}
        detail = f"{offered.name}: {refused} refused" + (f", first {letters[0][1]}: {letters[0][2]}" if letters else "")
        event = Event(kind=EventKind.FILE, refused=refused, new_at=self._new_at(plan.name))
        await self._take(plan.name, event, file=file, detail=detail)
        self._say(plan.name, refused=refused, error=letters[0][1] if letters and not read else "")

    def _new_at(self, name: str) -> Instant | None:
        """Return when a feed last brought something new, by the journal."""
        row = self._desk.read(lambda unit: views.row(unit, views.FEEDS, name.encode()))
        return None if row is None or not row[17] else Instant(row[13])

    # --- entering -----------------------------------------------------------------------------------------------------

    async def _enter_all(self, plan: Plan, offered: Offered, run: ImportRun[Report]) -> None:
        for _ in range(STALE_MAX):
            newest = self._desk.read(_newest_batch)
            staged = await self._aside(lambda: self._staged(plan, offered, run))
            self._say(plan.name, rows=self.progress[plan.name].entered + staged.rows)
            try:
                await self._enter(plan, staged, newest)
            except _StaleError:
                continue
            return
        raise Unavailable("FEED-UNREACHABLE", because="other imports enter at the same time")

    def _staged(self, plan: Plan, offered: Offered, run: ImportRun[Report]) -> Staged:
        at = self._desk.clock.now()
        source = importing.Source(
            what=importing.REPORTS, reader=plan.reader, name=offered.name, data=b"", received_at=at
        )
        return self._desk.read(lambda unit: importing.stage(self._desk.books(unit), source, run))

    async def _enter(self, plan: Plan, staged: Staged, newest: bytes) -> None:
        for _, batch, rows in importing.numbered(staged):
            left, _until = self._desk.read(lambda unit: self._allowed(unit, plan.name))
            if left <= 0:
                raise _HeldError
            cut = batch.rows > left
            part = rows[:left] if cut else rows
            within = next(batches.batches([reports.report_body(one) for one in part])) if cut else batch
            newest = await self._enter_batch(plan, within, part, staged.run.source, newest)
            self._say(plan.name, entered=self.progress[plan.name].entered + within.rows)
            if cut:
                raise _HeldError

    def _allowed(self, unit: Unit, name: str) -> tuple[int, Instant]:
        now = self._desk.clock.now()
        row = views.row(unit, views.FEEDS, name.encode())
        return (0, now) if row is None else feeds.allowed(row, now)

    async def _enter_batch(self, plan: Plan, batch: Batch, rows: Sequence[Any], source: str, newest: bytes) -> bytes:
        """Enter one batch and judge it in the same transaction; return the key of the newest batch."""
        seen = await self._aside(lambda: self._observed(rows))

        def job(books: Books) -> bytes:
            if _newest_batch(books.unit) != newest:
                raise _StaleError
            index = books.note("report-batch", "report-batch", batch.fields(plan.record, source))
            watching.watch_batch(books, rows, index, seen)
            return index.to_bytes(8, "big")

        return await self._desk.write(job)

    def _observed(self, rows: Sequence[Any]) -> watching.Seen:
        watched = self._desk.ready()
        return watched, watched.observe(rows)


def _newest_batch(unit: Unit) -> bytes:
    found = unit.scan(views.REPORT_BATCHES, limit=1, reverse=True)
    return found[0][0] if found else b""


def _line(text: str) -> str:
    """Return a reason as one line that cannot steer a screen."""
    return shown(text[:REASON_CHARS_MAX]) if not text.isprintable() else text[:REASON_CHARS_MAX]


def _note(
    books: Books,
    name: str,
    record: bytes,
    file: Mapping[int, CborValue],
    effects: Iterable[Effect],
    detail: str,
) -> None:
    """Note a file that was read and troubles that began or ended, and raise their alarms, in one transaction."""
    row = views.row(books.unit, views.FEEDS, name.encode())
    standing = set() if row is None else {str(kind) for kind, _ in row[14]}
    chosen = list(effects)
    raised = [one.trouble for one in chosen if one.kind is EffectKind.RAISE and one.trouble is not None]
    ended = [one.trouble for one in chosen if one.kind is EffectKind.END and one.trouble is not None]
    fields: dict[int, CborValue] = {
        20: name,
        21: record,
        22: file.get(22),
        23: file.get(23) or (),
        24: tuple(one.value for one in raised),
        25: tuple(one.value for one in ended),
        26: detail,
    }
    books.note("feed-run", "feed-run", fields)
    for one in raised:
        if one.value not in standing:
            said = f"{name}: {detail}" if detail else f"{name}: {_sentence(one)}"
            kind, reference = feeds.alarm_kind(one), feeds.alarm_reference(name, books.now)
            alarms.raise_alarm(books, kind, reference=reference, detail=said)


def _sentence(trouble: Trouble) -> str:
    return "nothing new within the time that its record allows" if trouble is Trouble.LATE else trouble.value
