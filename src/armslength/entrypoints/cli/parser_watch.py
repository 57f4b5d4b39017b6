"""The commands of register and watch: facilities, reports, concerns, rules, windows of silence, lists of sites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Mapping
    from typing import Protocol

    class Commands(Protocol):
        """One level of commands (`armslength.entrypoints.cli.parser`)."""

        def add(
            self, name: str, about: str, call: str, *, more: str = "", shared: Mapping[str, bool] | None = None
        ) -> ArgumentParser:
            """Add a command."""
            ...

        def group(self, name: str, about: str) -> Any:  # noqa: ANN401 - another level of commands
            """Add a group of commands."""
            ...


READ: Final = {"json": True}
SIGN: Final = {"json": True, "officer": True}
SIGN_TEXT: Final = {"json": True, "officer": True, "locale": True}

FACILITY_FORMATS: Final = "gppd, wri, geodb, geonuclear, reference, osm-power, geonames, ocha, geojson, kml, table"
REPORT_FORMATS: Final = "firms, viina, ucdp, sirens, cap, cot, documents, geojson, table"
TELL: Final = "names, kind, place, special-sign, legal-basis"

_CONCERN: Final = "for example C-2022-0001"
_WINDOW: Final = "for example IAEA-W-2025-0001"


def add_watch(top: Commands) -> None:
    """Add every command of register and watch."""
    for part in (_facilities, _reports, _feeds, _concerns, _rules, _bulk, _windows, _lists):
        part(top)


def _importing(command: ArgumentParser, formats: str) -> None:
    command.add_argument("file", metavar="FILE", help="as it was published, also .gz, .zip or .xlsx; at most 64 MiB")
    command.add_argument("--as", dest="reader", metavar="FORMAT", help=f"{formats}; default: the file tells")
    command.add_argument("--mapping", metavar="FILE", help="TOML: which column is which field; examples/ has one")
    command.add_argument("--member", metavar="NAME", help="which file of an archive or sheet of a workbook")
    command.add_argument("--region", metavar="BOX", help="south,west,north,east in degrees, or UA: refuse what is out")
    command.add_argument("--dry-run", action="store_true", help="say what would be entered, and enter nothing")
    command.add_argument("--yes", action="store_true", help="do not ask before it is signed")


def _facilities(top: Commands) -> None:
    facility = top.group("facility", "the register of protected places")
    importing = facility.add("import", "import a file of facilities", "imports:facility_import", shared=SIGN)
    _importing(importing, FACILITY_FORMATS)
    importing.add_argument("--as-of", metavar="TIME", help="the instant for which the file states things")
    importing.add_argument("--kind", metavar="KIND", help="of every row, for formats that state none")
    adding = facility.add("add", "enter a facility from a JSON file", "register:facility_add", shared=SIGN)
    adding.add_argument("file", metavar="FILE", help="JSON object of one facility; examples/register has some")
    listing = facility.add("list", "list facilities", "register:facility_list", shared=READ)
    listing.add_argument("--kind", metavar="KIND", help="for example DAM")
    listing.add_argument("--find", metavar="TEXT", help="a name in any script and spelling, or an id")
    listing.add_argument("--limit", metavar="N", type=int, default=50, help="lines on the screen, default 50")
    show = facility.add(
        "show", "show a facility: every statement with its source", "register:facility_show", shared=READ
    )
    show.add_argument("id", metavar="ID", help="as `facility list` shows it")
    show.add_argument("--at", metavar="DATE", help="as the register held it for that date or instant")
    diff = facility.add("diff", "show what each version of a facility changed", "register:facility_diff", shared=READ)
    diff.add_argument("id", metavar="ID", help="as `facility list` shows it")
    disclose = facility.add(
        "disclose", "draft a SITE-NOTICE: chosen facts to one line", "disclosing:disclose", shared=SIGN_TEXT
    )
    disclose.add_argument("id", metavar="ID", help="the facility")
    disclose.add_argument("--to", metavar="PEER", help="whose line; default: the only line")
    disclose.add_argument("--tell", metavar="LIST", required=True, help=f"{TELL}; name and kind are always told")
    disclose.add_argument("--precision", metavar="M", type=int, help="metres to which the place is rounded")
    disclose.add_argument("--valid-until", metavar="TIME", required=True, help="until when the notice holds")
    disclose.add_argument("--language", metavar="LANG", help="of the name told; default: its first name")
    disclose.add_argument("--replaces", metavar="NOTICE", help="the notice that this one updates")
    disclose.add_argument("--precedence", metavar="P", help="ROUTINE, PRIORITY, IMMEDIATE or FLASH")
    withdraw = facility.add(
        "withdraw",
        "draft the withdrawal of a notice; what was read stays read",
        "disclosing:withdraw",
        shared=SIGN_TEXT,
    )
    withdraw.add_argument("notice", metavar="NOTICE", help="as `facility show` shows it")
    withdraw.add_argument("--to", metavar="PEER", help="whose line; default: the only line")
    imports = top.group("imports", "files that were imported")
    imports.add("list", "list imports, the newest first", "imports:listing", shared=READ)


def _reports(top: Commands) -> None:
    report = top.group("report", "reports: imported, entered by hand, listed")
    importing = report.add("import", "import a file of reports", "imports:report_import", shared=SIGN)
    _importing(importing, REPORT_FORMATS)
    add = report.add("add", "enter a report from a file or from fields", "register:report_add", shared=SIGN)
    add.add_argument("file", metavar="FILE", nargs="?", help='JSON, {"reports": [...]} or one report')
    add.add_argument("--field", metavar="NAME=VALUE", action="append", default=[], help="a field of the report; repeat")
    listing = report.add("list", "list reports by the time of what happened", "register:report_list", shared=READ)
    listing.add_argument("--since", metavar="TIME", help="default: a day ago")
    listing.add_argument("--until", metavar="TIME", help="default: now")
    listing.add_argument("--limit", metavar="N", type=int, default=50, help="default 50, at most 1000")
    show = report.add("show", "show one report with its times and who cites it", "register:report_show", shared=READ)
    show.add_argument("id", metavar="ID", help="as `report list` shows it")


def _concerns(top: Commands) -> None:
    concern = top.group("concern", "concerns: what the watch flagged, and what people make of it")
    listing = concern.add("list", "list concerns, the highest rank first", "concerns:listing", shared=READ)
    listing.add_argument("--all", action="store_true", help="dismissed and closed ones too")
    show = concern.add(
        "show", "show one concern: why, on what evidence, what speaks against it", "concerns:show", shared=READ
    )
    show.add_argument("id", metavar="ID", help=_CONCERN)
    steps = ("pursue", "hold", "dismiss", "close", "reopen")
    assess = concern.add("assess", "take a step on a concern, with a reason", "concerns:step", shared=SIGN)
    assess.add_argument("id", metavar="ID", help=_CONCERN)
    assess.add_argument("step", choices=steps, help="pursue, hold, dismiss, close or reopen")
    assess.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept")
    for step in steps:
        command = concern.add(step, f"{step} a concern, with a reason", "concerns:step", shared=SIGN)
        command.set_defaults(step=step)
        command.add_argument("id", metavar="ID", help=_CONCERN)
        command.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept")
    draft = concern.add(
        "draft",
        "fill a CONCERN from the evidence and draft it, for people to release",
        "concerns:draft",
        shared=SIGN_TEXT,
    )
    draft.add_argument("id", metavar="ID", help=_CONCERN)
    draft.add_argument("--to", metavar="PEER", help="whose line; default: the only line")
    draft.add_argument("--reply-by", metavar="TIME", required=True, help="by when an answer is asked for")
    text = draft.add_mutually_exclusive_group(required=True)
    text.add_argument("--text", metavar="TEXT", help="what you say in your own words")
    text.add_argument("--text-file", metavar="FILE", help="the same from a file; - for standard input")
    draft.add_argument("--precedence", metavar="P", help="ROUTINE, PRIORITY, IMMEDIATE or FLASH")
    draft.add_argument(
        "--field", metavar="NAME=VALUE", action="append", default=[], help="goes before what was filled; repeat"
    )


def _rules(top: Commands) -> None:
    rules = top.group("rules", "the rules by which the watch flags")
    show = rules.add("show", "show the rules in force", "rule_files:show", shared=READ)
    show.add_argument("--text", action="store_true", help="as the file that one changes")
    for name, about, call in (
        ("check", "say what a rule file means", "check"),
        ("what-if", "say what a rule file would have flagged over the past", "what_if"),
    ):
        command = rules.add(name, about, f"rule_files:{call}", shared=SIGN)
        command.add_argument("file", metavar="FILE", help="TOML, as `rules show --text` prints it")
    use = rules.add("use", "put a rule file in force", "rule_files:use", shared=SIGN)
    use.add_argument("file", metavar="FILE", help="TOML, as `rules show --text` prints it")
    use.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept with the rules")


def _bulk(top: Commands) -> None:
    match = top.add(
        "match",
        "count reports near facilities by month, out of files and without a node",
        "matching:match",
        shared=READ,
    )
    match.add_argument("--facilities", metavar="FILE", required=True, help="table with facility_id, lat, lon")
    match.add_argument("--reports", metavar="FILE", required=True, help="table with latitude, longitude and a date")
    match.add_argument("--radii", metavar="M,M,...", default="5000,10000,30000", help="metres, ascending")
    match.add_argument("--by", metavar="WHAT", default="month", help="month")
    match.add_argument("--zones", metavar="FILE", help="GeoJSON site polygons by facility_id, instead of points")
    match.add_argument("--out", metavar="FILE", required=True, help="facility_id, month, one cumulative count a radius")
    match.add_argument("--kernel", choices=("auto", "numpy", "numba"), default="auto", help="same answers, other speed")
    watch = top.group("watch", "the watch over the past, out of files and without a node")
    replay = watch.add(
        "replay", "say what the watch would have flagged over files of reports", "replaying:replay", shared=READ
    )
    replay.add_argument("--facilities", metavar="FILE", required=True, help="any file that `facility import` reads")
    replay.add_argument("--reports", metavar="FILE", required=True, nargs="+", help="files that `report import` reads")
    replay.add_argument("--rules", metavar="FILE", help="a rule file; default: the shipped rules")
    replay.add_argument("--since", metavar="DATE", help="judge from this day on")
    replay.add_argument("--until", metavar="DATE", help="judge until this day")
    run = watch.add(
        "run", "read the feeds in the foreground; a running node reads them by itself", "feeding:watch_run", shared=READ
    )
    run.add_argument("--once", action="store_true", help="read every feed once, and end")


def _feeds(top: Commands) -> None:
    feed = top.group("feed", "feeds: files of reports that are read by themselves")
    add = feed.add("add", "set up a feed, change it, switch it on or off", "feeding:feed_add", shared=SIGN)
    add.add_argument("name", metavar="NAME", help="small letters and hyphens, for example firms-ua")
    add.add_argument("--as", dest="reader", metavar="FORMAT", help=REPORT_FORMATS)
    add.add_argument("--from", dest="where", metavar="FOLDER", help="a folder that is watched, or an https:// address")
    add.add_argument("--every", metavar="S", type=int, help="seconds from one reading to the next; new ones: 600")
    add.add_argument("--late-after", metavar="S", type=int, help="seconds without anything new; new ones: 86400")
    add.add_argument("--rows-per-hour", metavar="N", type=int, help="at most so many are entered; new ones: 200000")
    add.add_argument("--switch", choices=("on", "off"), help="read it, or do not")
    add.add_argument("--move", action="store_true", default=None, help="move what was read to done/ and refused/")
    add.add_argument("--leave", dest="move", action="store_false", help="leave files where they are (new ones do)")
    add.add_argument("--mapping", metavar="FILE", help="TOML: which column is which field; examples/ has one")
    add.add_argument("--option", metavar="NAME=VALUE", action="append", default=[], help="region or member; repeat")
    feed.add("list", "list feeds and how they go", "feeding:feed_list", shared=READ)
    show = feed.add("show", "show one feed with the rows that were refused", "feeding:feed_show", shared=READ)
    show.add_argument("name", metavar="NAME", help="as `feed list` shows it")


def _times(command: ArgumentParser, *, needed: bool) -> None:
    own = "" if needed else "; default: the window's own"
    command.add_argument("--from", dest="start", metavar="TIME", required=needed, help=f"beginning{own}")
    command.add_argument("--until", dest="end", metavar="TIME", required=needed, help=f"end{own}")


def _windows(top: Commands) -> None:
    window = top.group("window", "windows of silence: works under written assurances")
    window.add("list", "list windows of silence", "windows:listing", shared=READ)
    show = window.add("show", "show one window: plan, assurances, violations, steps", "windows:show", shared=READ)
    show.add_argument("id", metavar="ID", help=_WINDOW)
    propose = window.add(
        "propose", "record a window of ours; its messages are drafted by send", "windows:propose", shared=SIGN
    )
    propose.add_argument("--lines", metavar="PEER", nargs="+", required=True, help="lines on which it stands")
    zone = propose.add_mutually_exclusive_group(required=True)
    zone.add_argument("--circle", metavar=("PLACE", "METRES"), nargs=2, help="around a place")
    zone.add_argument("--polygon", metavar="PLACE", nargs="+", help="within three places or more")
    zone.add_argument("--route", metavar="METRES_THEN_PLACES", nargs="+", help="so many metres along the places")
    propose.add_argument("--works", metavar="CODE", nargs="+", required=True, help="for example REPAIR-OF-POWER-LINE")
    propose.add_argument("--crews", metavar="NAME", nargs="+", required=True, help="who works")
    propose.add_argument("--parties", metavar="PARTY", nargs="+", required=True, help="who is asked for an assurance")
    _times(propose, needed=True)
    propose.add_argument("--assure-by", metavar="TIME", required=True, help="by when assurances are asked for")
    propose.add_argument("--observers", metavar="NAME", nargs="+", default=[], help="who watches")
    propose.add_argument("--facility", metavar="ID", help="what the works serve")
    for name, about in (
        ("send", "draft the WINDOW for its lines: the proposal, or the other time for it"),
        ("assure", "draft our ASSURANCE for a window that they proposed"),
        ("status", "tell its lines how the window stands; leaves at once"),
    ):
        command = window.add(name, about, f"windows:{name}", shared=SIGN_TEXT)
        command.add_argument("id", metavar="ID", help=_WINDOW)
        command.add_argument(
            "--to", metavar="PEER", help="one line only; default: all of the window's, or the only one"
        )
        command.add_argument("--precedence", metavar="P", help="ROUTINE, PRIORITY, IMMEDIATE or FLASH")
        if name == "status":
            command.add_argument("--reason", metavar="CODE", required=True, help="for example ALL-ASSURANCES-HELD")
        if name == "assure":
            _said(command)
    _window_steps(window)
    pillars = window.add(
        "pillars", "enter the pillars reported on closing into the facility's record", "windows:pillars", shared=SIGN
    )
    pillars.add_argument("id", metavar="ID", help=_WINDOW)


def _said(command: ArgumentParser) -> None:
    command.add_argument("--said", choices=("given", "not-given", "withdrawn"), required=True, help="what is said")
    command.add_argument("--commands", metavar="NAME", nargs="+", required=True, help="the commands that say it")
    _times(command, needed=False)


_STEPS: Final = (
    ("record", "record an assurance that came on paper or by voice", "record", "assurance"),
    ("green", "say that the window is green: all assurances are held", "step", "green"),
    ("crews-out", "release crews into the zone", "crews", "crews-out"),
    ("crews-back", "have crews back", "crews", "crews-back"),
    ("violation", "record a violation; without evidence it is not counted", "violation", "violation"),
    ("resume", "go on after a violation", "step", "resume"),
    ("reschedule", "set another time for the window", "reschedule", "reschedule"),
    ("abort", "abort the window", "step", "abort"),
    ("close", "close the window, with the pillars as reported", "close", "close"),
)
"""Command, what it does, its function, the machine's step."""


