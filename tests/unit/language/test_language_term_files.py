"""Terms as files: what is written is read again as the same, in CSV and in both dialects and styles of TBX."""

from __future__ import annotations

from dataclasses import replace

import pytest

from armslength.adapters.terms_reading import TermReader
from armslength.core.errors import LocalError
from armslength.language.term_files import DIALECTS, STYLES, to_csv, to_tbx
from armslength.language.terms import Term, shipped_terms

SOME = tuple(replace(one, own=True) for one in shipped_terms()[:60])
AWKWARD = Term(concept="a1", language="en", term='=SUM(A1) <b> & "q"', note="-x, y", own=True)


def test_csv_comes_back_as_it_went_and_runs_no_formula() -> None:
    text = to_csv((*SOME, AWKWARD))
    assert "'=SUM(A1)" in text
    found = TermReader().read("terms.csv", text.encode())
    assert (found.reader, found.refused) == ("csv", ())
    assert found.terms == (*SOME, AWKWARD)


@pytest.mark.parametrize("style", STYLES)
def test_tbx_basic_comes_back_with_its_categories(style: str) -> None:
    found = TermReader().read("terms.tbx", to_tbx((*SOME, AWKWARD), style=style).encode())
    assert (found.reader, found.refused) == ("tbx", ())
    kept = [(one.concept, one.language, one.term, one.status, one.part, one.source) for one in found.terms]
    assert kept == [(one.concept, one.language, one.term, one.status, one.part, one.source) for one in (*SOME, AWKWARD)]


@pytest.mark.parametrize("style", STYLES)
def test_tbx_core_keeps_words_and_notes(style: str) -> None:
    text = to_tbx(SOME, dialect="TBX-Core", style=style)
    assert "admn-sts" not in text
    found = TermReader().read("terms.tbx", text.encode())
    assert [(one.language, one.term, one.note) for one in found.terms] == [
        (one.language, one.term, one.note) for one in SOME
    ]


def test_another_dialect_is_refused() -> None:
    for dialect, style in (("TBX-Linguist", "dct"), (DIALECTS[0], "own")):
        with pytest.raises(LocalError):
            to_tbx(SOME, dialect=dialect, style=style)
