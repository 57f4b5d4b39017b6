"""UCDP Georeferenced Event Dataset: deadly events of organised violence, coded by researchers from the news.

Reads the columns of GED, with or without the second header of the humanitarian exchange language. Precision is a
column: where_prec says what the point is worth and date_prec how the dates are meant; both become the report's
uncertainty and interval, so that an event known to an oblast only is never inside a zone of 30 km.

Dates are local ones without a zone: in Ukraine the days of Kyiv's clocks, elsewhere every day that any clock has so.

Grade B: coded by one team by a published book; the digit is event_clarity, 1 clear is 2, 2 unclear is 3.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.adapters.feed_places import COUNTRY_M, DISTRICT_M, unit_reach_m
from armslength.adapters.feed_reading import day_local, day_utc, gather, last_of_day, line_of, place_of, wrong
from armslength.adapters.format_rows import clean_cell
from armslength.adapters.format_table import Layout, read_table
from armslength.core.instants import HOUR_US, Instant
from armslength.register.admin_names import unit_of
from armslength.register.reports import STANDS_FOR_MAX, Grade, Reliability, Report, ReportKind
from armslength.register.wording import read_wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.adapters.feed_reading import FeedOptions
    from armslength.adapters.format_rows import Row
    from armslength.adapters.format_unpack import OpenFile
    from armslength.core.places import Place
    from armslength.register.importing import ImportRun

SOURCE: Final = "UCDP Georeferenced Event Dataset, CC BY 4.0"
"""The source and its licence."""

HEADLINE_CHARS_MAX: Final = 2_000
"""Characters of the headlines that are kept; an event of fifty sources has more."""

_LAYOUT: Final = Layout(
    required=frozenset(
        {"id", "relid", "where_prec", "date_prec", "latitude", "longitude", "date_start", "date_end", "adm_1"}
    )
)
_WHERE: Final[Mapping[str, tuple[str, int]]] = MappingProxyType(
    {
        "1": ("SETTLEMENT", 5_000),
        "2": ("SETTLEMENT", 25_000),
        "3": ("DISTRICT", DISTRICT_M),
        "4": ("REGION", 0),
        "5": ("REGION", 100_000),
        "6": ("COUNTRY", COUNTRY_M),
        "7": ("UNSTATED", COUNTRY_M),
    }
)
"""where_prec: exact place, within some 25 km, raion, oblast (its own extent), line or area, country, sea or air."""

_DATE_PRECISIONS: Final = frozenset("12345")
_CLARITY: Final[Mapping[str, int]] = MappingProxyType({"1": 2, "2": 3})
_UKRAINE_ZONE: Final = "Europe/Kyiv"
_BEHIND_UTC_US, _AHEAD_OF_UTC_US = 12 * HOUR_US, 14 * HOUR_US


def read_ucdp(file: OpenFile, options: FeedOptions) -> ImportRun[Report]:
    """Return the events of a GED file as reports in the order of its rows.

    Raises:
        LocalError: FEED-HEADER, FEED-ROW and what the file raises.
    """
    table = read_table(file, _LAYOUT)

    def report(row: Row) -> Report:
        return _report(row, options.received_at)

    return gather(file, SOURCE, table.rows, report, options, table.skipped)


def _report(row: Row, received_at: Instant) -> Report:
    clean = row.clean
    unit = unit_of(clean("adm_1"))
    in_ukraine = clean("iso3") == "UKR" or clean("country") == "Ukraine"
    place = place_of(clean("latitude"), clean("longitude"))
    located_by, uncertainty_m = _located(clean("where_prec"), clean("adm_1"), place)
    from_at, until_at = _interval(row, in_ukraine=in_ukraine)
    headline = clean_cell(row.cells.get("source_headline", "")[:HEADLINE_CHARS_MAX])
    return Report(
        report_id=f"ucdp:{_number(row, 'id')}",
        kind=ReportKind.EVENT,
        from_at=from_at,
        until_at=until_at,
        place=place,
        uncertainty_m=uncertainty_m,
        what=read_wording(headline).what,
        who_says=line_of(clean("source_original") or clean("source_office")) or "UCDP's sources, not named",
        source=SOURCE,
        received_at=received_at,
        text=_text(row, headline),
        language="en",
        grade=_grade(clean("event_clarity")),
        place_name=line_of(clean("where_coordinates")),
        located_by=located_by,
        region=unit.iso if unit is not None else "UA" if in_ukraine else "",
        stands_for=_sources(clean("number_of_sources")),
    )


def _number(row: Row, name: str) -> str:
    text = row.clean(name)
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise wrong(name, "a number", text or "nothing")
    return text


def _located(where_prec: str, adm_1: str, place: Place) -> tuple[str, int]:
    if where_prec not in _WHERE:
        raise wrong("where_prec", "1 to 7", where_prec or "nothing")
    located_by, metres = _WHERE[where_prec]
    return located_by, metres or unit_reach_m(unit_of(adm_1), place)


def _interval(row: Row, *, in_ukraine: bool) -> tuple[Instant, Instant]:
    if row.clean("date_prec") not in _DATE_PRECISIONS:
        raise wrong("date_prec", "1 to 5", row.clean("date_prec") or "nothing")
    # "2014-01-22 00:00:00.000": the time of day is a filler.
    first, last = (row.clean(name).partition(" ")[0] for name in ("date_start", "date_end"))
    if in_ukraine:
        return day_local(first, _UKRAINE_ZONE)[0], day_local(last, _UKRAINE_ZONE)[1]
    began, ended = day_utc(first), last_of_day(day_utc(last))
    return Instant(began - _AHEAD_OF_UTC_US), Instant(ended + _BEHIND_UTC_US)


def _grade(clarity: str) -> Grade:
    if clarity not in _CLARITY:
        raise wrong("event_clarity", "1 or 2", clarity or "nothing")
    return Grade(reliability=Reliability.USUALLY_RELIABLE, credibility=_CLARITY[clarity])


def _sources(count: str) -> int:
    # -1 says that nobody counted them.
    return (
        min(int(count), STANDS_FOR_MAX)
        if count.isascii() and count.isdigit() and 0 < len(count) < 10 and int(count)
        else 1
    )


def _text(row: Row, headline: str) -> str:
    clean = row.clean
    said = [
        headline or "No headline in the data set",
        f"Place as UCDP words it: {clean('where_description') or clean('where_coordinates') or 'not worded'}",
        f"{clean('side_a') or 'side not named'} against {clean('side_b') or 'side not named'}",
    ]
    if clean("best"):
        said.append(f"Deaths: {clean('best')}, from {clean('low') or '?'} to {clean('high') or '?'}")
    return ". ".join(part.rstrip(".") for part in said) + "."
