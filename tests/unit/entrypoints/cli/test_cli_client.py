"""The two ways to a node: the lock decides which, refusals come back typed, and nothing hangs on a dead node's file."""

from __future__ import annotations

import fcntl
import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import ArmslengthError, LocalError, Unavailable
from armslength.entrypoints.cli import client
from armslength.entrypoints.cli.client import Http, InProcess, connect, run_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from builders.cli_homes import Pair

SAID = {"pid": 1, "api": "http://127.0.0.1:1", "listen": "127.0.0.1:2"}


def test_a_file_left_behind_by_a_dead_node_is_not_believed(pair: Pair) -> None:
    (pair.eucom / "run.json").write_text(json.dumps(SAID), encoding="utf-8")
    assert run_file(pair.eucom) is None
    way = connect(pair.eucom)
    assert isinstance(way, InProcess)
    way.close()


def test_the_file_counts_while_the_home_is_held(pair: Pair) -> None:
    (pair.eucom / "run.json").write_text(json.dumps(SAID), encoding="utf-8")
    with (pair.eucom / "node.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert run_file(pair.eucom) == SAID
        assert isinstance(connect(pair.eucom), Http)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"api": 1}', "null"])
def test_a_file_that_cannot_be_read_is_no_node(tmp_path: Path, text: str) -> None:
    (tmp_path / "run.json").write_text(text, encoding="utf-8")
    assert run_file(tmp_path) is None


def test_a_home_held_by_another_command_is_waited_for_and_then_refused(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "WAIT_S", 0.0)
    with (pair.eucom / "node.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(LocalError, match="NODE-RUNNING"):
            connect(pair.eucom)


class Answers(BaseHTTPRequestHandler):
    """Answers with what the test laid out, and keeps what was asked."""

    answer: tuple[int, Any] = (200, {})
    asked: list[tuple[str, str, str | None, Any]] = []  # noqa: RUF012 - one server a test, emptied by the fixture

    def do_GET(self) -> None:
        self._reply(None)

    def do_POST(self) -> None:
        self._reply(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _reply(self, body: Any) -> None:
        self.asked.append((self.command, self.path, self.headers["Authorization"], body))
        status, given = self.answer
        data = given if isinstance(given, bytes) else json.dumps(given).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def served(opened: Pair) -> Iterator[Http]:
    Answers.asked.clear()
    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield Http(opened.eucom, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()


def token(pair: Pair, officer: str) -> str:
    return "Bearer " + (pair.eucom / "officers" / f"{officer}.token").read_text().strip()


def test_requests_are_those_of_the_api(served: Http, opened: Pair) -> None:
    Answers.answer = (200, {"results": [1]})
    watch = token(opened, "eucom-watch-1")
    served.read("messages", "in:1/x", line=None, locale="en")
    served.prepare("message", "eucom-watch-1", {"form": "TEST", "line": None})
    assert served.submit("eucom-watch-1", [{"a": 1}]) == [1]
    served.open_line("eucom-principal-1", "NDMC")
    assert Answers.asked == [
        ("GET", "/v1/messages/in%3A1%2Fx?locale=en", watch, None),
        ("POST", "/v1/prepare/message", watch, {"form": "TEST"}),
        ("POST", "/v1/submit", watch, {"submissions": [{"a": 1}]}),
        ("POST", "/v1/lines", token(opened, "eucom-principal-1"), {"peer": "NDMC"}),
    ]


@pytest.mark.parametrize(
    ("status", "answer", "code"),
    [
        (409, {"code": "LINE-NOT-READY", "details": {"peer": "NDMC"}}, "LINE-NOT-READY"),
        (409, {"code": "LINE-UNKNOWN"}, "LINE-UNKNOWN"),
        (503, {"code": "BEARER-TIMEOUT", "details": []}, "BEARER-TIMEOUT"),
        (500, {"code": "NO-SUCH-CODE"}, "NODE-NOT-ANSWERING"),
        (500, [], "NODE-NOT-ANSWERING"),
        (200, b"<html>", "NODE-NOT-ANSWERING"),
    ],
)
def test_a_refusal_comes_back_in_its_family(served: Http, status: int, answer: Any, code: str) -> None:
    Answers.answer = (status, answer)
    with pytest.raises(ArmslengthError) as caught:
        served.read("health")
    assert caught.value.code == code


def test_a_node_that_does_not_answer_is_named(opened: Pair) -> None:
    with pytest.raises(Unavailable, match="NODE-NOT-ANSWERING"):
        Http(opened.eucom, "http://127.0.0.1:1").read("health")


def test_without_a_token_nothing_is_asked(pair: Pair) -> None:
    (pair.eucom / "officers" / "eucom-watch-1.token").unlink()
    with pytest.raises(LocalError, match="OFFICER-NO-TOKEN"):
        Http(pair.eucom, "http://127.0.0.1:1").submit("eucom-watch-1", [])


def test_files_travel_in_base64_and_come_back_as_they_were() -> None:
    files = {"a": b"\x00\xff", "b/c": b""}
    assert client.files_of(client.files_answer(files)) == files
