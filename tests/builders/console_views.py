"""Every view of the console that an address names: each screen of the menu, and one thing on each that opens things."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from builders.console_people import Person, Program

LANGUAGES: Final = ("en", "ru", "uk")
PALETTES: Final = ("dusk", "bright", "day", "night")

Json = Any


@dataclass(frozen=True, kw_only=True)
class View:
    """One address of the console."""

    screen: str
    name: str = ""
    query: dict[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What a file or a message calls it."""
        more = "-".join(f"{key}-{value}" for key, value in self.query.items() if len(value) < 24)
        return "-".join(part for part in (self.screen, "one" if self.name else "", more) if part)


def _first(key: str, holds: Callable[[Json], bool] = lambda _one: True) -> Callable[[Json], str | None]:
    return lambda rows: next((str(one[key]) for one in rows if one.get(key) is not None and holds(one)), None)


ONES: Final[dict[str, tuple[str, Callable[[Json], str | None]]]] = {
    "messages": (
        "messages",
        lambda rows: next((f"{one['direction']}:{one['number']}" for one in rows if one["direction"] == "in"), None),
    ),
    "concerns": ("concerns", _first("id")),
    "release": ("drafts", _first("id")),
    "register": ("facilities", _first("facility_id")),
    "reports": ("reports", _first("report_id")),
    "cases": ("cases", _first("case")),
    "channels": ("channels", _first("channel")),
    "contacts": ("contacts", _first("number")),
    "decisions": ("decisions", _first("number")),
    "calls": ("calls", _first("call")),
    "translations": ("messages", _first("id", lambda one: one["direction"] == "in")),
    "terms": ("terms", _first("term")),
    "codebook": ("codes", _first("code")),
    "windows": ("windows", _first("window")),
}
"""Screen -> what the API lists of it, and which of that is opened."""

MORE: Final = (
    View(screen="compose", query={"form": "CONCERN"}),
    View(screen="compose", query={"form": "TEST"}),
    View(screen="contacts", name="new"),
    View(screen="register", query={"view": "reports"}),
    View(screen="register", query={"view": "reports", "report": "new"}),
    View(screen="alarms", query={"show": "all"}),
)
"""Views that no list names."""


def every_view(person: Person, program: Program) -> Iterator[View]:
    """Give every view that an officer has: menu, one of each kind, and the rest.

    Args:
        person: who looks; his menu says which screens there are.
        program: who lists what there is.
    """
    menu = person.menu()
    for screen in menu:
        yield View(screen=screen)
        if screen in ONES:
            path, pick = ONES[screen]
            name = pick(program.get(path))
            if name is not None:
                yield View(screen=screen, name=name)
        yield from (view for view in MORE if view.screen == screen)