def _window_steps(window: Commands) -> None:
    for name, about, function, kind in _STEPS:
        command = window.add(name, about, f"windows:{function}", shared=SIGN)
        command.set_defaults(step=kind)
        command.add_argument("id", metavar="ID", help=_WINDOW)
        command.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept")
        more = _STEP_OPTIONS.get(kind)
        if more is not None:
            more(command)


def _assurance_options(command: ArgumentParser) -> None:
    command.add_argument("--party", metavar="PARTY", required=True, help="whose assurance")
    command.add_argument("--means", choices=("paper", "voice"), required=True, help="how it came; a call is no GREEN")
    command.add_argument(
        "--reference", metavar="TEXT", required=True, help="where the paper or the note of the call is"
    )
    _said(command)


def _crew_options(command: ArgumentParser) -> None:
    command.add_argument("--crews", metavar="NAME", nargs="+", default=[], help="default: all of them")


def _violation_options(command: ArgumentParser) -> None:
    command.add_argument("--at", metavar="TIME", required=True, help="when it was seen")
    command.add_argument("--what", metavar="CODE", required=True, help="for example SHELLING")
    command.add_argument("--by", metavar="PARTY", help="who is held to have done it; default: nobody is named")
    command.add_argument("--evidence", metavar="REF", nargs="+", default=[], help="reports or files that show it")


