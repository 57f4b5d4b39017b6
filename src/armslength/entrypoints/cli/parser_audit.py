"""The command of the audit report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from armslength.entrypoints.cli.parser_watch import READ

if TYPE_CHECKING:
    from armslength.entrypoints.cli.parser_watch import Commands


def add_audit(top: Commands) -> None:
    """Add `audit report`."""
    audit = top.group("audit", "what an auditor asks of this desk")
    report = audit.add(
        "report",
        "who did what in a period: counts first, details after",
        "audits:report",
        shared=READ,
        more="Two auditors who name the same period and the same --as-of get the same bytes and the same SHA-256.",
    )
    report.add_argument("--from", metavar="TIME", help="a day or an instant; default: the beginning")
    report.add_argument("--to", metavar="TIME", help="a day, to its end, or an instant before which; default: now")
    report.add_argument("--as-of", metavar="SIZE", type=int, help="from the first SIZE entries of the journal alone")
    report.add_argument("--csv", metavar="FILE", help="write every row into this file")
    report.add_argument("--pdf", metavar="FILE", help="print it into this file")
