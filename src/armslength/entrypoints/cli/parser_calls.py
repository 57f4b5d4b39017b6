"""The commands of calls and of printed sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.entrypoints.cli.parser_watch import READ, SIGN, SIGN_TEXT

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from armslength.entrypoints.cli.parser_watch import Commands

_CALL: Final = "for example CL-2022-000001"
OUTCOMES: Final = "REACHED, NO-ANSWER, REFUSED, BUSY, CUT-OFF, WRONG-PERSON, LEFT-WORD or UNKNOWN"


def add_calls(top: Commands) -> None:
    """Add every command of calls and of printed sheets."""
    call = top.group("call", "calls: taken by whoever is on duty, verified by calling back, written up, agreed")
    for part in (_beginning, _identity, _talk, _stopping, _ending, _after, _reading):
        part(call)
    _printing(top)


def _step(call: Commands, name: str, about: str, kind: str, *, shows: str = "calls:step") -> ArgumentParser:
    command = call.add(name, about, shows, shared=SIGN)
    command.set_defaults(step=kind)
    command.add_argument("id", metavar="CALL", help=_CALL)
    command.add_argument("--at", metavar="TIME", help="when it happened; default: now")
    return command


def _beginning(call: Commands) -> None:
    for name, way, about in (
        ("begin", "OUT", "enter a call that we place, on the number of the book unless another is given"),
        ("take", "IN", "enter a call that comes in: any officer takes it, and the caller is UNVERIFIED"),
    ):
        command = call.add(name, about, "calls:begin", shared=SIGN)
        command.set_defaults(direction=way)
        command.add_argument("channel", metavar="CHANNEL", help="as the channel book has it, for example eucom-ndmc")
        command.add_argument("--theirs", metavar="NAME", nargs="+", default=[], help="who speaks there, or says so")
        command.add_argument("--ours", metavar="NAME", nargs="+", default=[], help="default: the officer who signs")
        command.add_argument("--interpreter", metavar="NAME", help="who interprets")
        command.add_argument("--number", metavar="NUMBER", help="the number called, or the one that was shown")
        command.add_argument("--calls-back", metavar="CALL", help="the call whose caller this one finds out about")
        command.add_argument("--case", metavar="CASE", help="the case it belongs to")
        command.add_argument("--about", metavar="TEXT", help="what it is about, in a line")
        command.add_argument("--recording", metavar="WHO", help="BY-US, BY-THEM, BY-BOTH, NOBODY or UNKNOWN")
        command.add_argument("--at", metavar="TIME", help="when it rang; default: now")
    joined = _step(call, "joined", "somebody joins the call, on our side or theirs, or interprets", "joined")
    joined.add_argument("side", choices=("ours", "theirs", "interpreter"), help="which side")
    joined.add_argument("names", metavar="NAME", nargs="+", help="who")


def _identity(call: Commands) -> None:
    verify = _step(call, "verify", "say by what the caller is known to be who he says", "verified")
    which = verify.add_mutually_exclusive_group(required=True)
    which.add_argument("--call-back", dest="reference", metavar="CALL", help="our call on the number of the book")
    which.add_argument("--challenge", dest="text", metavar="TEXT", help="which challenge he passed; not its answer")
    disown = _step(call, "disown", "they say that they did not call: an impostor, or a mistake", "disowned")
    disown.add_argument("text", metavar="TEXT", help="what they said")
    disown.add_argument("--call-back", dest="reference", metavar="CALL", help="our call in which they said it")


def _talk(call: Commands) -> None:
    said = _step(call, "said", "note what was said, with its time", "said")
    said.add_argument("side", choices=("ours", "theirs"), help="who said it")
    said.add_argument("text", metavar="TEXT", help="what was said")
    asked = _step(call, "asked", "they ask for something; an unverified caller gets nothing", "asked")
    asked.add_argument("text", metavar="TEXT", help="what they ask for")
    asked.add_argument(
        "--important", action="store_true", help="it would move somebody: rings, and asks for a call-back"
    )
    denial = _step(call, "not-ours", "they say that these are not their forces: word for word", "denial")
    denial.add_argument("text", metavar="TEXT", help="their very words")
    denial.add_argument("--language", metavar="LANG", required=True, help="in which they were said")
    read_back = _step(call, "read-back", "compare what was sent with what was read back", "read-back")
    read_back.add_argument("--place", metavar="PLACE", help="the place as sent, degrees or MGRS")
    read_back.add_argument("--sent", metavar="NUMBER", help="a number as sent")
    read_back.add_argument("--heard", metavar="WHAT", required=True, help="the place or number as read back")
    tick = _step(call, "tick", "tick a line of the script", "ticked")
    tick.add_argument("item", metavar="LINE", help="as the call sheet names it")
    recording = _step(call, "recording", "say who records the call; the charter says who may", "recording")
    recording.add_argument("item", metavar="WHO", help="BY-US, BY-THEM, BY-BOTH, NOBODY or UNKNOWN")
    wait = _step(call, "wait", "they, or we, are told to wait for a certain person: the minutes are counted", "wait")
    wait.add_argument("names", metavar="NAME", nargs="+", help="for whom")
    _step(call, "wait-over", "the person has come, or nobody waits any longer", "wait-over")
    note = _step(call, "note", "add a note of our own, also later", "note")
    note.add_argument("text", metavar="TEXT", help="the note")


def _stopping(call: Commands) -> None:
    broke = _step(call, "break-in", "they ask to stop something now: rings our operations post at once", "break-in")
    broke.add_argument("text", metavar="TEXT", help="what they ask, where")
    rung = _step(call, "rung", "say who of operations was rung after a break-in", "rung")
    rung.add_argument("names", metavar="NAME", nargs="+", help="who, which post")
    passed = _step(call, "pass-on", "pass on what a verified caller asks for", "passed-on")
    passed.add_argument("text", metavar="TEXT", help="what")
    passed.add_argument("--to", dest="names", metavar="NAME", nargs="+", required=True, help="to whom")


def _ending(call: Commands) -> None:
    end = _step(call, "end", "end a call, and enter the contact that it makes", "ended", shows="calls:end")
    end.add_argument("--outcome", metavar="O", default="REACHED", help=f"{OUTCOMES}; default REACHED")
    end.add_argument("--no-contact", action="store_true", help="enter no contact now; `call contact` does it later")
    contact = call.add("contact", "enter the contact of a call: the count knows of it", "calls:contact", shared=SIGN)
    contact.add_argument("id", metavar="CALL", help=_CALL)
    contact.add_argument("--corrects", metavar="CONTACT", help="the contact that was entered before it was known")


def _after(call: Commands) -> None:
    for name, about in (
        ("transcript", "enter the transcript of a call that is over"),
        ("gist", "enter the gist of a call that is over"),
    ):
        command = _step(call, name, about, name)
        command.add_argument("--by", metavar="NAME", required=True, help="who made it")
        command.add_argument("--language", metavar="LANG", required=True, help="its language")
        command.add_argument("--text-file", metavar="FILE", required=True, help="the text; - for standard input")
    agree = call.add(
        "agree",
        "enter the agreed text; over our own line it is proposed to the other side, who confirms it",
        "calls:agree",
        shared=SIGN_TEXT,
    )
    agree.add_argument("id", metavar="CALL", help=_CALL)
    agree.add_argument("--language", metavar="LANG", required=True, help="its language")
    agree.add_argument("--text-file", metavar="FILE", required=True, help="the text; - for standard input")
    agree.add_argument("--to", metavar="PEER", help="whose line it is proposed on; default: the channel's, if any")
    agree.add_argument("--at", metavar="TIME", help="when it was agreed; default: now")


def _reading(call: Commands) -> None:
    show = call.add("show", "show a call: whose voice, the clock, every step", "calls:show", shared=READ)
    show.add_argument("id", metavar="CALL", help=_CALL)
    listing = call.add("list", "list calls, the newest first", "calls:listing", shared=READ)
    listing.add_argument("--channel", metavar="CHANNEL", help="of this channel only")
    listing.add_argument("--live", action="store_true", help="only those that are not over")
    listing.add_argument("--limit", metavar="N", type=int, default=50, help="default 50, at most 200")
    sheet = call.add("sheet", "print the sheet that a call is read from, in both languages", "calls:sheet", shared=READ)
    sheet.add_argument("name", metavar="CHANNEL", help="a channel of the book, or a call")
    sheet.add_argument("--to", metavar="FILE", required=True, help="where the PDF goes")
    sheet.add_argument("--language", metavar="LANG", help="ours: en, ru or uk; default: our first")
    sheet.add_argument("--theirs", metavar="LANG", help="theirs; default: the channel's first that is not ours")
    which = sheet.add_mutually_exclusive_group()
    which.add_argument("--message", metavar="NAME", help="a message to be told: out:4 or the start of its id")
    which.add_argument("--draft", metavar="ID", help="a draft to be told")
    which.add_argument("--concern", metavar="ID", help="a concern to be told, for example C-2022-0001")
    sheet.add_argument("--line", metavar="PEER", help="whose line the message is of; default: the only line")


def _printing(top: Commands) -> None:
    command = top.add("print", "print a sheet as a PDF", "calls:print_sheet", shared=READ)
    command.add_argument("kind", metavar="KIND", help="call, and what the other parts of the desk print")
    command.add_argument("name", metavar="NAME", nargs="?", default="", help="of what: a channel, a case, a day")
    command.add_argument("--to", metavar="FILE", required=True, help="where the PDF goes")
    command.add_argument("--language", metavar="LANG", help="its language; default: our first")
    command.add_argument(
        "--option", metavar="NAME=VALUE", action="append", default=[], help="what the kind asks for; repeat"
    )
