"""Every command that a page tells people to type is one that the command line takes."""

from __future__ import annotations

import re
import shlex

import pytest

from armslength.entrypoints.cli.parser import build_parser
from tidy.house import ROOT, relative

BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`armslength ([a-z][^`]*)`")
PAGES = [ROOT / "README.md", ROOT / "examples/register/README.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMANDS = [
    (relative(page), line)
    for page in PAGES
    for block in BLOCK.findall(page.read_text(encoding="utf-8"))
    for line in block.splitlines()
    if line.startswith("armslength ")
]


def test_there_are_commands_to_look_at() -> None:
    assert len(COMMANDS) > 20


@pytest.mark.parametrize(("page", "line"), COMMANDS, ids=lambda text: text)
def test_a_command_of_a_page_is_taken(page: str, line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    try:
        build_parser().parse_args(words)
    except SystemExit as refused:
        raise AssertionError(f"{page}: {line}") from refused


def _known(words: list[str]) -> bool:
    """Whether the first words lead to a command; arguments after them are somebody's own."""
    parser = build_parser()
    for word in words:
        groups = [action.choices for action in parser._actions if isinstance(action.choices, dict)]
        if not groups:
            return True
        if word not in groups[0]:
            return False
        parser = groups[0][word]
    return True


def test_a_command_named_in_a_sentence_exists() -> None:
    named = [
        (relative(page), said)
        for page in PAGES
        for said in INLINE.findall(page.read_text(encoding="utf-8"))
        if not said.startswith("COMMAND")
    ]
    assert [
        (page, said) for page, said in named if not _known(re.findall(r"^[a-z-]+(?: [a-z-]+)?", said)[0].split())
    ] == []
