"""Every phrase, in every language, with every plural form: complete, alike at both ends, of its own letters."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from armslength.adapters.format_fluent import LOCALES, catalogue, load_codebook, load_renderer
from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339
from armslength.core.realm import Realm
from armslength.core.text import is_invisible
from armslength.language.codebook import GAP, Codebook, needed
from armslength.language.codebook_table import COUNTED, DIGEST, ENTRIES, VERSION, ArgumentKind
from armslength.language.completeness import arguments_of
from armslength.language.phrases import shown_digest
from armslength.language.rendering import Renderer
from armslength.language.shapes import Header
from armslength.line.vocabularies import FACILITY_KIND

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from armslength.language.codebook_table import Entry

COUNTS = (0, 1, 2, 3, 4, 5, 11, 21, 22, 25, 100, 101)
NOON = parse_rfc3339("2022-11-20T12:00:00Z")
ZNPP = ("Запорізька АЕС", "uk", "NUCLEAR-POWER-PLANT")
FORBIDDEN = {
    "ru": re.compile("[іїєґ]", re.IGNORECASE),
    "uk": re.compile("[ыэъё]", re.IGNORECASE),
    "en": re.compile("[а-яё]", re.IGNORECASE),
}
ZONES = (("EUCOM", "Europe/Berlin"), ("NDMC", "Europe/Moscow"))


def filled(entry: Entry, count: int) -> tuple[CborValue, ...]:
    """Arguments for an entry, every number the same."""
    values: dict[ArgumentKind, CborValue] = {
        ArgumentKind.TIME: NOON,
        ArgumentKind.PLACE: (475_122_000, 345_858_000, 10),
        ArgumentKind.FACILITY: ("Plant 7", "en", "DAM"),
        ArgumentKind.ZONE: "Zone 7",
        ArgumentKind.NAME: "Name 7",
    }
    return tuple(values.get(argument.kind, count) for argument in entry.arguments)


@pytest.fixture(scope="module")
def book() -> Codebook:
    return load_codebook()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_phrase_says_all_of_its_arguments_in_every_plural(locale: str, book: Codebook) -> None:
    assert book.missing(locale) == ()
    other = Codebook({one: source(one) for one in LOCALES})
    for entry in ENTRIES.values():
        for count in COUNTS if any(a.kind in COUNTED for a in entry.arguments) else (3,):
            said = book.render(entry.number, filled(entry, count), locale)
            assert said == other.render(entry.number, filled(entry, count), locale)
            assert not any(is_invisible(char) for char in said), said
            assert "{" not in said
            assert "$" not in said
            for argument in entry.arguments:
                assert expected(argument.kind, count) in said, (entry.number, argument, said)


def expected(kind: ArgumentKind, count: int) -> str:
    """What must be readable of an argument."""
    texts = {
        ArgumentKind.TIME: "2022-11-20 12:00Z",
        ArgumentKind.PLACE: "47.5122",
        ArgumentKind.FACILITY: '"Plant 7"',
        ArgumentKind.ZONE: '"Zone 7"',
        ArgumentKind.NAME: '"Name 7"',
    }
    return texts.get(kind, str(count))


def source(locale: str) -> str:
    return files("armslength.language").joinpath("ftl", locale, "codebook.ftl").read_text(encoding="utf-8")


def test_all_languages_take_the_same_arguments_and_nothing_is_left_over() -> None:
    taken = {locale: arguments_of([source(locale)]) for locale in LOCALES}
    assert taken["en"] == taken["ru"] == taken["uk"]
    assert set(taken["en"]) == set(needed())
    for entry in ENTRIES.values():
        names = {argument.name for argument in entry.arguments if argument.kind is not ArgumentKind.FACILITY}
        facility = {"kind", "facility"} if len(names) < len(entry.arguments) else set()
        assert taken["en"][f"code-{entry.digits}"] == names | facility


@pytest.mark.parametrize(
    ("number", "arguments", "locale", "said"),
    [
        (
            10,
            (),
            "ru",
            "Прекратите огонь. Обстрел объекта, находящегося под защитой международного гуманитарного права.",
        ),
        (
            10,
            (),
            "uk",
            "Припиніть вогонь. Обстріл об’єкта, що перебуває під захистом міжнародного гуманітарного права.",
        ),
        (31, (), "ru", "Даём заверение."),
        (32, (), "ru", "Заверения не даём."),
        (2, (), "ru", "Слышу вас хорошо."),
        (51, (21,), "ru", "Просьба о разговоре передана; ответ через 21 минуту."),
        (61, (), "ru", "Понято: учение."),
        (11, (22,), "uk", "Передано командуванню; відповідь через 22 хвилини."),
        (50, (11,), "ru", "Наше руководство просит о разговоре в течение 11 минут."),
        (50, (101,), "ru", "Наше руководство просит о разговоре в течение 101 минуты."),
        (50, (1,), "uk", "Наше керівництво просить про розмову протягом 1 хвилини."),
        (11, (1,), "en", "Passed to the command; answer in 1 minute."),
        (11, (1_000_000,), "ru", "Передано командованию; ответ через 1000000 минут."),
        (21, (ZNPP,), "ru", 'Выражаем озабоченность деятельностью вблизи атомной электростанции "Запорізька АЕС".'),
        (21, (ZNPP,), "en", 'We convey concern about activity near the nuclear power plant "Запорізька АЕС".'),
    ],
)
def test_phrases_as_they_were_agreed(
    number: int, arguments: tuple[CborValue, ...], locale: str, said: str, book: Codebook
) -> None:
    assert book.render(number, arguments, locale) == said


@pytest.mark.parametrize("locale", LOCALES)
def test_a_language_is_written_in_its_own_letters_and_no_two_phrases_are_alike(locale: str, book: Codebook) -> None:
    patterns = [book.pattern(number, locale) for number in ENTRIES]
    assert not [one for one in patterns if FORBIDDEN[locale].search(one)]
    assert len(set(patterns)) == len(patterns)
    assert GAP in book.pattern(21, locale)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_kind_of_site_has_its_own_words(locale: str, book: Codebook) -> None:
    generic = {"OTHER-FACILITY", "BORDER-STRIP", "TERRITORY"}
    said = {kind: book.render(21, (("X", "en", kind),), locale) for kind in FACILITY_KIND.codes}
    assert {kind for kind, text in said.items() if text == said["OTHER-FACILITY"]} == generic


def test_the_version_is_these_very_texts(book: Codebook) -> None:
    assert (book.version, book.digest) == (VERSION, DIGEST), f"a changed phrase is a new version: {book.digest.hex()}"
    texts = {locale: source(locale) for locale in LOCALES}
    assert Codebook({**texts, "uk": texts["uk"].replace("Зрозуміло.", "Ясно.")}).digest != DIGEST
    assert Codebook({**texts, "de": texts["en"]}).digest == DIGEST


def test_a_codebook_without_one_of_its_languages_is_refused() -> None:
    with pytest.raises(LocalError, match="RENDER-TEXT-MISSING"):
        Codebook({"en": source("en")})


def test_an_unknown_language_or_number_is_refused(book: Codebook) -> None:
    with pytest.raises(LocalError, match="LOCALE-UNKNOWN"):
        book.render(10, (), "tlh")
    with pytest.raises(LocalError, match="CODE-UNKNOWN"):
        book.pattern(999, "en")


# --- in a message -----------------------------------------------------------------------------------------------------


def rendered(value: CborValue, locale: str = "en", renderer: Renderer | None = None, **more: Any) -> list[str]:
    header = Header(realm=Realm.EXERCISE, author="EUCOM", addressees=("NDMC",), number=7, stated_at=NOON)
    values: dict[int, Any] = {20: "PHRASE", 21: 1, 22: 1, 23: "en", 100: value, **more.get("values", {})}
    shown = (renderer or load_renderer()).render("PHRASE", values, header, locale, ZONES)
    return shown.text.splitlines()


def test_each_reads_the_phrases_in_his_own_language_with_the_answers_expected() -> None:
    value = (VERSION, shown_digest(DIGEST), ((10,), (11, 2)))
    assert "010 Cease fire. A site protected by international humanitarian law is under fire." in rendered(value)
    russian = rendered(value, "ru")
    assert "011 Передано командованию; ответ через 2 минуты." in russian
    assert "Ожидаемый ответ: 011 / 012 / 015" in russian
    assert "A phrase is no assurance for a window of silence; only the form ASSURANCE is." in rendered(value)


@pytest.mark.parametrize(("version", "digest"), [(2, shown_digest(DIGEST)), (VERSION, "0badcafe")])
def test_another_version_is_shown_as_numbers_and_says_so(version: int, digest: str) -> None:
    shown = rendered((version, digest, ((10,), (21, ("A", "en", "DAM")))))
    assert f'This node does not have version {version} of the codebook, "{digest}".' in "\n".join(shown)
    assert "010" in shown
    assert '021 [["A", "en", "DAM"]]' in shown
    assert not any("Cease fire" in line for line in shown)


def test_a_phrase_that_does_not_fit_is_shown_as_a_number_and_says_so() -> None:
    shown = rendered((VERSION, shown_digest(DIGEST), ((11, "soon"), (999,))))
    assert '011 ["soon"] This phrase does not fit the codebook. Do not confirm that it was understood.' in shown
    assert "999 This phrase does not fit the codebook. Do not confirm that it was understood." in shown


def test_a_renderer_without_a_codebook_shows_numbers() -> None:
    texts = {"en": [text("forms"), text("vocabulary"), text("receipts"), text("phrases")]}
    shown = rendered((VERSION, shown_digest(DIGEST), ((10,),)), renderer=Renderer(texts, catalogue()))
    assert "010" in shown


def text(name: str) -> str:
    return files("armslength.language").joinpath("ftl", "en", f"{name}.ftl").read_text(encoding="utf-8")


def test_a_draft_says_so_in_the_text() -> None:
    shown = rendered((VERSION, shown_digest(DIGEST), ((10,),)), values={101: True})
    assert "DRAFT, not approved by the linguists of both parties: yes" in shown
