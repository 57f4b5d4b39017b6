"""The commands of the codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.entrypoints.cli.parser_watch import READ, SIGN, SIGN_TEXT

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from armslength.entrypoints.cli.parser_watch import Commands

_NUMBER: Final = "of the phrase, for example 010"
_RANGE: Final = "one entry, a range such as 001-039, or all"
_LANGUAGES: Final = "en, ru or uk; repeat"


def add_codebook(top: Commands) -> None:
    """Add every command of the codebook."""
    code = top.group("code", "the codebook: agreed phrases by number, in the language of each side")
    _reading(code)
    _linguists(code)
    _sending(code)


def _reading(code: Commands) -> None:
    listing = code.add("list", "list the phrases and how they stand", "codes:listing", shared=READ)
    listing.add_argument("--group", metavar="NUMBER", help="010 for 010 to 019")
    listing.add_argument("--language", metavar="LANG", help="of the phrases shown; default: our first")
    finding = code.add("find", "find phrases by words in any of the languages", "codes:find", shared=READ)
    finding.add_argument("text", metavar="TEXT", help="words or a number")
    finding.add_argument("--language", metavar="LANG", help="of the phrases shown; default: our first")
    show = code.add(
        "show", "show a phrase: how it sounds, how it was read back, who signed it", "codes:show", shared=READ
    )
    show.add_argument("number", metavar="NUMBER", help=_NUMBER)
    say = code.add("say", "say a phrase in every language; works while the node is down", "codes:say", shared=READ)
    say.add_argument("number", metavar="NUMBER", help=_NUMBER)
    say.add_argument("arguments", metavar="ARGUMENT", nargs="*", help="in the order in which `code show` lists them")
    code.add("status", "show the version used here and how it stands on each line", "codes:status", shared=READ)


def _linguists(code: Commands) -> None:
    code.add("adopt", "record this version of the codebook as the one used here", "codes:adopt", shared=SIGN)
    for name, about in (
        ("sign", "sign entries as a linguist of ours"),
        ("withdraw", "take every signature under entries back; they are drafts again"),
        ("review", "record a remark on entries"),
    ):
        command = code.add(name, about, f"codes:{name}", shared=SIGN)
        _ranged(command)
        command.add_argument("--note", metavar="TEXT", required=name != "sign", help="what was found")
        if name == "sign":
            command.add_argument("--native", action="store_true", help="a native speaker of each language signs")


def _sending(code: Commands) -> None:
    approve = code.add(
        "approve", "draft the message that tells a peer which entries we approve", "codes:approve", shared=SIGN_TEXT
    )
    approve.add_argument("range", metavar="RANGE", help=_RANGE)
    approve.add_argument("--language", metavar="LANG", action="append", dest="languages", help="default: both ends'")
    approve.add_argument("--to", metavar="PEER", help="whose line; default: the only line")
    approve.add_argument("--no-longer", action="store_true", help="they are no longer approved")
    send = code.add("send", "draft a message of phrases", "codes:send", shared=SIGN_TEXT)
    send.add_argument("phrases", metavar="PHRASE", nargs="+", help='number and arguments: "011; 15"')
    send.add_argument("--to", metavar="PEER", help="whose line; default: the only line")
    send.add_argument("--answers", metavar="MESSAGE", help="the message that it answers, for example in:4")
    send.add_argument("--precedence", metavar="P", help="ROUTINE, PRIORITY, IMMEDIATE or FLASH")


def _ranged(command: ArgumentParser) -> None:
    command.add_argument("range", metavar="RANGE", help=_RANGE)
    command.add_argument(
        "--language", metavar="LANG", action="append", dest="languages", required=True, help=_LANGUAGES
    )
