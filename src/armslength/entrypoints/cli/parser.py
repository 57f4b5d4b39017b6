"""The commands and their options, as argparse has them; nothing else is imported, so that --help answers at once."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, RawDescriptionHelpFormatter
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from armslength import __version__
from armslength.entrypoints.cli.parser_audit import add_audit
from armslength.entrypoints.cli.parser_book import add_book
from armslength.entrypoints.cli.parser_calls import add_calls
from armslength.entrypoints.cli.parser_cases import add_cases
from armslength.entrypoints.cli.parser_codebook import add_codebook
from armslength.entrypoints.cli.parser_console import add_console, add_console_options
from armslength.entrypoints.cli.parser_contacts import add_contacts
from armslength.entrypoints.cli.parser_line_checks import add_line_checks
from armslength.entrypoints.cli.parser_maps import add_maps
from armslength.entrypoints.cli.parser_notices import add_notices
from armslength.entrypoints.cli.parser_officers import add_officers
from armslength.entrypoints.cli.parser_shifts import add_shifts
from armslength.entrypoints.cli.parser_translations import add_lint, add_translations
from armslength.entrypoints.cli.parser_watch import add_watch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

EPILOGUE: Final = """\
from nothing to a first message, on each side:
  armslength init --party EUCOM --realm exercise     keys, store and our introduction file
  armslength intro import ndmc.intro                 theirs; read the words aloud to each other
  armslength line open NDMC                          propose and sign the default charter
  armslength run                                     the node; leave it running
  armslength message draft TEST --to NDMC --release  the first message

