"""`message show|list|receipt|answer`: what was sent and received, and the receipts that officers give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import ArmslengthError, LocalError
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.drafts import resolved
from armslength.entrypoints.cli.signing import acting, read_prepared, require_shown, show_message
from armslength.entrypoints.cli.values import field_values
from armslength.line import forms
from armslength.line.receipts import HOLDING_VERBS, LEVEL_ROLES, Level

if TYPE_CHECKING:
    from argparse import Namespace

    from armslength.entrypoints.cli.signing import Acting

Json = Any

LEVEL_WORDS: Final = {
    "R0": "held by the other node",
    "R1": "read by an officer",
    "R2": "understood, read back",
    "R3": "passed to a named command",
    "R4": "answered",
}
RENDERED_HASH: Final = 31
"""Field of a receipt: SHA-256 of the text that was read."""


def show(args: Namespace) -> int:
    """Show a message or a draft."""
    with acting(args) as desk:
        try:
            found = desk.client.read("messages", args.name, line=args.line, locale=args.locale)
        except ArmslengthError as error:
            if error.code not in {"MESSAGE-UNKNOWN", "LINE-NOT-FOUND"}:
                raise
            found = _draft_or(desk, args, error)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
    elif args.paper:
        _show_paper(found)
    elif "prepared" in found:
        _show_draft(realm, found)
    else:
        _show_message(realm, found)
    return 0


def _draft_or(desk: Acting, args: Namespace, error: ArmslengthError) -> Json:
    try:
        return desk.client.read("drafts", args.name, locale=args.locale)
    except ArmslengthError:
        raise error from None


def _show_draft(realm: str, found: Json) -> None:
    terminal.heading(realm, f"draft {found['id'][: terminal.ID_SHOWN_CHARS]} to {found['peer']}: {found['state']}")
    terminal.say(found["text"])
    for check in found["checks"]:
        passed = "passed" if check["passed"] else "returned"
        terminal.say(f"{check['check']} check {passed} by {check['by']}: {', '.join(check['law']) or check['notes']}")
    terminal.say(f"Before its release: {', '.join(found['needs']) or 'nothing more'}.")


def _show_paper(found: Json) -> None:
    # The sheet says EXERCISE itself, and every line of it carries its check digits: nothing else may stand on it.
    if found.get("paper") is None:
        raise LocalError("PAPER-NONE", message=found["id"][: terminal.ID_SHOWN_CHARS])
    terminal.say(found["paper"])


def _show_message(realm: str, found: Json) -> None:
    terminal.heading(realm, f"{found['from']} to {found['to']}, number {found['number']}: {found['form']}")
    terminal.say(found["text"])
    for mark in found["marks"]:
        terminal.say(f"Mark: {mark}")
    terminal.say(f"Delivery: {found['delivery']}.")
    rows = [
        {"receipt": level, "means": LEVEL_WORDS[level], **given} for level, given in sorted(found["receipts"].items())
    ]
    terminal.table(rows, ("receipt", "means", "at", "by", "proof", "verb"), empty="No receipt yet.")
    owed = ", ".join(f"{level} by {at}" for level, at in found["due"].items())
    terminal.say(f"Owed: {owed or 'nothing'}. Overdue: {', '.join(found['overdue']) or 'nothing'}.")
    terminal.say(terminal.NOT_CONSENT)


def listing(args: Namespace) -> int:
    """List messages and drafts."""
    with acting(args) as desk:
        messages = desk.client.read("messages", line=args.line)
        drafts = [one for one in desk.client.read("drafts") if one["state"] not in {"RELEASED", "WITHDRAWN"}]
        realm = desk.realm.value
    if args.json:
        terminal.say_json({"messages": messages, "drafts": drafts})
        return 0
    terminal.heading(realm, terminal.counted(len(messages), "message"))
    rows = [
        {**one, "name": f"{one['direction']}:{one['number']}", "receipts": sorted(one["receipts"])} for one in messages
    ]
    terminal.table(
        rows,
        ("name", "form", "precedence", "from", "to", "released_at", "receipts", "overdue", "delivery"),
        empty="none",
    )
    if drafts:
        terminal.say("\nDrafts, not released:")
        short = [{**one, "id": one["id"][: terminal.ID_SHOWN_CHARS]} for one in drafts]
        terminal.table(short, ("id", "form", "precedence", "peer", "state", "drafted_by", "needs"), empty="none")
    return 0


def receipt(args: Namespace) -> int:
    """State that a message was read, understood or passed on."""
    level = Level(int(args.level[1:]))
    with acting(args) as desk:
        officer = desk.officer(LEVEL_ROLES[level])
        asked = desk.prepare(
            "receipt",
            officer,
            line=args.line,
            message=args.name,
            level=int(level),
            locale=args.locale,
            place=args.place,
            command=args.passed_to,
            how=args.how,
        )
        text = require_shown(asked, RENDERED_HASH)
        if not args.json:
            terminal.say(text)
            _say_read_back(asked)
        done = desk.submit(officer, desk.sign(asked, officer))[0]
    return _say_receipt(args, args.level, officer, done)


def _say_read_back(asked: Json) -> None:
    body = read_prepared(asked).body
    if 33 in body:
        doubt = "  DOUBT: call and read the place again" if body.get(34) else ""
        terminal.say(f"\nThe place you read back lies {int(str(body[33]))} m from the place sent.{doubt}")


def _say_receipt(args: Namespace, level: str, officer: str, done: Json, drafted: Json = None) -> int:
    if args.json:
        terminal.say_json({**done, "level": level, "reply_draft": drafted})
        return 0
    terminal.say(f"\n{level} ({LEVEL_WORDS[level]}) signed by {officer}: {done['delivery']}.")
    terminal.say(terminal.NOT_CONSENT)
    if drafted is not None:
        short = drafted["id"][: terminal.ID_SHOWN_CHARS]
        terminal.say(f"REPLY drafted as {short}; it is checked and released like any message.")
    return 0


def answer(args: Namespace) -> int:
    """Answer a message with a verb; with a text or fields, draft the full REPLY as well."""
    if args.verb in HOLDING_VERBS and not args.answer_by:
        raise LocalError("OPTION-VALUE", option="--answer-by", expected=f"a time, since {args.verb} promises an answer")
    with acting(args) as desk:
        officer = desk.officer(LEVEL_ROLES[Level.ANSWERED])
        reply = _reply(desk, args, officer) if args.text or args.field else None
        reply_hash = None if reply is None else read_prepared(reply).body_hash(desk.realm).hex()
        asked = desk.prepare(
            "receipt",
            officer,
            line=args.line,
            message=args.name,
            level=int(Level.ANSWERED),
            locale=args.locale,
            verb=args.verb,
            answer_by=args.answer_by,
            reply_body_hash=reply_hash,
        )
        if not args.json:
            terminal.say(f"\nAnswer to {args.name}: {args.verb}")
        signed = [desk.sign(one, officer) for one in (reply, asked) if one is not None]
        results = desk.submit(officer, *signed)
    return _say_receipt(args, "R4", officer, results[-1], results[0] if reply is not None else None)


def _reply(desk: Acting, args: Namespace, officer: str) -> Json:
    form = forms.form("REPLY")
    values: dict[str, Json] = {"verb": args.verb, "answers": args.name, **field_values("REPLY", args.field)}
    if args.text:
        values["free-text"] = args.text
    if args.answer_by:
        values.setdefault("answer-by", args.answer_by)
    asked = desk.prepare(
        "message",
        officer,
        line=args.line,
        form=form.code,
        precedence=None,
        values=resolved(desk, args.line, values),
        alone=False,
    )
    show_message(desk, asked, locale=args.locale)
    return asked
