"""One value on paper and back: the same in every language, refused when it is not such a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.adapters.format_fluent import catalogue
from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339
from armslength.language.paper_values import (
    Codes,
    grouped,
    one_line,
    read_instant,
    read_value,
    ungrouped,
    without_gloss,
    write_instant,
    write_value,
)
from armslength.line.form_types import FieldKind as Kind
from armslength.line.form_types import FormField
from unit.line.message_values import HASH, ZNPP

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue

CODES = Codes(numbers=catalogue().vocabularies, say=lambda vocabulary, code: f"{vocabulary} {code}".lower())
HEX = "0001 0203 0405 0607 0809 0A0B 0C0D 0E0F 1011 1213 1415 1617 1819 1A1B 1C1D 1E1F"
NOON = parse_rfc3339("2022-11-20T12:00:00Z")
PLACE = "47.5122000 N 034.5858000 E 10 M"


def field(kind: Kind) -> FormField:
    tables = {
        Kind.CODE: "ACTIVITY",
        Kind.CODES: "HAZARD",
        Kind.STATUSES: "PILLAR",
        Kind.RELATION: "RELATION_VERB",
    }
    grades = "PILLAR_STATUS" if kind is Kind.STATUSES else None
    return FormField(number=100, name="x", kind=kind, vocabulary=tables.get(kind), grades=grades)


CASES: list[tuple[Kind, CborValue, str]] = [
    (Kind.CODE, "MISSILE-STRIKE", "03"),
    (Kind.CODES, ("TOXIC-RELEASE", "FLOODING"), "03 02"),
    (Kind.STATUSES, (("OFF-SITE-POWER", "HELD"), ("COMMUNICATIONS", "NOT-KNOWN")), "04=01 07=05"),
    (Kind.PLACE, ZNPP, PLACE),
    (Kind.PLACE, (-5, -1_800_000_000, 0), "00.0000005 S 180.0000000 W 0 M"),
    (Kind.AREA, ("CIRCLE", ZNPP, 1500), f"01 {PLACE} R 1500"),
    (Kind.AREA, ("ROUTE", (ZNPP, (0, 0, 0)), 300), f"03 {PLACE}; 00.0000000 N 000.0000000 E 0 M C 300"),
    (Kind.INSTANT, NOON, "2022-11-20 12:00Z"),
    (Kind.WINDOW, (NOON, NOON + 1), "2022-11-20 12:00Z > 2022-11-20 12:00:00.000001Z"),
    (Kind.WORD, "UA (ZNPP)", "UA (ZNPP)"),
    (Kind.PARTY, "EUCOM", "EUCOM"),
    (Kind.FACILITY, ("Запорізька АЕС (Енергодар)", "uk", "DAM"), "03 uk Запорізька АЕС (Енергодар)"),
    (Kind.FACILITY, (" x", "a b", "DAM"), "03 a[U+0020]b [U+0020]x"),
    (Kind.COUNT, 0, "0"),
    (Kind.DURATION, 90, "90"),
    (Kind.PRECEDENCE, 3, "3"),
    (Kind.HASH, HASH, HEX),
    (Kind.FLAG, True, "1"),
    (Kind.FLAG, False, "0"),
    (Kind.RELATION, ("recalls", HASH), f"01 {HEX}"),
]


@pytest.mark.parametrize(("kind", "value", "text"), CASES)
def test_a_value_is_written_and_read_back(kind: Kind, value: CborValue, text: str) -> None:
    written = write_value(field(kind), value, CODES)
    assert written is not None
    assert written.value == text
    with_gloss = f"{written.value} ({written.gloss})" if written.gloss else written.value
    assert without_gloss(kind, with_gloss) == text
    assert read_value(field(kind), with_gloss, CODES) == value


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.CODE, "PARADE"),
        (Kind.CODE, 7),
        (Kind.CODES, ()),
        (Kind.STATUSES, (("OFF-SITE-POWER",),)),
        (Kind.PLACE, (0, 0)),
        (Kind.AREA, ("CIRCLE", ZNPP, 0)),
        (Kind.INSTANT, 0),
        (Kind.WINDOW, (NOON,)),
        (Kind.WORD, ""),
        (Kind.FACILITY, ("", "uk", "DAM")),
        (Kind.COUNT, -1),
        (Kind.COUNT, True),
        (Kind.HASH, b"short"),
        (Kind.FLAG, 1),
        (Kind.TEXT, "has lines of its own"),
        (Kind.NAMES, ("as well",)),
    ],
)
def test_what_has_no_line_of_its_kind_is_left_to_the_raw_form(kind: Kind, value: CborValue) -> None:
    assert write_value(field(kind), value, CODES) is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.CODE, "99"),
        (Kind.CODE, "SHELLING"),
        (Kind.CODES, "01  02"),
        (Kind.STATUSES, "04"),
        (Kind.STATUSES, "04=99"),
        (Kind.PLACE, "47.5122 N 034.5858 E 10 M"),
        (Kind.PLACE, "99.0000000 N 034.5858000 E 10 M"),
        (Kind.AREA, f"01 {PLACE}"),
        (Kind.AREA, f"02 {PLACE} R 5"),
        (Kind.AREA, f"01 {PLACE}; {PLACE} R 5"),
        (Kind.AREA, f"02 {PLACE}; {PLACE}; {PLACE}"),
        (Kind.AREA, "nowhere"),
        (Kind.INSTANT, "2022-11-31 12:00Z"),
        (Kind.INSTANT, "2022-11-20 12:00"),
        (Kind.WINDOW, "2022-11-20 12:00Z"),
        (Kind.FACILITY, "03 uk"),
        (Kind.WORD, "[U+FFFFFF]"),
        (Kind.COUNT, "-1"),
        (Kind.COUNT, "9" * 21),
        (Kind.COUNT, "١"),
        (Kind.HASH, "00 01"),
        (Kind.HASH, HEX.replace("0", "G")),
        (Kind.FLAG, "yes"),
        (Kind.RELATION, HEX),
    ],
)
def test_what_is_no_such_value_is_refused_by_its_field(kind: Kind, text: str) -> None:
    with pytest.raises(LocalError, match=r"PAPER-LINE.*100 x"):
        read_value(field(kind), text, CODES)


@pytest.mark.parametrize(
    ("at", "text", "gloss"),
    [
        ("2022-11-20T09:15:00Z", "2022-11-20 09:15Z", "200915Z NOV 22"),
        ("2022-11-20T09:15:07Z", "2022-11-20 09:15:07Z", "200915Z NOV 22"),
        ("2022-11-20T09:15:00.000001Z", "2022-11-20 09:15:00.000001Z", "200915Z NOV 22"),
        ("1999-12-31T23:59:00Z", "1999-12-31 23:59Z", ""),
    ],
)
def test_instants_are_exact_and_short(at: str, text: str, gloss: str) -> None:
    assert write_instant(parse_rfc3339(at)) == (text, gloss)
    assert read_instant(text) == parse_rfc3339(at)


def test_bytes_are_read_aloud_in_groups() -> None:
    assert grouped(b"\x00\xff\x10") == "00FF 10"
    assert ungrouped("00ff10") == b"\x00\xff\x10"
    with pytest.raises(LocalError, match="PAPER-LINE"):
        ungrouped("0")


def test_texts_and_names_take_lines_of_their_own() -> None:
    assert not one_line("text")
    assert not one_line("names")
    assert not one_line("sites")
    assert not one_line("phrases")
    assert all(one_line(kind) for kind in Kind if kind not in (Kind.TEXT, Kind.NAMES, Kind.SITES, Kind.PHRASES))
