"""Who may call what of the console's own: one row a path, beside the operations of the API below /v1/.

Signing in is open by its nature, to whoever reaches the console with its own page; the rest is for a session, which
says which officer asks. No role has more of these than another.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ANYBODY: Final = "anybody who reaches the console"
SESSION: Final = "every officer with a session"
LOCKED_TOO: Final = "every officer with a session, locked or not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One path of the console: its name, and who may call it."""

    name: str
    who: str


ACCESS: Final[Mapping[tuple[str, str], Row]] = MappingProxyType(
    {
        ("GET", "/sign-in/about"): Row(name="sign-in-about", who=ANYBODY),
        ("POST", "/sign-in/begin"): Row(name="sign-in-begin", who=ANYBODY),
        ("POST", "/sign-in/finish"): Row(name="sign-in-finish", who=ANYBODY),
        ("GET", "/sign-in/session"): Row(name="sign-in-session", who=LOCKED_TOO),
        ("POST", "/sign-in/use"): Row(name="sign-in-use", who=SESSION),
        ("POST", "/sign-in/lock"): Row(name="sign-in-lock", who=LOCKED_TOO),
        ("POST", "/sign-in/unlock"): Row(name="sign-in-unlock", who=LOCKED_TOO),
        ("POST", "/sign-in/out"): Row(name="sign-in-out", who=ANYBODY),
        ("POST", "/sign-in/enrol/begin"): Row(name="sign-in-enrol-begin", who=f"{ANYBODY}, with an enrolment code"),
        ("POST", "/sign-in/enrol/finish"): Row(name="sign-in-enrol-finish", who=f"{ANYBODY}, with an enrolment code"),
        ("GET", "/sign-in/demonstration-key/{officer}"): Row(
            name="sign-in-demonstration-key", who=f"{ANYBODY}, of a demonstration only"
        ),
        ("GET", "/live"): Row(name="live", who=LOCKED_TOO),
    }
)
"""Method and path -> row. A path of the console without a row is a defect."""
