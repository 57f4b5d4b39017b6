"""The commands of line checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.entrypoints.cli.parser_watch import READ, SIGN

if TYPE_CHECKING:
    from armslength.entrypoints.cli.parser_watch import Commands

_CHANNEL: Final = "for example eucom-ndmc"

_RESULTS: Final = (
    ("answered", "somebody answered; after the time of the check it is recorded as late"),
    ("no-message", "somebody answered and had nothing to say"),
    ("late", "somebody answered too late"),
    ("no-answer", "nobody answered"),
    ("garbled", "what came back was not what was sent"),
    ("not-made", "we did not call; --reason says why"),
)


def add_line_checks(top: Commands) -> None:
    """Add every command of line checks."""
    check = top.group("check", "line checks: the daily test of every channel, and its streaks")
    _log(check)
    _reads(check)
    plan = check.group("plan", "when a channel is checked, on whose working days, and who calls")
    setting = plan.add("set", "set the plan of a channel from a JSON file", "line_checks:plan_set", shared=SIGN)
    setting.add_argument("file", metavar="FILE", help="channel, times, days and windows; docs/line_checks.md")
    setting.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept")
    plan.add("list", "list the plans and how their checks stand", "line_checks:plan_list", shared=READ)
    show = plan.add("show", "show a plan with both calendars", "line_checks:plan_show", shared=READ)
    show.add_argument("channel", metavar="CHANNEL", help=_CHANNEL)


def _log(check: Commands) -> None:
    log = check.add("log", "record what came of a call, in one line", "line_checks:log", shared=SIGN)
    log.add_argument("channel", metavar="CHANNEL", help=_CHANNEL)
    result = log.add_mutually_exclusive_group(required=True)
    for name, about in _RESULTS:
        result.add_argument(f"--{name}", dest="result", action="store_const", const=name.upper(), help=about)
    log.add_argument("--at", metavar="TIME", help="when the call was made; default: now")
    log.add_argument("--reason", metavar="CODE", help="OWN-FAULT, THEIRS, PATH, WEATHER or UNKNOWN")
    log.add_argument("--received", metavar="TEXT", help="the text as it came back; it is compared letter by letter")
    log.add_argument("--received-file", metavar="FILE", help="the same from a file; - for standard input")
    log.add_argument("--language", metavar="TAG", help="of that text; default: the one that it comes closest to")
    log.add_argument("--note", metavar="TEXT", help="in your own words")
    log.add_argument("--corrects", action="store_true", help="an earlier record of the same check was wrong")


def _reads(check: Commands) -> None:
    following = check.add("next", "show the checks that are due and to come", "line_checks:following", shared=READ)
    following.add_argument("--channel", metavar="CHANNEL", help=_CHANNEL)
    following.add_argument("--days", metavar="N", type=int, default=7, help="default 7")
    listing = check.add("list", "list what came of checks, the newest first", "line_checks:listing", shared=READ)
    listing.add_argument("--channel", metavar="CHANNEL", help=_CHANNEL)
    listing.add_argument("--limit", metavar="N", type=int, default=50, help="default 50, at most 200")
    listing.add_argument("--before", metavar="TIME", help="only what was planned before")
    strip = check.add("strip", "show the last days of a channel, one letter a check", "line_checks:strip", shared=READ)
    strip.add_argument("channel", metavar="CHANNEL", help=_CHANNEL)
    strip.add_argument("--days", metavar="N", type=int, default=30, help="default 30")
    text = check.add("text", "show the text for the next check, in each language", "line_checks:text", shared=READ)
    text.add_argument("channel", metavar="CHANNEL", help=_CHANNEL)
    calendar = check.add("calendar", "write the checks to come as a calendar file", "line_checks:calendar", shared=READ)
    calendar.add_argument("--to", metavar="FILE", required=True, help="an .ics file; - for standard output")
    calendar.add_argument("--channel", metavar="CHANNEL", help=_CHANNEL)
    calendar.add_argument("--days", metavar="N", type=int, default=31, help="default 31")
    export = check.add("export", "write every check of a channel as CSV", "line_checks:export", shared=READ)
    export.add_argument("channel", metavar="CHANNEL", help=_CHANNEL)
    export.add_argument("--to", metavar="FILE", required=True, help="a .csv file; - for standard output")
