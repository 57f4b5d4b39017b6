"""Notices in bulk for every face: the sheet's dry run, and one act of each person for a whole batch.

A person is shown what a batch comes to - counts by party and urgency, what is late, what changed - and confirms once;
his program then signs each message, since each must prove itself alone at the other side.
"""

from __future__ import annotations

import asyncio
from base64 import b64decode
from binascii import Error as Base64Error
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from armslength.core.errors import LocalError
from armslength.core.instants import rfc3339
from armslength.desk import drafting, notice_batches, notifying, policy, views
from armslength.desk.importing import NOTICES, Source
from armslength.desk.prepared import Signed, prepared_json
from armslength.line import fields, forms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.desk import Desk
    from armslength.desk.importing import Readers
    from armslength.desk.notice_batches import Staged
    from armslength.desk.prepared import Prepared
    from armslength.register.importing import ImportRun

Json = dict[str, Any]
T = TypeVar("T")

FILE_BYTES_MAX: Final = 16 * 1024 * 1024
"""Bytes of a sheet: ten thousand rows have three million."""

SHOWN_MAX: Final = 50
"""Rows of one sort shown of a dry run; the counts say how many there are."""

STEPS: Final = ("draft", "legal", "linguist", "release")
"""What persons do with a batch, in this order; the checks where the forms ask for them."""


class NoticeWork:
    """Reads sheets of notices, enters them, and prepares and takes what persons do with a batch.

    Args:
        desk: the node's desk.
        readers: the port to the formats.
    """

    def __init__(self, desk: Desk, readers: Readers) -> None:
        self._desk = desk
        self._readers = readers
        # The reading between dry run and submission: ten thousand rows are not read three times.
        self._last: tuple[Source, ImportRun[Any]] | None = None

    # --- the sheet ----------------------------------------------------------------------------------------------------

    def _staged(self, source: Source, resumed: str | None = None) -> Staged:
        if self._last is None or self._last[0] != source:
            self._last = (source, cast("ImportRun[Any]", self._readers.read(source)))
        run = self._last[1]
        return self._desk.read(lambda unit: notice_batches.stage(self._desk.books(unit), source, run, resumed=resumed))

    def _source(self, given: Mapping[str, Any]) -> Source:
        try:
            name, data = str(given["name"]), b64decode(str(given["data"]), validate=True)
        except (Base64Error, KeyError, ValueError) as error:
            raise LocalError("PREPARED-MALFORMED", part="name and data in base64") from error
        at = self._desk.clock.now()
        return self._sized(Source(what=NOTICES, reader=NOTICES, name=name, data=data, received_at=at))

    @staticmethod
    def _sized(source: Source) -> Source:
        if len(source.data) > FILE_BYTES_MAX:
            raise LocalError("API-BODY-SIZE", expected=f"at most {FILE_BYTES_MAX} bytes", got=len(source.data))
        return source

    def dry_run(self, given: Mapping[str, Any]) -> Json:
        """Return what would be entered of a sheet; nothing is."""
        return staged_json(self._staged(self._source(given)))

    def prepare_batch(self, officer: str, given: Mapping[str, Any]) -> Json:
        """Return a dry run with the body of the batch for the coordinator's signature."""
        source = self._source(given)
        staged = self._staged(source)

        def make(books: Books) -> Json:
            prepared = notice_batches.prepare_batch(books, officer, source, staged)
            act, roles = policy.LOCAL_ACTS["notice-batch"]
            role = role_in(books, officer, roles)
            return {**prepared_json(books.realm, prepared, act, role, officer), "batch": staged_json(staged)}

        return self._look(make)

    async def submit_batch(self, signed: Signed, data: bytes) -> Json:
        """Enter what a coordinator signed for: the batch, then each chunk in a transaction of its own.

        Raises:
            LocalError: IMPORT-FILE, IMPORT-CHANGED, ACT-...: nothing was entered.
        """
        prepared = signed.prepared
        if prepared.type != "notice-batch":
            raise LocalError("RECORD-KIND", got=prepared.type, expected="notice-batch")
        notice_batches.check_batch(prepared.body)
        if sha256(data).digest() != prepared.body[22]:
            raise LocalError("IMPORT-FILE", expected=prepared.body[22], got=sha256(data).digest())
        source = self._sized(
            Source(
                what=NOTICES,
                reader=NOTICES,
                name=str(prepared.body[21]),
                data=data,
                received_at=notice_batches.received_at(prepared.body),
            )
        )
        resumed = self._look(lambda books: notice_batches.begun(books, prepared))
        staged = await asyncio.to_thread(self._staged, source, resumed)
        if resumed is None:
            await self._desk.write(lambda books: notice_batches.begin(books, signed, staged))
        else:
            notice_batches.require_signed(prepared.body, staged)
        for number in range(len(staged.chunks)):
            await self._desk.write(lambda books, n=number: notice_batches.enter_chunk(books, staged, n))  # type: ignore[misc]
        self._last = None
        return {"type": "notice-batch", "batch": staged.batch, "rows": staged.rows}

    # --- a whole batch by one act -------------------------------------------------------------------------------------

    def prepare(self, officer: str, step: str, batch: str, given: Mapping[str, Any]) -> Json:
        """Return a chunk of what one person signs of a batch, what remains after it, and what the whole comes to.

        Args:
            officer: who signs.
            step: of `STEPS`.
            batch: its number.
            given: ``limit``, and for the legal tick ``law``.

        Raises:
            LocalError: NOTICE-UNKNOWN, NOTICE-VALUE, and what drafts and releases raise.
        """
        maker = _MAKERS.get(step)
        if maker is None:
            raise LocalError("NOTICE-VALUE", field="step", expected=", ".join(STEPS), got=step)
        limit = max(1, min(int(given.get("limit") or notifying.AT_ONCE_MAX), notifying.AT_ONCE_MAX))
        return self._look(
            lambda books: {"batch": batch, "step": step, **maker(books, officer, batch.upper(), limit, given)}
        )

    def _look(self, reader: Callable[[Books], T]) -> T:
        return self._desk.read(lambda unit: reader(self._desk.books(unit)))

    async def submit(self, submissions: Sequence[Mapping[str, Any]], read: Reader) -> list[Json]:
        """Enter a signed chunk in one transaction, all of it or nothing.

        Args:
            submissions: each as `prepare` gave it with ``acts``; with ``release`` in the place of ``prepared`` for one.
            read: reads one submission into what was signed.

        Raises:
            LocalError: typed by what was refused; nothing was changed.
        """
        if not 1 <= len(submissions) <= notifying.AT_ONCE_MAX:
            raise LocalError("SUBMIT-COUNT", limit=notifying.AT_ONCE_MAX, got=len(submissions))
        return await self._desk.act(lambda books: _submit(books, submissions, read))


