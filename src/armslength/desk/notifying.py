"""Notices in bulk at the desk: every party told of every version, by one act of each person who must agree.

A batch is drafted, checked and released by people, each once for all of it: what a person confirms is shown as a
whole, and his key signs message by message, since each message must stand alone at the other side. What goes to one
party names no other. Who has no line is told by a sheet, and an officer says how far he has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from armslength.channels import notices
from armslength.channels.notices import Status, Urgency
from armslength.core.errors import LocalError
from armslength.core.precedence import Precedence
from armslength.core.record import NO_LINE, SEED_BYTES
from armslength.core.text import check_structured
from armslength.desk import alarms, drafting, policy, views
from armslength.desk import cast as who
from armslength.desk.notice_batches import notice_of
from armslength.desk.notice_rows import party_key
from armslength.desk.prepared import Prepared, Signed, check_own_acts
from armslength.line import fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.cast import LineView
    from armslength.desk.notice_batches import Bodies

AT_ONCE_MAX: Final = 200
"""Messages of one transaction: some three hundred milliseconds, so that a message waits no longer for the writer."""

SHEET_NOTICES_MAX: Final = 1_000
"""Notices of one printed sheet; what does not fit is counted and said on it, and stands first on the next one."""

_PRECEDENCE: Final[Mapping[Urgency, Precedence]] = {
    Urgency.EMERGENCY: Precedence.IMMEDIATE,
    Urgency.URGENT: Precedence.PRIORITY,
    Urgency.ROUTINE: Precedence.ROUTINE,
}

_LEVELS: Final = range(4)
"""Of a receipt that an officer heard: R0 to R3; what was answered is a contact."""

_HOW_BYTES_MAX: Final = 400
"""How a receipt came: a line of a form."""


# --- what is to be told -----------------------------------------------------------------------------------------------


def lines_by_party(books: Books) -> dict[str, LineView]:
    """Return our lines by the party at the other end; of several, the first."""
    found: dict[str, LineView] = {}
    for line in who.lines(books.unit, books.realm):
        found.setdefault(line.peer, line)
    return found


def parties_of(row: views.Row) -> tuple[str, ...]:
    """Return the parties that a notice is for, and those it was for and that must be told that it no longer is."""
    return (*row[13], *row[18])


def batch_numbers(books: Books, batch: str) -> Iterator[str]:
    """Yield the notices of a batch.

    Raises:
        LocalError: NOTICE-UNKNOWN.
    """
    if books.unit.get(views.NOTICE_BATCHES, batch.encode()) is None:
        raise LocalError("NOTICE-UNKNOWN", asked=batch)
    prefix = batch.encode() + b"\x00"
    for key, _ in books.unit.scan(views.NOTICE_BATCH_ROWS, prefix):
        yield key.removeprefix(prefix).decode()


def states(books: Books, batch: str) -> Iterator[tuple[str, str, views.Row, views.Row]]:
    """Yield number, party, the notice's row and the party's row, for all of a batch."""
    for number in batch_numbers(books, batch):
        notice = views.row(books.unit, views.NOTICES, number.encode())
        if notice is None:
            continue
        for party in parties_of(notice):
            state = views.row(books.unit, views.NOTICE_PARTIES, party_key(party, number))
            if state is not None:
                yield number, party, notice, state


def message_values(
    books: Books, number: str, party: str, bodies: Bodies | None = None
) -> tuple[str, Precedence, dict[int, CborValue]]:
    """Return form, precedence and fields of what a party must be told of a notice now.

    Raises:
        LocalError: NOTICE-UNKNOWN.
    """
    row = views.row(books.unit, views.NOTICES, number.encode())
    state = views.row(books.unit, views.NOTICE_PARTIES, party_key(party, number))
    if row is None or state is None:
        raise LocalError("NOTICE-UNKNOWN", asked=f"{number} for {party}")
    told = notices.told_from_value(state)
    precedence = _PRECEDENCE[Urgency(row[9])]
    if row[14] or party in row[18]:
        return row[17], precedence, {fields.RELATION: ("discontinues", told.first_message)}
    notice, _ = notice_of(books, number, bodies=bodies)
    if notice is None:
        raise LocalError("NOTICE-UNKNOWN", asked=number)
    values = dict(notice.values)
    if notice.kind is notices.Kind.MOVEMENT:
        values |= {100: number, 115: told.version}
    if told.first_message:
        values[fields.RELATION] = ("updates", told.first_message)
    return notice.form, precedence, values


def prepare_drafts(books: Books, officer: str, batch: str, limit: int) -> list[tuple[str, str, Prepared]]:
    """Return (notice, party, message) of a batch that are to be drafted, for parties that have a line with us.

    Raises:
        LocalError: NOTICE-UNKNOWN, DRAFT-... and what a line refuses.
    """
    lines = lines_by_party(books)
    made = []
    bodies: Bodies = {}
    for number, party, notice, state in states(books, batch):
        if state[1] != Status.OWED or party not in lines or _told_on_paper(notice, party, state):
            continue
        try:
            form, precedence, values = message_values(books, number, party, bodies)
            prepared = drafting.prepare_message(books, lines[party], officer, form, precedence, values)
        except LocalError as error:
            # Of four hundred, the one that holds them up is named.
            raise LocalError(error.code, **{**error.details, "notice": number, "party": party}) from error
        made.append((number, party, prepared))
        if len(made) >= min(limit, AT_ONCE_MAX):
            break
    return made


def _told_on_paper(notice: views.Row, party: str, state: views.Row) -> bool:
    """Tell whether a party must be told of an end and has no message that could be ended: it was told by a sheet."""
    return bool(notice[14] or party in notice[18]) and not state[5]


def submit_drafts(books: Books, drafts: list[tuple[str, str, Signed]]) -> int:
    """Enter signed drafts of notices, and which notice each is; return how many are new.

    Raises:
        LocalError: NOTICE-DIFFERS, a body is not what the notice says; DRAFT-..., ACT-...
    """
    if len(drafts) > AT_ONCE_MAX:
        raise LocalError("SUBMIT-COUNT", limit=AT_ONCE_MAX, got=len(drafts))
    made: list[CborValue] = []
    bodies: Bodies = {}
    for number, party, signed in drafts:
        _require_said(books, number, party, signed.prepared, bodies)
        state = views.row(books.unit, views.NOTICE_PARTIES, party_key(party, number))
        draft = drafting.submit_draft(books, signed)
        if state is not None and state[1] == Status.OWED:
            made.append((number, party, state[2], draft))
    if made:
        books.note("notice-step", "notice-step", {30: "drafted", 32: tuple(made)})
    return len(made)


def _require_said(books: Books, number: str, party: str, prepared: Prepared, bodies: Bodies) -> None:
    """A message under a notice's number says that notice: all of it, and nothing beside."""
    form, precedence, values = message_values(books, number, party, bodies)
    line = books.line(prepared.line)
    expected: dict[int, Any] = {**values, fields.FORM_CODE: form, fields.PRECEDENCE: int(precedence)}
    beside = {fields.FORM_VERSION, fields.LANGUAGE}
    said = {n: value for n, value in prepared.body.items() if n >= fields.FORM_CODE and n not in beside}
    if line.peer != party or said != expected:
        differing = [str(n) for n in sorted(said.keys() | expected.keys()) if said.get(n) != expected.get(n)]
        raise LocalError("NOTICE-DIFFERS", notice=number, party=party, fields=", ".join(differing[:8]) or "the party")


