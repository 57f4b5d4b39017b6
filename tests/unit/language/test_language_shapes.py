"""The catalogue answers for the forms it was given, and for those only in their version."""

from __future__ import annotations

import pytest

from armslength.adapters.format_fluent import catalogue
from armslength.language import shapes
from armslength.line import fields as no
from armslength.line.forms import FORMS
from armslength.line.vocabularies import FACILITY_KIND, VOCABULARIES


@pytest.mark.parametrize("code", FORMS)
def test_a_known_form_has_its_shape(code: str) -> None:
    shape = catalogue().shape(code, FORMS[code].version)
    assert shape is not None
    assert shape.without_prejudice == FORMS[code].without_prejudice
    assert [field.number for field in shape.fields] == sorted(field.number for field in shape.fields)


@pytest.mark.parametrize(("code", "version"), [("STOP", 2), ("STOP", None), ("NONE", 1), (7, 1), (None, None)])
def test_an_unknown_form_or_version_has_none(code: str, version: int) -> None:
    assert catalogue().shape(code, version) is None


def test_the_numbers_of_this_room_are_the_wires() -> None:
    """The rooms do not know each other, so that the numbers stand twice; here they are held equal."""
    for name in ("FORM_CODE", "FORM_VERSION", "PRECEDENCE", "LANGUAGE", "RELATION", "ANSWERS", "FREE_TEXT"):
        assert getattr(shapes, name) == getattr(no, name), name
    assert shapes.MESSAGE_FIELDS_FROM == no.FORM_CODE
    assert FACILITY_KIND.name == shapes.FACILITY_KINDS


def test_every_code_has_a_text_id_of_its_own() -> None:
    ids = [shapes.text_id(name, code) for name, table in VOCABULARIES.items() for code in table.codes]
    assert len(set(ids)) == len(ids)
    assert shapes.text_id("PILLAR_STATUS", "NOT-KNOWN") == "code-pillar-status-not-known"
