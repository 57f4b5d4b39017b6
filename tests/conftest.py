"""What holds for every test: which are run, how properties draw, and that nothing is left out in silence.

* A test marked `long` runs only when it is asked for: `-m long`, `--long`, or ARMSLENGTH_LONG=1; one marked `browser`
  only by `-m browser` (`make e2e`), since it needs Debian's Chromium.
* Sockets connect to 127.0.0.1 only (pytest-socket, set in pyproject.toml). A test that needs more names its hosts with
  `@pytest.mark.allow_hosts([...])`; one that must open none at all takes `@pytest.mark.disable_socket`.
* Every skip is printed with its reason. On a CI machine (ARMSLENGTH_CI=1 or CI=true) a skip fails the run unless its
  reason starts with "not for this machine:", since a test that quietly stops running protects nothing.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterable

ALLOWED_SKIP = "not for this machine:"

# Shared cores make a wall-clock deadline a coin toss, so bounds on time are tests of their own, never a side effect.
settings.register_profile(
    "steady", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "soak", deadline=None, max_examples=2_000, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("ARMSLENGTH_HYPOTHESIS", "steady"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--long`, for a run of one long test by its path."""
    parser.addoption("--long", action="store_true", help="run the tests marked long too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave long and browser tests out unless they were asked for, by name of the marker, option or environment."""
    asked = config.getoption("markexpr") or ""
    if config.getoption("--long") or os.environ.get("ARMSLENGTH_LONG") == "1":
        asked += " long"
    for marker in ("long", "browser"):
        left_out = [] if marker in asked else [item for item in items if item.get_closest_marker(marker)]
        if left_out:
            config.hook.pytest_deselected(items=left_out)
            items[:] = [item for item in items if not item.get_closest_marker(marker)]


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run on a CI machine when a test that should run there was skipped."""
    if _refused_skips(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the skips that made the run fail, each with its reason."""
    refused = _refused_skips(config)
    if not refused:
        return
    terminalreporter.section("skipped, although this machine should run it", red=True)
    for where, reason in refused:
        terminalreporter.line(f"{where}: {reason}")


def _refused_skips(config: pytest.Config) -> list[tuple[str, str]]:
    if os.environ.get("ARMSLENGTH_CI") != "1" and os.environ.get("CI") != "true":
        return []
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:  # a worker process: the controller, which has the reporter, judges for all
        return []
    return sorted({skip for skip in _skips(reporter.stats.get("skipped", [])) if not skip[1].startswith(ALLOWED_SKIP)})


def _skips(reports: Iterable[pytest.TestReport | pytest.CollectReport]) -> Iterable[tuple[str, str]]:
    for report in reports:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        yield report.nodeid, reason.removeprefix("Skipped: ")
