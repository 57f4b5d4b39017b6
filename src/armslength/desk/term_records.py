"""What a record of the term base does: entries of the site, and the rule for names and back-translations of a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.folding import fold
from armslength.core.ids import party_code
from armslength.core.instants import Instant
from armslength.core.precedence import Precedence
from armslength.desk import views
from armslength.desk.kept import entries_since
from armslength.language.terms import Term, TermBase, check_term, shipped_terms, status_of
from armslength.language.toponyms import NAME_FORMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.ports import Unit

    Body = Mapping[int, Any]

ENTRIES: Final = "entries"
RULE: Final = "rule"
"""What a record `term` holds (field 20)."""

ENTRIES_MAX: Final = 200
"""Entries of one record: some 40 kB, so that it fits a prepared body; a larger file is several records."""

NEVER: Final = "NEVER"
"""No release of a line wants a back-translation."""

_CELLS: Final = 9
_RULES: Final = b"\x00rule\x00"
"""Before any language: no tag begins with a zero byte."""


class NameRule(NamedTuple):
    """What the charter of a line says of names, and what this desk wants of its releases.

    Args:
        names: a key of `toponyms.NAME_FORMS`: whose form of a place's name is written.
        back_from: the precedence from which a back-translation is expected, or NEVER.
        reason: where the rule stands.
        officer: who recorded it; nobody for the rule that ships.
        at: when.
    """

    names: str
    back_from: str
    reason: str
    officer: str = ""
    at: Instant | None = None

    def wants_back_translation(self, precedence: int) -> bool:
        """Tell whether a release of a precedence is expected to have been translated back."""
        return self.back_from != NEVER and precedence >= Precedence[self.back_from]


DEFAULT_RULE: Final = NameRule(names="uk", back_from=Precedence.IMMEDIATE.name, reason="as shipped")
"""The national romanisation of the country in which the place lies; IMMEDIATE and FLASH are translated back."""


# --- reading a body ---------------------------------------------------------------------------------------------------


def entries_of(body: Body) -> tuple[Term, ...]:
    """Return the entries of a record `term`.

    Raises:
        LocalError: TERM-VALUE, TEXT-... codes.
    """
    fields = FieldReader(body, "TERM-VALUE", LocalError)
    found = tuple(_entry(value, fields) for value in fields.array(21, ENTRIES_MAX))
    if not found:
        fields.refuse(field=21, expected=f"1 to {ENTRIES_MAX} entries")
    return found


def _entry(value: CborValue, fields: FieldReader) -> Term:
    if not isinstance(value, tuple) or len(value) != _CELLS or not all(isinstance(cell, str) for cell in value):
        fields.refuse(field=21, expected=f"{_CELLS} texts an entry")
    concept, language, term, status, definition, source, note, part, gender = cast("tuple[str, ...]", value)
    return check_term(
        Term(
            concept=concept,
            language=language,
            term=term,
            status=status_of(status),
            definition=definition,
            source=source,
            note=note,
            part=part,
            gender=gender,
            own=True,
        )
    )


def entry_value(one: Term) -> tuple[str, ...]:
    """Return an entry as it stands in a record."""
    words = (one.concept, one.language, one.term, one.status.value)
    return (*words, one.definition, one.source, one.note, one.part, one.gender)


def rule_of(body: Body) -> tuple[str, NameRule]:
    """Return the peer (empty for all lines) and the rule of a record `term`.

    Raises:
        LocalError: NAME-RULE, PARTY-CODE.
    """
    fields = FieldReader(body, "NAME-RULE", LocalError)
    peer = "" if body.get(21) == "" else party_code(fields.text(21))
    names, back_from, reason = fields.text(22), fields.text(23), fields.text(24)
    if names not in NAME_FORMS:
        fields.refuse(field="names", expected=", ".join(NAME_FORMS), got=names)
    if back_from != NEVER and back_from not in Precedence.__members__:
        fields.refuse(field="precedence", expected=f"{', '.join(Precedence.__members__)}, {NEVER}", got=back_from)
    return peer, NameRule(names=names, back_from=back_from, reason=reason)


# --- views ------------------------------------------------------------------------------------------------------------


def put(unit: Unit, body: Body, entry: int, at: Instant) -> None:
    """Store the entries or the rule of a record."""
    if body.get(20) == RULE:
        peer, rule = rule_of(body)
        row: dict[int, CborValue] = {1: rule.names, 2: rule.back_from, 3: rule.reason, 4: str(body.get(5) or ""), 5: at}
        unit.put(views.TERMS, _RULES + peer.encode(), row)
        return
    for number, one in enumerate(entries_of(body)):
        key = b"\x00".join((one.language.encode(), fold(one.term).encode(), entry.to_bytes(8, "big")))
        unit.put(views.TERMS, key + number.to_bytes(4, "big"), {1: entry_value(one), 2: str(body.get(5) or ""), 3: at})


def rule(unit: Unit, peer: str) -> NameRule:
    """Return the rule of the line to a peer: its own, that for all lines, or the one that ships."""
    for name in (peer, ""):
        row = views.row(unit, views.TERMS, _RULES + name.encode())
        if row is not None:
            return NameRule(names=row[1], back_from=row[2], reason=row[3], officer=row[4], at=Instant(row[5]))
    return DEFAULT_RULE


class _Terms:
    """The term base as of an entry of the journal."""

    def __init__(self) -> None:
        self.seen = 0
        self.own: list[Term] = []
        self.base = TermBase(shipped_terms())

    def update(self, unit: Unit) -> TermBase:
        before = len(self.own)
        for _, _, item in entries_since(unit, self.seen, frozenset({"term"})):
            if item is not None and item.body.get(20) == ENTRIES:
                self.own += entries_of(item.body)
        self.seen = unit.frontier().size
        if len(self.own) != before:
            self.base = TermBase((*shipped_terms(), *self.own))
        return self.base


def term_base(books: Books) -> TermBase:
    """Return the terms that ship and the site's own over them; for readers only."""
    with books.kept.lock:
        return books.kept.of(_Terms).update(books.unit)
