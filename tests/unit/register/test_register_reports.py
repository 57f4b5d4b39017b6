"""A report is kept as it came: its kind, its doubt, its language and its grade survive the record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core import cbor
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import Instant, parse_rfc3339
from armslength.core.limits import TEXT_BYTES_MAX
from armslength.core.places import Place
from armslength.register.reports import (
    UNCERTAINTY_M_MAX,
    Acknowledged,
    Grade,
    Reliability,
    Report,
    ReportKind,
    parse_report,
    report_body,
)

BEGAN = parse_rfc3339("2022-11-19T16:00:00Z")
ENDED = parse_rfc3339("2022-11-20T10:00:00Z")

REPORT = Report(
    report_id="IAEA-2022-11-20",
    kind=ReportKind.EVENT,
    from_at=BEGAN,
    until_at=ENDED,
    place=Place(lat_e7=475122000, lon_e7=345858000, precision_m=12),
    uncertainty_m=1000,
    what="UNKNOWN-EXPLOSIONS",
    who_says="IAEA",
    source="statement",
    received_at=ENDED,
    text="Вибухи.\nДва рядки.",
    language="uk",
    grade=Grade(reliability=Reliability.COMPLETELY_RELIABLE, credibility=2),
)


@pytest.mark.parametrize("kind", list(ReportKind))
@pytest.mark.parametrize("report_id", ["R-1", None])
def test_a_report_comes_back_from_the_bytes_of_its_record(kind: ReportKind, report_id: str | None) -> None:
    report = replace(REPORT, kind=kind, report_id=report_id)
    body = cbor.decode(cbor.encode(report_body(report)))
    assert parse_report(body) == report  # type: ignore[arg-type]
    assert (20 in report_body(report)) is (report_id is not None)


def test_what_else_a_source_says_comes_back_and_two_links_stay_two() -> None:
    report = replace(
        REPORT,
        acknowledged_by=(
            Acknowledged(who="Ministry of Defence", at=ENDED, source="press"),
            Acknowledged(who="governor", at=None, source="press"),
        ),
        place_name="Enerhodar",
        located_by="SETTLEMENT",
        region="UA-23",
        address="https://example.invalid/1?a=b",
        links=(("SAME-TEXT", "viina:1"), ("DENIES", "viina:2")),
        stands_for=156,
    )
    body = cbor.decode(cbor.encode(report_body(report)))
    assert parse_report(body) == report  # type: ignore[arg-type]
    assert max(report_body(REPORT)) == 31


@pytest.mark.parametrize("reliability", list(Reliability))
@pytest.mark.parametrize("credibility", range(1, 7))
def test_every_grade_of_the_admiralty_code_is_written_as_people_write_it(
    reliability: Reliability, credibility: int
) -> None:
    grade = Grade(reliability=reliability, credibility=credibility)
    assert grade.short == f"{reliability.value}{credibility}"
    assert parse_report(report_body(replace(REPORT, grade=grade))).grade == grade


@pytest.mark.parametrize("credibility", [0, 7, -1])
def test_there_is_no_other_grade(credibility: int) -> None:
    with pytest.raises(LocalError, match="REPORT-VALUE"):
        Grade(reliability=Reliability.FAIRLY_RELIABLE, credibility=credibility)


def test_a_moment_is_an_interval_too() -> None:
    assert replace(REPORT, until_at=BEGAN).until_at == BEGAN


@pytest.mark.parametrize(
    "change",
    [
        {"located_by": "GUESSED"},
        {"region": "Zaporizka"},
        {"address": "javascript:alert(1)"},
        {"links": (("SAME-TEXT", "not an id"),)},
        {"links": (("LIKES", "viina:1"),)},
        {"links": (("SAME-TEXT", "viina:1"),) * 65},
        {"stands_for": 0},
        {"report_id": ""},
        {"report_id": "a b"},
        {"what": "RUMOUR"},
        {"who_says": ""},
        {"source": " "},
        {"language": "Ukrainian"},
        {"text": " \n "},
        {"uncertainty_m": -1},
        {"uncertainty_m": UNCERTAINTY_M_MAX + 1},
        {"until_at": Instant(BEGAN - 1)},
    ],
    ids=str,
)
def test_a_report_that_cannot_be_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(LocalError, match="REPORT-VALUE"):
        replace(REPORT, **change)


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(LocalError, match="TEXT-SIZE"):
        replace(REPORT, text="x" * (TEXT_BYTES_MAX + 1))


@pytest.mark.parametrize(
    ("number", "value"),
    [
        *((number, None) for number in range(21, 32)),
        (21, "RUMOUR"),
        (22, (BEGAN,)),
        (22, (BEGAN, "later")),
        (22, (0, 1)),
        (23, (0, 0)),
        (23, "here"),
        (24, -1),
        (31, ("G", 1)),
        (31, ("A", "1")),
        (31, ("A",)),
        (31, (1, 1)),
    ],
)
def test_a_body_with_a_wrong_or_missing_field_is_refused(number: int, value: Any) -> None:
    with pytest.raises(LocalError, match="REPORT-VALUE"):
        parse_report({**report_body(REPORT), number: value})


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(max_size=6) | st.binary(max_size=4),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=6,
)


@given(number=st.integers(20, 31), value=VALUES)
def test_whatever_stands_in_a_field_the_answer_is_a_report_or_a_typed_error(number: int, value: Any) -> None:
    try:
        parsed = parse_report({**report_body(REPORT), number: value})
    except ArmslengthError:
        return
    assert parse_report(report_body(parsed)) == parsed
