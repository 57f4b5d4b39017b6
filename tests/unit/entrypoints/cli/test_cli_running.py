"""`run` in this process: it says where it listens, commands then go through its API, and it leaves nothing behind."""

from __future__ import annotations

import asyncio
import json
import stat
from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from armslength.core.errors import LocalError
from armslength.entrypoints.cli import running
from armslength.entrypoints.cli.client import connect, run_file
from builders.cli_homes import Said, command, free_ports

if TYPE_CHECKING:
    from pathlib import Path

    from builders.cli_homes import Pair


def test_the_run_file_is_private_and_whole(tmp_path: Path) -> None:
    running.write_run_file(tmp_path, {"pid": 1})
    assert json.loads((tmp_path / "run.json").read_text()) == {"pid": 1}
    assert stat.S_IMODE((tmp_path / "run.json").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]


def moved(home: Path) -> None:
    """Give a copied home ports of its own, so that tests in parallel do not meet."""
    file = home / "settings.json"
    said = json.loads(file.read_text())
    said["listen_port"], said["api_port"] = free_ports(2)
    file.write_text(json.dumps(said))


def while_running(home: Path, *words: str) -> Said:
    """Run the node in this thread, one command in another, then stop the node."""

    async def both() -> Said:
        node = await running._opened(home)
        try:
            with ThreadPoolExecutor(1) as pool:
                serving = asyncio.ensure_future(running._serve(node, Namespace(json=True, log=None), home))
                for _ in range(1_000):
                    if run_file(home) is not None or serving.done():
                        break
                    await asyncio.sleep(0.01)
                said = await asyncio.get_running_loop().run_in_executor(pool, lambda: command(*words))
                node.desk.stop()
                with pytest.raises(LocalError, match="NODE-STOPPED"):
                    await serving
        finally:
            node.close()
        return said

    return asyncio.run(both())


def test_commands_go_through_the_running_node_s_api(pair: Pair) -> None:
    moved(pair.eucom)
    said = while_running(pair.eucom, "stop", "--at", "47.5122N 34.5858E", "--json", "--home", str(pair.eucom))
    assert said.status == 0, said.err
    assert "THE NODE DOES NOT RUN" not in said.err
    # The node's own line of JSON shares the captured output; the command's is the last.
    assert json.loads(said.out.splitlines()[-1])[0]["number"] == 1
    assert not (pair.eucom / "run.json").exists()
    way = connect(pair.eucom)
    assert [one["form"] for one in way.read("messages")] == ["STOP"]
    way.close()


def test_the_log_goes_where_it_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with running._log(Namespace(log=None), tmp_path) as stream:
        running._write(stream, "one")
        running._write(stream, "two\n")
    assert (tmp_path / "node.log").read_text() == "one\ntwo\n"
    with running._log(Namespace(log="-"), tmp_path) as stream:
        running._write(stream, "three")
    assert capsys.readouterr().err == "three\n"
    with pytest.raises(LocalError, match="FILE-WRITE"), running._log(Namespace(log=str(tmp_path)), tmp_path):
        pass
