"""What a message form is made of: its fields, who may draft and release it, which answers it can get and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.core.precedence import Precedence

    Values: TypeAlias = Mapping[int, CborValue]
    """Field number to value, as in a record's body map."""


class FieldKind(StrEnum):
    """How a field's value is encoded and shown (docs/spec/forms.md, "Kinds")."""

    CODE = "code"
    """One code of a vocabulary."""
    CODES = "codes"
    """Array of different codes of a vocabulary."""
    STATUSES = "statuses"
    """Array of [code, status code], each code once."""
    PLACE = "place"
    """[latitude, longitude, precision]."""
    AREA = "area"
    """["CIRCLE", place, radius m], ["POLYGON", [place, ...]] or ["ROUTE", [place, ...], width m]."""
    INSTANT = "instant"
    """Microseconds since 1970, UTC."""
    WINDOW = "window"
    """[from, until], two instants in order."""
    TEXT = "text"
    """Free text in the author's language."""
    WORD = "word"
    """A short structured text: identifier, reference or language tag."""
    PARTY = "party"
    """Party code."""
    FACILITY = "facility"
    """[name in the author's language, language tag, FACILITY_KIND code]; the identifier is field 33."""
    COUNT = "count"
    """Unsigned integer."""
    DURATION = "duration"
    """Whole seconds."""
    HASH = "hash"
    """32 bytes, an envelope hash."""
    FLAG = "flag"
    """true or false."""
    PRECEDENCE = "precedence"
    """0 to 3."""
    RELATION = "relation"
    """[RELATION_VERB code, envelope hash]."""
    NAMES = "names"
    """Array of names of commands or offices."""
    PARTIES = "parties"
    """Array of different party codes."""
    SITES = "sites"
    """Array of [facility id, name, language tag, FACILITY_KIND code, place or null], each id once."""
    PHRASES = "phrases"
    """[version, digest, array of [number, argument, ...]] of the codebook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One numbered field.

    Args:
        number: the wire's body field number; 20 to 99 common to all messages, 100 and above the form's.
        name: stable lower-case name; equal names in two forms have equal meaning.
        kind: how the value is encoded.
        required: a message without it is refused (a message that only takes another back needs none of them).
        vocabulary: the table of its codes.
        grades: the table of the second code of kind `statuses`.
        unit: unit of a count or duration.
        fact_key: the fact of the matter that the field states; one key for one kind of fact across all forms, so that
            disclosure rules speak of "place" and not of field numbers.
        language_in: for a text that is not in the message's own language, the field that names its language.
    """

    number: int
    name: str
    kind: FieldKind
    required: bool = False
    vocabulary: str | None = None
    grades: str | None = None
    unit: str | None = None
    fact_key: str = "other"
    language_in: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One message form of the catalogue (B1).

    Args:
        code: stable code, field 20 of the message.
        version: field 21; a change of fields or vocabularies is a new version.
        purpose: when it is sent, one sentence.
        drafters: roles that may draft it.
        releasers: roles that may release it.
        two_persons_from: lowest precedence from which a second person must release; None, one person is always enough.
        legal_tick: the legal adviser's signed step is required before release.
        linguist_check: a linguist checks the free text before release; without free text there is nothing to check.
        precedences: those it may carry, the usual one first.
        replies: verbs that an answer may have; empty, no answer is expected.
        reply_due_s: seconds from release until an answer is due, indexed by precedence, where the charter sets none;
            None, none is due.
        counts_as_use: counts as a use of the line when it opens a matter (see `is_use`).
        without_prejudice: every rendering says "without prejudice to legal positions".
        sentences: what else every rendering says, each by the end of its text's id, ``line-<sentence>``.
        lead_s: how many seconds before field 28 the notice is due at the latest; None, no rule (notices.py).
        requires: common fields it must carry, beside those of every message.
        requires_one_of: of these common fields at least one.
        fields: its own fields, in ascending order.
    """

    code: str
    version: int
    purpose: str
    drafters: frozenset[str]
    releasers: frozenset[str]
    two_persons_from: Precedence | None
    legal_tick: bool
    linguist_check: bool
    precedences: tuple[Precedence, ...]
    replies: tuple[str, ...]
    reply_due_s: tuple[int, int, int, int] | None
    counts_as_use: bool
    without_prejudice: bool
    sentences: tuple[str, ...] = ()
    lead_s: int | None = None
    requires: frozenset[int] = field(default_factory=frozenset)
    requires_one_of: frozenset[int] = field(default_factory=frozenset)
    fields: tuple[FormField, ...] = ()

    def reply_due(self, precedence: Precedence) -> int | None:
        """Return the seconds after which an answer is due at this precedence, None when none is due."""
        return None if self.reply_due_s is None else self.reply_due_s[precedence]
