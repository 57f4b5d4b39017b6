"""VIINA 2.0 (Zhukov and Ayers): events of the war from the news, geocoded and classified by machine.

Three layouts, told apart by their header:

* ``event_info_latest_YYYY.zip``, one row for each place in each news report, with headline and address;
* ``event_1pd_latest_YYYY.zip``, one row for each kind of event, place and day, without any text, with labels;
* the same with the texts beside them, as studies cut it out: ``event_id_1pd`` to ``representative_text``.

The date is the local date of the news report and the time its time of publication, in Kyiv's clocks; 00:00 means that
nobody noted one. What is reported happened on that day, before that minute. Coordinates are the middle of what the
text names, so the uncertainty is that of a street, a settlement, a district or an oblast (GEO_PRECISION), and nothing
here is ever MEASURED. Numbers of events begin anew in each year's file, so that the year is part of the id.

Grade C3: media of both sides, most of them named and long at work, geocoded by machine: a report that names the
Zaporizhzhia plant is placed at the city, 55 km off.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from armslength.adapters.feed_places import (
    COUNTRY_M,
    DISTRICT_M,
    UNSTATED_M,
    region_code,
    settlement_reach_m,
    unit_reach_m,
)
from armslength.adapters.feed_reading import (
    TIME_OF_DAY_UNKNOWN,
    address_of,
    day_local,
    gather,
    line_of,
    minute_local,
    place_of,
    wrong,
)
from armslength.adapters.format_rows import clean_cell
from armslength.adapters.format_table import Layout, read_table
from armslength.core.errors import LocalError
from armslength.language.detect import detect
from armslength.register.admin_names import unit_of
from armslength.register.reports import Grade, Reliability, Report, ReportKind
from armslength.register.vocabularies import AIR_ALERT
from armslength.register.wording import read_wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.adapters.feed_reading import FeedOptions
    from armslength.adapters.format_rows import Row
    from armslength.adapters.format_unpack import OpenFile
    from armslength.core.instants import Instant
    from armslength.core.places import Place
    from armslength.register.importing import ImportRun

SOURCE: Final = "VIINA 2.0 (Zhukov and Ayers), ODbL 1.0"
"""The source and its licence; the headlines are the publishers' own, for the user's own use."""

ZONE: Final = "Europe/Kyiv"
"""Clocks of the news reports."""

STREET_M: Final = 1_000
"""A street or address as a machine found it in a headline."""

_GRADE: Final = Grade(reliability=Reliability.FAIRLY_RELIABLE, credibility=3)
_LAYOUT: Final = Layout(required=frozenset({"event_id_1pd", "date", "longitude", "latitude", "asciiname"}))
_NUMBER: Final = re.compile(r"[0-9]{1,12}")
_PRECISIONS: Final = frozenset({"STREET", "ADM3", "ADM2", "ADM1", "ADM0"})

LABELS: Final[tuple[tuple[str, str, str], ...]] = (
    ("t_airstrike_b", "air strike", "AIR-STRIKE"),
    ("t_uav_b", "uncrewed aircraft", "UNCREWED-AIRCRAFT-STRIKE"),
    ("t_artillery_b", "artillery, mortars or rockets", "SHELLING"),
    ("t_ied_b", "mine or explosive device", "MINING"),
    ("t_armor_b", "tanks", "TROOPS-AT-SITE"),
    ("t_firefight_b", "small arms", "SMALL-ARMS-FIRE"),
    ("t_raid_b", "raid", "TROOPS-AT-SITE"),
    ("t_occupy_b", "occupation", "TROOPS-AT-SITE"),
    ("t_airalert_b", "air-raid alarm", AIR_ALERT),
    ("t_aad_b", "air defence", "OTHER-ACTIVITY"),
    ("t_control_b", "claim of control", "OTHER-ACTIVITY"),
    ("t_property_b", "damage to property", "OTHER-ACTIVITY"),
    ("t_hospital_b", "hospital or aid convoy", "OTHER-ACTIVITY"),
    ("t_milcas_b", "military casualties", "OTHER-ACTIVITY"),
    ("t_civcas_b", "civilian casualties", "OTHER-ACTIVITY"),
    ("t_retreat_b", "retreat", "OTHER-ACTIVITY"),
    ("t_arrest_b", "arrest", "OTHER-ACTIVITY"),
    ("a_rus_init_b", "begun by Russian forces", "OTHER-ACTIVITY"),
    ("a_ukr_init_b", "begun by Ukrainian forces", "OTHER-ACTIVITY"),
)
"""Column of a label, its words, and what it makes the event; the first that is set decides. The label of cyber attacks
is left out: its authors advise against it."""


def read_viina(file: OpenFile, options: FeedOptions) -> ImportRun[Report]:
    """Return the events of a VIINA file, packed or not, as reports in the order of its rows.

    Raises:
        LocalError: FEED-HEADER, FEED-ROW and what the file raises.
    """
    table = read_table(file, _LAYOUT)
    columns = frozenset(table.header)
    if "text" in columns and "event_id" in columns:
        layout: type[_Event] = _Info
    elif "representative_text" in columns:
        layout = _Texts
    elif "t_mil_b" in columns:
        layout = _Labels
    else:
        raise LocalError("FEED-HEADER", expected="text, representative_text or t_mil_b", got="none of them")
    first_of: dict[str, str] = {}

    def report(row: Row) -> Report | str:
        return layout(row, options.received_at, first_of).report()

    return gather(file, SOURCE, table.rows, report, options, table.skipped)


class _Event:
    """One row; the layouts differ in what is said and by whom."""

    __slots__ = ("_first_of", "_received_at", "_row", "cells")

    def __init__(self, row: Row, received_at: Instant, first_of: dict[str, str]) -> None:
        self._row = row
        self._received_at = received_at
        self._first_of = first_of
        self.cells: Mapping[str, str] = row.cells

    def report(self) -> Report | str:
        """Return the row's report, or why it is left out."""
        text = self.text()
        if not text.strip():
            raise wrong("text", "a text", "nothing")
        reading_kind, what = self.reading(text)
        from_at, until_at = self.interval()
        place = place_of(self.cells["latitude"].strip(), self.cells["longitude"].strip())
        located_by, uncertainty_m = self.located(place)
        report_id = self.report_id()
        return Report(
            report_id=report_id,
            kind=reading_kind,
            from_at=from_at,
            until_at=until_at,
            place=place,
            uncertainty_m=uncertainty_m,
            what=what,
            who_says=self.media(),
            source=SOURCE,
            received_at=self._received_at,
            text=text,
            language=self.language(text),
            grade=_GRADE,
            place_name=line_of(self._row.clean("asciiname")),
            located_by=located_by,
            region=region_code(self._row.clean("ADM1_NAME")),
            address=self.address(),
            links=self.links(report_id),
            stands_for=self.count(),
        )

    # --- what the layouts differ in -----------------------------------------------------------------------------------

    def text(self) -> str:
        raise NotImplementedError

    def reading(self, text: str) -> tuple[ReportKind, str]:
        found = read_wording(text)
        return found.kind, found.what

    def language(self, text: str) -> str:
        # Told from the letters, text by text: the files say the language of the site, or nothing.
        return detect(text).value

    def media(self) -> str:
        raise NotImplementedError

    def address(self) -> str:
        return ""

    def links(self, _report_id: str) -> tuple[tuple[str, str], ...]:
        return ()

    def report_id(self) -> str:
        return f"viina:{self.year()}:{self.number('event_id_1pd')}"

    # --- what they share ----------------------------------------------------------------------------------------------

    def number(self, name: str) -> str:
        text = self.cells[name].strip()
        if not _NUMBER.fullmatch(text):
            raise wrong(name, "a number", text or "nothing")
        return text

    def year(self) -> str:
        return self.cells["date"].strip()[:4]

    def interval(self) -> tuple[Instant, Instant]:
        """Return the local day up to the minute of publication, where that was noted."""
        date, clock = self.cells["date"].strip(), self.cells.get("time", "").strip()
        began, ended = day_local(date, ZONE)
        if clock in {"", "NA", TIME_OF_DAY_UNKNOWN}:
            return began, ended
        return began, minute_local(date, clock, ZONE)[1]

    def located(self, place: Place) -> tuple[str, int]:
        """Return how the coordinates came about and how far the place is known, in metres."""
        precision = self.cells.get("GEO_PRECISION", "").strip().upper()
        if precision not in _PRECISIONS:
            # The cut-out has no such column: where a settlement is named the point is its middle.
            precision = "ADM3" if self.cells.get("geonameid", "").strip() not in {"", "NA"} else ""
        if precision == "STREET":
            return "ADDRESS", STREET_M
        if precision == "ADM3":
            geoname, feature = self.cells.get("geonameid", "").strip(), self.cells.get("feature_code", "").strip()
            return "SETTLEMENT", settlement_reach_m(geoname, feature)
        if precision == "ADM2":
            return "DISTRICT", DISTRICT_M
        if precision == "ADM1":
            # The point given is some settlement of it and not its middle.
            return "REGION", unit_reach_m(unit_of(self._row.clean("ADM1_NAME")), place)
        return ("COUNTRY", COUNTRY_M) if precision == "ADM0" else ("UNSTATED", UNSTATED_M)

    def count(self) -> int:
        return int(self.number("n_reports")) if self.cells.get("n_reports", "").strip() else 1


