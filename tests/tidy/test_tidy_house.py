"""The house around the code: locked packages, commands, and no test that falls silent."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tidy.house import ROOT, pyproject

if TYPE_CHECKING:
    from pathlib import Path

LOCKS = ["requirements/run.txt", "requirements/dev.txt"]
DEPENDENCIES_MAX = 17
"""Every package at run time is somebody else's code beside the keys (docs/threats.md, case 61)."""


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _named(requirements: list[object]) -> set[str]:
    return {_normal(re.split(r"[<>=!~\[; ]", item)[0]) for item in requirements if isinstance(item, str)}


def _locked(name: str) -> dict[str, str]:
    """Each locked package and its whole entry, hashes included."""
    entries = re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8"))
    return {_normal(entry.split("==")[0]): entry for entry in entries if entry.strip()}


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_hash_and_no_address(name: str) -> None:
    wrong = [package for package, entry in _locked(name).items() if "--hash=sha256:" not in entry or "://" in entry]
    assert wrong == []
    assert "--index" not in (ROOT / name).read_text(encoding="utf-8")


def test_the_locks_hold_everything_that_is_asked_for() -> None:
    asked = _named(pyproject()["project"]["dependencies"])
    groups = pyproject()["dependency-groups"]
    assert asked - set(_locked("requirements/run.txt")) == set()
    assert (asked | _named(groups["dev"]) | _named(groups["build"])) - set(_locked("requirements/dev.txt")) == set()


def test_both_locks_agree_on_every_version() -> None:
    dev = _locked("requirements/dev.txt")
    differ = {
        name for name, entry in _locked("requirements/run.txt").items() if dev[name].split()[0] != entry.split()[0]
    }
    assert differ == set()


def test_few_packages_are_needed_at_run_time() -> None:
    assert len(pyproject()["project"]["dependencies"]) <= DEPENDENCIES_MAX


def test_ci_is_a_program_that_runs_what_the_readme_says() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    text = script.read_text(encoding="utf-8")
    assert text.index("make test") < text.index("make check-rest")


def test_every_release_note_has_a_known_kind() -> None:
    kinds = {kind["directory"] for kind in pyproject()["tool"]["towncrier"]["type"]}
    unknown = [path.name for path in (ROOT / "changelog.d").glob("*.*.md") if path.name.split(".")[-2] not in kinds]
    assert unknown == []


def _run_with_house_rules(folder: Path, body: str, **environment: str) -> subprocess.CompletedProcess[str]:
    shutil.copy(ROOT / "tests/conftest.py", folder / "conftest.py")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n    long: long\n", encoding="utf-8")
    (folder / "test_case.py").write_text(f"import pytest\n\n\n{body}", encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if name not in {"CI", "ARMSLENGTH_CI", "ARMSLENGTH_LONG"}}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)],
        cwd=folder,
        env={name: value for name, value in kept.items() if not name.startswith(("PYTEST_", "COVERAGE_"))}
        | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


SKIPPED = 'def test_a() -> None:\n    pytest.skip("{reason}")\n\n\ndef test_b() -> None:\n    pass\n'


@pytest.mark.parametrize(
    ("reason", "environment", "status"),
    [
        ("no printer here", {"CI": "true"}, 1),
        ("no printer here", {"ARMSLENGTH_CI": "1"}, 1),
        ("no printer here", {}, 0),
        ("not for this machine: it has no printer", {"CI": "true"}, 0),
    ],
)
def test_a_skip_fails_a_ci_run_unless_it_says_whose_machine(
    tmp_path: Path, reason: str, environment: dict[str, str], status: int
) -> None:
    run = _run_with_house_rules(tmp_path, SKIPPED.format(reason=reason), **environment)
    assert run.returncode == status, run.stdout
    assert ("skipped, although this machine should run it" in run.stdout) == (status == 1)


def test_a_long_test_runs_only_when_asked_for(tmp_path: Path) -> None:
    body = "@pytest.mark.long\ndef test_a() -> None:\n    pass\n\n\ndef test_b() -> None:\n    pass\n"
    assert "1 passed, 1 deselected" in _run_with_house_rules(tmp_path, body).stdout
    assert "2 passed" in _run_with_house_rules(tmp_path, body, ARMSLENGTH_LONG="1").stdout
