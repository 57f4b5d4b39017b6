"""The product's texts in one language: Fluent resources handed in as text, looked up by id, never half-answered.

A message that is missing or broken is an error and not an English word in a Russian sheet: a tired reader must not
guess (C3). Nothing from the peer is ever parsed as Fluent; it enters only as an argument or beside the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import fluent_number
from fluent.syntax import ast

from armslength.core.errors import LocalError
from armslength.language.shapes import text_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from armslength.language.shapes import Catalogue

LEVELS = ("0", "1", "2", "3", "4")
"""Receipt levels R0 to R4."""

_SENTENCES = (
    *("line-exercise", "line-from", "line-to", "line-number", "line-stated-at", "line-officer", "line-handling"),
    *("line-field", "line-original", "line-original-end", "line-without-prejudice", "line-not-permission"),
    *("line-unknown-fields", "line-unknown-form", "form-unknown"),
    *("receipt-unknown", "receipt-not-consent", "receipt-doubt"),
    *("value-unknown-code", "value-yes", "value-no", "value-until", "value-precision", "value-radius", "value-width"),
    *("value-seconds", "value-minutes", "value-persons", "value-metres"),
    *("value-codebook-unknown", "value-phrase-misfit", "value-phrase-answers"),
    *("line-no-precondition", "line-duty-to-verify"),
    *("paper-precedence", "paper-from", "paper-to", "paper-subject", "paper-number", "paper-stated-at"),
    *("paper-language", "paper-reference", "paper-content", "paper-remarks", "paper-end"),
)


class Texts:
    """The texts of one language.

    Args:
        locale: language tag.
        resources: the text of each Fluent file.

    Raises:
        LocalError: RENDER-TEXT-MISSING, a resource does not parse.
    """

    __slots__ = ("_bundle", "locale")

    def __init__(self, locale: str, resources: Sequence[str]) -> None:
        self.locale = locale
        # Isolation marks would be invisible characters in texts that are hashed and read on paper; what comes from the
        # peer has its bidi controls made visible before it gets here, so nothing is left to isolate.
        self._bundle = FluentBundle([locale], use_isolating=False)
        for resource in resources:
            parsed = FluentResource(resource)
            broken = next((entry for entry in parsed.body if isinstance(entry, ast.Junk)), None)
            if broken is not None:
                raise LocalError("RENDER-TEXT-MISSING", locale=locale, got=broken.content)
            self._bundle.add_resource(parsed)

    def has(self, message_id: str) -> bool:
        """Tell whether there is a text with this id."""
        return self._bundle.has_message(message_id)

    def say(self, message_id: str, **arguments: str) -> str:
        """Return the text with this id.

        Args:
            message_id: id in the resources.
            arguments: what the text takes; always text, so that no number is grouped by a language's habits.

        Raises:
            LocalError: RENDER-TEXT-MISSING, there is none, or an argument it needs is not given.
        """
        return self._say(message_id, arguments)

    def say_counted(self, message_id: str, texts: Mapping[str, str], counts: Mapping[str, int]) -> str:
        """Return the text with this id whose words take the plural forms of some counts, written in plain digits.

        Args:
            message_id: id in the resources.
            texts: arguments as in `say`.
            counts: arguments that choose plural forms.

        Raises:
            LocalError: RENDER-TEXT-MISSING, as `say`.
        """
        plain: dict[str, object] = {name: fluent_number(count, useGrouping=False) for name, count in counts.items()}
        return self._say(message_id, {**texts, **plain})

    def _say(self, message_id: str, arguments: Mapping[str, object]) -> str:
        pattern = self._bundle.get_message(message_id).value if self.has(message_id) else None
        if pattern is None:
            raise LocalError("RENDER-TEXT-MISSING", locale=self.locale, expected=message_id)
        text, errors = self._bundle.format_pattern(pattern, dict(arguments))
        if errors:
            raise LocalError("RENDER-TEXT-MISSING", locale=self.locale, expected=message_id, got=errors[0])
        return str(text)

    def missing(self, catalogue: Catalogue) -> tuple[str, ...]:
        """Return the ids that a catalogue needs and this language does not have."""
        return tuple(message_id for message_id in needed(catalogue) if not self.has(message_id))


def needed(catalogue: Catalogue) -> tuple[str, ...]:
    """Return every message id that rendering this catalogue may ask for, each once."""
    return tuple(dict.fromkeys(_needed(catalogue)))


def _needed(catalogue: Catalogue) -> Iterator[str]:
    yield from _SENTENCES
    yield from (f"value-precedence-{level}" for level in range(4))
    yield from (f"receipt-{level}" for level in LEVELS)
    yield from (f"receipt-limit-{level}" for level in LEVELS)
    for code, form in catalogue.forms.items():
        yield f"form-{code.lower()}"
        yield from (f"field-{field.name}" for field in form.fields)
        yield from (f"line-{sentence}" for sentence in form.sentences)
    yield from (f"field-{field.name}" for field in (*catalogue.receipts, *catalogue.node_receipts))
    for name, codes in catalogue.vocabularies.items():
        yield from (text_id(name, code) for code in codes)
