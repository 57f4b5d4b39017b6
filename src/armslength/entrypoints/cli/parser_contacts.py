"""The commands of contacts, their count and decided non-use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.entrypoints.cli.parser_watch import READ, SIGN

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from armslength.entrypoints.cli.parser_watch import Commands

_OUTCOMES: Final = "REACHED, NO-ANSWER, REFUSED, BUSY, CUT-OFF, WRONG-PERSON, LEFT-WORD or UNKNOWN"
_PURPOSES: Final = "SUBSTANTIVE (default), TEST, SERVICE or EXERCISE"
_PROOFS: Final = "SIGNED (by the peer), ATTESTED (by our officer) or REPORTED (by a source)"
_NUMBER: Final = "for example CT-2022-000001"
_CHANNEL: Final = "id of a channel of the book, for example eucom-ndmc"
_DAY: Final = "a day such as 2022-11-28, or a time"


def add_contacts(top: Commands) -> None:
    """Add every command of contacts, their count and decided non-use."""
    _contacts(top)
    _decisions(top)
    example = top.group("example", "make a node with an example to look at; EXERCISE only")
    example.add(
        "contacts-2022",
        "make the channels and contacts of 2022 as the press told them",
        "examples:contacts_2022",
        shared=READ,
    )


def _contacts(top: Commands) -> None:
    contact = top.group("contact", "every attempt to speak to the other side, failed ones too, and the count")
    adding = contact.add("add", "enter a contact, by options or from a file", "contacts:add", shared=SIGN)
    adding.add_argument("--file", metavar="FILE", help="a JSON object of one contact, or a list; docs/contacts.md")
    _fields(adding)
    correct = contact.add(
        "correct", "correct a contact by a new record; both are kept", "contacts:correct", shared=SIGN
    )
    correct.add_argument("number", metavar="NUMBER", help=_NUMBER)
    correct.add_argument("--because", metavar="TEXT", required=True, help="why; it is kept")
    _fields(correct)
    listing = contact.add("list", "list contacts, the newest first", "contacts:listing", shared=READ)
    _filters(listing)
    listing.add_argument("--limit", metavar="N", type=int, default=50, help="default 50, at most 1000")
    listing.add_argument("--offset", metavar="N", type=int, default=0, help="leave out so many of the newest")
    show = contact.add("show", "show a contact and what corrected it", "contacts:show", shared=READ)
    show.add_argument("number", metavar="NUMBER", help=_NUMBER)
    count = contact.add("count", "count the uses of channels: number, rule and list", "contacts:count", shared=READ)
    _question(count)
    certificate = contact.add(
        "certificate",
        "certify a count from the journal, or hold a certificate against it",
        "contacts:certificate",
        shared=READ,
    )
    _question(certificate)
    certificate.add_argument("--to", metavar="FILE", help="write it there")
    certificate.add_argument("--verify", metavar="FILE", help="count again by this certificate; all else is in it")
    ledger = contact.add("ledger", "write the ledger of contacts as CSV", "contacts:ledger", shared=READ)
    _filters(ledger)
    ledger.add_argument("--to", metavar="FILE", default="-", help="default: standard output")


def _fields(command: ArgumentParser) -> None:
    command.add_argument("--channel", metavar="CHANNEL", help=_CHANNEL)
    command.add_argument("--outcome", metavar="CODE", help=_OUTCOMES)
    command.add_argument("--from", dest="start", metavar="TIME", help="when it began, or the earliest it can have")
    command.add_argument("--until", dest="end", metavar="TIME", help="the latest it can have begun, where only that")
    command.add_argument("--purpose", metavar="CODE", help=_PURPOSES)
    command.add_argument("--initiated-by", metavar="PARTY", help="who began it; leave out what is not known")
    for option, name, about in (
        ("--ours", "NAME", "who spoke for us; repeat"),
        ("--theirs", "NAME", "who spoke for them; repeat"),
        ("--subject", "TEXT", "what it was about; repeat"),
        ("--facility", "ID", "facility of the register; repeat"),
        ("--concern", "ID", "concern, for example C-2022-0001; repeat"),
        ("--source", "TEXT", "who reported it, where, when; repeat"),
        ("--not-known", "TEXT", "what the record does not hold; repeat"),
    ):
        command.add_argument(option, metavar=name, action="append", help=about)
    command.add_argument("--interpreter", metavar="NAME", help="who interpreted")
    command.add_argument("--case", metavar="NUMBER", help="the case it belongs to")
    command.add_argument("--notes", metavar="TEXT", help="our own notes")
    command.add_argument("--agreed-text", metavar="TEXT", help="what both sides agreed to have said")
    command.add_argument("--level", metavar="N", type=int, help="receipt level reached, 0 to 4")
    command.add_argument("--proof", metavar="CLASS", help=_PROOFS)
    command.add_argument("--press", action="store_true", help="drawn from the press, not from our own record")
    command.add_argument("--uncertain", action="store_true", help="it is not certain that it took place")
    command.add_argument("--answers", metavar="NUMBER", help="the contact that it answers")
    command.add_argument("--call", dest="of_call", metavar="NUMBER", help="its call, for example CL-2022-000001")
    command.add_argument("--message", metavar="HASH", help="the message or receipt of the peer that proves it")


def _filters(command: ArgumentParser) -> None:
    command.add_argument("--channel", metavar="CHANNEL", action="append", help=f"{_CHANNEL}; repeat; default: all")
    command.add_argument("--since", metavar="DAY", help=_DAY)
    command.add_argument("--until", metavar="DAY", help=_DAY)
    command.add_argument("--subject", metavar="TEXT", help="a subject, facility or concern")
    command.add_argument("--case", metavar="NUMBER", help="a case")
    command.add_argument("--find", metavar="WORDS", help="words anywhere in the contact")


def _question(command: ArgumentParser) -> None:
    command.add_argument("--channel", metavar="CHANNEL", action="append", help=f"{_CHANNEL}; repeat; default: all")
    command.add_argument("--since", metavar="DAY", help="first day, UTC; default: from the beginning")
    command.add_argument("--as-of", metavar="DAY", help="last day, UTC, to its end; default: today")
    command.add_argument("--subject", metavar="TEXT", help="only uses about this subject, facility or concern")
    command.add_argument("--initiated-by", metavar="PARTY", help="only uses that this party began")
    command.add_argument(
        "--unit", choices=("exchange", "message", "call", "occasion"), help="default: exchange, a matter"
    )
    command.add_argument("--direction", choices=("outgoing", "incoming", "both"), help="default: both")


def _decisions(top: Commands) -> None:
    decision = top.group("decision", "what was decided, why, and on what information at that minute")
    adding = decision.add("add", "enter a decision", "decisions:add", shared=SIGN)
    adding.add_argument("--what", metavar="TEXT", required=True, help="what was to be decided")
    adding.add_argument("--option", metavar="TEXT", action="append", required=True, help="what could be done; repeat")
    adding.add_argument("--chosen", metavar="TEXT", required=True, help="the option that was chosen")
    adding.add_argument("--channel", metavar="CHANNEL", help=_CHANNEL)
    _decided(adding)
    unused = decision.add(
        "not-used", "enter that a channel was considered and not used", "decisions:not_used", shared=SIGN
    )
    unused.add_argument("--channel", metavar="CHANNEL", required=True, help=_CHANNEL)
    unused.add_argument("--what", metavar="TEXT", help="default: whether to use the channel")
    unused.add_argument("--option", metavar="TEXT", action="append", help="what else could be done; repeat")
    _decided(unused)
    listing = decision.add("list", "list decisions, the last entered first", "decisions:listing", shared=READ)
    listing.add_argument("--channel", metavar="CHANNEL", help=_CHANNEL)
    listing.add_argument("--case", metavar="NUMBER", help="a case")
    listing.add_argument("--not-used", action="store_true", help="only channels considered and not used")
    listing.add_argument("--find", metavar="WORDS", help="words anywhere in the decision")
    listing.add_argument("--limit", metavar="N", type=int, default=50, help="default 50, at most 1000")
    show = decision.add("show", "show a decision", "decisions:show", shared=READ)
    show.add_argument("number", metavar="NUMBER", help="for example D-2022-000001")


def _decided(command: ArgumentParser) -> None:
    command.add_argument("--reason", metavar="TEXT", required=True, help="why")
    command.add_argument("--information", metavar="TEXT", required=True, help="what was known at that minute")
    command.add_argument("--evidence", metavar="REF", action="append", help="report, contact or concern; repeat")
    command.add_argument("--subject", metavar="TEXT", help="what it was about")
    command.add_argument("--concern", metavar="ID", help="the concern it is about")
    command.add_argument("--case", metavar="NUMBER", help="the case it belongs to")
    command.add_argument("--from", dest="start", metavar="TIME", help="when it was taken; default: now")
    command.add_argument("--until", dest="end", metavar="TIME", help="the latest it can have been taken")
    command.add_argument("--decided-by", metavar="NAME", help="who took it, when that is not who signs")
    command.add_argument("--proof", metavar="CLASS", help="ATTESTED (default) or REPORTED")
    command.add_argument("--source", metavar="TEXT", action="append", help="who reported it; repeat")
