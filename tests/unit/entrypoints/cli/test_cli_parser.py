"""The command line's shape: what the documents say can be typed, and every command leads somewhere."""

from __future__ import annotations

import re
import shlex
from argparse import ArgumentParser, _SubParsersAction
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from armslength.entrypoints.cli import parser
from builders.cli_homes import command

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[4]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def leaves(of: ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], ArgumentParser]]:
    below = [action for action in of._actions if isinstance(action, _SubParsersAction)]
    if not below:
        yield words, of
    for action in below:
        for name, one in action.choices.items():
            yield from leaves(one, (*words, name))


COMMANDS = dict(leaves(parser.build_parser()))


def readme_commands() -> list[str]:
    fenced = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    lines = [line.split("#")[0].strip() for block in fenced for line in block.splitlines()]
    return [line.removeprefix("armslength ") for line in lines if line.startswith("armslength ")]


def test_the_readme_has_its_quick_start() -> None:
    assert [line.split()[0] for line in readme_commands()[:5]] == ["init", "intro", "line", "run", "message"]


@pytest.mark.parametrize("line", readme_commands())
def test_every_command_of_the_readme_can_be_typed(line: str) -> None:
    assert parser.parse(shlex.split(line)).call


def test_the_help_names_the_same_five_commands() -> None:
    typed = re.findall(r"^  armslength (\S+)", parser.EPILOGUE, re.MULTILINE)
    assert typed == ["init", "intro", "line", "run", "message"]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_leads_to_a_function(words: tuple[str, ...]) -> None:
    call = COMMANDS[words].get_default("call")
    module, _, name = call.partition(":")
    assert callable(getattr(import_module(f"armslength.entrypoints.cli.{module}"), name))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_takes_a_home_and_explains_itself(words: tuple[str, ...]) -> None:
    text = COMMANDS[words].format_help()
    assert "--home DIR" in text
    assert all(action.help for action in COMMANDS[words]._actions)


@pytest.mark.parametrize("words", [words for words in COMMANDS if words[-1] in {"show", "list", "entries", "count"}])
def test_every_read_command_has_json(words: tuple[str, ...]) -> None:
    assert "--json" in COMMANDS[words].format_help()


def test_the_home_may_stand_before_or_after_the_command() -> None:
    before, after = parser.parse(["--home", "x", "line", "show"]), parser.parse(["line", "show", "--home", "x"])
    assert before.home == after.home == "x"


def test_a_wrong_option_is_our_own_error() -> None:
    assert command("message", "receipt", "in:1", "--level", "R4").status == 2
