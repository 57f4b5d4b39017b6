"""Ringing our own people by a command of the operator's: a pager, a siren, a script that calls the duty phone.

The command is a program with its arguments, never a line for a shell, and nothing of an alarm becomes an argument: it
stands in environment variables and as JSON on standard input, each value made visible first (abuse case 37).
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.core.text import visible_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PREFIX: Final = "ARMSLENGTH_ALARM_"
TIMEOUT_S: Final = 20.0
"""A hook hands over to a pager or a queue; one that waits for a person holds up the next alarm."""
AT_ONCE_MAX: Final = 4
"""Hooks that run side by side: a storm of alarms must not take the machine that answers messages."""
VALUE_CHARS_MAX: Final = 500
"""A pager shows a few lines; the whole alarm is on the screen of the watch."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_INHERITED: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TZ")
"""What a script needs of our environment; tokens and unlock secrets that may stand in it are none of its business."""


class CommandNotifier:
    """The Notifier port on a command.

    Args:
        command: program and arguments.
        timeout_s: seconds for one run, waiting for its turn included.
        at_once: runs side by side.

    Raises:
        LocalError: NOTIFY-COMMAND, no program is named.
    """

    def __init__(self, command: Sequence[str], *, timeout_s: float = TIMEOUT_S, at_once: int = AT_ONCE_MAX) -> None:
        if isinstance(command, str) or not command or not command[0] or any("\0" in each for each in command):
            raise LocalError("NOTIFY-COMMAND", got=command)
        self._command = tuple(command)
        self._timeout_s = timeout_s
        self._turns = asyncio.Semaphore(at_once)

    async def notify(self, alarm: Mapping[str, str]) -> bool:
        """Run the command for one alarm; False when it failed, was too slow or could not be started. Never raises."""
        shown = shown_alarm(alarm)
        try:
            async with asyncio.timeout(self._timeout_s), self._turns:
                return await self._run(shown)
        except (OSError, ValueError, TimeoutError):
            return False

    async def _run(self, shown: Mapping[str, str]) -> bool:
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            env=_environment(shown),
            # A session of its own, so that a hook that does not end is ended with everything it started.
            start_new_session=True,
        )
        try:
            await process.communicate(json.dumps(shown, ensure_ascii=False).encode())
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                await process.wait()
        return process.returncode == 0


def shown_alarm(alarm: Mapping[str, str]) -> dict[str, str]:
    """Return an alarm's entries as single visible lines; one whose name is no plain word is left out."""
    return {
        name: visible_line(str(value)[:VALUE_CHARS_MAX]) for name, value in alarm.items() if _NAME.fullmatch(str(name))
    }


def _environment(shown: Mapping[str, str]) -> dict[str, str]:
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    alarm = {PREFIX + name.upper().replace("-", "_"): value for name, value in shown.items()}
    return inherited | alarm
