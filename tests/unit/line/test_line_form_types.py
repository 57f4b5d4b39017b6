"""A form's fields fit their kinds: a code has a table, a status has two, and names mean one thing."""

from __future__ import annotations

import pytest

from armslength.core.precedence import Precedence
from armslength.line.form_types import FieldKind, FormField
from armslength.line.forms import CONCERN, FORMS, SERVICE, fields_of
from armslength.line.receipt_fields import NODE_RECEIPT_FIELDS, RECEIPT_FIELDS
from armslength.line.vocabularies import VOCABULARIES

CODED = {FieldKind.CODE, FieldKind.CODES, FieldKind.STATUSES, FieldKind.RELATION}
EVERY_FIELD = [
    *((code, field) for code, entry in FORMS.items() for field in fields_of(entry).values()),
    *(("receipt", field) for field in (*RECEIPT_FIELDS, *NODE_RECEIPT_FIELDS)),
]


@pytest.mark.parametrize(("code", "field"), EVERY_FIELD, ids=lambda case: getattr(case, "name", case))
def test_a_field_has_the_tables_that_its_kind_needs(code: str, field: FormField) -> None:
    assert (field.vocabulary is not None) == (field.kind in CODED)
    assert (field.grades is not None) == (field.kind is FieldKind.STATUSES)
    assert {name for name in (field.vocabulary, field.grades) if name} <= set(VOCABULARIES)
    assert field.unit is None or field.kind is FieldKind.COUNT


def test_one_name_has_one_kind_and_one_table_in_all_forms() -> None:
    seen: dict[str, set[tuple[object, ...]]] = {}
    for _, field in EVERY_FIELD:
        seen.setdefault(field.name, set()).add((field.kind, field.vocabulary, field.unit))
    assert {name: shapes for name, shapes in seen.items() if len(shapes) > 1} == {}


def test_a_due_time_follows_the_precedence() -> None:
    assert CONCERN.reply_due(Precedence.FLASH) == 1_800
    assert CONCERN.reply_due(Precedence.ROUTINE) == 172_800
    assert SERVICE.reply_due(Precedence.FLASH) is None
