"""What the faces read of the catalogue of forms: plain values, the same for every node of this version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from armslength.core.precedence import Precedence
from armslength.line.forms import FORMS, fields_of
from armslength.line.vocabularies import VOCABULARIES

if TYPE_CHECKING:
    from armslength.line.form_types import Form, FormField

Json = dict[str, Any]


def read_forms() -> list[Json]:
    """Return every form of the catalogue with its fields and their codes."""
    return [form_json(entry) for entry in FORMS.values()]


def form_json(entry: Form) -> Json:
    """Return one form: who drafts and releases it, what it carries, which answers it can get and when."""
    second = entry.two_persons_from
    return {
        "code": entry.code,
        "version": entry.version,
        "purpose": entry.purpose,
        "drafters": sorted(entry.drafters),
        "releasers": sorted(entry.releasers),
        "two_persons_from": None if second is None else Precedence(second).name,
        "legal_tick": entry.legal_tick,
        "linguist_check": entry.linguist_check,
        "precedences": [precedence.name for precedence in entry.precedences],
        "replies": list(entry.replies),
        "reply_due_s": {} if entry.reply_due_s is None else {p.name: entry.reply_due_s[p] for p in Precedence},
        "without_prejudice": entry.without_prejudice,
        "fields": [_field_json(entry, field) for field in fields_of(entry).values()],
    }


def _field_json(entry: Form, field: FormField) -> Json:
    return {
        "number": field.number,
        "name": field.name,
        "kind": field.kind.value,
        "required": field.required or field.number in entry.requires,
        "codes": _codes(field.vocabulary),
        "grades": _codes(field.grades),
        "unit": field.unit,
    }


def _codes(vocabulary: str | None) -> list[str]:
    return [] if vocabulary is None else list(VOCABULARIES[vocabulary].codes)
