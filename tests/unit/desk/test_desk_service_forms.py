"""The catalogue of forms as faces read it."""

from __future__ import annotations

import json

from armslength.desk.service_forms import read_forms
from armslength.line.forms import FORMS, fields_of
from armslength.line.vocabularies import VOCABULARIES


def test_every_form_with_every_field_and_code_is_there() -> None:
    for shown, (code, entry) in zip(read_forms(), FORMS.items(), strict=True):
        assert shown["code"] == code
        assert [field["number"] for field in shown["fields"]] == list(fields_of(entry))
        for field in shown["fields"]:
            vocabulary = fields_of(entry)[field["number"]].vocabulary
            assert field["codes"] == ([] if vocabulary is None else list(VOCABULARIES[vocabulary].codes))


def test_a_stop_waits_for_nobody() -> None:
    stop = next(form for form in read_forms() if form["code"] == "STOP")
    assert (stop["two_persons_from"], stop["legal_tick"], stop["linguist_check"]) == (None, False, False)


def test_it_is_plain_json() -> None:
    assert json.loads(json.dumps(read_forms())) == read_forms()
