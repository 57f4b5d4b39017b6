"""The commands of translations, terms and drafting checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.entrypoints.cli.parser_watch import READ, SIGN

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from armslength.entrypoints.cli.parser_watch import Commands

_NAME: Final = "in:4, out:4, the start of a draft's id, or the number of a call or contact"
_LANGUAGE: Final = "tag of a language, for example en"


def add_translations(top: Commands) -> None:
    """Add every command of translations, terms and drafting checks."""
    _translate(top)
    _terms(top)


def _named(command: ArgumentParser) -> None:
    command.add_argument("name", metavar="NAME", help=_NAME)
    command.add_argument("--line", metavar="PEER", help="default: the only line")


def _translate(top: Commands) -> None:
    translate = top.group("translate", "translations in stages: sight, rough, official; who read which")
    add = translate.add(
        "add", "record a stage, a correction of it, or a back-translation", "translations:add", shared=SIGN
    )
    _named(add)
    add.add_argument("--into", metavar="TAG", required=True, help=_LANGUAGE)
    add.add_argument("--stage", choices=("sight", "rough", "official", "back"), required=True, help="which stage")
    text = add.add_mutually_exclusive_group(required=True)
    text.add_argument("--text", metavar="TEXT", help="the translation")
    text.add_argument("--text-file", metavar="FILE", help="a file of it; - for standard input")
    add.add_argument("--doubt", metavar="WORDS=NOTE", action="append", default=[], help="what is not sure; repeat")
    changes = add.add_mutually_exclusive_group()
    changes.add_argument("--changes", metavar="WHAT", help="it changes the meaning of the version before, namely ...")
    changes.add_argument("--same-meaning", action="store_true", help="it does not change the meaning")
    add.add_argument("--from-machine", metavar="PROGRAM", default="", help="it began with a machine draft of a program")
    add.add_argument("--from", dest="source", metavar="TAG", help="language of the original of a call or contact")
    add.add_argument("--original-file", metavar="FILE", help="the original of a call or contact")
    add.add_argument("--received", metavar="TIME", help="when a call or contact was received")
    show = translate.add("show", "show an original and its translations side by side", "translations:show", shared=READ)
    _named(show)
    show.add_argument("--into", metavar="TAG", help="of this language only")
    read = translate.add(
        "read", "state that you read a version; opening it says nothing", "translations:read", shared=SIGN
    )
    _named(read)
    read.add_argument("--into", metavar="TAG", required=True, help=_LANGUAGE)
    read.add_argument("--version", metavar="N", type=int, help="default: the newest")
    listing = translate.add("list", "list translations, newest first", "translations:listing", shared=READ)
    listing.add_argument("--into", metavar="TAG", help="of this language only")
    listing.add_argument("--owed", action="store_true", help="only those that somebody has yet to read again")
    machine = translate.add(
        "machine", "a first draft by this site's own program; kept nowhere", "translations:machine", shared=SIGN
    )
    _named(machine)
    machine.add_argument("--into", metavar="TAG", required=True, help=_LANGUAGE)


def add_lint(message: Commands) -> None:
    """Add `message lint`: the drafting checks."""
    lint = message.add(
        "lint", "say what a draft's text could be taken for; nothing is refused by it", "translations:lint", shared=SIGN
    )
    lint.add_argument("name", metavar="NAME", nargs="?", help=_NAME)
    lint.add_argument("--line", metavar="PEER", help="default: the only line")
    lint.add_argument("--text", metavar="TEXT", help="a text in place of a draft")
    lint.add_argument("--language", metavar="TAG", help="of the text; default: its letters tell")
    lint.add_argument("--no-attribution", action="store_true", help="the text is to name nobody")


def _terms(top: Commands) -> None:
    term = top.group("term", "the term base: words that this desk uses, in each language")
    find = term.add("find", "find terms in either script", "translations:term_find", shared=READ)
    find.add_argument("asked", metavar="TEXT", help="the start of a term, of a word of it, or of a concept's id")
    find.add_argument("--language", metavar="TAG", help="of this language only")
    find.add_argument("--limit", metavar="N", type=int, default=20, help="default 20")
    show = term.add("show", "show a concept with its terms", "translations:term_show", shared=READ)
    show.add_argument("concept", metavar="CONCEPT", help="as `term find` shows it")
    add = term.add("add", "enter a term of this site", "translations:term_add", shared=SIGN)
    add.add_argument("concept", metavar="CONCEPT", help="small letters and hyphens, the same in every language")
    add.add_argument("--language", metavar="TAG", required=True, help=_LANGUAGE)
    add.add_argument("--term", metavar="TEXT", required=True, help="as a dictionary has it")
    add.add_argument("--status", choices=("preferred", "admitted", "deprecated"), default="preferred", help="its rank")
    for option, about in (("definition", "what it is"), ("source", "where it is from"), ("note", "anything else")):
        add.add_argument(f"--{option}", metavar="TEXT", default="", help=about)
    add.add_argument("--part", choices=("n", "v", "adj", "adv", "phrase", "other"), default="", help="part of speech")
    add.add_argument("--gender", choices=("m", "f", "n", "pl"), default="", help="of its head word")
    importing = term.add("import", "import a CSV or TBX file of terms", "translations:term_import", shared=SIGN)
    importing.add_argument("file", metavar="FILE", help="CSV with a header, or TBX-Basic or TBX-Core; at most 8 MiB")
    importing.add_argument("--dry-run", action="store_true", help="say what would be entered, and enter nothing")
    importing.add_argument("--yes", action="store_true", help="do not ask before it is signed")
    export = term.add("export", "write the terms to a file", "translations:term_export", shared=READ)
    export.add_argument("--to", metavar="FILE", required=True, help="the file to write")
    export.add_argument(
        "--as",
        dest="kind",
        choices=("csv", "tbx-basic", "tbx-core"),
        help="default: tbx-basic for a name that ends in .tbx, otherwise csv",
    )
    export.add_argument("--style", choices=("dct", "dca"), default="dct", help="of a TBX file; default dct")
    export.add_argument("--own", action="store_true", help="only what this site entered")
    check = term.add("check", "hold a translation against the term base", "translations:term_check", shared=SIGN)
    check.add_argument("name", metavar="NAME", nargs="?", help=_NAME)
    check.add_argument("--line", metavar="PEER", help="default: the only line")
    check.add_argument("--into", metavar="TAG", help="of which translation")
    check.add_argument("--texts", metavar=("TAG=FILE", "TAG=FILE"), nargs=2, help="original and translation as files")
    rule = term.add(
        "rule", "show or set whose names a line writes, and what is translated back", "translations:rule", shared=SIGN
    )
    rule.add_argument("--line", metavar="PEER", help="default: all lines")
    rule.add_argument("--names", choices=("uk", "ru"), help="Kyiv and Zaporizhzhia, or Kiev and Zaporozhye")
    rule.add_argument("--back-from", metavar="P", help="precedence from which a back-translation is wanted, or NEVER")
    rule.add_argument("--reason", metavar="TEXT", help="where the rule stands; needed to set one")
