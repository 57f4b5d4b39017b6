"""The black-box suite: our own product passes it, and candidates that cheat, end or hang do not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import run
from vectorfile import read_all

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
OURS = [sys.executable, str(ROOT / "conformance" / "ours.py")]
CASES = read_all(ROOT / "vectors")

YES_TO_ALL = """
import json, sys
for line in sys.stdin:
    print(json.dumps({"result": "OK"}), flush=True)
"""
ENDS = "raise SystemExit"
HANGS = "import time; time.sleep(60)"
CHATS = """
import sys
for line in sys.stdin:
    print("let me think", flush=True)
"""
OFFERS_NOTHING = YES_TO_ALL.replace("OK", "NOT-OFFERED")


def candidate(script: str) -> list[str]:
    return [sys.executable, "-c", script]


@pytest.fixture
def few() -> list[str]:
    return ["--only", "attestation/"]


def test_our_own_product_conforms(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--", *OURS]) == 0
    shown = capsys.readouterr().out
    assert f"{len(CASES)} right, 0 wrong, 0 not offered" in shown
    changed = int(shown.splitlines()[-1].split()[0])
    assert changed > 300


@pytest.mark.parametrize("script", [YES_TO_ALL, ENDS, CHATS])
def test_a_candidate_that_does_not_look_is_found(
    script: str, few: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main([*few, "--", *candidate(script)]) == 1
    assert "WRONG  attestation/" in capsys.readouterr().out


def test_a_candidate_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(run, "ANSWER_S", 0.2)
    assert run.main(["--only", "attestation/make", "--", *candidate(HANGS)]) == 1
    assert "no answer within" in capsys.readouterr().out


def test_what_is_not_offered_is_counted_and_no_fault_yet_nothing_right_is_no_pass(
    few: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main([*few, "--", *candidate(OFFERS_NOTHING)]) == 1
    shown = capsys.readouterr().out
    assert "0 wrong" in shown
    assert "not offered: verify-act" in shown


def test_a_candidate_that_cannot_be_started_is_said(few: list[str], tmp_path: Path) -> None:
    assert run.main([*few, "--", str(tmp_path / "nobody")]) == 2


def deaf(command: str) -> Iterator[str]:
    """A candidate of ours that forgets one check: it says OK to every refusal of one command."""
    yield f"""
import json, sys
sys.path[:0] = [{str(ROOT / "conformance")!r}, {str(ROOT / "src")!r}]
import ours
for line in sys.stdin:
    asked = json.loads(line)
    answer = ours.answer(asked)
    if asked["command"] == {command!r}:
        answer = {{**answer, "result": "OK"}}
    print(json.dumps(answer), flush=True)
"""


def test_one_forgotten_check_is_found_by_vectors_and_by_changed_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    (script,) = deaf("verify-act")
    assert run.main(["--only", "attestation/", "--", *candidate(script)]) == 1
    shown = capsys.readouterr().out
    assert "expected ACT-NODE-KEY, got OK" in shown
    assert "still OK with byte" in shown


def test_the_readme_names_every_command_that_the_adapter_offers() -> None:
    import ours

    text = (ROOT / "conformance" / "README.md").read_text(encoding="utf-8")
    assert [name for name in ours.COMMANDS if f"| `{name}` |" not in text] == []
    assert {case.request["command"] for case in CASES} == set(ours.COMMANDS)
