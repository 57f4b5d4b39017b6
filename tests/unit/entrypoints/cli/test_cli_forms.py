"""The catalogue for whoever must fill a form in."""

from __future__ import annotations

from armslength.line.forms import FORMS
from armslength.line.vocabularies import VOCABULARIES
from builders.cli_homes import command, done


def test_every_form_is_listed() -> None:
    assert [one["code"] for one in done("message", "form", "--json").json] == list(FORMS)
    assert len(done("message", "form").out.splitlines()) == len(FORMS) + 1


def test_one_form_shows_every_code() -> None:
    out = done("message", "form", "concern").out
    assert "second person  from ROUTINE\n" in out
    assert "activity (code, required)\n    " + ", ".join(VOCABULARIES["ACTIVITY"].codes) in out
    assert done("message", "form", "STOP", "--json").json["precedences"] == ["FLASH"]


def test_an_unknown_form_is_named() -> None:
    assert command("message", "form", "NOTE").err.startswith("DRAFT-FORM-UNKNOWN")
