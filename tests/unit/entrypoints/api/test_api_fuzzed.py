"""Schemathesis against the node as it is served, every check on: nothing undocumented, nothing accepted wrongly.

It asks with the token of an officer who has every role, so that it reaches every operation.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

import pytest

from armslength.entrypoints.api.app import OPERATIONS
from builders.live_node import living

if TYPE_CHECKING:
    from pathlib import Path

QUICK = ("--phases", "fuzzing", "--max-examples", "3", "--seed", "1")
THOROUGH = ("--phases", "examples,coverage,fuzzing,stateful", "--max-examples", "60")

REFUSED = (400, 401, 403, 404, 405, 406, 408, 409, 413, 415, 422, 428, 429, "5xx")
CONFIG = f"[checks.negative_data_rejection]\nexpected-statuses = {[str(one) for one in REFUSED]}\n"
"""What is not of the shape is refused in one of these ways; a body that is too large is refused before it is read."""


async def fuzz(home: Path, scratch: Path, *options: str) -> tuple[int, str]:
    """Serve the node, run every check over it, and return the exit status with what was printed."""
    (scratch / "schemathesis.toml").write_text(CONFIG, encoding="utf-8")
    async with living(home) as live:
        faults: list[str] = []
        live.node.log_to(faults.append)
        host, port = await live.node.serve_api(live.app)
        told = ("--header", f"Authorization: Bearer {live.tokens[live.officer('every-1')]}", "--no-color")
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            "from schemathesis.cli import schemathesis; schemathesis()",
            *("run", f"http://{host}:{port}/v1/openapi.json", "--checks", "all", *told, *options),
            cwd=scratch,
            env={**os.environ, "SCHEMATHESIS_HOOKS": ""},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        printed, _ = await process.communicate()
        assert faults == []
        return process.returncode or 0, printed.decode()


@pytest.mark.long
def test_a_few_requests_of_every_operation(home: Path, tmp_path: Path) -> None:
    status, printed = asyncio.run(fuzz(home, tmp_path, *QUICK))
    assert status == 0, printed
    assert f"Tested: {len(OPERATIONS)}" in printed


@pytest.mark.long
def test_many_requests_of_every_operation_in_every_phase(home: Path, tmp_path: Path) -> None:
    status, printed = asyncio.run(fuzz(home, tmp_path, *THOROUGH))
    print(printed[-400:])
    assert status == 0, printed
