"""One value as text, by its kind; and raw when it does not fit, so that nothing accepted is ever unreadable."""

from __future__ import annotations

import pytest

from armslength.adapters.format_fluent import load_renderer
from armslength.core.cbor import CborValue, Tagged
from armslength.core.instants import parse_rfc3339
from armslength.language.values import RAW_DEPTH_MAX, Context, instant_text, quoted, raw, show
from armslength.line.form_types import FieldKind as Kind
from armslength.line.form_types import FormField
from unit.line.message_values import HASH, ZNPP

ZONES = (("EUCOM", "Europe/Berlin"),)
NOON = parse_rfc3339("2022-11-20T12:00:00Z")


def shown(kind: Kind, value: CborValue, vocabulary: str | None = None, unit: str | None = None) -> str:
    renderer = load_renderer()
    context = Context(texts=renderer.texts("en"), vocabularies=renderer.catalogue.vocabularies, zones=ZONES)
    grades = "PILLAR_STATUS" if kind is Kind.STATUSES else None
    field = FormField(number=100, name="x", kind=kind, vocabulary=vocabulary, grades=grades, unit=unit)
    return show(field, value, context)


GRID = "47.51220N 34.58580E, MGRS 36T XT 19403 63304, precision 10 m"


@pytest.mark.parametrize(
    ("kind", "value", "vocabulary", "unit", "expected"),
    [
        (Kind.CODE, "SHELLING", "ACTIVITY", None, "artillery shelling"),
        (Kind.CODE, "PARADE", "ACTIVITY", None, 'code "PARADE", which this node does not know'),
        (Kind.CODES, ("FLOODING", "NEW"), "HAZARD", None, 'flooding; code "NEW", which this node does not know'),
        (Kind.STATUSES, (("OFF-SITE-POWER", "LOST"),), "PILLAR", None, "4 secure off-site power supply: lost"),
        (Kind.PLACE, ZNPP, None, None, GRID),
        (Kind.AREA, ("CIRCLE", ZNPP, 1500), None, None, f"circle: {GRID}, radius 1500 m"),
        (Kind.WORD, "UA-ZNPP\u202e", None, None, "UA-ZNPP[U+202E]"),
        (Kind.PARTY, "EUCOM", None, None, "EUCOM"),
        (Kind.FACILITY, ("АЕС", "uk", "DAM"), None, None, '"АЕС" (uk), dam'),
        (Kind.NAMES, ("one", "two\n"), None, None, '"one"; "two[U+000A]"'),
        (Kind.COUNT, 12, None, None, "12"),
        (Kind.COUNT, 12_345, None, "persons", "12345 persons"),
        (Kind.DURATION, 90, None, None, "90 s"),
        (Kind.HASH, HASH, None, None, HASH.hex()),
        (Kind.FLAG, False, None, None, "no"),
        (Kind.PRECEDENCE, 3, None, None, "FLASH"),
        (Kind.RELATION, ("adds", HASH), "RELATION_VERB", None, f"adds to the earlier message: {HASH.hex()}"),
        # What does not fit its kind is shown as it came.
        (Kind.CODES, "FLOODING", "HAZARD", None, '"FLOODING"'),
        (Kind.STATUSES, (("OFF-SITE-POWER",),), "PILLAR", None, '[["OFF-SITE-POWER"]]'),
        (Kind.PLACE, (1, 2), None, None, "[1, 2]"),
        (Kind.AREA, (), None, None, "[]"),
        (Kind.INSTANT, -1, None, None, "-1"),
        (Kind.WINDOW, (1,), None, None, "[1]"),
        (Kind.WINDOW, (1, 2), None, None, "[1, 2]"),
        (Kind.FACILITY, ("АЕС", 1, "DAM"), None, None, '["АЕС", 1, "DAM"]'),
        (Kind.NAMES, (1,), None, None, "[1]"),
        (Kind.COUNT, True, None, None, "true"),
        (Kind.DURATION, None, None, None, "null"),
        (Kind.HASH, 1, None, None, "1"),
        (Kind.FLAG, 1, None, None, "1"),
        (Kind.PRECEDENCE, 9, None, None, "9"),
        (Kind.PRECEDENCE, "FLASH", None, None, '"FLASH"'),
        (Kind.RELATION, ("adds",), "RELATION_VERB", None, '["adds"]'),
        (Kind.TEXT, 7, None, None, "7"),
    ],
)
def test_a_value_is_shown_by_its_kind(
    kind: Kind, value: CborValue, vocabulary: str | None, unit: str | None, expected: str
) -> None:
    assert shown(kind, value, vocabulary, unit) == expected


def test_areas_of_several_places_number_them() -> None:
    corners = ((0, 0, 0), (0, 10_000, 0), (10_000, 0, 0))
    polygon = shown(Kind.AREA, ("POLYGON", corners)).splitlines()
    assert polygon[0] == "polygon"
    assert [line[:2] for line in polygon[1:]] == ["1)", "2)", "3)"]
    assert shown(Kind.AREA, ("ROUTE", corners, 300)).splitlines()[0] == "route, corridor 300 m wide"


def test_a_window_has_both_ends_on_all_clocks() -> None:
    start, end = shown(Kind.WINDOW, (NOON, NOON + 60_000_000)).splitlines()
    assert start == "201200Z NOV 22 | 2022-11-20T12:00:00Z | EUCOM 20 Nov 2022 13:00 CET (UTC+1)"
    assert end.startswith("until 201201Z NOV 22 | ")


def test_a_year_that_two_digits_cannot_tell_is_written_out() -> None:
    assert instant_text(parse_rfc3339("1999-12-31T23:59:00Z"), ()) == "1999-12-31T23:59:00Z"


def test_raw_values_are_readable_and_bounded() -> None:
    assert raw({1: (True, None, b"\xff"), 2: Tagged(18, "x")}) == "{1: [true, null, h'ff'], 2: 18(\"x\")}"
    deep: CborValue = 7
    for _ in range(RAW_DEPTH_MAX + 5):
        deep = (deep,)
    assert "..." in raw(deep)
    assert "7" not in raw(deep)


def test_a_quotation_mark_cannot_end_the_quotation() -> None:
    assert quoted('a", "b\n') == "\"a'', ''b[U+000A]\""