def drafted(books: Books, batch: str) -> list[tuple[str, str, bytes]]:
    """Return (notice, party, draft) of what waits to be checked and released, the most urgent first."""
    order = list(Urgency)
    found = [
        (order.index(Urgency(notice[9])), number, party, cast("bytes", state[10]))
        for number, party, notice, state in states(books, batch)
        if state[1] == Status.DRAFTED and state[10]
    ]
    return [(number, party, draft) for _, number, party, draft in sorted(found)]


def checks_missing(books: Books, draft: bytes) -> set[str]:
    """Return the checks that a draft still needs before it may be released."""
    row = views.row(books.unit, views.DRAFTS, draft)
    if row is None:
        raise LocalError("DRAFT-UNKNOWN", asked=draft)
    prepared = drafting.draft_prepared(row)
    steps = drafting.steps_needed(books, books.line(prepared.line), prepared.body)
    needed = {"legal": steps.legal_tick, "linguist": steps.linguist_check}
    return {check for check, wanted in needed.items() if wanted} - {check[0] for check in row[6] if check[2]}


# --- what persons record ----------------------------------------------------------------------------------------------


def prepare_withdrawal(books: Books, officer: str, number: str, reason: str) -> Prepared:
    """Return the body by which a notice is taken back: every party that was told of it is told that too.

    Raises:
        LocalError: NOTICE-UNKNOWN, NOTICE-VALUE, NOTICE-TRANSITION.
    """
    body: dict[int, CborValue] = {**books.common(officer), 30: "withdraw", 31: number.upper(), 35: reason}
    _check_step(books, body)
    return _prepared(books, body)


