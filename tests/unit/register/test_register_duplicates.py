"""What repeats is linked to the first of it, and nothing is ever left out."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from armslength.core.instants import Instant, parse_rfc3339
from armslength.core.places import Place
from armslength.register.duplicates import linked, text_key
from armslength.register.reports import Grade, Reliability, Report, ReportKind

AT = parse_rfc3339("2022-10-12T06:00:00Z")
HOUR = 3_600_000_000
TEXT = Report(
    report_id="a",
    kind=ReportKind.EVENT,
    from_at=AT,
    until_at=Instant(AT + HOUR),
    place=Place(lat_e7=475_000_000, lon_e7=345_000_000, precision_m=0),
    uncertainty_m=3_000,
    what="SHELLING",
    who_says="x",
    source="One source",
    received_at=AT,
    text="Зранку обстріляли підстанцію біля села",
    language="uk",
    grade=Grade(reliability=Reliability.FAIRLY_RELIABLE, credibility=3),
)
PIXEL = replace(
    TEXT,
    report_id="p",
    what="HOT-SPOT",
    until_at=Instant(AT + 59_999_999),
    text="Hot pixel; not evidence of shelling.",
    source="FIRMS, MODIS",
    place=Place(lat_e7=476_294_700, lon_e7=343_281_900, precision_m=0),
)


def moved(report: Report, north_e7: int = 0, east_e7: int = 0) -> Place:
    return replace(report.place, lat_e7=report.place.lat_e7 + north_e7, lon_e7=report.place.lon_e7 + east_e7)


def links(*reports: Report) -> list[tuple[tuple[str, str], ...]]:
    named = [replace(report, report_id=f"r{number}") for number, report in enumerate(reports)]
    found = linked(named)
    assert [replace(report, links=()) for report in found] == [replace(report, links=()) for report in named]
    return [report.links for report in found]


def test_one_text_in_several_places_and_days_is_linked_to_the_first() -> None:
    later = replace(TEXT, from_at=Instant(AT + 48 * HOUR), until_at=Instant(AT + 49 * HOUR), place=moved(TEXT, 10**7))
    said_alike = replace(later, text="Зранку обстрiляли  підстанцію, біля «села»!")
    assert links(TEXT, later, said_alike) == [(), (("SAME-TEXT", "r0"),), (("SAME-TEXT", "r0"),)]


def test_a_few_words_that_everybody_uses_are_no_text_told_twice() -> None:
    short = replace(TEXT, text="Вибух у Києві")
    assert links(short, replace(short, from_at=AT, place=moved(TEXT, 10**7))) == [(), ()]


def test_one_address_is_linked() -> None:
    first = replace(TEXT, address="https://example.org/a")
    second = replace(first, text="Щось зовсім інше було сказано тут", place=moved(TEXT, 10**7))
    assert links(first, second) == [(), (("SAME-ADDRESS", "r0"),)]


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"place": replace(PIXEL.place, lat_e7=476_295_000, lon_e7=343_282_000)}, True),
        ({"place": moved(PIXEL, 30_000)}, False),
        ({"place": moved(PIXEL, 0, 50_000)}, False),
        ({"from_at": Instant(AT + 60_000_000), "until_at": Instant(AT + 119_999_999)}, False),
        ({"source": "FIRMS, VIIRS"}, False),
        ({"until_at": Instant(AT + 86_399_999_999)}, False),
    ],
)
def test_one_detection_written_with_other_digits_is_the_same_one(change: dict[str, object], same: bool) -> None:
    second = replace(PIXEL, **change)  # type: ignore[arg-type] - a table of changes
    assert links(PIXEL, second) == [(), (("SAME-DETECTION", "r0"),) if same else ()]


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"place": moved(TEXT, 300_000)}, True),
        ({"source": "One source"}, False),
        ({"what": "MINING"}, False),
        ({"kind": ReportKind.DENIAL}, False),
        ({"place": moved(TEXT, 900_000)}, False),
        ({"from_at": Instant(AT + 20 * HOUR), "until_at": Instant(AT + 21 * HOUR)}, False),
        ({"until_at": Instant(AT + 100 * HOUR)}, False),
    ],
)
def test_another_source_of_one_activity_near_in_time_and_place_may_tell_of_one_event(
    change: dict[str, object],
    same: bool,
) -> None:
    second = replace(TEXT, **{"source": "Another source", "text": "Інші слова про те саме місце", **change})  # type: ignore[arg-type] - as above
    assert links(TEXT, second) == [(), (("SAME-EVENT", "r0"),) if same else ()]


def test_alarms_and_reports_of_nothing_in_particular_are_no_one_event() -> None:
    alarm = replace(TEXT, what="AIR-ALERT", kind=ReportKind.WARNING, text="Air-raid alarm: Selo oblast, all of it")
    assert links(alarm, alarm) == [(), ()]
    general = replace(TEXT, what="OTHER-ACTIVITY")
    assert links(general, replace(general, source="Another", text="Інші слова про те саме місце")) == [(), ()]


def test_reports_known_before_are_linked_to_and_not_given_again() -> None:
    (second,) = linked([replace(TEXT, report_id="b")], earlier=[TEXT])
    assert second.links == (("SAME-TEXT", "a"),)
    assert linked([TEXT], earlier=[TEXT])[0].links == ()


def test_links_given_by_a_source_are_kept_and_their_number_is_bounded() -> None:
    many = tuple(("UPDATES", f"u{number}") for number in range(64))
    first, second = linked([TEXT, replace(TEXT, report_id="b", links=many)])
    assert (first.links, second.links) == ((), many)
    assert linked([replace(TEXT, report_id=None), TEXT])[1].links == ()


def test_the_key_of_a_text_or_a_detection_holds_no_text() -> None:
    key = text_key(TEXT)
    assert len(key) == 16
    assert key == text_key(replace(TEXT, report_id="b", text=TEXT.text.upper() + "!"))
    assert key != text_key(replace(TEXT, text="Інше"))
    assert text_key(PIXEL) == text_key(replace(PIXEL, report_id="q", text="Other words."))
    assert text_key(replace(PIXEL, until_at=Instant(AT + 86_399_999_999))) == ""


def test_a_crowd_in_one_cell_costs_no_square() -> None:
    crowd = [
        replace(TEXT, report_id=f"c{number}", text=f"Слово {number} про обстріл", source=f"s{number % 2}")
        for number in range(3_000)
    ]
    apart = [replace(one, place=moved(one, 0, 20 * number)) for number, one in enumerate(crowd)]
    began = process_time()
    linked(apart)
    assert process_time() - began < 60  # a quadratic takes hours
