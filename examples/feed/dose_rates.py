"""A feed in 40 lines: the dose rates of a fixed station, one reading a row, above what is usual there."""  # noqa: INP001 - a script

from __future__ import annotations

from typing import TYPE_CHECKING

from armslength.adapters.feed_reading import gather, place_of, wrong
from armslength.adapters.format_table import Layout, read_table
from armslength.core.instants import parse_rfc3339
from armslength.register.reports import Grade, Reliability, Report, ReportKind

if TYPE_CHECKING:
    from armslength.adapters.feed_reading import FeedOptions
    from armslength.adapters.format_rows import Row
    from armslength.adapters.format_unpack import OpenFile
    from armslength.register.importing import ImportRun

SOURCE, USUAL_NSV_H = "Dose rates of the district's own stations, CC0", 300
LAYOUT = Layout(required={"station", "lat", "lon", "measured_at", "nsv_h"})


def read_dose_rates(file: OpenFile, options: FeedOptions) -> ImportRun[Report]:
    """Return the readings above the usual ones as reports; graded B2: calibrated, and nobody has compared two."""
    table = read_table(file, LAYOUT)
    grade = Grade(reliability=Reliability.USUALLY_RELIABLE, credibility=2)

    def report(row: Row) -> Report | str:
        if not row.clean("nsv_h").isdigit():
            raise wrong("nsv_h", "whole nanosieverts an hour", row.clean("nsv_h"))
        if int(row.clean("nsv_h")) <= USUAL_NSV_H:
            return "as usual"
        at, said = parse_rfc3339(row.clean("measured_at")), f"{row.clean('nsv_h')} nSv/h at {row.clean('station')}."
        return Report(
            report_id=f"dose:{row.clean('station')}:{at}", kind=ReportKind.EVENT, from_at=at, until_at=at,
            place=place_of(row.clean("lat"), row.clean("lon")), uncertainty_m=10, located_by="MEASURED",
            what="OTHER-ACTIVITY", who_says="District laboratory", source=SOURCE, received_at=options.received_at,
            text=said, language="en", grade=grade,
        )  # fmt: skip

    return gather(file, SOURCE, table.rows, report, options, table.skipped)
