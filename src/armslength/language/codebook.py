"""The codebook: a phrase is sent as its number and arguments, and each side reads it in its own language (C3).

What crosses the line is ``[version, first digits of the digest, [[number, argument, ...], ...]]``. A node that has the
same version with the same digest shows its own phrases; any other shows numbers and says so, and nobody there can
confirm that the message was understood.
"""

from __future__ import annotations

from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NoReturn

from armslength.core import cbor
from armslength.core.errors import LocalError
from armslength.core.instants import instant_from_cbor
from armslength.core.places import degrees_text, place_from_cbor
from armslength.core.text import visible_line
from armslength.language.codebook_table import COUNTED, ENTRIES, LANGUAGES, VERSION, ArgumentKind
from armslength.language.paper_values import write_instant
from armslength.language.phrases import check_phrase, entry_of, shown_digest
from armslength.language.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from armslength.core.cbor import CborValue
    from armslength.language.codebook_review import CodebookReview

_FACILITY_FORMS: Final = ("facility-nominative", "facility-genitive")
_COUNTED_FORMS: Final = ("minutes-for", "minutes-within", "persons-count", "persons-genitive", "metres-for")


def needed() -> tuple[str, ...]:
    """Return every message id that a language's codebook must have."""
    return (*_COUNTED_FORMS, *_FACILITY_FORMS, *(f"code-{entry.digits}" for entry in ENTRIES.values()))


# --- phrases ----------------------------------------------------------------------------------------------------------


class Codebook:
    """The codebook in every language that a node has.

    Args:
        resources: language tag to the text of its ``codebook.ftl``; `LANGUAGES` must be among them.
        review: how the phrases were read back, where it is at hand.

    Raises:
        LocalError: RENDER-TEXT-MISSING, a language of the codebook is not there or a text does not parse.
    """

    __slots__ = ("_texts", "digest", "review", "version")

    def __init__(self, resources: Mapping[str, str], review: CodebookReview | None = None) -> None:
        absent = [locale for locale in LANGUAGES if locale not in resources]
        if absent:
            raise LocalError("RENDER-TEXT-MISSING", locale=absent[0], expected="codebook.ftl")
        self._texts = MappingProxyType({locale: Texts(locale, (text,)) for locale, text in resources.items()})
        self.review = review
        self.version = VERSION
        self.digest = _digest(resources)

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages it has."""
        return tuple(self._texts)

    def missing(self, locale: str) -> tuple[str, ...]:
        """Return the ids that a language's codebook lacks.

        Raises:
            LocalError: LOCALE-UNKNOWN.
        """
        texts = self._of(locale)
        return tuple(one for one in needed() if not texts.has(one))

    def reads(self, version: CborValue, digest: CborValue) -> bool:
        """Tell whether a message's phrases are numbers of this very version."""
        return version == self.version and digest == shown_digest(self.digest)

    def render(self, number: CborValue, arguments: Sequence[CborValue], locale: str) -> str:
        """Return a phrase in one language; the same in every node of this version.

        Raises:
            LocalError: LOCALE-UNKNOWN, CODE-UNKNOWN, CODE-ARGUMENTS, RENDER-TEXT-MISSING.
        """
        texts = self._of(locale)
        entry, given = check_phrase((number, *arguments))
        named: dict[str, str] = {}
        counts: dict[str, int] = {}
        for argument, value in zip(entry.arguments, given, strict=True):
            if argument.kind in COUNTED and isinstance(value, int):
                counts[argument.name] = value
            elif argument.kind is ArgumentKind.FACILITY and isinstance(value, tuple):
                named["facility"], named["kind"] = _quoted(value[0]), str(value[2])
            else:
                named[argument.name] = _shown(argument.kind, value)
        return texts.say_counted(f"code-{entry.digits}", named, counts)

    def pattern(self, number: CborValue, locale: str) -> str:
        """Return a phrase with its gaps shown as dots, for lists and printed tables.

        Raises:
            LocalError: LOCALE-UNKNOWN, CODE-UNKNOWN, RENDER-TEXT-MISSING.
        """
        entry, texts = entry_of(number), self._of(locale)
        named = {argument.name: GAP for argument in entry.arguments if argument.kind not in COUNTED}
        # Five takes the plural form that most numbers take, in each language of the codebook.
        counts = {argument.name: _MANY for argument in entry.arguments if argument.kind in COUNTED}
        if any(argument.kind is ArgumentKind.FACILITY for argument in entry.arguments):
            named |= {"facility": GAP, "kind": "OTHER-FACILITY"}
        said = texts.say_counted(f"code-{entry.digits}", named, counts)
        return said.replace(str(_MANY), GAP) if counts else said

    def _of(self, locale: str) -> Texts:
        found = self._texts.get(locale)
        if found is None:
            _refuse_locale(locale, self.locales)
        return found


GAP: Final = "…"
"""What stands for an argument where none is given."""

_MANY: Final = 5


def _refuse_locale(locale: str, known: Sequence[str]) -> NoReturn:
    raise LocalError("LOCALE-UNKNOWN", got=locale, expected=", ".join(known))


def _digest(resources: Mapping[str, str]) -> bytes:
    """SHA-256 over version, entries and the source text of the codebook's own languages, in this encoding."""
    rows: tuple[CborValue, ...] = tuple(
        (
            entry.number,
            entry.meaning,
            tuple((argument.name, argument.kind.value) for argument in entry.arguments),
            entry.answers,
        )
        for entry in ENTRIES.values()
    )
    texts: tuple[CborValue, ...] = tuple((locale, resources[locale]) for locale in LANGUAGES)
    return sha256(cbor.encode((VERSION, rows, texts))).digest()


def _shown(kind: ArgumentKind, value: CborValue) -> str:
    if kind is ArgumentKind.TIME:
        return write_instant(instant_from_cbor(value)).value
    if kind is ArgumentKind.PLACE:
        return degrees_text(place_from_cbor(value))
    return str(value) if kind is ArgumentKind.NUMBER else _quoted(value)


def _quoted(value: CborValue) -> str:
    return '"' + visible_line(str(value)).replace('"', "''") + '"'
