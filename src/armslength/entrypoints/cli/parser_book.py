"""The commands of the channel book and the ladders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.entrypoints.cli.parser_watch import READ, SIGN

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from armslength.entrypoints.cli.parser_watch import Commands

_CHANNEL: Final = "for example eucom-ndmc"
_SUBJECT: Final = "for example nuclear-plant"
_RUN: Final = "for example P-2022-000001"


def add_book(top: Commands) -> None:
    """Add every command of the channel book and the ladders."""
    _channels(top)
    _ladders(top)


def _channels(top: Commands) -> None:
    channel = top.group("channel", "the book of everybody through whom the other side can be spoken to")
    adding = channel.add("add", "enter channels from a JSON file, or correct them", "book:add", shared=SIGN)
    adding.add_argument("file", metavar="FILE", help="one channel, or channels, states and ladders; docs/channels.md")
    adding.add_argument("--reason", metavar="TEXT", help="why; needed to correct a channel, and for ladders")
    channel.add("list", "list the channels and how they stand", "book:listing", shared=READ)
    show = channel.add(
        "show", "show a channel: ends, hours, form of address, accounts, states", "book:show", shared=READ
    )
    show.add_argument("id", metavar="CHANNEL", help=_CHANNEL)
    show.add_argument("--at", metavar="TIME", help="as the book had it at that instant")
    holders = channel.add("holders", "show who held the ends of a channel", "book:holders", shared=READ)
    holders.add_argument("id", metavar="CHANNEL", help=_CHANNEL)
    holders.add_argument("--at", metavar="TIME", help="at that instant; default: now")
    state = channel.add("state", "state how a channel stands: declared, or observed", "book:state", shared=SIGN)
    state.add_argument("id", metavar="CHANNEL", help=_CHANNEL)
    state.add_argument("manner", choices=("declared", "observed"), help="said by a side, or seen here")
    state.add_argument("state", metavar="STATE", help="OPEN, DEGRADED, UNANSWERED, SUSPENDED-BY-US, CUT and so on")
    state.add_argument("--by", metavar="PARTY", help="who declared it")
    state.add_argument("--since", metavar="TIME", help="from when on; default: now")
    state.add_argument("--silence", choices=("technical", "political", "unknown"), help="what a silence is held to be")
    state.add_argument("--evidence", metavar="REF", nargs="+", required=True, help="what shows it")
    state.add_argument("--reason", metavar="TEXT", required=True, help="why it is judged so")


def _ladders(top: Commands) -> None:
    ladder = top.group("ladder", "which channel next when nobody answers; a person decides")
    setting = ladder.add("set", "set the ladder of a subject from a JSON file", "book:ladder_set", shared=SIGN)
    setting.add_argument("file", metavar="FILE", help="subject, rungs and plan; docs/channels.md")
    setting.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept")
    ladder.add("list", "list the ladders", "book:ladder_list", shared=READ)
    show = ladder.add("show", "show a ladder: its rungs, what each costs and says", "book:ladder_show", shared=READ)
    show.add_argument("subject", metavar="SUBJECT", help=_SUBJECT)
    begin = ladder.add("begin", "begin a run: the rung that is tried, and since when", "book:begin", shared=SIGN)
    begin.add_argument("subject", metavar="SUBJECT", help=_SUBJECT)
    _using(begin)
    begin.add_argument(
        "--for", dest="links", metavar="KIND=REF", action="append", default=[], help="case=CASE-2022-000001; repeat"
    )
    answer = ladder.add("answer", "answer what the clock proposed, or end a run", "book:answer", shared=SIGN)
    answer.add_argument("run", metavar="RUN", help=_RUN)
    answer.add_argument("answer", choices=("use", "wait", "skip", "answered", "stop"), help="what is done")
    _using(answer)
    answer.add_argument("--until", metavar="TIME", help="wait: until when")
    answer.add_argument("--reference", metavar="REF", help="answered: the contact or message that is the answer")
    runs = ladder.add("runs", "list runs up ladders, or show one", "book:runs", shared=READ)
    runs.add_argument("run", metavar="RUN", nargs="?", help=_RUN)
    runs.add_argument("--every", action="store_true", help="also those that were answered or stopped")
    runs.add_argument("--limit", metavar="N", type=int, default=50, help="lines on the screen, default 50")


def _using(command: ArgumentParser) -> None:
    command.add_argument("--rung", metavar="CHANNEL", help="default: the next one; a last step by its kind")
    command.add_argument("--says", metavar="TEXT", help="what does using this rung itself say? needed to use one")
    command.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept")
    command.add_argument("--since", metavar="TIME", help="since when the rung is tried; default: now")
    command.add_argument("--approved-by", metavar="NAME", help="who approved it, where the channel asks for that")
