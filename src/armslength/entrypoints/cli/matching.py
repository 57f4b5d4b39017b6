"""`match`: reports against facilities in bulk, out of files and without a node."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from armslength.core.errors import LocalError
from armslength.entrypoints.cli import terminal

if TYPE_CHECKING:
    from argparse import Namespace

    from armslength.bulk import Matched

SHOWN_MAX = 10
"""Refused rows named on the screen; the count says how many there are."""


def match(args: Namespace) -> int:
    """Count reports within each radius of each facility by month, and write the table."""
    from armslength import bulk

    if args.by != "month":
        raise LocalError("OPTION-VALUE", option="--by", expected="month", got=args.by)
    radii = _radii(args.radii)
    zones = None if args.zones is None else Path(args.zones)
    matched = bulk.match(Path(args.facilities), Path(args.reports), radii, zones=zones, kernel=args.kernel)
    bulk.write_counts(Path(args.out), matched, radii)
    if args.json:
        terminal.say_json(
            {
                "out": args.out,
                "rows": len(matched.rows),
                "facilities": matched.facilities,
                "reports": matched.reports,
                "refused": matched.refused_count,
                "refused_rows": [{"row": r.row, "code": r.code, "reason": r.reason} for r in matched.refused],
                "kernel": matched.kernel,
            }
        )
        return 0
    terminal.say(
        f"{args.out}: {len(matched.rows)} rows; {matched.reports} reports against {matched.facilities} facilities "
        f"({matched.kernel})."
    )
    _say_refused(matched)
    return 0


def _radii(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",")]
    except ValueError:
        raise LocalError("OPTION-VALUE", option="--radii", expected="metres, such as 5000,10000", got=text) from None


def _say_refused(matched: Matched) -> None:
    if not matched.refused_count:
        return
    terminal.say(f"{matched.refused_count} rows were refused and are in no count:")
    for row in matched.refused[:SHOWN_MAX]:
        terminal.say(f"  row {row.row}: {row.code}: {row.reason}")
