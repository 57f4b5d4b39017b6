"""`concern`: what the watch flagged, why, what speaks against it, and what people make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.desk.policy import LOCAL_ACTS
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.drafts import say_draft
from armslength.entrypoints.cli.signing import acting, show_message
from armslength.entrypoints.cli.values import field_values, read_text
from armslength.line import forms

if TYPE_CHECKING:
    from argparse import Namespace

Json = Any

SHOWN_MAX: Final = 12
"""Reports of one concern on the screen; --json shows them all."""

CITED_MAX: Final = 10
"""Reports that a draft names; more than ten nobody reads at the other end."""

TEXT_CHARS: Final = 200
"""Of a report's text under a concern; `report show` has all of it."""

ASIDE: Final = frozenset({"DISMISSED", "CLOSED"})

NEXT: Final = {
    "FLAGGED": "armslength concern assess {id} pursue|hold|dismiss --reason ...",
    "CORROBORATED": "armslength concern assess {id} pursue|hold|dismiss --reason ...",
    "HELD": "armslength concern assess {id} pursue|dismiss --reason ...",
    "PURSUED": "armslength concern draft {id} --reply-by TIME --text ...",
    "CONVEYED": "wait for the answer; then armslength concern assess {id} close --reason ...",
    "DISMISSED": "nothing; armslength concern assess {id} reopen --reason ... takes it up again",
    "CLOSED": "nothing; armslength concern assess {id} reopen --reason ... takes it up again",
}
"""Status -> what a person may do then."""


def listing(args: Namespace) -> int:
    """List concerns, the highest rank first."""
    with acting(args) as desk:
        found = desk.client.read("concerns")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    shown = found if args.all else [one for one in found if one["status"] not in ASIDE]
    terminal.heading(realm, f"{terminal.counted(len(shown), 'concern')}, the highest rank first")
    concern_table(shown)
    if len(shown) < len(found):
        terminal.say(f"{len(found) - len(shown)} dismissed or closed: --all shows them.")
    if shown:
        terminal.say(f"Next: armslength concern show {shown[0]['id']}")
    return 0


def concern_table(found: list[Json]) -> None:
    """Print concerns, one a line."""
    rows = [{**one, "reports": len(one["evidence"]), "conveyed": bool(one["conveyed"])} for one in found]
    columns = ("id", "rank", "status", "facility", "day", "certainty", "reports", "conveyed")
    terminal.table(rows, columns, empty="none")


def show(args: Namespace) -> int:
    """Show one concern: why it is there, on what, and what speaks against it."""
    with acting(args) as desk:
        found = desk.client.read("concerns", args.id.upper())
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    say_concern(realm, found)
    return 0


def say_concern(realm: str, one: Json) -> None:
    """Print one concern."""
    named = one["facility_name"]
    site = named if named == one["facility"] else f"{named} ({one['facility']})"
    terminal.heading(realm, f"concern {one['id']} about {site}: {one['status']}")
    terminal.say(f"rank {one['rank']}, {one['certainty']}, day {one['day']}, flagged {_minute(one['flagged_at'])}")
    terminal.say("\nWhy it is here:")
    for step in one["history"]:
        if step["officer"] in {None, ""} and step["step"] in {"flag", "corroborate"}:
            terminal.say(f"  {step['reason']}")
    terminal.say("\nWhat speaks against it:")
    for sentence in one["against"] or ["the rules name nothing"]:
        terminal.say(f"  {sentence}")
    _say_evidence(one)
    steps = [{**step, "at": _minute(step["at"])} for step in one["history"] if step["officer"]]
    if steps:
        terminal.say("\nWhat people decided:")
        terminal.table(steps, ("at", "step", "officer", "reason"), empty="none")
    terminal.say()
    for conveyed in one["conveyed"]:
        terminal.say(f"Conveyed by {conveyed['means']} at {conveyed['at']}, reference {conveyed['reference'][:12]}.")
    if not one["conveyed"]:
        terminal.say("Not conveyed: no receipt R0 of a message about it, and no recorded call.")
    terminal.say("Next: " + NEXT.get(one["status"], "armslength concern list").format(id=one["id"]))


def _say_evidence(one: Json) -> None:
    terminal.say(f"\nEvidence, {terminal.counted(len(one['evidence']), 'report')}:")
    for report in one["reports"][:SHOWN_MAX]:
        terminal.say(
            f"  {report['report_id']}  {span(report)}  {report['what']}  {report['grade']}  says {report['who_says']}"
        )
        text = short(report["text"], TEXT_CHARS)
        if text:
            terminal.say(f"    {text}")
    unshown = len(one["evidence"]) - min(len(one["reports"]), SHOWN_MAX)
    if unshown > 0:
        terminal.say(f"  and {unshown} more: --json has all ids, armslength report show ID each of them.")


def span(report: Json) -> str:
    """Return when something happened: a day when no time of day is known, else from and until."""
    start, end = report["from"], report["until"]
    if start[:10] == end[:10] and start[11:19] == "00:00:00" and end[11:19] == "23:59:59":
        return str(start[:10])
    if start[:16] == end[:16]:
        return f"{start[:16]}Z"
    return f"{start[:16]}Z to {end[11:16] if start[:10] == end[:10] else end[:16]}Z"


def _minute(at: str | None) -> str:
    return "-" if at is None else f"{at[:16]}Z"


def short(text: str, chars: int) -> str:
    """Return a text as one line of at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= chars else f"{line[: chars - 1]}…"


def step(args: Namespace) -> int:
    """Take a step on a concern, with a reason."""
    given = {"concern": args.id.upper(), "step": args.step, "reason": args.reason}
    with acting(args) as desk:
        desk.sign_local("concern-step", LOCAL_ACTS["concern-step"][1], given)
        after = desk.client.read("concerns", args.id.upper())
        realm = desk.realm.value
    if args.json:
        terminal.say_json(after)
        return 0
    say_concern(realm, after)
    return 0


def draft(args: Namespace) -> int:
    """Fill a CONCERN from a concern's evidence and enter it as a draft, for people to check and release."""
    form = forms.form("CONCERN")
    with acting(args) as desk:
        found = desk.client.read("concerns", args.id.upper())
        filled = desk.client.read("concern-form", args.id.upper())
        values = {**filled, "reply-by": args.reply_by, "free-text": _text(args, found)}
        values.update(field_values(form.code, args.field))
        officer = desk.officer(form.drafters)
        asked = desk.prepare(
            "message", officer, line=args.to, form=form.code, precedence=args.precedence, values=values, alone=False
        )
        show_message(desk, asked, locale=args.locale)
        done = desk.submit(officer, desk.sign(asked, officer))[0]
        entered = desk.client.read("drafts", done["id"])
    if not args.json:
        terminal.say(f"\nFilled from {found['id']}: {', '.join(sorted(filled))}.")
        if found["status"] != "PURSUED":
            terminal.say(f"{found['id']} is {found['status']}: no person has decided to pursue it yet.")
    return say_draft(args, entered)


def _text(args: Namespace, found: Json) -> str:
    text = read_text(args.text_file).strip() if args.text_file else (args.text or "").strip()
    if not text:
        raise LocalError("OPTION-VALUE", option="--text", expected="what you say, in your own words", got="nothing")
    cited = found["evidence"][:CITED_MAX]
    further = len(found["evidence"]) - len(cited)
    more = f" and {further} more" if further > 0 else ""
    return f"{text}\nEvidence held here under {found['id']}: {', '.join(cited)}{more}."