def _named(codes: str) -> str:
    names = ", ".join(dict.fromkeys(part for part in re.split(r"[|,;\s]+", clean_cell(codes)) if part))
    return line_of(f"{names or 'media not named'} (as VIINA names its sources)")


class _Texts(_Event):
    """Events of one day with the texts of their reports, several of them joined by two bars."""

    __slots__ = ()

    def text(self) -> str:
        return self.cells["representative_text"]

    def media(self) -> str:
        return _named(self.cells.get("sources_matching", ""))

    def address(self) -> str:
        return address_of(self.cells.get("source_urls", ""))


class _Info(_Event):
    """One place in one news report."""

    __slots__ = ()

    def text(self) -> str:
        return self.cells["text"]

    def media(self) -> str:
        return _named(self.cells.get("source", ""))

    def address(self) -> str:
        return address_of(self.cells.get("url", ""))

    def report_id(self) -> str:
        return f"viina:{self.year()}:report:{self.number('event_id')}"

    def links(self, report_id: str) -> tuple[tuple[str, str], ...]:
        # VIINA takes reports of one kind, place and day for one event; they stay apart here and point to the first.
        event = self.cells["event_id_1pd"].strip()
        if not event or event == "NA":
            return ()
        first = self._first_of.setdefault(f"{self.year()}:{event}", report_id)
        return () if first == report_id else (("SAME-EVENT", first),)


class _Labels(_Event):
    """Events of one day with labels and no text; ours says what the labels are."""

    __slots__ = ()

    def text(self) -> str:
        said = [words for column, words, _ in LABELS if self._is_set(column)]
        place = self._row.clean("asciiname") or "a place without a name"
        return (
            f"VIINA event {self.number('event_id_1pd')} of {self.cells['date'].strip()} at {place}: "
            f"{'; '.join(said) or 'no label'}. Labelled by machine; the texts are not in this file."
        )

    def reading(self, _text: str) -> tuple[ReportKind, str]:
        if self.cells.get("t_mil_b", "").strip() != "1":
            return ReportKind.EVENT, "OTHER-ACTIVITY"
        what = next((what for column, _, what in LABELS if self._is_set(column)), "OTHER-ACTIVITY")
        return ReportKind.WARNING if what == AIR_ALERT else ReportKind.EVENT, what

    def language(self, _text: str) -> str:
        return "en"

    def media(self) -> str:
        return _named(self.cells.get("sources", ""))

    def _is_set(self, column: str) -> bool:
        return self.cells.get(column, "").strip() in {"1", "1.0"}