def _reschedule_options(command: ArgumentParser) -> None:
    _times(command, needed=True)
    command.add_argument("--assure-by", metavar="TIME", required=True, help="by when assurances are asked for")


def _close_options(command: ArgumentParser) -> None:
    command.add_argument(
        "--pillar", metavar="PILLAR=STATUS", action="append", default=[], help="for example OFF-SITE-POWER=HELD; repeat"
    )


_STEP_OPTIONS: Final = {
    "assurance": _assurance_options,
    "crews-out": _crew_options,
    "crews-back": _crew_options,
    "violation": _violation_options,
    "reschedule": _reschedule_options,
    "close": _close_options,
}


def _lists(top: Commands) -> None:
    lists = top.group("lists", "the yearly exchange of lists of protected sites")
    lists.add("list", "list exchanges and where they stand", "disclosing:lists", shared=READ)
    record = lists.add(
        "record",
        "set the date of a year's exchange and, with sites, fix our list",
        "disclosing:list_record",
        shared=SIGN,
    )
    record.add_argument("--due", metavar="TIME", required=True, help="when the lists are exchanged")
    record.add_argument(
        "--site", metavar="ID:METRES", action="append", default=[], help="a site, its place so precise; repeat"
    )
    commit = lists.add("commit", "draft our commitment to our list", "disclosing:list_stage", shared=SIGN_TEXT)
    commit.set_defaults(stage="COMMIT")
    reveal = lists.add(
        "reveal", "draft our list itself, once both commitments are held", "disclosing:list_stage", shared=SIGN_TEXT
    )
    reveal.set_defaults(stage="REVEAL")
    for command in (record, commit, reveal):
        command.add_argument("--year", metavar="YEAR", type=int, required=True, help="of the exchange")
        command.add_argument("--line", metavar="PEER", help="default: the only line")
