"""A language is a folder: a pseudo-Arabic one proves right-to-left, and is not offered when it is not whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.adapters.format_fluent import LOCALES, load_renderer, load_site_languages
from armslength.core.realm import Realm
from armslength.core.text import BIDI_CONTROLS
from armslength.language.codebook_table import DIGEST
from armslength.language.direction import isolated, unmarked
from armslength.language.paper import PaperMessage, parse_paper, to_paper
from armslength.language.shapes import Header
from armslength.line.forms import FORMS
from builders import pseudo_arabic
from unit.line.message_values import NOON, example

if TYPE_CHECKING:
    from pathlib import Path

    from armslength.language.rendering import Renderer

ZONES = (("EUCOM", "Europe/Berlin"), ("NDMC", "Europe/Moscow"))


@pytest.fixture(scope="module")
def languages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home") / "languages"
    pseudo_arabic.write(folder)
    return folder


@pytest.fixture(scope="module")
def renderer(languages: Path) -> Renderer:
    return load_renderer(languages)


def header() -> Header:
    return Header(realm=Realm.EXERCISE, author="EUCOM", addressees=("NDMC",), number=7, stated_at=NOON)


def test_a_whole_language_is_offered_with_its_codebook_and_changes_no_digest(renderer: Renderer) -> None:
    assert renderer.locales == (*LOCALES, "ar")
    assert renderer.codebook is not None
    assert renderer.codebook.locales == (*LOCALES, "ar")
    assert renderer.codebook.digest == DIGEST
    assert renderer.codebook.render(11, (21,), "ar").count("21") == 1


@pytest.mark.parametrize("code", FORMS)
def test_every_form_can_be_read_right_to_left_and_no_hashed_text_holds_a_mark(code: str, renderer: Renderer) -> None:
    rendered = renderer.render(code, example(code), header(), "ar", ZONES)
    assert rendered.direction == "rtl"
    assert renderer.render(code, example(code), header(), "en", ZONES).direction == "ltr"
    assert not {ord(char) for char in rendered.text} & BIDI_CONTROLS
    assert unmarked(isolated(rendered.text, "ar")) == rendered.text
    sheet = to_paper(
        renderer,
        "ar",
        PaperMessage(
            realm=Realm.EXERCISE,
            author="EUCOM",
            addressees=("NDMC",),
            number=7,
            stated_at=NOON,
            values=example(code),
        ),
    )
    assert parse_paper(renderer.catalogue, sheet).values == example(code)


def test_a_receipt_too(renderer: Renderer) -> None:
    assert renderer.render_receipt(2, {20: 2}, header(), "ar", ZONES).direction == "rtl"


def test_no_folder_is_no_language(tmp_path: Path) -> None:
    assert load_site_languages(None) == ()
    assert load_site_languages(tmp_path / "languages") == ()


def test_what_a_language_lacks_is_said_and_it_is_not_offered(tmp_path: Path) -> None:
    folder = tmp_path / "languages"
    pseudo_arabic.write(folder, without="codebook.ftl")
    damaged = pseudo_arabic.write(folder, tag="fa") / "codebook.ftl"
    text = damaged.read_text(encoding="utf-8")
    damaged.write_text(text.replace("code-010 =", "code-9010 =").replace("{ $time }", "…"), encoding="utf-8")
    broken = pseudo_arabic.write(folder, tag="he") / "forms.ftl"
    broken.write_bytes(b"form-test = \xff")
    (folder / "english language").mkdir()
    (folder / "en").mkdir()
    found = {language.tag: language.said for language in load_site_languages(folder)}
    assert found["ar"] == "no codebook.ftl"
    assert found["fa"].startswith("missing: code-010; arguments of code-009: none instead of time;")
    assert found["fa"].endswith("more")
    assert found["he"] == "forms.ftl: UnicodeDecodeError"
    assert found["english language"] == "its name is no language tag"
    assert found["en"] == "the package has this language, and its texts are not replaced"
    assert load_renderer(folder).locales == LOCALES


def test_a_flood_of_folders_or_a_huge_file_is_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "languages"
    for letter in "abcdefghijklmnopq":
        (folder / f"a{letter}").mkdir(parents=True)
    (folder / "aa" / "forms.ftl").write_bytes(b"#" * (1024 * 1024 + 1))
    found = load_site_languages(folder)
    assert found[-1].problems == ("more than 16 languages",)
    assert found[0].problems[0] == "forms.ftl: ValueError"
