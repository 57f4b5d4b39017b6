"""`message draft|check|release`: from a form to a message that leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.desk.policy import CHECK_ACTS
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.signing import acting, message_text, read_prepared, show_message
from armslength.entrypoints.cli.values import field_values, read_json, read_text
from armslength.line import forms

if TYPE_CHECKING:
    from argparse import Namespace

    from armslength.entrypoints.cli.signing import Acting

Json = Any

TEST_TEXT: Final = "Line test. The quick brown fox jumps over the lazy dog 0123456789."
"""What a test says when nobody writes anything: every Latin letter and digit."""

HASH_CHARS: Final = 64


def draft(args: Namespace) -> int:
    """Draft a message, or release it at once where its form needs one person."""
    form = forms.form(args.form.upper())
    with acting(args) as desk:
        values = _values(desk, args, form.code)
        officer = desk.officer(form.releasers if args.release else form.drafters)
        asked = desk.prepare(
            "message",
            officer,
            line=args.to,
            form=form.code,
            precedence=args.precedence,
            values=values,
            alone=args.release,
        )
        show_message(desk, asked, locale=args.locale)
        done = desk.submit(officer, desk.sign(asked, officer))[0]
        if args.release:
            return say_sent(args, form.code, done)
        entered = desk.client.read("drafts", done["id"])
    return say_draft(args, entered)


def draft_filled(desk: Acting, form: str, given: Json) -> Json:
    """Enter a message that the desk fills: as a draft, or released at once where its form needs one person.

    Args:
        desk: the command at work.
        form: code of the form.
        given: kind, line and what the kind asks for.

    Returns:
        The draft as it was entered, or what became of the message.
    """
    entry = forms.form(form)
    alone = entry.two_persons_from is None
    officer = desk.officer(entry.releasers if alone else entry.drafters)
    asked = desk.client.prepare("filled", officer, given)
    show_message(desk, asked)
    done = desk.submit(officer, desk.sign(asked, officer))[0]
    return done if alone else desk.client.read("drafts", done["id"])


def _values(desk: Acting, args: Namespace, code: str) -> dict[str, Json]:
    given = read_json(args.fields_file) if args.fields_file else {}
    if not isinstance(given, dict):
        raise LocalError("FILE-READ", file=args.fields_file, because="a JSON object of fields is expected")
    values = {**given, **field_values(code, args.field)}
    if args.text_file:
        values["test-text" if code == "TEST" else "free-text"] = read_text(args.text_file).strip()
    if code == "TEST":
        values.setdefault("test-text", TEST_TEXT)
    return resolved(desk, args.to, values)


def resolved(desk: Acting, line: str | None, values: dict[str, Json]) -> dict[str, Json]:
    """Return the values with messages named by number (``out:3``) replaced by their hash."""
    found = dict(values)
    if "answers" in found:
        found["answers"] = _hash(desk, line, str(found["answers"]))
    relation = found.get("relation")
    if isinstance(relation, list) and len(relation) == 2:
        found["relation"] = [relation[0], _hash(desk, line, str(relation[1]))]
    return found


def _hash(desk: Acting, line: str | None, name: str) -> str:
    if len(name) == HASH_CHARS:
        return name.lower()
    return str(desk.client.read("messages", name, line=line)["id"])


def say_draft(args: Namespace, entered: Json) -> int:
    """Say that a draft is entered, and what stands between it and its release."""
    if args.json:
        terminal.say_json(entered)
        return 0
    short = entered["id"][: terminal.ID_SHOWN_CHARS]
    terminal.say(f"\nDraft {short} is entered. It is not released and not sent.")
    needs = entered["needs"]
    terminal.say(f"Before its release: {', '.join(needs) if needs else 'nothing more'}.")
    for need, command in (("legal", '--legal --law "..."'), ("linguist", "--linguist")):
        if need in needs:
            terminal.say(f"  armslength message check {short} {command}")
    terminal.say(f"  armslength message release {short}")
    return 0


def say_sent(args: Namespace, form: str, done: Json) -> int:
    """Say what became of a message that was released: it is in the outbox, and no more is known."""
    if args.json:
        terminal.say_json(done)
        return 0
    terminal.say(f"\n{form}, number {done['number']}: {done['delivery']}.")
    terminal.say(f"`armslength message show out:{done['number']}` tells which receipt is in.")
    return 0


def check(args: Namespace) -> int:
    """The legal tick or the linguist's check."""
    kind = "legal" if args.legal else "linguist"
    passed = args.returned is None
    with acting(args) as desk:
        officer = desk.officer(CHECK_ACTS[kind][1])
        held = desk.client.read("drafts", args.id)
        text = _shown(desk, args, held)
        given = {
            "draft": held["id"],
            "kind": kind,
            "passed": passed,
            "law": args.law,
            "notes": args.notes if args.returned is None else args.returned,
        }
        asked = desk.client.prepare("check", officer, given)
        _require_about(asked, held, text)
        desk.submit(officer, desk.sign(asked, officer))
        after = desk.client.read("drafts", held["id"])
    if args.json:
        terminal.say_json(after)
        return 0
    terminal.say(f"\n{kind} check: {'passed' if passed else 'returned'} by {officer}.")
    terminal.say(f"Before its release: {', '.join(after['needs']) or 'nothing more'}.")
    return 0


def _shown(desk: Acting, args: Namespace, held: Json) -> str:
    """Show the draft's text, made here from its bytes; return the hash that a check of it must name."""
    prepared = read_prepared(held)
    if not args.json:
        terminal.say(message_text(desk, prepared, args.locale))
    return prepared.body_hash(desk.realm).hex()


def _require_about(asked: Json, held: Json, shown_hash: str) -> None:
    named = read_prepared(asked).body.get(20)
    if not isinstance(named, bytes) or named.hex() != shown_hash or held["id"] != shown_hash:
        raise LocalError("SIGN-MISMATCH", expected=shown_hash, got=named)


def release(args: Namespace) -> int:
    """Release a draft: the very bytes that were drafted, signed by the second person."""
    with acting(args) as desk:
        held = desk.client.read("drafts", args.id)
        officer = desk.officer(forms.form(held["form"]).releasers)
        asked = desk.prepare("release", officer, draft=held["id"])
        show_message(desk, asked, locale=args.locale)
        signed = desk.sign(asked, officer)
        done = desk.submit(officer, {"release": held["id"], "acts": signed["acts"]})[0]
    return say_sent(args, held["form"], done)