if TYPE_CHECKING:
    Reader = Callable[[Mapping[str, Any]], tuple[Signed | None, tuple[CborValue, ...]]]


def role_in(books: Books, officer: str, allowed: frozenset[str]) -> str:
    """Return the role in which an officer acts.

    Raises:
        LocalError: ROLE-REFUSED.
    """
    known = books.roster().officers.get(officer)
    held = (known.roles if known is not None else frozenset()) & allowed
    if not held:
        raise LocalError("ROLE-REFUSED", officer=officer, expected=", ".join(sorted(allowed)))
    return min(held)


def _draft(books: Books, officer: str, batch: str, limit: int, _given: Mapping[str, Any]) -> Json:
    made = notifying.prepare_drafts(books, officer, batch, limit)
    bodies = [
        {
            **prepared_json(books.realm, prepared, "draft", _role_of(books, officer, prepared, "drafters"), officer),
            "notice": number,
            "party": party,
        }
        for number, party, prepared in made
    ]
    return {"bodies": bodies, **summary(books, batch)}


def _role_of(books: Books, officer: str, prepared: Prepared, who: str) -> str:
    entry = forms.form(str(prepared.body[fields.FORM_CODE]))
    return role_in(books, officer, entry.drafters if who == "drafters" else entry.releasers)


def _check(kind: str) -> Callable[[Books, str, str, int, Mapping[str, Any]], Json]:
    def make(books: Books, officer: str, batch: str, limit: int, given: Mapping[str, Any]) -> Json:
        act, roles = policy.CHECK_ACTS[kind]
        role = role_in(books, officer, roles)
        law = tuple(str(one) for one in given.get("law") or ())
        bodies = []
        for number, party, draft in notifying.drafted(books, batch):
            if kind not in notifying.checks_missing(books, draft):
                continue
            prepared = drafting.prepare_check(books, draft, officer, kind, passed=True, law=law)
            bodies.append(
                {**prepared_json(books.realm, prepared, act, role, officer), "notice": number, "party": party}
            )
            if len(bodies) >= limit:
                break
        return {"bodies": bodies, **summary(books, batch)}

    return make


