"""Names by the rule of a line: the form for each language, and other forms pointed out in running text."""

from __future__ import annotations

import pytest

from armslength.language.toponyms import NAME_FORMS, NameBook, of_names, shipped_toponyms

BOOK = NameBook(shipped_toponyms())


@pytest.mark.parametrize(
    ("name", "language", "rule", "form"),
    [
        ("Kiev", "en", "uk", "Kyiv"),
        ("Київ", "en", "ru", "Kiev"),
        ("Zaporizhzhia", "ru", "uk", "Запорожье"),
        ("Запорожье", "uk", "ru", "Запоріжжя"),
        ("Николаев", "fr", "uk", "Mykolaiv"),
        ("Atlantis", "en", "uk", None),
    ],
)
def test_the_form_of_a_place_for_a_line(name: str, language: str, rule: str, form: str | None) -> None:
    assert BOOK.form(name, language, rule) == form


@pytest.mark.parametrize(
    ("language", "rule", "text", "found"),
    [
        ("en", "uk", "From Kiev to Zaporozhye and Odessa", ["Kyiv", "Zaporizhzhia", "Odesa"]),
        ("en", "ru", "From Kyiv to Zaporizhzhia", ["Kiev", "Zaporozhye"]),
        ("en", "uk", "From Kyiv to Zaporizhzhia, Odesa, Donetsk and Kherson", []),
        ("ru", "uk", "Под Киевом, у Запорожья, в Одессе и Харькове", []),
        ("ru", "uk", "Під Києвом", []),
        ("ru", "uk", "Станция Запоріжжя у Київ", ["Запорожье", "Киев"]),
        ("uk", "ru", "Біля Запоріжжя, у Харкові та Одесі", []),
        ("uk", "ru", "Біля Запорожья, у Киеве", ["Запоріжжя", "Київ"]),
        ("en", "uk", "odessa in small letters is a ship's name", []),
    ],
)
def test_other_forms_are_pointed_out(language: str, rule: str, text: str, found: list[str]) -> None:
    assert [one.wanted for one in BOOK.check(text, language, rule)] == found


def test_a_facility_of_the_register_has_its_forms_by_table() -> None:
    one = of_names((("uk", "Запорізька АЕС"), ("ru", "Запорожская АЭС"), ("uk", "інша назва")))
    assert one is not None
    assert [one.form("en", rule) for rule in NAME_FORMS] == ["Zaporizka AES", "Zaporozhskaya AES"]
    assert of_names((("en", "Zaporizhzhia NPP"),)) is None
