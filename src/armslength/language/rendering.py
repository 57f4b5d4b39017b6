"""Messages and receipts as text for a reader: the coded fields in the reader's language, free text as it was written.

The rendering is deterministic, and its SHA-256 is what R1 and R2 carry: it names the very text that was read. An
exercise says EXERCISE in its first and last line. A message of a form that this node does not know is shown as
numbered fields (docs/spec/versions.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.core.realm import Realm
from armslength.core.text import visible, visible_line
from armslength.language import shapes
from armslength.language.direction import direction
from armslength.language.texts import LEVELS, Texts
from armslength.language.values import Context, instant_text, raw, show

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from armslength.core.cbor import CborValue
    from armslength.language.codebook import Codebook
    from armslength.language.shapes import Catalogue, FieldShape, Header, Values

ADDED: Final = 0
"""Number of a line that is no field of the message but a sentence of the form."""

_FRAME: Final = "| "
"""Stands before every line of the author's text, so that no text can pass for the end of its own frame."""

_TITLED: Final = frozenset({shapes.FORM_CODE, shapes.FORM_VERSION})
"""The title line says these."""

_OF_EVERY_RECEIPT: Final = ("receipt-not-consent", "line-no-precondition", "line-duty-to-verify")
"""What no receipt is shown without (D2): receipts drifted into permission, and lists into conditions of protection."""

_RECEIPT_LEVEL: Final = 20
_DOUBT: Final = 34


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedLine:
    """One line, or one field of several lines.

    Args:
        number: body field number, `ADDED` for header lines and sentences.
        label: in the reader's language, empty for sentences.
        text: the value.
    """

    number: int
    label: str
    text: str

    def __str__(self) -> str:
        if not self.label:
            return self.text
        return f"{self.label}:\n{self.text}" if "\n" in self.text else f"{self.label}: {self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A whole rendering.

    Args:
        lines: from top to bottom.
        text: the same as one text.
        sha256: over the text in UTF-8; R1 and R2 carry it.
        direction: ``ltr`` or ``rtl``, for whoever shows it; the text itself holds no marks of direction.
    """

    lines: tuple[RenderedLine, ...]
    text: str
    sha256: bytes
    direction: str


class Renderer:
    """Renders messages and receipts in the languages whose texts it was given.

    Args:
        resources: language tag to the texts of its Fluent files.
        catalogue: the forms and vocabularies.
        codebook: the phrases; without it they are shown as numbers.

    Raises:
        LocalError: RENDER-TEXT-MISSING, a resource does not parse.
    """

    __slots__ = ("_texts", "catalogue", "codebook")

    def __init__(
        self, resources: Mapping[str, Sequence[str]], catalogue: Catalogue, codebook: Codebook | None = None
    ) -> None:
        self._texts = MappingProxyType({locale: Texts(locale, files) for locale, files in resources.items()})
        self.catalogue = catalogue
        self.codebook = codebook

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages it has."""
        return tuple(self._texts)

    def texts(self, locale: str) -> Texts:
        """Return the texts of one language.

        Raises:
            LocalError: LOCALE-UNKNOWN.
        """
        found = self._texts.get(locale)
        if found is None:
            raise LocalError("LOCALE-UNKNOWN", got=locale, expected=", ".join(self._texts))
        return found

    def _context(self, texts: Texts, zones: Sequence[tuple[str, str]]) -> Context:
        # Sorted, so that both ends read the same text whichever of them names its own zone first: R1 and R2 carry
        # the text's hash, and the sender must be able to make it anew.
        return Context(
            texts=texts,
            vocabularies=self.catalogue.vocabularies,
            zones=tuple(sorted(zones)),
            codebook=self.codebook,
        )

    def render(
        self, form_code: str, values: Values, header: Header, locale: str, zones: Sequence[tuple[str, str]]
    ) -> Rendered:
        """Return a message as text.

        Args:
            form_code: code of its form.
            values: its body map; numbers below 20 are the header's business.
            header: what stands above the fields.
            locale: the reader's language.
            zones: party code and IANA time zone of each end, in any order.

        Raises:
            LocalError: LOCALE-UNKNOWN, TIME-ZONE-UNKNOWN, RENDER-TEXT-MISSING.
        """
        texts = self.texts(locale)
        context = self._context(texts, zones)
        shape = self.catalogue.shape(form_code, values.get(shapes.FORM_VERSION))
        numbers = [n for n in values if n >= shapes.MESSAGE_FIELDS_FROM]
        if shape is None:
            lines = [_sentence(texts.say("form-unknown")), *_header_lines(header, context)]
            lines.append(_sentence(texts.say("line-unknown-form")))
            return _rendered([*lines, *_raw_lines(sorted(numbers), values, texts)], header.realm, texts)
        lines = [_sentence(texts.say(f"form-{form_code.lower()}")), *_header_lines(header, context)]
        fields = {field.number: field for field in shape.fields}
        lines += [
            _field_line(fields[n], values, context) for n in sorted(numbers, key=_order) if n in fields.keys() - _TITLED
        ]
        unknown = sorted(n for n in numbers if n not in fields)
        if unknown:
            lines.append(_sentence(texts.say("line-unknown-fields", count=str(len(unknown)))))
            lines += _raw_lines(unknown, values, texts)
        if shape.without_prejudice:
            lines.append(_sentence(texts.say("line-without-prejudice")))
        lines += [_sentence(texts.say(f"line-{sentence}")) for sentence in shape.sentences]
        lines.append(_sentence(texts.say("line-not-permission")))
        return _rendered(lines, header.realm, texts)

    def render_receipt(
        self, level: int, values: Values, header: Header, locale: str, zones: Sequence[tuple[str, str]]
    ) -> Rendered:
        """Return a receipt as text, with what its level does not mean and that receipt is not consent (D2).

        Args:
            level: 0 to 4.
            values: its body map.
            header: what stands above the fields.
            locale: the reader's language.
            zones: as in `render`.

        Raises:
            LocalError: LOCALE-UNKNOWN, TIME-ZONE-UNKNOWN, RENDER-TEXT-MISSING.
        """
        texts = self.texts(locale)
        context = self._context(texts, zones)
        known = str(level) in LEVELS
        lines = [_sentence(texts.say(f"receipt-{level}" if known else "receipt-unknown"))]
        lines += _header_lines(header, context)
        for field in self.catalogue.node_receipts if level == 0 else self.catalogue.receipts:
            if field.number in values:
                lines.append(_field_line(field, values, context))
        if values.get(_DOUBT) is True:
            lines.append(_sentence(texts.say("receipt-doubt")))
        if known:
            lines.append(_sentence(texts.say(f"receipt-limit-{level}")))
        lines += [_sentence(texts.say(sentence)) for sentence in _OF_EVERY_RECEIPT]
        return _rendered(lines, header.realm, texts)


