"""The command hook: it gets the alarm as data, and nothing it does can harm the node."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest

from armslength.adapters.notify_command import CommandNotifier
from armslength.core.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ALARM = {"kind": "receipt-overdue", "number": "1/2022-11-20", "precedence": "FLASH"}
DUMP = "import json, os, sys; json.dump([dict(os.environ), sys.stdin.read(), sys.argv[2:]], open(sys.argv[1], 'w'))"


def ring(command: list[str], *alarms: Mapping[str, str], **options: Any) -> list[bool]:
    async def bounded() -> list[bool]:
        notifier = CommandNotifier(command, **options)
        async with asyncio.timeout(20):
            return list(await asyncio.gather(*(notifier.notify(alarm) for alarm in alarms)))

    return asyncio.run(bounded())


def dumped(tmp_path: Path, alarm: Mapping[str, str], *arguments: str) -> tuple[dict[str, str], dict[str, str], Any]:
    """Run a hook that writes down what it was given."""
    out = tmp_path / "given.json"
    assert ring([sys.executable, "-c", DUMP, str(out), *arguments], alarm) == [True]
    environment, standard_input, argv = json.loads(out.read_text())
    ours = {name: value for name, value in environment.items() if name.startswith("ARMSLENGTH")}
    return ours, json.loads(standard_input), argv


def test_the_hook_gets_the_alarm_as_variables_and_as_json(tmp_path: Path) -> None:
    environment, given, argv = dumped(tmp_path, ALARM, "--pager", "$HOME; `id`")
    assert environment == {
        "ARMSLENGTH_ALARM_KIND": "receipt-overdue",
        "ARMSLENGTH_ALARM_NUMBER": "1/2022-11-20",
        "ARMSLENGTH_ALARM_PRECEDENCE": "FLASH",
    }
    assert given == ALARM
    assert argv == ["--pager", "$HOME; `id`"]


def test_hostile_values_arrive_visible_and_hostile_names_not_at_all(tmp_path: Path) -> None:
    alarm = {"text": "\x1b[2J\0\r\n\u202edrop", "LD_PRELOAD=x": "1", "": "1", "long-text": "ж" * 2000}
    environment, given, _ = dumped(tmp_path, alarm)
    assert set(given) == {"text", "long-text"}
    assert given["text"] == "[U+001B][2J[U+0000][U+000D][U+000A][U+202E]drop"
    assert environment["ARMSLENGTH_ALARM_LONG_TEXT"] == "ж" * 500


def test_our_own_secrets_are_not_inherited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARMSLENGTH_PASSPHRASE", "cork brass field lamp")
    environment, _, _ = dumped(tmp_path, ALARM)
    assert "ARMSLENGTH_PASSPHRASE" not in environment


@pytest.mark.parametrize(
    "command",
    [
        [sys.executable, "-c", "raise SystemExit(3)"],
        ["/nonexistent/pager"],
        ["/"],
        [sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"],
    ],
    ids=["fails", "is not there", "is no program", "is killed"],
)
def test_a_hook_that_fails_is_false_and_never_raises(command: list[str]) -> None:
    assert ring(command, ALARM) == [False]


def test_a_hook_that_does_not_read_its_input_is_no_failure() -> None:
    assert ring([sys.executable, "-c", "pass"], {"text": "x" * 500}) == [True]


def test_a_hook_that_does_not_end_is_given_up() -> None:
    assert ring([sys.executable, "-c", "import signal; signal.pause()"], ALARM, timeout_s=0.2) == [False]


def test_a_hook_is_ended_with_everything_it_started(tmp_path: Path) -> None:
    """Hook and grandchild hold a pipe open; its end is seen when the last of them is gone."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    child = "import os, signal; os.write(1, b'x'); signal.pause()"
    hook = (
        "import signal, subprocess, sys\n"
        "subprocess.Popen([sys.executable, '-c', sys.argv[2]], stdout=open(sys.argv[1], 'wb'))\n"
        "signal.pause()\n"
    )

    async def case() -> None:
        async with asyncio.timeout(20):
            ringing = asyncio.create_task(
                CommandNotifier([sys.executable, "-c", hook, str(pipe), child], timeout_s=60).notify(ALARM)
            )
            reader = await asyncio.to_thread(pipe.open, "rb", 0)
            assert await asyncio.to_thread(reader.read, 1) == b"x"
            ringing.cancel()
            with pytest.raises(asyncio.CancelledError):
                await ringing
            assert await asyncio.to_thread(reader.read, 1) == b""
            reader.close()

    asyncio.run(case())


def test_many_alarms_take_turns_and_all_are_rung(tmp_path: Path) -> None:
    out = tmp_path / "rung"
    code = "import os, sys; open(sys.argv[1], 'a').write(os.environ['ARMSLENGTH_ALARM_N'] + '\\n')"
    alarms = [{"n": str(number)} for number in range(8)]
    assert ring([sys.executable, "-c", code, str(out)], *alarms, at_once=2) == [True] * 8
    assert sorted(out.read_text().split()) == [str(number) for number in range(8)]


def test_no_more_hooks_run_at_once_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most = 0, 0

    async def run(_self: CommandNotifier, _shown: Mapping[str, str]) -> bool:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        return True

    monkeypatch.setattr(CommandNotifier, "_run", run)
    assert ring(["pager"], *[ALARM] * 50, at_once=3) == [True] * 50
    assert most == 3


@pytest.mark.parametrize("command", [[], [""], "rm -rf /", ["pager", "a\0b"]])
def test_a_command_must_be_a_program_with_arguments(command: Any) -> None:
    with pytest.raises(LocalError, match="NOTIFY-COMMAND"):
        CommandNotifier(command)
