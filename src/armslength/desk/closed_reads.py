"""Reads of closed records: who opened what that is closed, noted before it is shown (docs/audit.md 2).

Closed are: the contents of journal entries and the export of a line, which are the auditor's alone; cases and concerns
that people closed; messages and drafts whose marking keeps them to one command; the audit report itself. A read is an
entry of the node, one an officer, subject and hour, so that reading on does not flood the journal.

A ``closed-read`` note's body: 20 officer (empty at the node's own machine), 21 roles, 22 operation, 23 subject, 24 why
it is closed (a key of `WHY`), 25 face.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from armslength.channels import cases
from armslength.core import cbor
from armslength.core.errors import ArmslengthError
from armslength.core.instants import HOUR_US
from armslength.desk import answering, case_changes, drafting, views
from armslength.desk import cast as who
from armslength.line import fields
from armslength.register import concerns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.projection import Fact, Projector

KIND: Final = "closed-read"

SUBJECT_CHARS_MAX: Final = 120
"""A name that a person typed; what is longer names nothing here."""

CLOSED_MARKINGS: Final = frozenset({"COMMAND-ONLY"})
"""Handling markings that keep a record from most of the desk."""

WHY: Final[Mapping[str, str]] = {
    "contents": "the contents of a journal entry",
    "destroyed": "an entry whose contents were destroyed; nothing was shown",
    "export": "a whole line, to be carried away",
    "case": "a case that was closed",
    "concern": "a concern that was closed",
    "marked": "a message marked for one command only",
    "report": "who did what at this desk",
}
"""Why a record is closed -> in words."""

API, HOME = "API", "command line at the node"
"""Faces: with an officer's token or session, and in the node's own home without a running node."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One read of a closed record."""

    officer: str
    roles: tuple[str, ...]
    operation: str
    subject: str
    why: str
    face: str

    def fields(self) -> dict[int, CborValue]:
        """Return the fields of its entry."""
        return {20: self.officer, 21: self.roles, 22: self.operation, 23: self.subject, 24: self.why, 25: self.face}


def note_of(body: Mapping[int, Any]) -> Note:
    """Return a note from the body of its entry."""
    return Note(
        officer=body[20], roles=tuple(body[21]), operation=body[22], subject=body[23], why=body[24], face=body[25]
    )


# --- what is closed ---------------------------------------------------------------------------------------------------


def _entry(books: Books, asked: Mapping[str, Any]) -> tuple[str, str] | None:
    index = int(str(asked["index"]))
    if index >= books.unit.frontier().size:
        return None
    return f"entry {index}", "contents" if books.unit.content(index) is not None else "destroyed"


def _export(books: Books, asked: Mapping[str, Any]) -> tuple[str, str] | None:
    return f"the line with {who.find_line(books.unit, books.realm, asked.get('line')).peer}", "export"


def _report(_books: Books, asked: Mapping[str, Any]) -> tuple[str, str] | None:
    until = asked.get("to") or "now"
    return f"the audit report from {asked.get('from') or 'the beginning'} to {until}", "report"


def _case(books: Books, asked: Mapping[str, Any]) -> tuple[str, str] | None:
    state = case_changes.held(books.unit, str(asked["case"]).upper())
    closed = state is not None and state.status is cases.Status.CLOSED
    return (state.number, "case") if state is not None and closed else None


def _concern(books: Books, asked: Mapping[str, Any]) -> tuple[str, str] | None:
    name = str(asked["concern"]).upper()
    value = books.unit.get(views.CONCERNS, name.encode())
    closed = value is not None and concerns.concern_from_value(value).status is concerns.Status.CLOSED
    return (name, "concern") if closed else None


def _message(books: Books, asked: Mapping[str, Any]) -> tuple[str, str] | None:
    line = who.find_line(books.unit, books.realm, asked.get("line"))
    _, row = answering.find_message(books, line.line, str(asked["name"]))
    if row[5] != "message" or answering.message_body(books, row).get(fields.HANDLING) not in CLOSED_MARKINGS:
        return None
    return f"{row[6]} {'out' if row[2] == views.OUT else 'in'}:{row[3]} of the line with {line.peer}", "marked"


def _draft(books: Books, asked: Mapping[str, Any]) -> tuple[str, str] | None:
    key, row = drafting.find_draft(books, str(asked["name"]))
    marking = drafting.draft_prepared(row).body.get(fields.HANDLING)
    return (f"draft {key.hex()[:12]}", "marked") if marking in CLOSED_MARKINGS else None


def _card(books: Books, asked: Mapping[str, Any]) -> tuple[str, str] | None:
    name = str(asked["name"])
    if cases.CASE_NUMBER.fullmatch(name.upper()):
        return _case(books, {"case": name})
    return _message(books, {"name": name})


def _sheet(books: Books, asked: Mapping[str, Any]) -> tuple[str, str] | None:
    kind = str(asked.get("kind"))
    if kind == "card":
        return _card(books, {"name": str(asked.get("of") or "")})
    return _report(books, asked) if kind == "audit" else None


CLOSED: Final[Mapping[str, Callable[[Books, Mapping[str, Any]], tuple[str, str] | None]]] = {
    "entry": _entry,
    "export": _export,
    "audit-report": _report,
    "case": _case,
    "case-timeline": _case,
    "concern": _concern,
    "concern-form": _concern,
    "message": _message,
    "draft": _draft,
    "draft-texts": _draft,
    "card": _card,
    "sheets": _sheet,
}
"""Operation -> what names the subject and why it is closed, from the names in the question; None of an open one."""


# --- noting it --------------------------------------------------------------------------------------------------------


def due(
    books: Books, operation: str, asked: Mapping[str, Any], *, officer: str, roles: frozenset[str], face: str
) -> Note | None:
    """Return what is to be noted before an operation answers; None for an open record, or one noted this hour.

    A name that nothing has is refused by the operation itself and is no read.
    """
    look = CLOSED.get(operation)
    if look is None:
        return None
    try:
        found = look(books, asked)
    except (ArmslengthError, KeyError, ValueError):
        return None
    if found is None:
        return None
    note = Note(
        officer=officer,
        roles=tuple(sorted(roles)),
        operation=operation,
        subject=found[0][:SUBJECT_CHARS_MAX],
        why=found[1],
        face=face,
    )
    return None if _noted(books, note) else note


def record(books: Books, note: Note) -> int | None:
    """Enter a note, unless the same officer's read of it was entered this hour; return its journal index."""
    return None if _noted(books, note) else books.note(KIND, KIND, note.fields())


def _noted(books: Books, note: Note) -> bool:
    row = views.row(books.unit, views.CLOSED_READS, _key(note))
    return row is not None and row[1] == books.now // HOUR_US


def _key(note: Note) -> bytes:
    return sha256(cbor.encode((note.officer, note.subject, note.why))).digest()


def _project(fact: Fact) -> None:
    hour = fact.entry.at // HOUR_US
    fact.unit.put(views.CLOSED_READS, _key(note_of(fact.body)), {1: hour, 2: fact.index})


PROJECTORS: Final[Mapping[str, Projector]] = {KIND: _project}
