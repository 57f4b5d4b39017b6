"""`stop`: one command, every open line at once, one person, no check that could wait for somebody.

A line that refuses does not hold the others up: each is signed and submitted by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from armslength.core.errors import ArmslengthError, LocalError
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.signing import acting, show_message
from armslength.line import forms
from armslength.line.vocabularies import VOCABULARIES

if TYPE_CHECKING:
    from argparse import Namespace

    from armslength.entrypoints.cli.signing import Acting

Json = Any


def stop(args: Namespace) -> int:
    """Send STOP for a place on every open line, or on those named."""
    if bool(args.facility) == bool(args.at):
        raise LocalError("STOP-WHERE")
    with acting(args) as desk:
        values = {"place": args.at} if args.at else _facility(desk, args.facility)
        values |= _reason(args.reason)
        lines = _lines(desk, args.lines)
        officer = desk.officer(forms.form("STOP").releasers)
        results = [_send(desk, officer, line, values, shown=position == 0) for position, line in enumerate(lines)]
    if args.json:
        terminal.say_json(results)
    else:
        _say(results)
    refused = [one for one in results if "code" in one]
    return 2 if refused else 0


def _reason(given: str | None) -> dict[str, Json]:
    codes = VOCABULARIES["STOP_REASON"].codes
    if given is None:
        return {}
    if given.upper() not in codes:
        # A word mistyped in a hurry must not hold up a STOP: it goes without its reason.
        terminal.warn(f"The reason is left out, it is none of: {', '.join(codes)}.")
        return {}
    return {"stop-reason": given.upper()}


def _facility(desk: Acting, name: str) -> dict[str, Json]:
    """Return the fields of a facility by its id or one of its names, whole or the start of it."""
    known = desk.client.read("facilities")
    wanted = name.casefold()
    whole = [one for one in known if wanted in _names(one)]
    fitting = whole or [one for one in known if any(text.startswith(wanted) for text in _names(one))]
    if len(fitting) != 1:
        ids = ", ".join(one["facility_id"] for one in known) or "none"
        raise LocalError("STOP-WHERE", asked=name, known=ids)
    one = fitting[0]
    first = one["names"][0]
    return {
        "facility-id": one["facility_id"],
        "place": one["place"],
        "facility": [first["name"], first["language"], one["kind"]],
    }


def _names(facility: Json) -> list[str]:
    return [facility["facility_id"].casefold(), *(one["name"].casefold() for one in facility["names"])]


def _lines(desk: Acting, named: list[str] | None) -> list[Json]:
    known = [one for one in desk.client.read("lines") if one["assented_by_us"] and one["assented_by_them"]]
    if named is None:
        found = known
    else:
        found = [one for one in known if any(_means(name, one) for name in named)]
        missing = [name for name in named if not any(_means(name, one) for one in known)]
        if missing:
            raise LocalError(
                "LINE-NOT-FOUND", asked=missing[0], known=", ".join(one["peer"] for one in known) or "none"
            )
    if not found:
        raise LocalError("LINE-NOT-FOUND", asked="any open line", known="none")
    return found


def _means(name: str, line: Json) -> bool:
    return bool(line["peer"] == name.upper() or line["line"].startswith(name.lower()))


def _send(desk: Acting, officer: str, line: Json, values: dict[str, Json], *, shown: bool) -> Json:
    try:
        asked = desk.prepare(
            "message", officer, line=line["line"], form="STOP", precedence="FLASH", values=values, alone=True
        )
        if shown:
            show_message(desk, asked)
        done = desk.submit(officer, desk.sign(asked, officer))[0]
    except ArmslengthError as error:
        return {"peer": line["peer"], "code": error.code, "sentence": error.sentence, "next_step": error.next_step}
    return {"peer": line["peer"], **done}


def _say(results: list[Json]) -> None:
    terminal.say()
    for one in results:
        if "code" in one:
            terminal.say(f"{one['peer']}: NOT RELEASED. {one['code']}: {one['sentence']}")
            terminal.say(f"  Next: {one['next_step']}")
        else:
            terminal.say(f"{one['peer']}: STOP released, number {one['number']}; {one['delivery']}.")
    terminal.say("Call the other side too. `armslength message list` tells which receipt is in.")
