"""`message form`: what a form asks for, field by field, with every code; needs no node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from armslength.desk.service_forms import read_forms
from armslength.entrypoints.cli import terminal
from armslength.line import forms

if TYPE_CHECKING:
    from argparse import Namespace

Json = Any


def show(args: Namespace) -> int:
    """Show the catalogue or one form."""
    known = read_forms()
    if args.form is None:
        if args.json:
            terminal.say_json(known)
        else:
            terminal.table(known, ("code", "purpose"), empty="none")
        return 0
    code = forms.form(args.form.upper()).code
    one = next(entry for entry in known if entry["code"] == code)
    if args.json:
        terminal.say_json(one)
    else:
        _say(one)
    return 0


def _say(one: Json) -> None:
    terminal.say(f"{one['code']}: {one['purpose']}\n")
    terminal.pairs(
        [
            ("drafted by", one["drafters"]),
            ("released by", one["releasers"]),
            ("second person", f"from {one['two_persons_from']}" if one["two_persons_from"] else "no"),
            ("legal tick", one["legal_tick"]),
            ("linguist", "checks free text" if one["linguist_check"] else "no"),
            ("precedences", one["precedences"]),
            ("answers", one["replies"] or "none"),
        ]
    )
    terminal.say()
    for field in one["fields"]:
        needed = ", required" if field["required"] else ""
        terminal.say(f"{field['name']} ({field['kind']}{needed})")
        for name in ("codes", "grades"):
            if field[name]:
                terminal.say(f"    {', '.join(field[name])}")