def prepare_receipt(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    """Return the body of a receipt that an officer heard or holds on paper: ATTESTED, of a version that was sent.

    Raises:
        LocalError: NOTICE-UNKNOWN, NOTICE-VALUE, NOTICE-TRANSITION.
    """
    number, party = str(given["notice"]).upper(), str(given["party"]).upper()
    state = _state(books, party, number)
    version = int(given["version"]) if given.get("version") is not None else state.sent_version
    body: dict[int, CborValue] = {
        **books.common(officer),
        30: "receipt",
        31: number,
        32: party,
        33: version,
        34: int(given["level"]),
        35: str(given["how"]),
    }
    _check_step(books, body)
    return _prepared(books, body)


def prepare_sheet(books: Books, officer: str, party: str) -> Prepared:
    """Return the body by which a sheet of all that a party is owed is handed over to it.

    Raises:
        LocalError: NOTICE-NOTHING, the party is owed nothing, or has a line.
    """
    party = party.upper()
    owed = owed_by_sheet(books, party)
    if not owed or party in lines_by_party(books):
        raise LocalError("NOTICE-NOTHING", party=party, owed=len(owed))
    body: dict[int, CborValue] = {**books.common(officer), 30: "sheet", 32: party, 33: tuple(owed)}
    _check_step(books, body)
    return _prepared(books, body)


def owed_by_sheet(books: Books, party: str) -> list[tuple[str, int]]:
    """Return (notice, version) of what a party has not been handed yet, as many as one sheet holds."""
    prefix = party.encode() + b"\x00"
    found: list[tuple[str, int]] = []
    for key, version in books.unit.scan(views.NOTICE_OWED, prefix):
        number = key.removeprefix(prefix)
        row, notice = views.row(books.unit, views.NOTICE_PARTIES, key), views.row(books.unit, views.NOTICES, number)
        # What has run out stands on no sheet, so that nobody says that it was handed over.
        if row is None or notice is None or notice[12] <= books.now or row[1] not in {Status.OWED, Status.DRAFTED}:
            continue
        found.append((number.decode(), cast("int", version)))
        if len(found) >= SHEET_NOTICES_MAX:
            break
    return found


def _prepared(books: Books, body: dict[int, CborValue]) -> Prepared:
    return Prepared(type="notice-step", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def _state(books: Books, party: str, number: str) -> notices.Told:
    row = views.row(books.unit, views.NOTICE_PARTIES, party_key(party, number))
    if row is None:
        raise LocalError("NOTICE-UNKNOWN", asked=f"{number} for {party}")
    return notices.told_from_value(row)


def _check_withdrawal(books: Books, body: Mapping[int, Any]) -> None:
    row = views.row(books.unit, views.NOTICES, str(body.get(31)).encode())
    if row is None:
        raise LocalError("NOTICE-UNKNOWN", asked=body.get(31))
    if row[14]:
        raise LocalError("NOTICE-TRANSITION", event="WITHDRAW", state="WITHDRAWN")


def _check_receipt(books: Books, body: Mapping[int, Any]) -> None:
    state = _state(books, str(body.get(32)), str(body.get(31)))
    if type(body.get(34)) is not int or body[34] not in _LEVELS or type(body.get(33)) is not int:
        raise LocalError("NOTICE-VALUE", field="level", expected="R0 to R3, of a version", got=body.get(34))
    event = notices.Event(kind=notices.EventKind.RECEIPT, version=body[33], level=body[34], proof="ATTESTED")
    notices.step(state, event, books.now)


def _check_sheet(books: Books, body: Mapping[int, Any]) -> None:
    rows = body.get(33)
    if not isinstance(rows, tuple) or list(rows) != owed_by_sheet(books, str(body.get(32))):
        raise LocalError("NOTICE-CHANGED", party=body.get(32), expected="what the party is owed now")


_CHECKS: Final[Mapping[str, Callable[[Books, Mapping[int, Any]], None]]] = {
    "withdraw": _check_withdrawal,
    "receipt": _check_receipt,
    "sheet": _check_sheet,
}


def _check_step(books: Books, body: Mapping[int, Any]) -> None:
    check = _CHECKS.get(str(body.get(30)))
    if check is None:
        raise LocalError("NOTICE-VALUE", field="step", expected=", ".join(_CHECKS), got=body.get(30))
    said = body.get(35, "-")
    if not isinstance(said, str) or not said.strip():
        raise LocalError("NOTICE-VALUE", field="reason", expected=f"1 to {_HOW_BYTES_MAX} bytes of text")
    check_structured(said, bytes_max=_HOW_BYTES_MAX)
    check(books, body)


def submit_step(books: Books, signed: Signed) -> int:
    """Enter what a person recorded of a notice; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, NOTICE-... codes.
    """
    prepared = signed.prepared
    acts = check_own_acts(books, prepared, signed.acts)
    act, _ = policy.LOCAL_ACTS["notice-step"]
    policy.require(acts[0], act, roles_of(prepared.body), str(prepared.body.get(5)))
    _check_step(books, prepared.body)
    record = books.make("notice-step", NO_LINE, prepared.body, body_seed=prepared.seed, acts=signed.acts)
    return books.enter("notice-step", record)


def roles_of(body: Mapping[int, CborValue]) -> frozenset[str]:
    """Return who may take a step: a receipt is written down by whoever heard it, what tells parties is released."""
    heard = body.get(30) == "receipt"
    return policy.LOCAL_ACTS["notice-step"][1] if heard else frozenset({"releasing-officer", "principal"})


def owed(books: Books, message: bytes) -> bool:
    """Ring once a party and batch for notices whose receipt is overdue; tell whether the message is a notice's.

    Four hundred notices that nobody read are one silence, and one bell.
    """
    link = books.unit.get(views.NOTICE_LINKS, b"m" + message)
    if not isinstance(link, tuple):
        return False
    number, party, _ = cast("tuple[str, str, int]", link)
    row = views.row(books.unit, views.NOTICES, number.encode())
    batch = "" if row is None else str(row[1])
    alarms.raise_alarm(books, "NOTICE-OWED", reference=f"{party} {batch}".encode(), detail=f"{party} of {batch}")
    return True


# --- the clock --------------------------------------------------------------------------------------------------------


def tick(books: Books, key: bytes) -> None:
    """Say that notices of a batch lapse within a day, and again when they do."""
    row = views.row(books.unit, views.NOTICE_DUES, key)
    books.note("notice-step", "notice-step", {30: "expiring", 31: key})
    if row is None:
        return
    batch = key[8:].decode()
    when = "have run out" if row[2] else "run out within a day"
    alarms.raise_alarm(books, "NOTICE-EXPIRES", reference=key, step=int(row[2]), detail=f"{row[1]} of {batch} {when}")


SUBMITS: Final[Mapping[str, Callable[[Books, Signed], int]]] = {"notice-step": submit_step}
"""Record type -> what enters it, for `Service.submit`."""

ROLES: Final[Mapping[str, Callable[[Mapping[int, CborValue]], frozenset[str]]]] = {"notice-step": roles_of}
"""Record type -> roles for that very body, where `policy.LOCAL_ACTS` alone does not say it."""

TICKS: Final[tuple[tuple[str, Callable[[Books, bytes], object]], ...]] = ((views.NOTICE_DUES, tick),)
"""View and what is done with a row of it that falls due."""
