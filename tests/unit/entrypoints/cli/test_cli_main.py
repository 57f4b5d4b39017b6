"""The front door: how errors end, and what a quick command does not load."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from armslength.core.errors import ArmslengthError, LocalError, PeerError, Unavailable, VerificationError
from armslength.entrypoints.cli import explaining
from builders.cli_homes import command

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {"armslength.node", "armslength.adapters", "apsw", "fastapi", "uvicorn", "httpx2", "pydantic", "sqlite3"}


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (VerificationError("EXPORT-ROOT"), 1),
        (LocalError("LINE-NOT-READY"), 2),
        (PeerError("LINE-UNKNOWN"), 3),
        (Unavailable("BEARER-TIMEOUT"), 4),
    ],
    ids=lambda value: getattr(value, "code", value),
)
def test_an_error_ends_with_code_sentence_next_step_and_its_family_s_status(
    monkeypatch: pytest.MonkeyPatch, error: ArmslengthError, status: int
) -> None:
    def fail(_args: object) -> int:
        raise error

    monkeypatch.setattr(explaining, "explain", fail)
    said = command("explain")
    assert said == (status, "", f"{error.code}: {error.sentence}\nNext: {error.next_step}\n")


def test_a_fault_of_ours_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_args: object) -> int:
        raise ZeroDivisionError("\x1b[2Jwiped")

    monkeypatch.setattr(explaining, "explain", fail)
    said = command("explain")
    assert said.status == 70
    assert said.err.startswith("UNEXPECTED: ZeroDivisionError: [U+001B][2Jwiped\nNext: ")


def test_an_interrupt_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_args: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(explaining, "explain", fail)
    assert command("explain") == (130, "", "")


def loaded_by(*words: str) -> set[str]:
    code = (
        "import sys, json\nfrom armslength.entrypoints.cli.main import main\n"
        f"try:\n    main({list(words)!r})\nexcept SystemExit:\n    pass\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    )
    # Measuring coverage would load its own database into the process that is looked at.
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=bare)
    return set(json.loads(ran.stderr.splitlines()[-1]))


def test_help_loads_nothing_but_the_parser() -> None:
    loaded = loaded_by("--help")
    ours = {name for name in loaded if name.startswith("armslength")}
    assert {name for name in ours if not name.startswith("armslength.entrypoints.cli.parser")} == {
        "armslength",
        "armslength.entrypoints",
        "armslength.entrypoints.cli",
        "armslength.entrypoints.cli.main",
    }


def test_verify_loads_neither_node_nor_database_nor_network(tmp_path: Path) -> None:
    assert loaded_by("verify", str(tmp_path)) & HEAVY == set()
