"""Machine translation by the site's own program, as a marked draft and nothing else (C5).

The product carries no model and fetches none: a site that wants a first draft names a program of its own in
`translate_command`, with its arguments. It reads ``{"text", "from", "to"}`` as JSON on standard input and writes the
text. It is never a line for a shell, sees none of our environment's secrets, and has little time. What it wrote is
shown between two marks, kept nowhere, and refused as a stage or in a message as long as a mark stands in it.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.core.limits import TEXT_BYTES_MAX
from armslength.language.translations import MACHINE_MARK, check_language

if TYPE_CHECKING:
    from collections.abc import Sequence

TIMEOUT_S: Final = 60.0
"""A model on a processor alone takes some seconds a page; a linguist does not wait longer than a minute."""

OUTPUT_BYTES_MAX: Final = 4 * TEXT_BYTES_MAX
"""Bytes that are read of it: a translation is seldom twice as long, and a program gone wild is cut off."""

AT_ONCE_MAX: Final = 1
"""One model at a time: the machine answers messages too."""

_INHERITED: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TZ")


class CommandTranslator:
    """A translator behind a command.

    Args:
        command: program and arguments; empty for none.
        timeout_s: seconds for one text, waiting for its turn included.
    """

    def __init__(self, command: Sequence[str] = (), *, timeout_s: float = TIMEOUT_S) -> None:
        if isinstance(command, str) or any("\0" in each for each in command):
            raise LocalError("MACHINE-NONE", got=command)
        self._command = tuple(command)
        self._timeout_s = timeout_s
        self._turns = asyncio.Semaphore(AT_ONCE_MAX)

    @property
    def name(self) -> str:
        """The program's name without its folder, for the record of a stage that began with it."""
        return os.path.basename(self._command[0])[:64] if self._command else ""  # noqa: PTH119 - a name, no path

    async def translate(self, text: str, source: str, target: str) -> str:
        """Return a machine draft between its marks.

        Args:
            text: what is to be translated, at most a message's text.
            source: tag of its language.
            target: tag of the language wanted.

        Raises:
            LocalError: MACHINE-NONE, MACHINE-FAILED, TEXT-SIZE, TRANSLATION-VALUE.
        """
        if not self._command:
            raise LocalError("MACHINE-NONE")
        check_language(source)
        check_language(target)
        if len(text.encode(errors="replace")) > TEXT_BYTES_MAX:
            raise LocalError("TEXT-SIZE", expected=f"at most {TEXT_BYTES_MAX} bytes", got=len(text))
        asked = json.dumps({"text": text, "from": source, "to": target}, ensure_ascii=True).encode()
        try:
            async with asyncio.timeout(self._timeout_s), self._turns:
                written = await self._run(asked)
        except (OSError, ValueError, TimeoutError) as error:
            raise LocalError("MACHINE-FAILED", because=type(error).__name__) from error
        return marked(written)

    async def _run(self, asked: bytes) -> str:
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={name: os.environ[name] for name in _INHERITED if name in os.environ},
            # A session of its own, so that a program that does not end is ended with everything it started.
            start_new_session=True,
        )
        try:
            written = await _exchange(process, asked)
            if len(written) > OUTPUT_BYTES_MAX or await process.wait() != 0 or not written.strip():
                raise LocalError("MACHINE-FAILED", status=process.returncode, got=f"{len(written)} bytes")
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                await process.wait()
        return written.decode()


async def _exchange(process: asyncio.subprocess.Process, asked: bytes) -> bytes:
    """Write what is asked and read what is answered at once, so that neither side waits for a full pipe."""
    if process.stdin is None or process.stdout is None:
        raise LocalError("MACHINE-FAILED", because="no pipe")
    reading = asyncio.ensure_future(_read(process.stdout))
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(asked)
        await process.stdin.drain()
        process.stdin.close()
    return await reading


async def _read(stream: asyncio.StreamReader) -> bytes:
    parts, size = [], 0
    while size <= OUTPUT_BYTES_MAX and (part := await stream.read(OUTPUT_BYTES_MAX + 1)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def marked(text: str) -> str:
    """Return a text between its marks; one that the program wrote itself is not doubled."""
    plain = text.replace(MACHINE_MARK, "").strip()
    return f"{MACHINE_MARK}\n{plain}\n{MACHINE_MARK}"
