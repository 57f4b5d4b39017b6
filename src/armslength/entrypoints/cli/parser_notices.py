"""The commands of notices in bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from armslength.entrypoints.cli.parser_watch import Commands

_READ: Final = {"json": True}
_SIGN: Final = {"json": True, "officer": True}

_BATCH: Final = "for example NB-2026-000001; default: the newest"
_NOTICE: Final = "for example N-2026-000017"


def add_notices(top: Commands) -> None:
    """Add every command of notices in bulk."""
    notice = top.group("notice", "humanitarian notices in bulk: a sheet in, every party told, a grid of who holds what")
    importing = notice.add("import", "read a sheet of notices and enter it", "notices:import_sheet", shared=_SIGN)
    importing.add_argument("file", metavar="FILE", help="CSV or a workbook; docs/notices.md has the columns")
    importing.add_argument("--dry-run", action="store_true", help="say what would be entered, and enter nothing")
    importing.add_argument("--yes", action="store_true", help="do not ask before it is signed")
    for step, about in (
        ("draft", "draft the messages of a batch, for every party with a line"),
        ("release", "release a batch: one act of the second person for all of it"),
    ):
        command = notice.add(step, about, f"notices:{step}", shared=_SIGN)
        command.add_argument("batch", metavar="BATCH", nargs="?", help=_BATCH)
        command.add_argument("--yes", action="store_true", help="do not ask before it is signed")
    check = notice.add("check", "the legal tick or linguist's check of a batch", "notices:check", shared=_SIGN)
    check.add_argument("batch", metavar="BATCH", nargs="?", help=_BATCH)
    which = check.add_mutually_exclusive_group(required=True)
    which.add_argument("--legal", action="store_true", help="as legal adviser: law cited, nothing excluded")
    which.add_argument("--linguist", action="store_true", help="as linguist: the texts say what is meant")
    check.add_argument("--law", metavar="LAW", action="append", default=[], help='for example "AP I Art. 57"; repeat')
    check.add_argument("--yes", action="store_true", help="do not ask before it is signed")
    grid = notice.add("grid", "which party holds which version, and how that is known", "notices:grid", shared=_READ)
    grid.add_argument("--batch", metavar="BATCH", help="of one batch")
    grid.add_argument("--party", metavar="CODE", help="of one party")
    grid.add_argument("--owed", action="store_true", help="with --party: only what somebody still must do")
    grid.add_argument("--active", action="store_true", help="neither taken back nor run out")
    grid.add_argument("--after", metavar="NOTICE", help="go on after this one")
    grid.add_argument("--limit", metavar="N", type=int, default=50, help="default 50, at most 200")
    show = notice.add("show", "show one notice: versions, and each party's state", "notices:show", shared=_READ)
    show.add_argument("id", metavar="NOTICE", help=_NOTICE)
    listing = notice.add("list", "list batches, the newest first", "notices:batches", shared=_READ)
    listing.add_argument("--limit", metavar="N", type=int, default=50, help="default 50, at most 200")
    withdraw = notice.add("withdraw", "take a notice back; whoever was told is told", "notices:withdraw", shared=_SIGN)
    withdraw.add_argument("id", metavar="NOTICE", help=_NOTICE)
    withdraw.add_argument("--reason", metavar="TEXT", required=True, help="why; it stays on this side")
    receipt = notice.add(
        "receipt", "record how far a party has a notice, as you heard it or hold it", "notices:receipt", shared=_SIGN
    )
    receipt.add_argument("id", metavar="NOTICE", help=_NOTICE)
    receipt.add_argument("party", metavar="CODE", help="the party")
    receipt.add_argument("--level", required=True, choices=("R0", "R1", "R2", "R3"), help="how far")
    receipt.add_argument("--how", metavar="TEXT", required=True, help="who said it, and by what means")
    receipt.add_argument("--version", metavar="N", type=int, help="default: the newest that it was sent")
    sheet = notice.add(
        "sheet",
        "the sheet for a party without a line: what it is owed, nobody else's",
        "notices:sheet",
        shared=_SIGN,
    )
    sheet.add_argument("party", metavar="CODE", help="the party")
    sheet.add_argument("--to", metavar="FILE", required=True, help="a .pdf or .csv file")
    sheet.add_argument("--handed-over", action="store_true", help="record that it was handed over")
