"""What this room must be told about forms and vocabularies, which live in the signals officer's room.

The two rooms do not know each other; whoever joins them hands over a `Catalogue`. Kinds are the words of
docs/spec/forms.md: code, codes, statuses, place, area, instant, window, text, word, party, facility, count, duration,
hash, flag, precedence, relation, names, parties, sites, phrases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from armslength.core.cbor import CborValue

if TYPE_CHECKING:
    from armslength.core.instants import Instant
    from armslength.core.realm import Realm

Values: TypeAlias = Mapping[int, CborValue]
"""Field number to value, as in a record's body map."""

FORM_CODE: Final = 20
FORM_VERSION: Final = 21
PRECEDENCE: Final = 22
LANGUAGE: Final = 23
RELATION: Final = 24
ANSWERS: Final = 29
FREE_TEXT: Final = 30
"""Numbers of docs/spec/forms.md at which this room must look itself."""

MESSAGE_FIELDS_FROM: Final = 20
"""Lower numbers belong to the record and stand in the header."""

FACILITY_KINDS: Final = "FACILITY_KIND"
"""Name of the vocabulary in a facility's third element."""


class FieldShape(Protocol):
    """What one field looks like."""

    @property
    def number(self) -> int:
        """Body field number."""

    @property
    def name(self) -> str:
        """Stable name; its label is the message ``field-<name>``."""

    @property
    def kind(self) -> str:
        """One of the kinds above."""

    @property
    def vocabulary(self) -> str | None:
        """Table of its codes."""

    @property
    def grades(self) -> str | None:
        """Table of the second code of kind `statuses`."""

    @property
    def unit(self) -> str | None:
        """Unit of a count."""

    @property
    def language_in(self) -> int | None:
        """Field that names the language of a text which is not in the message's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormShape:
    """What one form looks like.

    Args:
        version: the version whose fields these are.
        fields: common and own fields, in ascending order.
        without_prejudice: the legal reservation is part of every rendering.
        sentences: what else every rendering says, each by the end of its text's id, ``line-<sentence>``.
    """

    version: int
    fields: Sequence[FieldShape]
    without_prejudice: bool
    sentences: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything this room must be told.

    Args:
        forms: form code to its shape.
        receipts: fields of R1 to R4.
        node_receipts: fields of R0.
        vocabularies: name to code to number for voice.
    """

    forms: Mapping[str, FormShape]
    receipts: Sequence[FieldShape]
    node_receipts: Sequence[FieldShape]
    vocabularies: Mapping[str, Mapping[str, int]]

    def shape(self, code: CborValue, version: CborValue) -> FormShape | None:
        """Return the form's shape, None when this node does not know the form or its version."""
        shape = self.forms.get(code) if isinstance(code, str) else None
        return shape if shape is not None and shape.version == version else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What stands above the fields of a message or receipt.

    Args:
        realm: REAL or EXERCISE; an exercise says so in its first and last line.
        author: party code.
        addressees: party codes.
        number: in the author's direction; None when not numbered (yet).
        stated_at: the author's time.
        officer: the author's officer, if one is named.
        handling: handling marking, if there is one.
    """

    realm: Realm
    author: str
    addressees: tuple[str, ...]
    number: int | None
    stated_at: Instant
    officer: str | None = None
    handling: str | None = None


def text_id(vocabulary: str, code: str) -> str:
    """Return the id of the Fluent message that says a code in words."""
    return f"code-{vocabulary}-{code}".lower().replace("_", "-")
