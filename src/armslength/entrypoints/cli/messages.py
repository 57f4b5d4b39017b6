"""`message show|list|paste|receipt|answer`: what was sent and received, and the receipts that officers give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.precedence import Precedence
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.drafts import resolved, say_draft
from armslength.entrypoints.cli.home import home_of
from armslength.entrypoints.cli.officers import own_manifest
from armslength.entrypoints.cli.signing import acting, read_prepared, require_shown, show_message
from armslength.entrypoints.cli.translations import say_findings
from armslength.entrypoints.cli.values import field_values, read_text
from armslength.line import fields, forms
from armslength.line.receipts import HOLDING_VERBS, LEVEL_ROLES, Level

if TYPE_CHECKING:
    from argparse import Namespace

    from armslength.entrypoints.cli.signing import Acting
    from armslength.language.rendering import Renderer

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
        checked = _checked(desk, args, found)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
    elif args.paper:
        _show_sheet(found, "paper")
    elif args.osce:
        _show_sheet(found, "osce")
    elif args.reply_form:
        terminal.say(_reply_form(args, found))
    elif "prepared" in found:
        _show_draft(realm, found)
    else:
        _show_message(args, realm, found)
    say_findings(checked)
    return 0


def _checked(desk: Acting, args: Namespace, found: Json) -> Json:
    """Return what the drafting checks say of a draft, and of a message of ours what its release went without."""
    nothing: Json = {"findings": [], "warning": None}
    ours = "prepared" in found or found["direction"] == "out"
    if args.json or args.paper or args.osce or args.reply_form or not ours:
        return nothing
    said = desk.client.read("drafting-checks", found["id"])
    return said if "prepared" in found else {**nothing, "warning": said["warning"]}


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
    _say_asked(found["asked"])


def _show_sheet(found: Json, kind: str) -> None:
    # The sheet says EXERCISE itself, and is read back line by line: nothing else may stand on it.
    if found.get(kind) is None:
        raise LocalError("PAPER-NONE", message=found["id"][: terminal.ID_SHOWN_CHARS])
    terminal.say(found[kind])


def _reply_form(args: Namespace, found: Json) -> str:
    from armslength.desk.asking import reply_form

    if "asked" not in found:
        raise LocalError("MESSAGE-UNKNOWN", asked=found["id"][: terminal.ID_SHOWN_CHARS])
    return reply_form(found, _renderer(args).texts(found["locale"]))


def _say_asked(items: list[Json]) -> None:
    """List what is asked, with the fields of a REPLY that answer it, or whether the answer shown covers it."""
    for place, item in enumerate(items, start=1):
        if item["answered"] is None:
            terminal.say(f"Asked {place}: {item['asked']}  --field {' or '.join(item['fields'])}=...")
        else:
            terminal.say(f"Asked {place}: {item['asked']}  {'answered' if item['answered'] else 'NOT ANSWERED'}")


def _renderer(args: Namespace) -> Renderer:
    """Return the renderer of the package's languages and of the home's own."""
    from armslength.node import load_renderer

    return load_renderer(home_of(args) / "languages")


def _say_never(args: Namespace, locale: str) -> None:
    """Say what no receipt means, in the reader's language (D2)."""
    texts = _renderer(args).texts(locale)
    for sentence in ("receipt-not-consent", "line-no-precondition", "line-duty-to-verify"):
        terminal.say(texts.say(sentence))


def _show_message(args: Namespace, realm: str, found: Json) -> None:
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
    _say_asked(found["asked"])
    _say_validity(found["validity"])
    _say_never(args, found["locale"])


_VALIDITY_WORDS: Final = {
    "lead_time_at_release": "Lead time at release",
    "lead_time_at_receipt": "Lead time at receipt",
    "lead_time_due": "Lead time due",
    "short_notice": "SHORT NOTICE",
}


def _say_validity(found: Json) -> None:
    for key, words in _VALIDITY_WORDS.items():
        if found.get(key):
            terminal.say(f"{words}: {found[key]}.")
    if found.get("expired_at_receipt"):
        terminal.say("Its validity had ended when it was received.")


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
        locale = _locale(desk, args)
    return _say_receipt(args, args.level, officer, done, locale)


def _locale(desk: Acting, args: Namespace) -> str:
    return str(args.locale or own_manifest(desk.home).languages[0])


def _say_read_back(asked: Json) -> None:
    body = read_prepared(asked).body
    if 33 in body:
        doubt = "  DOUBT: call and read the place again" if body.get(34) else ""
        terminal.say(f"\nThe place you read back lies {int(str(body[33]))} m from the place sent.{doubt}")


def _say_receipt(args: Namespace, level: str, officer: str, done: Json, locale: str, drafted: Json = None) -> int:
    if args.json:
        terminal.say_json({**done, "level": level, "reply_draft": drafted})
        return 0
    terminal.say(f"\n{level} ({LEVEL_WORDS[level]}) signed by {officer}: {done['delivery']}.")
    _say_never(args, locale)
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
        if not args.json:
            _say_asked(desk.client.read("messages", args.name, line=args.line, locale=args.locale)["asked"])
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
        locale = _locale(desk, args)
    return _say_receipt(args, "R4", officer, results[-1], locale, results[0] if reply is not None else None)


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


def paste(args: Namespace) -> int:
    """Read a numbered text that was pasted in, and draft it or show what a draft of it would hold."""
    from armslength.desk.form_json import draft_values
    from armslength.language.osce_text import parse_osce

    parsed = parse_osce(_renderer(args).catalogue, read_text(args.file)).message
    code = str(parsed.values[fields.FORM_CODE])
    given: Json = {
        "form": code,
        "precedence": Precedence(int(str(parsed.values[fields.PRECEDENCE]))).name,
        "author": parsed.author,
        "number": parsed.number,
        "fields": draft_values(code, parsed.values),
    }
    with acting(args) as desk:
        if parsed.realm is not desk.realm:
            raise LocalError("OSCE-REALM", expected=desk.realm.value, got=parsed.realm.value)
        if args.draft:
            return _draft_pasted(desk, args, given)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(given)
        return 0
    number = "not numbered" if parsed.number is None else f"number {parsed.number}"
    terminal.heading(realm, f"numbered text of {parsed.author}, {number}: {code} {given['precedence']}")
    terminal.pairs(list(given["fields"].items()))
    terminal.say("Nothing was entered. With --draft it becomes a draft of ours, checked and released like any other.")
    return 0


def _draft_pasted(desk: Acting, args: Namespace, given: Json) -> int:
    form = forms.form(given["form"])
    officer = desk.officer(form.drafters)
    asked = desk.prepare(
        "message",
        officer,
        line=args.to,
        form=form.code,
        precedence=given["precedence"],
        values=given["fields"],
        alone=False,
    )
    show_message(desk, asked, locale=args.locale)
    done = desk.submit(officer, desk.sign(asked, officer))[0]
    return say_draft(args, desk.client.read("drafts", done["id"]))
