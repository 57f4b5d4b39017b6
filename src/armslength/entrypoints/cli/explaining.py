"""`explain`: what an error code means and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.core.error_table import ERROR_TABLE
from armslength.core.errors import LocalError
from armslength.entrypoints.cli import terminal

if TYPE_CHECKING:
    from argparse import Namespace

WHO_ACTS: Final = {
    "local": "our own side must change something; nothing was changed",
    "peer": "the other side sent something that the rules forbid; it was refused",
    "verification": "evidence does not hold",
    "unavailable": "something could not be reached; trying again is right",
}


def explain(args: Namespace) -> int:
    """Explain one code, or list all."""
    if args.code is None:
        table = sorted(ERROR_TABLE.items())
        rows = [{"code": code, "family": text.family, "sentence": text.sentence} for code, text in table]
        if args.json:
            terminal.say_json([{**row, "next_step": ERROR_TABLE[row["code"]].next_step} for row in rows])
        else:
            terminal.table(rows, ("code", "family", "sentence"), empty="none")
        return 0
    code = args.code.strip().rstrip(":").upper()
    text = ERROR_TABLE.get(code)
    if text is None:
        near = ", ".join(one for one in sorted(ERROR_TABLE) if one.startswith(code.partition("-")[0])) or "none"
        raise LocalError("ERROR-UNKNOWN", asked=args.code, near=near)
    if args.json:
        terminal.say_json({"code": code, **text._asdict()})
        return 0
    terminal.say(f"{code}  ({WHO_ACTS[text.family]})\n")
    terminal.say(text.sentence)
    terminal.say(f"Next: {text.next_step}")
    return 0
