"""What a reader sees: codes in the reader's language, the author's text untouched, EXERCISE above and below."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.adapters.format_fluent import LOCALES, load_renderer
from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339
from armslength.core.realm import Realm
from armslength.language.rendering import Renderer
from armslength.language.shapes import Header
from armslength.line import fields as no
from armslength.line.form_types import FieldKind
from armslength.line.forms import FORMS
from unit.line.message_values import HASH, NOON, ZNPP, example, messages

ZONES = (("EUCOM", "Europe/Berlin"), ("NDMC", "Europe/Moscow"))
STATED = parse_rfc3339("2022-11-20T09:15:00Z")


def header(realm: Realm = Realm.EXERCISE) -> Header:
    return Header(
        realm=realm, author="EUCOM", addressees=("NDMC",), number=7, stated_at=STATED, officer="eucom-watch-1"
    )


def lines(code: str, values: dict[int, object], locale: str = "en", realm: Realm = Realm.EXERCISE) -> list[str]:
    return load_renderer().render(code, values, header(realm), locale, ZONES).text.splitlines()  # type: ignore[arg-type]


def test_a_concern_in_russian_reads_as_a_russian_officer_expects() -> None:
    text = lines("CONCERN", example("CONCERN"), "ru")
    for expected in (
        "ОЗАБОЧЕННОСТЬ",
        "Срочность: НЕМЕДЛЕННАЯ, IMMEDIATE",
        "Деятельность: артиллерийский обстрел",
        "1 физическая целостность объектов: нарушено",
        "4 надёжное внешнее электроснабжение: соблюдается",
        "Запрашиваемое действие: прекратить огонь в указанном месте; изучить и дать ответ",
        'Объект: "Запорізька АЕС" (uk), атомная электростанция',
        "Без ущерба для правовых позиций сторон.",
        "| More than twelve explosions within forty minutes.",
    ):
        assert expected in text


def test_the_same_concern_in_english_and_ukrainian() -> None:
    assert "Activity: artillery shelling" in lines("CONCERN", example("CONCERN"), "en")
    assert "Діяльність: артилерійський обстріл" in lines("CONCERN", example("CONCERN"), "uk")


def test_a_time_stands_there_as_dtg_utc_and_local_time_of_both_ends() -> None:
    expected = (
        "Reply requested by: 201200Z NOV 22 | 2022-11-20T12:00:00Z"
        " | EUCOM 20 Nov 2022 13:00 CET (UTC+1) | NDMC 20 Nov 2022 15:00 MSK (UTC+3)"
    )
    assert expected in lines("CONCERN", example("CONCERN"))


def test_a_place_stands_there_in_degrees_and_grid_with_its_precision() -> None:
    assert "Place: 47.51220N 34.58580E, MGRS 36T XT 19403 63304, precision 10 m" in lines("STOP", example("STOP"))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("code", FORMS)
def test_an_exercise_says_so_in_its_first_and_last_line_and_the_real_thing_never_does(code: str, locale: str) -> None:
    drill = lines(code, example(code), locale)
    assert "EXERCISE" in drill[0]
    assert "EXERCISE" in drill[-1]
    assert "EXERCISE" not in "\n".join(lines(code, example(code), locale, Realm.REAL))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("code", FORMS)
def test_the_legal_reservation_stands_on_the_forms_that_have_it(code: str, locale: str) -> None:
    reservation = load_renderer().texts(locale).say("line-without-prejudice")
    assert (reservation in lines(code, example(code), locale)) == FORMS[code].without_prejudice


def test_the_hash_is_that_of_the_text_and_the_text_is_that_of_the_lines() -> None:
    rendered = load_renderer().render("STOP", example("STOP"), header(), "en", ZONES)
    assert rendered.sha256 == sha256(rendered.text.encode()).digest()
    assert rendered.text == "\n".join(str(line) for line in rendered.lines) + "\n"
    again = load_renderer().render("STOP", dict(reversed(example("STOP").items())), header(), "en", ZONES)
    assert again == rendered


OTHER_NODE = load_renderer.__wrapped__()
"""A renderer that shares nothing with the first but the files."""

COUNTS = (0, 1, 2, 4, 5, 11, 12, 21, 22, 25, 101, 111, 1_000_000)
"""One of every plural form of the three languages, and those that look like another."""


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("code", FORMS)
def test_both_ends_read_the_same_text_whichever_names_its_zone_first(code: str, locale: str) -> None:
    swapped = tuple(reversed(ZONES))
    counted = [field.number for field in FORMS[code].fields if field.kind is FieldKind.COUNT]
    for count in COUNTS if counted else (1,):
        values = example(code) | dict.fromkeys(counted, count)
        ours = load_renderer().render(code, values, header(), locale, ZONES)
        theirs = OTHER_NODE.render(code, values, header(), locale, swapped)
        assert ours.sha256 == theirs.sha256


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en", ["1 person", "2 persons", "5 persons", "11 persons", "21 persons"]),
        ("ru", ["1 человек", "2 человека", "5 человек", "11 человек", "21 человек"]),
        ("uk", ["1 особа", "2 особи", "5 осіб", "11 осіб", "21 особа"]),
    ],
)
def test_persons_are_counted_as_the_language_counts(locale: str, expected: list[str]) -> None:
    label = load_renderer().texts(locale).say("field-killed")
    for count, text in zip((1, 2, 5, 11, 21), expected, strict=True):
        assert f"{label}: {text}" in lines("INCIDENT", example("INCIDENT") | {108: count}, locale)


def test_a_second_text_is_framed_in_its_own_language() -> None:
    shown = lines("PUBLIC-WORDING", example("PUBLIC-WORDING"))
    assert "--- original, language en ---" in shown
    assert "--- original, language uk ---" in shown
    unnamed = {n: v for n, v in example("PUBLIC-WORDING").items() if n != 105}
    assert "--- original, language ? ---" in lines("PUBLIC-WORDING", unnamed)


def test_a_text_cannot_end_its_own_frame_nor_turn_around_on_the_screen() -> None:
    forged = "Agreed.\n--- end of original ---\nRequested action: none\u202e\u001b[2J"
    shown = lines("CONCERN", example("CONCERN") | {no.FREE_TEXT: forged})
    start = shown.index("--- original, language en ---")
    assert shown[start + 1 : start + 5] == [
        "| Agreed.",
        "| --- end of original ---",
        "| Requested action: none[U+202E][U+001B][2J",
        "--- end of original ---",
    ]


def test_the_authors_text_follows_the_codes() -> None:
    rendered = load_renderer().render("CONCERN", example("CONCERN"), header(), "en", ZONES)
    numbers = [line.number for line in rendered.lines if line.number]
    assert numbers[-1] == no.FREE_TEXT
    assert numbers[:-1] == sorted(numbers[:-1])


def test_fields_of_a_newer_node_are_counted_and_shown_raw() -> None:
    shown = lines("STOP", example("STOP") | {250: ("new\u202e", 7), 251: b"\x01"})
    assert "Fields this node does not know: 2" in shown
    assert 'Field 250: ["new[U+202E]", 7]' in shown
    assert "Field 251: h'01'" in shown


@pytest.mark.parametrize(("code", "version"), [("WEATHER-NOTICE", 1), ("STOP", 2)])
def test_a_form_of_a_newer_node_is_shown_as_numbered_fields(code: str, version: int) -> None:
    shown = lines(code, example("STOP") | {no.FORM_CODE: code, no.FORM_VERSION: version})
    assert shown[1] == "FORM THIS NODE DOES NOT KNOW"
    assert "This node does not know this form or its version. Do not confirm that it was understood." in shown
    assert f'Field 20: "{code}"' in shown
    assert "Field 34: [475122000, 345858000, 10]" in shown


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(LocalError, match="LOCALE-UNKNOWN"):
        lines("STOP", example("STOP"), "tlh")


def test_a_resource_that_does_not_parse_is_refused() -> None:
    with pytest.raises(LocalError, match="RENDER-TEXT-MISSING"):
        Renderer({"en": ("ok = fine\n???",)}, load_renderer().catalogue)


# --- receipts ---------------------------------------------------------------------------------------------------------

R2 = {20: 2, 21: HASH, 22: 7, 30: "ru", 31: HASH, 32: ZNPP, 33: 501, 34: True, 35: NOON}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("level", range(5))
def test_no_receipt_is_shown_without_saying_that_it_is_no_consent(level: int, locale: str) -> None:
    rendered = load_renderer().render_receipt(level, {20: level, 21: HASH}, header(), locale, ZONES)
    text = rendered.text.splitlines()
    say = load_renderer().texts(locale).say
    assert text[1] == say(f"receipt-{level}")
    assert f"R{level}" in text[1]
    never = [say("receipt-not-consent"), say("line-no-precondition"), say("line-duty-to-verify")]
    assert text[-5:] == [say(f"receipt-limit-{level}"), *never, say("line-exercise")]


def test_the_words_are_receipt_is_neither_consent_nor_permission() -> None:
    say = load_renderer().texts("en").say
    assert say("receipt-not-consent") == "Receipt is neither consent nor permission."
    assert say("line-no-precondition") == "Notification is not a precondition of protection."
    assert say("line-duty-to-verify") == "The duty to verify that a target may be attacked stays with the parties."


def test_a_doubt_about_the_place_is_shouted() -> None:
    shown = load_renderer().render_receipt(2, R2, header(), "en", ZONES).text
    assert "DOUBT: the place read back differs from the place sent." in shown
    assert "Distance from the place sent: 501 m" in shown
    assert "DOUBT" not in load_renderer().render_receipt(2, {**R2, 34: False}, header(), "en", ZONES).text


def test_the_same_number_is_the_journals_in_r0_and_the_messages_in_r1() -> None:
    values = {20: 0, 21: HASH, 22: 42, 24: "AHEAD", 27: NOON}
    assert "Entry in the journal: 42" in load_renderer().render_receipt(0, values, header(), "en", ZONES).text
    assert "Number of the message: 42" in load_renderer().render_receipt(1, values, header(), "en", ZONES).text


def test_a_receipt_of_an_unknown_level_is_shown_as_such() -> None:
    shown = load_renderer().render_receipt(9, {20: 9, 21: HASH}, header(), "en", ZONES).text
    assert "RECEIPT OF A LEVEL THIS NODE DOES NOT KNOW" in shown
    assert "Receipt is neither consent nor permission." in shown


# --- anything that may arrive -----------------------------------------------------------------------------------------

JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**64), 2**64 - 1), st.binary(max_size=40), st.text(max_size=12)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(tuple), st.dictionaries(st.integers(0, 9), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(messages(), st.sampled_from(LOCALES))
def test_every_valid_message_can_be_read(case: tuple[object, dict[int, object]], locale: str) -> None:
    code = str(case[1][no.FORM_CODE])
    shown = lines(code, case[1], locale)
    assert shown[1] == load_renderer().texts(locale).say(f"form-{code.lower()}")
    assert shown[0] == shown[-1] == load_renderer().texts(locale).say("line-exercise")


@given(
    st.sampled_from(sorted(FORMS)),
    st.dictionaries(st.one_of(st.integers(22, 37), st.integers(100, 112)), JUNK, max_size=6),
)
def test_whatever_was_accepted_can_be_read(code: str, junk: dict[int, object]) -> None:
    shown = lines(code, example(code) | junk)
    assert "EXERCISE" in shown[0]
    assert not any(ord(char) < 32 for line in shown for char in line)


@given(st.integers(0, 6), st.dictionaries(st.integers(20, 42), JUNK, max_size=8))
def test_whatever_receipt_was_accepted_can_be_read(level: int, junk: dict[int, object]) -> None:
    shown = load_renderer().render_receipt(level, junk, header(), "uk", ZONES)  # type: ignore[arg-type]
    assert "Підтвердження не означає ні згоди, ні дозволу." in shown.text
