"""Views of translations, terms and drafting checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.core.instants import Instant
from armslength.desk import term_records, translation_records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.desk.projection import Fact, Projector


def _translation(fact: Fact) -> None:
    step, original = translation_records.by_record(fact.unit, fact.body, Instant(fact.entry.at))
    translation_records.put(fact.unit, step.state, fact.index, original)


def _read(fact: Fact) -> None:
    at = Instant(fact.entry.at)
    step, original = translation_records.by_record(fact.unit, fact.body, at)
    translation_records.put(fact.unit, step.state, fact.index, original)
    translation_records.close_alarms(fact.unit, step.state, str(fact.body.get(5)), at)


def _term(fact: Fact) -> None:
    term_records.put(fact.unit, fact.body, fact.index, Instant(fact.entry.at))


PROJECTORS: Final[Mapping[str, Projector]] = {
    "translation": _translation,
    "translation-read": _read,
    "term": _term,
}
