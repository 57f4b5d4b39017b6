"""Printed sheets: what stands on one, as data; an adapter sets it in type.

A sheet is for the hour when everything else is down, so it says by itself what it is, when it was made and in which
realm, and everything on it was in the journal when it was made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from armslength.core.instants import Instant
    from armslength.core.realm import Realm


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a part of the sheet."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; ``strong`` for what must not be overlooked."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Labels with their values; an empty value is a line to write on."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under a head; ``widths`` are shares of the line, equal when none are given."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """Boxes to tick, each with its words."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blanks:
    """Empty lines to write on, below a label."""

    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What is said in a call: in the officer's language, in the counterpart's, and how that is pronounced."""

    step: str
    ours: str
    theirs: str
    pronunciation: str


Part = Heading | Paragraph | Fields | Table | Boxes | Blanks | Spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet.

    Args:
        title: what it is.
        subtitle: of what, for whom.
        realm: EXERCISE stands on the first and last line of every page.
        made_at: when it was made.
        parts: from top to bottom.
        language: its language, for hyphenation and direction.
        one_page: it must fit one page; what does not is counted and said on it by whoever makes the parts.
        landscape: whether the page lies on its side.
    """

    title: str
    subtitle: str
    realm: Realm
    made_at: Instant
    parts: tuple[Part, ...]
    language: str = "en"
    one_page: bool = False
    landscape: bool = False


class Printer(Protocol):
    """Sets sheets in type."""

    def pdf(self, sheet: Sheet) -> bytes:
        """Return the sheet as a PDF; the same sheet gives the same bytes."""
        ...
