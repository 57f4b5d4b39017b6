"""The folder of a node: its settings, where its files lie, and the lock that says who is at work in it."""

from __future__ import annotations

import fcntl
import json
import os
import re
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import IO, TYPE_CHECKING, Final

from armslength.adapters.language_folders import FOLDER as LANGUAGE_FOLDER
from armslength.core.errors import LocalError

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT_PORT: Final = 7443
DEFAULT_API_PORT: Final = 7480
DEFAULT_CONSOLE_PORT: Final = 7481
LOOPBACK: Final = "127.0.0.1"
LOOPBACK_HOSTS: Final = frozenset({LOOPBACK, "::1", "localhost"})
LOCALHOST: Final = "localhost"
"""The one name that browsers hold to be safe without TLS (W3C Secure Contexts, 3.1); passkeys work under it."""

PORT_MAX: Final = 65_535
"""Ports have sixteen bits."""

_HOST_NAME: Final = re.compile(
    r"(?=.{1,253}\Z)(?!.*\.[0-9]+\Z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+"
)
"""Two labels or more in small letters (RFC 1123, 2.1); an address is no name, and passkeys refuse it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator sets; kept as JSON in the home, no secrets in it. ``address`` is what peers call.

    ``console_port`` is None for a node without a console, and 0 for any free port; then there are no passkeys, since
    what they sign names the port and the manifest lists it beforehand.
    """

    party: str
    realm: str
    listen_host: str = LOOPBACK
    listen_port: int = DEFAULT_PORT
    address: str = ""
    api_host: str = LOOPBACK
    api_port: int = DEFAULT_API_PORT
    console_host: str = LOOPBACK
    console_port: int | None = None
    console_name: str = LOCALHOST
    console_idle_s: int = 300
    time_zone: str = "UTC"
    languages: tuple[str, ...] = ("en",)
    alarm_hook: tuple[str, ...] = ()
    translate_command: tuple[str, ...] = ()
    demonstration: bool = False

    @property
    def console_tls(self) -> bool:
        """Whether the console speaks TLS: always, but under the name `localhost`."""
        return self.console_name != LOCALHOST

    def console_origin(self, port: int | None = None) -> str:
        """Return the console's origin as browsers write it (RFC 6454, 6.2); empty when it has no port yet.

        Args:
            port: the one taken, where any free one was asked for.
        """
        taken = port or self.console_port
        if not taken:
            return ""
        scheme, usual = ("https", 443) if self.console_tls else ("http", 80)
        return f"{scheme}://{self.console_name}" + ("" if taken == usual else f":{taken}")

    def relying_parties(self) -> tuple[tuple[bytes, str], ...]:
        """Return what our manifest says of the console: the hash of its name, and its origin; none without a port."""
        origin = self.console_origin()
        return ((sha256(self.console_name.encode()).digest(), origin),) if origin else ()


def check_console(settings: Settings) -> None:
    """Refuse console settings under which nobody could sign in safely.

    Raises:
        LocalError: CONSOLE-NAME, CONSOLE-PLAIN, CONSOLE-PORT.
    """
    # The file is typed by hand: what stands there may be of any type.
    given: object = settings.console_port
    name = settings.console_name
    if given is None:
        return
    port = given if isinstance(given, int) else -1
    if not 0 <= port <= PORT_MAX:
        raise LocalError("CONSOLE-PORT", expected=f"0 to {PORT_MAX}, or none", got=str(given))
    if name != LOCALHOST and _HOST_NAME.fullmatch(name) is None:
        raise LocalError("CONSOLE-NAME", expected="localhost, or a name such as floor.eucom.example", got=name)
    if not settings.console_tls and settings.console_host not in LOOPBACK_HOSTS:
        raise LocalError("CONSOLE-PLAIN", host=settings.console_host)


class Home:
    """The files of one node."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.settings_file = path / "settings.json"
        self.keys_file = path / "node.keys"
        self.unlock_file = path / "node.unlock"
        self.journal_file = path / "journal.db"
        self.lock_file = path / "node.lock"
        self.run_file = path / "run.json"
        self.languages = path / LANGUAGE_FOLDER
        self.officers = path / "officers"
        self.offline = path / "offline"

    def settings(self) -> Settings:
        """Read the settings.

        Raises:
            LocalError: NODE-NOT-INITIALISED, SETTINGS-MALFORMED.
        """
        if not self.settings_file.exists():
            raise LocalError("NODE-NOT-INITIALISED", home=self.path.name)
        try:
            raw = json.loads(self.settings_file.read_text(encoding="utf-8"))
            raw["languages"], raw["alarm_hook"] = tuple(raw["languages"]), tuple(raw["alarm_hook"])
            raw["translate_command"] = tuple(raw.get("translate_command", ()))
            return Settings(**raw)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise LocalError("SETTINGS-MALFORMED", because=str(error)) from error

    def write_settings(self, settings: Settings) -> None:
        """Write the settings, replacing the file whole."""
        temporary = self.settings_file.with_suffix(".new")
        temporary.write_text(json.dumps(asdict(settings), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        temporary.replace(self.settings_file)

    def introduction_file(self, party: str) -> Path:
        """Return where our introduction file lies."""
        return self.path / f"{party}.intro"

    def officer_file(self, officer: str) -> Path:
        """Return an officer's key file."""
        return self.officers / f"{officer}.key"

    def token_file(self, officer: str) -> Path:
        """Return an officer's API token file."""
        return self.officers / f"{officer}.token"


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
    new.replace(path)


def lock_home(path: Path) -> IO[str] | None:
    """Take the lock of a home; None when another process holds it.

    Raises:
        LocalError: NODE-NOT-INITIALISED.
    """
    home = Home(path)
    if not home.settings_file.exists():
        raise LocalError("NODE-NOT-INITIALISED", home=path.name)
    stream = home.lock_file.open("a", encoding="utf-8")
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        stream.close()
        return None
    return stream
