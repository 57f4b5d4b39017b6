"""The commands of cases, the running log, search and the brief."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.entrypoints.cli.parser_watch import READ, SIGN

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from armslength.entrypoints.cli.parser_watch import Commands

_CASE: Final = "for example CASE-2023-000001"
_REFERENCE: Final = "CT-..., D-..., CL-..., C-..., a facility's id, the start of a message's hash, or log:12"
_QUESTIONS: Final = "initiated-by, by-whom, ours, used, happened, count, time, place, read-out, law or said"
_KINDS: Final = "for example message, contact, decision, call, concern, alarm, log"


def add_cases(top: Commands) -> None:
    """Add every command of cases, the running log, search and the brief."""
    _cases(top)
    _steps(top)


def _cases(top: Commands) -> None:
    search = top.add(
        "search",
        "search everything here, in any script and spelling",
        "casework:search",
        shared=READ,
        more="Words with a hyphen or in quotation marks stand side by side: armslength search '\"cooling pond\"'",
    )
    search.add_argument("text", metavar="TEXT", nargs="*", help="words; quote words that stand side by side")
    search.add_argument("--kind", metavar="KIND", help=_KINDS)
    search.add_argument("--case", metavar="CASE", help="only what a case joins")
    search.add_argument("--channel", metavar="CHANNEL", help="only what was said on a channel of the book")
    _since(search)
    search.add_argument("--limit", metavar="N", type=int, default=20, help="lines on the screen, default 20")
    log = top.group("log", "the running log: what was written and what was done")
    add = log.add("add", "write one line into the log", "casework:log_add", shared=SIGN)
    add.add_argument("text", metavar="TEXT", help="one line; it stays as it is, a correction is a new line")
    add.add_argument("--at", metavar="TIME", help="when it happened; default: now")
    add.add_argument("--tag", metavar="WORD", action="append", default=[], help="a word to find it by; repeat")
    add.add_argument("--about", metavar="REF", action="append", default=[], help=f"{_REFERENCE}, or a case; repeat")
    listing = log.add("list", "list the log, the newest first", "casework:log_list", shared=READ)
    listing.add_argument("--kind", metavar="KIND", help=_KINDS)
    listing.add_argument("--case", metavar="CASE", help="only what a case joins")
    _since(listing)
    listing.add_argument("--before", metavar="PLACE", help="the next page, as the last one named it")
    listing.add_argument("--limit", metavar="N", type=int, default=30, help="lines on the screen, default 30")
    brief = top.add("brief", "show the shift brief, or print it on one page", "casework:brief", shared=READ)
    brief.add_argument("--since", metavar="TIME", help="default: twelve hours ago")
    brief.add_argument("--to", metavar="PDF", help="print it into this file")
    card = top.add("card", "show the principal's card of a case or message, or print it", "casework:card", shared=READ)
    card.add_argument("name", metavar="CASE|MESSAGE", help=f"{_CASE}, or the start of a message's hash")
    card.add_argument("--to", metavar="PDF", help="print it into this file")


def _since(command: ArgumentParser) -> None:
    command.add_argument("--since", metavar="TIME", help="a day, or an instant such as 2023-03-14T06:03:00Z")
    command.add_argument("--until", metavar="TIME", help="the same; a day means to its end")


def _steps(top: Commands) -> None:
    case = top.group("case", "cases: everything on one subject under one number, across channels")
    opening = case.add("open", "open a case", "casework:case_open", shared=SIGN)
    opening.add_argument("title", metavar="TITLE", help="one line")
    opening.add_argument("--reason", metavar="TEXT", required=True, help="why it is opened; it is kept")
    opening.add_argument("--subject", metavar="TEXT", help="what it is about")
    opening.add_argument("--facility", metavar="ID", help="a facility of the register")
    opening.add_argument("--join", metavar="REF", action="append", default=[], help=f"{_REFERENCE}; repeat")
    listing = case.add("list", "list open cases, the newest first", "casework:case_list", shared=READ)
    listing.add_argument("--all", action="store_true", help="closed ones too")
    listing.add_argument("--limit", metavar="N", type=int, default=50, help="default 50")
    for name, about, call in (
        ("show", "show one case: accounts side by side, what cannot both hold", "case_show"),
        ("timeline", "show everything that a case joins, by time", "case_timeline"),
    ):
        command = case.add(name, about, f"casework:{call}", shared=READ)
        command.add_argument("case", metavar="CASE", help=_CASE)
    for name, about in (("join", "join a record to a case"), ("leave", "take back that a record belongs to a case")):
        command = _step(case.add(name, about, "casework:case_step", shared=SIGN), name)
        command.add_argument("reference", metavar="REF", help=_REFERENCE)
        command.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept")
    for name, about in (("close", "close a case"), ("reopen", "open a closed case again")):
        command = _step(case.add(name, about, "casework:case_step", shared=SIGN), name)
        command.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept")
    _accounts(case)


def _accounts(case: Commands) -> None:
    account = _step(case.add("account", "record who says what of when", "casework:case_step", shared=SIGN), "account")
    account.add_argument("--source", metavar="NAME", required=True, help="who says so")
    account.add_argument("--says", metavar="TEXT", required=True, help="the source's words")
    account.add_argument("--question", metavar="CODE", default="said", help=f"{_QUESTIONS}; default said")
    account.add_argument(
        "--answer", metavar="VALUE", nargs="+", help="yes or no, a party, a number, a place, from and until, or topics"
    )
    account.add_argument("--about", metavar="REF", help="what the question is about; default: the matter itself")
    account.add_argument("--said-at", metavar="TIME", help="when it was said")
    account.add_argument("--reference", metavar="TEXT", help="where the account stands")
    stating = case.add(
        "contradiction",
        "state that two cannot both hold, or accept what was found",
        "casework:case_step",
        shared=SIGN,
    )
    _pair(_step(stating, "contradiction"), None)
    stating.add_argument("--reason", metavar="TEXT", help="in what; default: as it was found")
    assess = case.add("assess", "say what you make of a contradiction, or of a case", "casework:case_step", shared=SIGN)
    _pair(_step(assess, "assess"), "?")
    assess.add_argument("--reason", metavar="TEXT", required=True, help="what; both sides stay as they are")


def _pair(command: ArgumentParser, nargs: str | None) -> None:
    command.add_argument("first", metavar="ONE", nargs=nargs, help="3 for account 3, or the number of a record")
    command.add_argument("second", metavar="OTHER", nargs=nargs, help="the same")


def _step(command: ArgumentParser, name: str) -> ArgumentParser:
    command.set_defaults(step=name)
    command.add_argument("case", metavar="CASE", help=_CASE)
    return command
