"""Transcripts: whole sessions at the command line as text, one story a file, held to the letter.

A line `$ PARTY words` is a command in that party's home; what follows is its output, up to the next command. Lines with
`! ` before them are standard error, `? n` is the exit status when it is not 0, and `# carry` lets both nodes run until
nothing waits. Times, ids and words of fingerprints are named instead of quoted.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builders import cli_homes
from builders.cli_homes import Pair, Said, command

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent
STORIES = sorted(path for path in FOLDER.glob("*.txt") if not re.match(r"s\d+_", path.name))
"""The scenarios of domain.md, s1_ to s12_, are held by tests/scenarios."""

NAMED = (
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"), "<TIME>"),
    (re.compile(r"\b\d{6}Z [A-Z]{3} \d\d\b"), "<DTG>"),
    (re.compile(r"\b\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d( [A-Z]+)? \(UTC[+-]\d+\)"), "<LOCAL>"),
    (re.compile(r"\b\d{4}-\d\d-\d\d\b"), "<DAY>"),
    (re.compile(r"\b[0-9a-f]{12,64}\b"), "<ID>"),
)


@dataclass
class Step:
    """One command and what it must say; a carry has no words."""

    words: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def steps(text: str) -> Iterator[Step]:
    step: Step | None = None
    for line in text.splitlines():
        if line.startswith("$ ") or line == "# carry":
            if step is not None:
                yield step
            step = Step(words=shlex.split(line[2:]) if line.startswith("$ ") else [])
        elif step is not None:
            step.lines.append(line)
    if step is not None:
        yield step


def named(text: str) -> str:
    for pattern, name in NAMED:
        text = pattern.sub(name, text)
    # A column as wide as a time is as wide as its digits happen to be.
    return re.sub(r"(RELEASED AT|<TIME>) +", r"\1  ", text)


def told(said: Said) -> list[str]:
    lines = [f"? {said.status}"] if said.status else []
    lines += named(said.out).rstrip("\n").split("\n") if said.out else []
    return lines + [f"! {line}" for line in named(said.err).splitlines()]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARMSLENGTH_PASSPHRASE", cli_homes.PASSPHRASE)
        return cli_homes.make(tmp_path_factory.mktemp("homes"))


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_a_session_says_what_its_transcript_says(
    opened: Pair, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARMSLENGTH_PASSPHRASE", cli_homes.PASSPHRASE)
    pair = opened.copied(tmp_path)
    homes = {"EUCOM": pair.eucom, "NDMC": pair.ndmc}
    text = story.read_text(encoding="utf-8")
    for step in steps(text):
        if not step.words:
            pair.carry()
            continue
        said = told(command(*step.words[1:], "--home", str(homes[step.words[0]])))
        expected = named("\n".join(step.lines)).rstrip("\n").split("\n")
        assert said == expected, shlex.join(step.words)


def test_every_story_begins_with_what_it_tells() -> None:
    assert STORIES
    assert all(not path.read_text(encoding="utf-8").startswith(("$", "#")) for path in STORIES)
