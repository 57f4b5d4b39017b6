"""Cut the demonstration's FIRMS fixture out of a year of detections; run twice, it writes the same bytes.

Usage: python vectors/make_firms_fixture.py SOURCE OUT_DIRECTORY

SOURCE is ``firms_ua_2022.csv.gz``: NASA FIRMS detections of 2022 in Ukraine as position and date, made by the author
named in the note that is written beside the fixture. Written are ``firms_znpp_2022-08.csv`` and its ``.SOURCE.md``.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from pathlib import Path
from typing import Final

from geographiclib.geodesic import Geodesic

PLANT: Final = (47.5122, 34.5858)
"""Reference point of the Zaporizhzhia plant, WGS 84."""

RADIUS_M: Final = 15_000
MONTH: Final = "2022-08"

EVERY: Final = 4
"""One row in four, so that the fixture stays a page; the note beside it says so, and so must whoever shows a count."""

NAME: Final = "firms_znpp_2022-08"

NOTE: Final = """\
# Detections near the Zaporizhzhia plant, August 2022: where they come from

Data: NASA LANCE/FIRMS (MODIS C6.1, VIIRS 375 m). Open, no restriction, acknowledgement asked:

> We acknowledge the use of data from NASA's Fire Information for Resource Management System (FIRMS), part of NASA's
> Earth Science Data and Information System (ESDIS).

Taken from GianMan89/war-fire-model (MIT), commit a4ef95d957f240bc9ba7638cc0c9feb091a0154b of 2024-10-21,
`data/ukr_fires/ukr_fire_data_2022.csv`. Its author merged the sensors, clipped to Ukraine's border, dropped exact
duplicates of position and date, and dropped every other column: no time of day, no instrument, no confidence.
`event_id` is `firms-2022-` and the row number in that file.

Done here by `vectors/make_firms_fixture.py`: kept rows of {month} within {radius_km} km (WGS 84 geodesic) of
{lat} N {lon} E, which are {near}, and of these every {every}th in the order of the file, the first included:
**{kept} of {near}**. The text of the values is unchanged.

A detection is a hot pixel on a date. It is not evidence of shelling.
"""


def near_plant(row: dict[str, str]) -> bool:
    """Tell whether a row lies in the month and within the radius."""
    if not row["ACQ_DATE"].startswith(f"{MONTH}-"):
        return False
    found = Geodesic.WGS84.Inverse(*PLANT, float(row["LATITUDE"]), float(row["LONGITUDE"]))
    return bool(found["s12"] <= RADIUS_M)


def cut(source: Path) -> tuple[bytes, str]:
    """Return the fixture's bytes and the note beside it."""
    with gzip.open(source, "rt", encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns = list(reader.fieldnames or [])
        near = [row for row in reader if near_plant(row)]
    kept = near[::EVERY]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(kept)
    note = NOTE.format(
        month=MONTH,
        radius_km=RADIUS_M // 1000,
        lat=PLANT[0],
        lon=PLANT[1],
        near=len(near),
        kept=len(kept),
        every=EVERY,
    )
    return out.getvalue().encode(), note


def main(arguments: list[str]) -> int:
    """Write the fixture and its note."""
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    data, note = cut(Path(arguments[0]))
    folder = Path(arguments[1])
    (folder / f"{NAME}.csv").write_bytes(data)
    (folder / f"{NAME}.SOURCE.md").write_text(note, encoding="utf-8")
    print(f"{data.count(bytes([10])) - 1} rows written to {folder / NAME}.csv")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