The home is --home DIR, else $ARMSLENGTH_HOME, else ~/.armslength. Passphrases are asked for, or read from
--passphrase-file or $ARMSLENGTH_PASSPHRASE. `armslength explain CODE` says what an error means and what to do next.
"""

PRECEDENCES: Final = "ROUTINE, PRIORITY, IMMEDIATE or FLASH"
FORM_NAMES: Final = (
    "TEST, CONCERN, CLARIFICATION-REQUEST, REPLY, NOT-OURS, INCIDENT, STOP, SERVICE, QUERY-RECEIPT, "
    "WINDOW, ASSURANCE, WINDOW-STATUS, SITE-NOTICE, LIST-EXCHANGE, ACTIVITY-NOTICE, LAUNCH-NOTICE, MOVE-NOTICE, "
    "DAILY-PLAN, CALL-REQUEST, CALL-RECORD, SUSPEND, RESUME, PUBLIC-WORDING, PRESENCE-QUERY, PRESENCE, PHRASE, CODEBOOK"
)


_CHANNELS: Final = (
    add_book,
    add_contacts,
    add_line_checks,
    add_calls,
    add_audit,
    add_cases,
    add_shifts,
    add_codebook,
    add_translations,
    add_notices,
    add_officers,
    add_maps,
    add_console,
)


def _options(*, json: bool = False, officer: bool = False, locale: bool = False) -> ArgumentParser:
    """Return the options that commands share, to be a parent of one."""
    shared = ArgumentParser(add_help=False)
    shared.add_argument("--home", metavar="DIR", default=SUPPRESS, help="folder of the node ($ARMSLENGTH_HOME)")
    if json:
        shared.add_argument("--json", action="store_true", help="print one JSON document")
    if officer:
        shared.add_argument("--officer", metavar="ID", help="who signs (default: the first officer with the role)")
        shared.add_argument("--passphrase-file", metavar="FILE", help="one passphrase, or lines HOLDER=PASSPHRASE")
    if locale:
        shared.add_argument("--locale", metavar="LANG", help="language of the text shown: en, ru or uk")
    return shared


_READ: Final = {"json": True}
_READ_TEXT: Final = {"json": True, "locale": True}
_SIGN: Final = {"json": True, "officer": True}
_SIGN_TEXT: Final = {"json": True, "officer": True, "locale": True}


class _Commands:
    """One level of commands."""

    def __init__(self, parser: ArgumentParser, name: str) -> None:
        self._added = parser.add_subparsers(title="commands", metavar="COMMAND", dest=name, required=True)

    def add(
        self, name: str, about: str, call: str, *, more: str = "", shared: Mapping[str, bool] | None = None
    ) -> ArgumentParser:
        """Add a command that calls ``module:function`` of this package."""
        parser = self._added.add_parser(
            name,
            help=about,
            description=f"{about[0].upper()}{about[1:]}.",
            epilog=more or None,
            parents=[_options(**(shared or {}))],
            formatter_class=RawDescriptionHelpFormatter,
        )
        parser.set_defaults(call=call)
        return parser

    def group(self, name: str, about: str) -> _Commands:
        """Add a group of commands."""
        return _Commands(self._added.add_parser(name, help=about, description=f"{about}."), f"{name}_command")


@cache
def build_parser() -> ArgumentParser:
    """Return the parser of the whole command line; two hundred commands are built once in a process."""
    parser = ArgumentParser(
        prog="armslength",
        description="A deconfliction line between parties who do not trust each other.",
        epilog=EPILOGUE,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"armslength {__version__}")
    parser.add_argument(
        "--home", metavar="DIR", help="folder of the node (default $ARMSLENGTH_HOME, else ~/.armslength)"
    )
    top = _Commands(parser, "command")
    for part in (_starting, _lines, _messages, add_watch, *_CHANNELS, _people, _audit, _help):
        part(top)
    return parser


def parse(argv: Sequence[str] | None) -> Any:  # noqa: ANN401 - argparse's Namespace has any attributes
    """Return the parsed command line; argparse ends the program itself on --help and on a wrong option."""
    return build_parser().parse_args(argv)


def _starting(top: _Commands) -> None:
    init = top.add("init", "make a node: keys, officers, store, introduction file", "setting_up:init", shared=_READ)
    init.add_argument("--party", required=True, metavar="CODE", help="our party code, for example EUCOM")
    init.add_argument("--realm", choices=("exercise", "real"), default="exercise", help="default: exercise")
    init.add_argument("--address", metavar="URL", help="what peers call, https://HOST:PORT (default: where we listen)")
    init.add_argument("--listen", metavar="HOST:PORT", default="127.0.0.1:7443", help="default 127.0.0.1:7443")
    init.add_argument("--api-port", metavar="N", type=int, default=7480, help="API on loopback, default 7480; 0: any")
    add_console_options(init)
    init.add_argument("--time-zone", metavar="TZ", default="UTC", help="for example Europe/Berlin; default UTC")
    init.add_argument("--languages", metavar="LIST", default="en", help="ours first, for example en,ru")
    init.add_argument("--demonstration", action="store_true", help="cheap keys for demonstrations; EXERCISE only")
    init.add_argument("--passphrase-file", metavar="FILE", help="one passphrase, or lines HOLDER=PASSPHRASE")
    init.add_argument(
        "--alarm-hook", nargs="+", metavar="WORD", default=[], help="command that rings our people; give it last"
    )
    run = top.add("run", "run the node and its API until stopped", "running:run", shared=_READ)
    run.add_argument("--log", metavar="FILE", help="log lines go here instead of HOME/node.log; - for standard error")
    intro = top.group("intro", "introduce two parties to each other")
    export = intro.add(
        "export", "write our introduction file and show its words", "setting_up:intro_export", shared=_READ
    )
    export.add_argument("--to", metavar="FILE", help="default: CODE.intro in this folder")
    importing = intro.add(
        "import",
        "pin the other side's identity, after its words were compared aloud",
        "setting_up:intro_import",
        shared=_SIGN,
    )
    importing.add_argument("file", metavar="FILE", help="their introduction file")
    importing.add_argument("--compared", metavar="HOW", default="read aloud", help='for example "in person"')
    importing.add_argument("--words", metavar="WORDS", help="the eleven words as they read them to us")
    importing.add_argument("--yes-i-compared", action="store_true", help="I compared the words; do not ask")


def _lines(top: _Commands) -> None:
    line = top.group("line", "open, show, suspend and resume a line")
    opening = line.add("open", "propose the default charter and sign our assent", "lines:open_line", shared=_SIGN)
    opening.add_argument("peer", metavar="PEER", help="party code, as its introduction names it")
    show = line.add("show", "show lines: declared and observed state, numbers, what waits", "lines:show", shared=_READ)
    show.add_argument("peer", metavar="PEER", nargs="?", help="default: all lines")
    for name, about in (("suspend", "tell the other side that we suspend the line"), ("resume", "take it up again")):
        command = line.add(name, about, f"lines:{name}", shared=_SIGN)
        command.add_argument("peer", metavar="PEER", nargs="?", help="default: the only line")
        command.add_argument("--from", dest="since", metavar="TIME", help="from when; default: now")
        command.add_argument("--text", metavar="TEXT", help="a word to the other side")
        if name == "suspend":
            command.add_argument(
                "--reason", metavar="CODE", default="REASON-NOT-STATED", help="why; a code of the form"
            )
            command.add_argument("--reach", metavar="TEXT", help="whom to reach meanwhile; default: our duty desk")
            command.add_argument(
                "--agreement", metavar="NAME", action="append", default=[], help="an agreement that stays open; repeat"
            )
    judge = line.add("judge", "say what the silence of a line is: cut, or technical", "lines:judge", shared=_SIGN)
    judge.add_argument("peer", metavar="PEER", nargs="?", help="default: the only line")
    judge.add_argument("--as", dest="judged", choices=("cut", "technical"), required=True, help="your judgement")
    judge.add_argument("--reason", metavar="TEXT", required=True, help="why; it stays on this side")


def _messages(top: _Commands) -> None:
    message = top.group("message", "draft, check, release, read, receipt and answer messages")
    draft = message.add("draft", "write a message of a form", "drafts:draft", shared=_SIGN_TEXT)
    draft.add_argument("form", metavar="FORM", help=FORM_NAMES)
    draft.add_argument("--to", metavar="PEER", help="whose line; default: the only line")
    draft.add_argument("--precedence", metavar="P", help=PRECEDENCES)
    draft.add_argument(
        "--field", metavar="NAME=VALUE", action="append", default=[], help="a form field; repeat; JSON or text"
    )
    draft.add_argument("--fields-file", metavar="FILE", help="a JSON object of fields; --field goes before it")
    draft.add_argument("--text-file", metavar="FILE", help="free text of the message; - for standard input")
    draft.add_argument("--release", action="store_true", help="release at once, where the form needs one person only")
    check = message.add("check", "the legal tick or the linguist's check of a draft", "drafts:check", shared=_SIGN_TEXT)
    check.add_argument("id", metavar="ID", help="the draft, as `message list` shows it")
    which = check.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--legal", action="store_true", help="as legal adviser: law cited, exclusions kept, no intelligence"
    )
    which.add_argument("--linguist", action="store_true", help="as linguist: the text says what is meant")
    check.add_argument("--law", metavar="LAW", action="append", default=[], help='for example "AP I Art. 56"; repeat')
    check.add_argument("--return", dest="returned", metavar="NOTE", help="do not pass it; say what must change")
    check.add_argument("--notes", metavar="TEXT", default="", help="a note with the check")
    release = message.add("release", "release a checked draft; it leaves at once", "drafts:release", shared=_SIGN_TEXT)
    release.add_argument("id", metavar="ID", help="the draft")
    form = message.add("form", "show the forms, or one form's fields and codes", "forms:show", shared=_READ)
    form.add_argument("form", metavar="FORM", nargs="?", help=FORM_NAMES)
    _reading(message)
    _answering(message)
    add_lint(message)
    _stop(top)


def _reading(message: _Commands) -> None:
    show = message.add("show", "show a message or draft with its receipts", "messages:show", shared=_READ_TEXT)
    show.add_argument("name", metavar="NAME", help="in:4, out:4, 4 (incoming) or the start of an id")
    show.add_argument("--line", metavar="PEER", help="default: the only line")
    sheet = show.add_mutually_exclusive_group()
    sheet.add_argument("--paper", action="store_true", help="as a numbered sheet with check digits, to read aloud")
    sheet.add_argument("--osce", action="store_true", help="as numbered text in the layout of OSCE notifications")
    sheet.add_argument("--reply-form", action="store_true", help="as a blank form of its answer: what is asked")
    paste = message.add(
        "paste", "read a numbered text; with --draft make a draft of it", "messages:paste", shared=_SIGN_TEXT
    )
    paste.add_argument("file", metavar="FILE", help="the text, in the OSCE layout; - for standard input")
    paste.add_argument("--to", metavar="PEER", help="whose line; default: the only line")
    paste.add_argument("--draft", action="store_true", help="enter it as a draft of ours")
    listing = message.add("list", "list messages and drafts, newest last", "messages:listing", shared=_READ)
    listing.add_argument("--line", metavar="PEER", help="default: all lines")


def _answering(message: _Commands) -> None:
    receipt = message.add(
        "receipt", "state that a message was read, understood or passed on", "messages:receipt", shared=_SIGN_TEXT
    )
    receipt.add_argument("name", metavar="NAME", help="the message of the other side: 4, in:4 or the start of its id")
    receipt.add_argument(
        "--level", required=True, choices=("R1", "R2", "R3"), help="R1 read, R2 understood, R3 passed on"
    )
    receipt.add_argument("--line", metavar="PEER", help="default: the only line")
    receipt.add_argument("--place", metavar="PLACE", help="R2: the place as you read it back, degrees or MGRS")
    receipt.add_argument("--command", dest="passed_to", metavar="NAME", help="R3: the command it was passed to")
    receipt.add_argument("--how", metavar="TEXT", help="R3: by what means")
    answer = message.add("answer", "answer a message with a verb (R4)", "messages:answer", shared=_SIGN_TEXT)
    answer.add_argument("name", metavar="NAME", help="the message of the other side")
    answer.add_argument(
        "--verb", required=True, metavar="V", help="confirm, comply, reject, not-ours, being-examined or answer-follows"
    )
    answer.add_argument("--answer-by", metavar="TIME", help="when the answer promised is due")
    answer.add_argument("--text", metavar="TEXT", help="a full answer: drafts a REPLY beside the R4")
    answer.add_argument(
        "--field", metavar="NAME=VALUE", action="append", default=[], help="a field of the REPLY; repeat"
    )
    answer.add_argument("--line", metavar="PEER", help="default: the only line")


def _stop(top: _Commands) -> None:
    stop = top.add(
        "stop", "STOP, you are hitting this place: at once, FLASH, by one person", "stopping:stop", shared=_SIGN
    )
    stop.add_argument("facility", metavar="FACILITY", nargs="?", help="id or name in our register")
    stop.add_argument("--at", metavar="PLACE", help="any place instead: 47.5122N 34.5858E or 36TXT1940363304")
    stop.add_argument("--lines", metavar="PEER", nargs="+", help="which lines; default: every open line")
    stop.add_argument("--reason", metavar="CODE", help="for example PROTECTED-SITE-UNDER-FIRE")


def _people(top: _Commands) -> None:
    alarm = top.group("alarm", "alarms of our own desk; accepting one tells the other side nothing")
    listing = alarm.add("list", "list alarms that nobody accepted", "desk:alarm_list", shared=_READ)
    listing.add_argument("--all", action="store_true", help="accepted ones too")
    accept = alarm.add("accept", "accept an alarm", "desk:alarm_accept", shared=_SIGN)
    accept.add_argument("id", metavar="ID", help="as `alarm list` shows it")
    pass_on = alarm.add(
        "pass", "pass an alarm on; it rings until somebody named accepts it", "desk:alarm_pass", shared=_SIGN
    )
    pass_on.add_argument("id", metavar="ID", help="as `alarm list` shows it")
    pass_on.add_argument("--to", metavar="OFFICER", required=True, help="an officer, or a role such as principal")
    pass_on.add_argument("--reason", metavar="TEXT", required=True, help="why")
    shelve = alarm.add(
        "shelve", "put an alarm on the shelf for a time; two persons sign", "desk:alarm_shelve", shared=_SIGN
    )
    shelve.add_argument("id", metavar="ID", help="as `alarm list` shows it")
    step = shelve.add_mutually_exclusive_group(required=True)
    step.add_argument("--minutes", metavar="N", type=int, help="ask for so long, at most 720")
    step.add_argument("--countersign", action="store_true", help="sign as the second person")
    step.add_argument("--end", action="store_true", help="take it from the shelf now")
    shelve.add_argument("--reason", metavar="TEXT", default="", help="why; needed with --minutes")
    alarm.add("test", "ring a test on hook and consoles", "desk:alarm_test", shared=_SIGN)
    delegation = top.group("delegation", "who may release alone, on whose word")
    give = delegation.add("give", "pre-approve forms for officers, for a time", "desk:delegation_give", shared=_SIGN)
    give.add_argument("--to", metavar="ID", nargs="+", required=True, help="officers who may then release alone")
    give.add_argument("--forms", metavar="FORM", nargs="+", required=True, help="form codes")
    give.add_argument("--facility", metavar="ID", help="for this subject only")
    give.add_argument("--hours", metavar="N", type=int, default=12, help="default 12")
    give.add_argument("--covers-checks", action="store_true", help="legal tick and linguist's check too")
    voice = delegation.add(
        "voice", "record an authority given by voice for one draft", "desk:delegation_voice", shared=_SIGN
    )
    voice.add_argument("draft", metavar="DRAFT", help="the draft it is for")
    voice.add_argument("--given-by", metavar="ID", required=True, help="releasing officer or principal")
    voice.add_argument("--called-back", action="store_true", help="we called back and knew the voice")
    voice.add_argument("--covers-checks", action="store_true", help="legal tick and linguist's check too")
    countersign = delegation.add(
        "countersign", "sign an authority given by voice", "desk:delegation_countersign", shared=_SIGN
    )
    countersign.add_argument("id", metavar="ID", help="as `delegation list` shows it")
    delegation.add("list", "list delegations and what is owed", "desk:delegation_list", shared=_READ)
    count = top.add(
        "count", "count the uses of the lines, with the rule and the list behind it", "desk:count", shared=_READ
    )
    count.add_argument("--as-of", metavar="TIME", help="default: now")
    count.add_argument("--by", metavar="PARTY", help="only uses that this party began")
    count.add_argument("--subject", metavar="ID", help="only uses about this facility")


def _audit(top: _Commands) -> None:
    journal = top.group("journal", "the journal: entries, export, comparison")
    export = journal.add("export", "write an export that anyone can verify offline", "auditing:export", shared=_READ)
    export.add_argument("out", metavar="OUT_DIR", help="a new or empty folder")
    export.add_argument("--line", metavar="PEER", help="default: the only line")
    compare = journal.add(
        "compare", "hold two exports of one line against each other", "verifying:compare", shared=_READ
    )
    compare.add_argument("first", metavar="A", help="an export")
    compare.add_argument("second", metavar="B", help="the other side's, or a later one")
    entries = journal.add("entries", "list journal entries, without contents", "auditing:entries", shared=_READ)
    entries.add_argument("--start", metavar="N", type=int, default=0, help="first index, default 0")
    entries.add_argument("--limit", metavar="N", type=int, default=200, help="default 200")
    verify = top.add("verify", "verify an export; needs no node, network or database", "verifying:verify", shared=_READ)
    verify.add_argument("path", metavar="PATH", help="folder of an export, or its ZIP file")
    verify.add_argument(
        "--trust",
        metavar="FINGERPRINT",
        nargs="+",
        action="extend",
        default=[],
        help="of each party: digits or words in quotes",
    )
    verify.add_argument("--realm", choices=("exercise", "real"), help="refuse an export of the other realm")
    top.add("rebuild", "make every view again from the journal and compare", "auditing:rebuild", shared=_READ)
    top.add(
        "doctor", "look for faults: clock, keys, store, journal, path, peer, alarm hook", "doctor:doctor", shared=_READ
    )


def _help(top: _Commands) -> None:
    explain = top.add("explain", "say what an error code means and what to do next", "explaining:explain", shared=_READ)
    explain.add_argument("code", metavar="CODE", nargs="?", help="without one, all codes are listed")
    demo = top.add(
        "demo", "play a whole exchange between two nodes of this machine", "demonstrating:demo", shared=_READ
    )
    demo.add_argument("--headless", action="store_true", help="do not wait, stop both nodes at the end")
