"""Files of terms from outside: rows refused with their reasons, files refused as a whole, nothing fetched."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.adapters.terms_reading import TermReader
from armslength.core.errors import ArmslengthError, LocalError

READ = TermReader().read

DCA = """<?xml version="1.0"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader/><text><body>
<conceptEntry id="C 1"><descrip type="definition">A wall.</descrip>
<langSec xml:lang="en"><termSec><term>dam</term><termNote type="partOfSpeech">noun</termNote>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec></langSec>
<langSec xml:lang="ru"><termSec><term>плотина</term><termNote type="grammaticalGender">feminine</termNote>
<termNoteGrp><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termNoteGrp></termSec>
<termSec><term> </term></termSec></langSec></conceptEntry></body></text></tbx>"""


def test_rows_that_do_not_fit_are_refused_one_by_one() -> None:
    rows = "concept,language,term,status\ndam,en,dam,\n,en,lost,\ndam,ru,плотина,best\ndam,uk,гребля,preferred\n"
    found = READ("terms.csv", rows.encode())
    assert [one.term for one in found.terms] == ["dam", "гребля"]
    assert [(one.row, one.code) for one in found.refused] == [(3, "TERM-VALUE"), (4, "TERM-VALUE")]


def test_tbx_in_the_style_of_attributes_is_read() -> None:
    found = READ("terms.tbx", DCA.encode())
    assert [(one.concept, one.term, one.status.value, one.part, one.gender) for one in found.terms] == [
        ("c-1", "dam", "preferred", "n", ""),
        ("c-1", "плотина", "deprecated", "", "f"),
    ]
    assert {one.definition for one in found.terms} == {"A wall."}
    assert [one.row for one in found.refused] == [3]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("notRecommended", "deprecated"),
        ("obsolete", "deprecated"),
        ("admitted", "admitted"),
        ("admittedTerm-admn-sts", "admitted"),
        ("", "preferred"),
        ("do-not-use", None),
    ],
)
def test_what_a_file_advises_against_does_not_come_out_as_preferred(said: str, status: str | None) -> None:
    found = READ("terms.tbx", DCA.replace("preferredTerm-admn-sts", said).encode())
    assert [one.status.value for one in found.terms if one.language == "en"] == ([] if status is None else [status])
    assert [one.row for one in found.refused] == ([1, 3] if status is None else [3])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<martif/>", "TERM-FILE"),
        (b'<tbx type="TBX-Linguist" xmlns="urn:iso:std:iso:30042:ed-2"/>', "TERM-FILE"),
        (b'<tbx type="TBX-Core" style="xx" xmlns="urn:iso:std:iso:30042:ed-2"/>', "TERM-FILE"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><tbx>&a;</tbx>', "FILE-XML-ENTITY"),
        (b"<tbx", "FILE-FORMAT"),
        (b"concept,term\ndam,dam\n", "FILE-COLUMNS"),
        (b"x" * (8 * 1024 * 1024 + 1), "FILE-TOO-LARGE"),
    ],
)
def test_a_file_that_is_something_else_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(LocalError) as refused:
        READ("file", data)
    if code != "FILE-COLUMNS":
        assert refused.value.code == code


@given(st.binary(max_size=300), st.sampled_from([b"", b"concept,language,term\n", b"<tbx>"]))
def test_hostile_bytes_give_a_typed_error(data: bytes, start: bytes) -> None:
    with suppress(ArmslengthError):
        READ("file", start + data)