def _release(books: Books, officer: str, batch: str, limit: int, _given: Mapping[str, Any]) -> Json:
    bodies = []
    for number, party, draft in notifying.drafted(books, batch)[:limit]:
        row = views.row(books.unit, views.DRAFTS, draft)
        if row is None:
            raise LocalError("DRAFT-UNKNOWN", asked=draft)
        prepared = drafting.draft_prepared(row)
        role = _role_of(books, officer, prepared, "releasers")
        made = prepared_json(books.realm, prepared, "release", role, officer)
        bodies.append({**made, "release": draft.hex(), "notice": number, "party": party})
    return {"bodies": bodies, **summary(books, batch)}


_MAKERS: Final[Mapping[str, Callable[[Books, str, str, int, Mapping[str, Any]], Json]]] = {
    "draft": _draft,
    "legal": _check("legal"),
    "linguist": _check("linguist"),
    "release": _release,
}


def summary(books: Books, batch: str) -> Json:
    """Return what a batch comes to: how many stand where for which party, and how urgent they are."""
    lines = notifying.lines_by_party(books)
    by_party: dict[str, Counter[str]] = {}
    urgency: dict[str, str] = {}
    late: set[str] = set()
    missing: Counter[str] = Counter()
    for number, party, notice, state in notifying.states(books, batch):
        by_party.setdefault(party, Counter())[str(state[1])] += 1
        urgency[number] = str(notice[9])
        if notice[10] <= books.now:
            late.add(number)
        if state[1] == "DRAFTED" and state[10]:
            missing.update(notifying.checks_missing(books, state[10]))
    return {
        "parties": [
            {"party": party, "line": party in lines, "states": dict(sorted(counts.items()))}
            for party, counts in sorted(by_party.items())
        ],
        "notices": len(urgency),
        "urgency": dict(sorted(Counter(urgency.values()).items())),
        "begun": len(late),
        "checks_missing": dict(sorted(missing.items())),
    }


def _submit(books: Books, submissions: Sequence[Mapping[str, Any]], read: Reader) -> list[Json]:
    drafts: list[tuple[str, str, Signed]] = []
    answers: list[Json] = []
    for one in submissions:
        signed, acts = read(one)
        if signed is None:
            draft = bytes.fromhex(str(one["release"]))
            if not acts:
                raise LocalError("ACT-INVALID", because="no attestation")
            answers.append({"type": "message", "id": drafting.release_draft(books, draft, acts[0]).hex()})
        elif signed.prepared.type == "check":
            answers.append({"type": "check", "id": str(drafting.submit_check(books, signed))})
        elif signed.prepared.type == "message":
            drafts.append((str(one.get("notice")), str(one.get("party")), signed))
        else:
            raise LocalError("RECORD-KIND", got=signed.prepared.type, expected="message, check")
    if drafts:
        made = notifying.submit_drafts(books, drafts)
        answers.append({"type": "drafts", "id": str(made)})
    return answers


def staged_json(staged: Staged) -> Json:
    """Return a dry run as plain values."""
    run = staged.run
    return {
        "batch": staged.batch,
        "file_hash": run.file_hash.hex(),
        "rows_read": run.rows_read,
        "new": staged.new,
        "changed": [{"notice": number, "version": version} for number, version in staged.changed[:SHOWN_MAX]],
        "changed_count": len(staged.changed),
        "known": staged.known,
        "refused": run.refused_count,
        "refused_rows": [{"row": r.row, "code": r.code, "reason": r.reason} for r in run.refused[:SHOWN_MAX]],
        "late": [one.sentence for one in run.disagreements[:SHOWN_MAX]],
        "late_count": len(run.disagreements),
        "doubles": [{"reference": ref, "repeats": earlier} for ref, earlier in staged.doubles[:SHOWN_MAX]],
        "doubles_count": len(staged.doubles),
        "parties": dict(sorted(Counter(party for one in run.accepted for party in one.recipients).items())),
        "earliest": rfc3339(min(one.from_at for one in run.accepted)) if run.accepted else None,
        "emergencies": [one.reference for one in run.accepted if one.urgency == "EMERGENCY"][:SHOWN_MAX],
    }
