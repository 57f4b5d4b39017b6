"""The commands of the shift: roster, hand-over, drills."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.entrypoints.cli.parser_watch import READ, SIGN

if TYPE_CHECKING:
    from armslength.entrypoints.cli.parser_watch import Commands

_DRILL: Final = "for example DR-2022-000001"


def add_shifts(top: Commands) -> None:
    """Add every command of the shift: roster, hand-over, drills."""
    _shifts(top)
    _drills(top)


def _shifts(top: Commands) -> None:
    shift = top.group("shift", "who has the watch: roster, handing over, taking over")
    roster = shift.add("roster", "enter a roster, or show the ones that are held", "shifts:roster", shared=SIGN)
    roster.add_argument("file", metavar="FILE", nargs="?", help="JSON: watches and who can be woken; docs/shifts.md")
    roster.add_argument("--show", metavar="NAME", help="show this roster, by its name or entry")
    roster.add_argument("--reason", metavar="TEXT", help="why it is entered or changed")
    show = shift.add("show", "show who has the watch, or a hand-over with its form", "shifts:show", shared=READ)
    show.add_argument("entry", metavar="ENTRY", nargs="?", help="a hand-over's entry, or waiting")
    form = shift.add("form", "show the form as it would be handed over now", "shifts:form", shared=READ)
    form.add_argument("--notes", metavar="TEXT", help="what you would add")
    hand = shift.add("handover", "sign the form of this minute and hand over the watch", "shifts:handover", shared=SIGN)
    hand.add_argument("--notes", metavar="TEXT", help="what who comes must know besides")
    hand.add_argument("--key", dest="keys", metavar="TEXT", action="append", default=[], help="a key, a safe; repeat")
    take = shift.add("take", "take the watch: sign the form that was handed over", "shifts:take", shared=SIGN)
    take.add_argument("--form", metavar="CODE", help="the eight characters at the foot of the form; asked when missing")
    take.add_argument("--reason", metavar="TEXT", help="why it is taken where nobody handed it over")
    shift.add("who", "show who can release now, and who can be woken and how", "shifts:who", shared=READ)
    listing = shift.add("list", "list hand-overs and takings over", "shifts:listing", shared=READ)
    listing.add_argument("--limit", metavar="N", type=int, default=20, help="lines on the screen, default 20")


def _drills(top: Commands) -> None:
    drill = top.group("drill", "drills, clear of every change of the watch")
    plan = drill.add("plan", "plan a drill; its script cannot be changed afterwards", "shifts:drill_plan", shared=SIGN)
    plan.add_argument("title", metavar="TITLE", help="what it is called")
    plan.add_argument("--script", metavar="FILE", required=True, help="what is played, a text file")
    plan.add_argument("--from", dest="start", metavar="TIME", required=True, help="when it is to begin")
    plan.add_argument("--until", dest="end", metavar="TIME", required=True, help="when it is to end")
    plan.add_argument("--reason", metavar="TEXT", required=True, help="what it is for")
    plan.add_argument(
        "--supervisor", metavar="WATCH=OFFICER", action="append", default=[], help="of each watch near a change; repeat"
    )
    for name, about in (
        ("begin", "begin a planned drill, or one that was stopped"),
        ("end", "end a drill"),
        ("call-off", "call a drill off"),
    ):
        command = drill.add(name, about, "shifts:drill_step", shared=SIGN)
        command.set_defaults(step=name.upper())
        command.add_argument("id", metavar="DRILL", help=_DRILL)
        command.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept")
    listing = drill.add("list", "list drills, or show one", "shifts:drill_list", shared=READ)
    listing.add_argument("id", metavar="DRILL", nargs="?", help=_DRILL)