def _sentence(text: str) -> RenderedLine:
    return RenderedLine(number=ADDED, label="", text=text)


def _rendered(lines: Sequence[RenderedLine], realm: Realm, texts: Texts) -> Rendered:
    marks = [_sentence(texts.say("line-exercise"))] if realm is Realm.EXERCISE else []
    everything = (*marks, *lines, *marks)
    text = "\n".join(str(line) for line in everything) + "\n"
    return Rendered(
        lines=everything, text=text, sha256=sha256(text.encode()).digest(), direction=direction(texts.locale)
    )


def _header_lines(header: Header, context: Context) -> list[RenderedLine]:
    say = context.texts.say
    pairs = [
        (say("line-from"), header.author),
        (say("line-to"), ", ".join(header.addressees)),
        (say("line-number"), "" if header.number is None else str(header.number)),
        (say("line-stated-at"), instant_text(header.stated_at, context.zones)),
        (say("line-officer"), header.officer or ""),
        (say("line-handling"), header.handling or ""),
    ]
    return [RenderedLine(number=ADDED, label=label, text=visible_line(text)) for label, text in pairs if text]


def _order(number: int) -> tuple[bool, int]:
    """Fields by number, the author's free text after the coded ones: codes are read first, without a linguist."""
    return number == shapes.FREE_TEXT, number


def _field_line(field: FieldShape, values: Values, context: Context) -> RenderedLine:
    value = values[field.number]
    framed = field.kind == "text" and isinstance(value, str)
    language = values.get(shapes.LANGUAGE if field.language_in is None else field.language_in)
    text = _framed(str(value), language, context) if framed else show(field, value, context)
    return RenderedLine(number=field.number, label=context.texts.say(f"field-{field.name}"), text=text)


def _raw_lines(numbers: Sequence[int], values: Values, texts: Texts) -> list[RenderedLine]:
    return [RenderedLine(number=n, label=texts.say("line-field", number=str(n)), text=raw(values[n])) for n in numbers]


def _framed(text: str, language: CborValue, context: Context) -> str:
    """The author's text as it was written, with every line marked and every invisible character shown."""
    tag = visible_line(language) if isinstance(language, str) else "?"
    body = [_FRAME + line for line in visible(text).split("\n")]
    start, end = context.texts.say("line-original", language=tag), context.texts.say("line-original-end")
    return "\n".join([f"--- {start} ---", *body, f"--- {end} ---"])
