"""Sheets in type: what stands on one is set as it is, in its realm, on pages that can be told apart, byte for byte."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import pytest

from armslength.adapters import print_typst
from armslength.adapters.print_typst import TypstPrinter, right_to_left, sheet_data
from armslength.core.errors import LocalError
from armslength.core.instants import Instant
from armslength.core.realm import Realm
from armslength.core.text import visible
from armslength.desk.printing import Blanks, Boxes, Fields, Heading, Paragraph, Sheet, Spoken, Table

HOSTILE = (
    '#panic("no")',
    "$x$ #set page(width: 1pt)",
    '"quoted" \\ backslash',
    "= no heading\n- no list\n/ no term: x",
    "*no* _emphasis_ `raw` <label> @ref",
    '#read("/etc/passwd") #import "@preview/x:1.0.0"',
    "// no comment /* nor this */ https://example.invalid",
    "\u202ereversed\u202c and \x07 a bell",
)

SHEET = Sheet(
    title="Call sheet",
    subtitle="eucom-ndmc",
    realm=Realm.EXERCISE,
    made_at=Instant(1_668_942_000_000_000),
    parts=(
        Heading(text="Before you call"),
        Paragraph(text="UNVERIFIED", strong=True),
        Paragraph(text="plain"),
        Fields(pairs=(("Channel", "eucom-ndmc"), ("Officer", ""))),
        Table(head=("What", "Sent"), rows=(("Place", "47.5122N"), ("short",), ("long", "er", "than the head"))),
        Table(head=("a", "b"), rows=(), widths=(1, 3)),
        Boxes(labels=("reached", "busy")),
        Blanks(label="Notes", count=3),
        Spoken(step="Greeting", ours="Good day.", theirs="Добрый день.", pronunciation="Dobry den."),
        Spoken(step="", ours="", theirs="مرحبا", pronunciation=""),
    ),
)


def long_sheet(lines: int) -> Sheet:
    return replace(SHEET, one_page=True, parts=tuple(Paragraph(text=f"line {number}") for number in range(lines)))


def pages(sheet: Sheet) -> int:
    return len(TypstPrinter().pictures(sheet, 20))


def glyphs(text: str) -> int:
    """Count the letters that are drawn of a text, each by itself: as an outline of its own in the picture."""
    only = replace(SHEET, title="T", subtitle="", parts=(Paragraph(text=text),))
    return sum(page.count(b"<use ") for page in TypstPrinter()._set(only, "svg"))


def test_every_part_is_set_and_the_same_sheet_gives_the_same_bytes() -> None:
    first, second = TypstPrinter().pdf(SHEET), TypstPrinter().pdf(SHEET)
    assert first.startswith(b"%PDF-")
    assert first == second
    assert TypstPrinter().pdf(replace(SHEET, made_at=Instant(SHEET.made_at + 1_000_000))) != first


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_a_command_is_set_as_itself(text: str) -> None:
    """Every letter of it is drawn, and nothing else happens to the page."""
    parts = (
        Heading(text=text),
        Paragraph(text=text),
        Fields(pairs=((text, text),)),
        Table(head=(text,), rows=((text,),)),
        Boxes(labels=(text,)),
        Blanks(label=text, count=1),
        Spoken(step=text, ours=text, theirs=text, pronunciation=text),
    )
    hostile = replace(SHEET, title=text, subtitle=text, parts=parts)
    assert pages(hostile) == 1
    assert glyphs(text) - glyphs("x") == len("".join(visible(text).split())) - 1


def test_what_draws_nothing_is_made_visible() -> None:
    data = sheet_data(replace(SHEET, title=HOSTILE[-1], parts=(Fields(pairs=(("a", HOSTILE[-1]),)),)))
    assert data["title"].startswith("[U+202E]reversed")
    assert data["parts"][0]["pairs"][0][1] == data["title"]


def test_a_row_keeps_to_the_columns_of_its_head() -> None:
    rows = sheet_data(SHEET)["parts"][4]["rows"]
    assert rows == [["Place", "47.5122N"], ["short", ""], ["long", "er"]]


@pytest.mark.parametrize(
    ("lines", "fits"),
    [(10, True), (50, True), (80, False)],
)
def test_one_page_is_set_smaller_and_never_too_small(lines: int, *, fits: bool) -> None:
    if fits:
        assert pages(long_sheet(lines)) == 1
        return
    with pytest.raises(LocalError, match="SHEET-TOO-LONG"):
        TypstPrinter().pdf(long_sheet(lines))
    assert pages(replace(long_sheet(lines), one_page=False)) > 1


def test_what_is_larger_than_any_ledger_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(print_typst, "SHEET_BYTES_MAX", 100)
    with pytest.raises(LocalError, match="SHEET-TOO-LONG"):
        TypstPrinter().pdf(SHEET)


def test_each_realm_and_direction_is_another_page() -> None:
    changes: tuple[dict[str, Any], ...] = ({"realm": Realm.REAL}, {"language": "ar"}, {"landscape": True})
    made = {TypstPrinter().pictures(replace(SHEET, **change), 30)[0] for change in ({}, *changes)}
    assert len(made) == len(changes) + 1


@pytest.mark.parametrize(
    ("tag", "answer"),
    [("ar", True), ("ar-EG", True), ("he", True), ("az-Arab", True), ("en", False), ("ru", False), ("x", False)],
)
def test_the_tag_tells_the_direction(tag: str, *, answer: bool) -> None:
    assert right_to_left(tag) is answer
    assert sheet_data(replace(SHEET, language=tag))["rtl"] is answer


def test_a_tag_that_the_setter_does_not_know_is_set_as_english() -> None:
    assert [sheet_data(replace(SHEET, language=tag))["lang"] for tag in ("ru-RU", "x-pseudo", "uk")] == [
        "ru",
        "en",
        "uk",
    ]


def test_a_house_without_typst_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(LocalError, match="PRINT-MISSING"):
        TypstPrinter().pdf(SHEET)
