"""`code`: the codebook - looked up, said, signed by linguists, approved and sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.desk.policy import LOCAL_ACTS
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.drafts import draft_filled, resolved, say_draft
from armslength.entrypoints.cli.home import home_of, settings_of
from armslength.entrypoints.cli.signing import acting

if TYPE_CHECKING:
    from argparse import Namespace

    from armslength.language.codebook import Codebook

Json = Any

_ALL: Final = "all"
_NOT_NATIVE: Final = "Not reviewed by a native linguist"


# --- looking ----------------------------------------------------------------------------------------------------------


def listing(args: Namespace) -> int:
    """List the phrases."""
    return _listed(args, group=args.group)


def find(args: Namespace) -> int:
    """Find phrases by words in any language."""
    return _listed(args, find=args.text)


def _listed(args: Namespace, **query: str | None) -> int:
    with acting(args) as desk:
        found = desk.client.read("codes", **query)
        realm = desk.realm.value
        language = args.language or settings_of(desk.home)["languages"][0]
    if args.json:
        terminal.say_json(found)
        return 0
    drafts = sum(one["status"] == "DRAFT" for one in found)
    terminal.heading(realm, f"{terminal.counted(len(found), 'phrase')}, {terminal.counted(drafts, 'draft')}")
    rows = [
        {
            "number": one["number"],
            "phrase": one["phrases"].get(language) or one["phrases"]["en"],
            "answer": " / ".join(one["answers"]),
            "status": one["status"],
        }
        for one in found
    ]
    terminal.table(rows, ("number", "phrase", "answer", "status"), empty="No phrase fits.")
    if any(one["not_native"] for one in found):
        terminal.say(f"\n{_NOT_NATIVE} where `armslength code show` says so.")
    return 0


def show(args: Namespace) -> int:
    """Show one phrase with all that is known of it."""
    with acting(args) as desk:
        one = desk.client.read("codes", args.number)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(one)
        return 0
    terminal.heading(realm, f"{one['number']} {one['meaning']}  {one['status']}")
    for locale, phrase in one["phrases"].items():
        mark = f"  ({_NOT_NATIVE})" if locale in one["not_native"] else ""
        terminal.say(f"\n{locale}  {phrase}{mark}")
        for sound in one["pronunciation"]:
            if sound["language"] == locale:
                terminal.say(f"    aloud, for a reader of {sound['reader']}: {sound['sounds']}")
        for reading in one["readings"]:
            if reading["language"] == locale:
                terminal.say(f"    read back: {reading['back_translation']} [{reading['verdict']}]")
                if reading["differences"]:
                    terminal.say(f"    differs: {reading['differences']}")
        signers = ", ".join(one["signed"].get(locale, ()))
        terminal.say(f"    signed by: {signers or 'nobody'}")
    gaps = ", ".join(f"{argument['name']} ({argument['kind']})" for argument in one["arguments"])
    terminal.say(f"\nArguments: {gaps or 'none'}")
    terminal.say(f"Expected answer: {' / '.join(one['answers']) or 'none'}")
    for step in one["steps"]:
        terminal.say(f"{step['at']}  {step['what']} {step['language']} by {step['officer']}  {step['note']}".rstrip())
    return 0


def say(args: Namespace) -> int:
    """Say a phrase in every language; nothing of the node is needed for it."""
    from armslength.desk.phrase_values import phrase_from_json
    from armslength.language.codebook_table import LANGUAGES
    from armslength.language.phrases import entry_of
    from armslength.language.pronouncing import pronunciation

    book = _codebook(args)
    number, *values = phrase_from_json([args.number, *args.arguments])
    digits = entry_of(number).digits
    texts = {locale: book.render(number, values, locale) for locale in book.locales}
    sounds = {
        f"{locale} for {reader}": spoken
        for locale in LANGUAGES
        for reader in LANGUAGES
        if (spoken := pronunciation(texts[locale], locale, reader))
    }
    if args.json:
        terminal.say_json({"number": digits, "phrases": texts, "pronunciation": sounds})
        return 0
    terminal.say(digits)
    for locale, text in texts.items():
        terminal.say(f"{locale}  {text}")
    terminal.say("\nAloud:")
    for who, spoken in sounds.items():
        terminal.say(f"{who}  {spoken}")
    return 0


def _codebook(args: Namespace) -> Codebook:
    from armslength.node import load_renderer

    book = load_renderer(home_of(args) / "languages").codebook
    if book is None:
        raise LocalError("CODEBOOK-UNKNOWN", got="no codebook")
    return book


def status(args: Namespace) -> int:
    """Show the version used here and how it stands on each line."""
    with acting(args) as desk:
        found = desk.client.read("codebook")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, f"codebook, version {found['version']}, {found['entries']} entries")
    adopted = f"{found['adopted_at']} by {found['adopted_by']}" if found["adopted_at"] else "not yet: code adopt"
    terminal.pairs(
        [
            ("digest", found["digest"]),
            ("languages", found["languages"]),
            ("recorded here", adopted),
            (f"drafts in {', '.join(found['our_languages'])}", found["drafts"]),
        ]
    )
    columns = ("peer", "languages", "approved_by_us", "approved_by_them", "drafts")
    terminal.table(found["lines"], columns, empty="No line yet; what our linguists sign holds for calls.")
    return 0


# --- linguists --------------------------------------------------------------------------------------------------------


def adopt(args: Namespace) -> int:
    """Record this version of the codebook as the one used here."""
    with acting(args) as desk:
        done = desk.sign_local("codebook", LOCAL_ACTS["codebook"][1], {})
    return _done(args, done, "Recorded. Linguists sign its entries now: armslength code sign all --language ...")


def sign(args: Namespace) -> int:
    """Sign entries."""
    return _step(args, "SIGN", native=args.native)


def withdraw(args: Namespace) -> int:
    """Take signatures back."""
    return _step(args, "WITHDRAW")


def review(args: Namespace) -> int:
    """Record a remark."""
    return _step(args, "REVIEW")


def _step(args: Namespace, what: str, *, native: bool = False) -> int:
    first, last = span(args.range)
    given = {
        "what": what,
        "languages": args.languages,
        "first": first,
        "last": last,
        "native": native,
        "note": args.note,
    }
    with acting(args) as desk:
        done = desk.sign_local("codebook-sign", LOCAL_ACTS["codebook-sign"][1], given)
    return _done(args, done, "Recorded. `armslength code status` shows what is still a draft.")


def span(text: str) -> tuple[str, str]:
    """Return the first and last entry of a range as people write it: 010, 001-039, all.

    Raises:
        LocalError: OPTION-VALUE.
    """
    from armslength.language.codebook_table import FIRST, LAST

    if text.lower() == _ALL:
        return f"{FIRST:03}", f"{LAST:03}"
    first, _, last = text.partition("-")
    if not all(part.isascii() and part.isdecimal() for part in (first, last or first)):
        raise LocalError("OPTION-VALUE", option="RANGE", expected="010, 001-039 or all", got=text)
    return first, last or first


def _done(args: Namespace, done: Json, said: str) -> int:
    if args.json:
        terminal.say_json(done)
    else:
        terminal.say(said)
    return 0


# --- messages ---------------------------------------------------------------------------------------------------------


def approve(args: Namespace) -> int:
    """Draft the message that tells a peer which entries we approve."""
    first, last = span(args.range)
    given = {
        "kind": "codebook-approval",
        "line": args.to,
        "first": first,
        "last": last,
        "languages": args.languages,
        "approved": not args.no_longer,
    }
    with acting(args) as desk:
        entered = draft_filled(desk, "CODEBOOK", given)
    return say_draft(args, entered)


def send(args: Namespace) -> int:
    """Draft a message of phrases."""
    phrases = [[part.strip() for part in one.split(";")] for one in args.phrases]
    given = {"kind": "phrase", "line": args.to, "precedence": args.precedence, "phrases": phrases}
    with acting(args) as desk:
        if args.answers:
            given["answers"] = resolved(desk, args.to, {"answers": args.answers})["answers"]
        entered = draft_filled(desk, "PHRASE", given)
    return say_draft(args, entered)
