"""Official air-raid alarms of Ukraine: context for what else is reported, and never a trigger.

Reads the table of Vadimkin/ukrainian-air-raid-sirens-dataset, official alarms. An alarm is in force over a whole
oblast, raion or hromada, which is no place; the report stands at the middle of the oblast and says how far the oblast
reaches. Alarms nest: those of raions lie within one of their oblast and stay reports of their own.

Alarms that are permanent are not in the data set (Luhansk oblast since 4 April 2022, Crimea since 10 December 2022), so
that no row of an oblast says nothing about it. An alarm without an end is taken to last until the file was received.

Grade B2: the alarms are official, the table is kept by a volunteer.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from armslength.adapters.feed_places import unit_extent
from armslength.adapters.feed_reading import compact, gather, line_of, wrong
from armslength.adapters.format_table import Layout, read_table
from armslength.core.errors import LocalError
from armslength.core.instants import DAY_US, HOUR_US, Instant, parse_rfc3339
from armslength.register.admin_names import unit_of
from armslength.register.reports import Grade, Reliability, Report, ReportKind
from armslength.register.vocabularies import AIR_ALERT

if TYPE_CHECKING:
    from armslength.adapters.feed_reading import FeedOptions
    from armslength.adapters.format_rows import Row
    from armslength.adapters.format_unpack import OpenFile
    from armslength.register.admin_names import AdminUnit
    from armslength.register.importing import ImportRun

SOURCE: Final = "Official air-raid alarms, Vadimkin/ukrainian-air-raid-sirens-dataset, MIT"
"""The source and its licence."""

LONG_US: Final = DAY_US
"""An alarm longer than a day is said to be one in its text: it covers every event of its oblast and tells of none."""

_LAYOUT: Final = Layout(required=frozenset({"oblast", "started_at", "finished_at"}))
_LEVELS: Final = frozenset({"oblast", "raion", "hromada"})
_GRADE: Final = Grade(reliability=Reliability.USUALLY_RELIABLE, credibility=2)


def read_sirens(file: OpenFile, options: FeedOptions) -> ImportRun[Report]:
    """Return the alarms of a file as reports in the order of its rows.

    Raises:
        LocalError: FEED-HEADER, FEED-ROW and what the file raises.
    """
    table = read_table(file, _LAYOUT)

    def report(row: Row) -> Report:
        return _report(row, options.received_at)

    return gather(file, SOURCE, table.rows, report, options, table.skipped)


def _report(row: Row, received_at: Instant) -> Report:
    unit, note = _unit(row)
    extent = unit_extent(unit)
    from_at = _time(row, "started_at")
    ended = row.clean("finished_at")
    until_at = _time(row, "finished_at") if ended else max(from_at, received_at)
    if until_at < from_at:
        raise wrong("finished_at", "a time not before started_at", ended)
    names = [row.clean(name) for name in ("hromada", "raion", "oblast")]
    said = ", ".join(name for name in names if name)
    return Report(
        report_id=_id(row, unit, from_at),
        kind=ReportKind.WARNING,
        from_at=from_at,
        until_at=until_at,
        place=extent.middle,
        uncertainty_m=extent.reach_m,
        what=AIR_ALERT,
        who_says="Official alarm of the state",
        source=SOURCE,
        received_at=received_at,
        text=line_of(f"Air-raid alarm: {said}. {_lasted(from_at, until_at, ended)}{note}"),
        language="en",
        grade=_GRADE,
        place_name=line_of(said),
        located_by="REGION",
        region=unit.iso,
    )


def _unit(row: Row) -> tuple[AdminUnit, str]:
    unit = unit_of(row.clean("oblast"))
    if unit is not None:
        return unit, ""
    # Once the two columns stand the wrong way round ("Lubenskyi raion" as an oblast).
    other = unit_of(row.clean("raion"))
    if other is None:
        raise wrong("oblast", "an oblast of Ukraine", row.clean("oblast") or "nothing")
    return other, " The file has oblast and raion the wrong way round."


def _time(row: Row, name: str) -> Instant:
    text = row.clean(name)
    try:
        return parse_rfc3339(text.replace(" ", "T", 1))
    except LocalError:
        raise wrong(name, "a time with its zone such as 2022-03-15 16:10:34+00:00", text or "nothing") from None


def _lasted(from_at: Instant, until_at: Instant, ended: str) -> str:
    if not ended:
        return "No end is stated."
    hours = (until_at - from_at) / HOUR_US
    return f"In force for {hours:.1f} h." + (" Longer than a day." if until_at - from_at > LONG_US else "")


def _id(row: Row, unit: AdminUnit, from_at: Instant) -> str:
    level = row.clean("level") or "oblast"
    if level not in _LEVELS:
        raise wrong("level", ", ".join(sorted(_LEVELS)), level)
    within = "|".join(row.clean(name) for name in ("level", "oblast", "raion", "hromada"))
    return f"siren:{unit.iso}:{compact(from_at)}:{sha256(within.encode()).hexdigest()[:10]}"
