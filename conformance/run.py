"""Drive any node, ours or not, through the golden vectors over a small command line (conformance/README.md).

    python conformance/run.py [--only PREFIX] [--json] -- COMMAND [ARGUMENT ...]

COMMAND reads one JSON object a line and answers each with one line. Exit 0: everything offered is right; 1: something
is wrong; 2: the candidate could not be started. Needs nothing but Python.
"""

from __future__ import annotations

import argparse
import json
import selectors
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent))

from vectorfile import Case, read_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VECTORS = Path(__file__).resolve().parents[1] / "vectors"
ANSWER_S = 20
"""No vector takes an honest reader a second; a candidate that hangs is stopped and counted as wrong."""

ANSWER_BYTES_MAX = 1 << 20
FLIPS = 24
"""Bytes that are flipped in each good input, spread over its whole length."""


class SilentError(Exception):
    """The candidate gave no answer: it ended, hung, or wrote something that is no JSON object."""


class Candidate:
    """A candidate's process; started again after it ended or hung."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, request: dict[str, str]) -> dict[str, str]:
        """Return the answer to one request."""
        process = self._started()
        try:
            _pipe(process.stdin).write(json.dumps(request).encode() + b"\n")
            _pipe(process.stdin).flush()
            found = json.loads(self._line(process))
        except (OSError, ValueError, SilentError) as error:
            self.stop()
            raise SilentError(str(error)) from error
        if not isinstance(found, dict) or not isinstance(found.get("result"), str):
            raise SilentError("an answer without result")
        return found

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._process = subprocess.Popen(  # noqa: S603 - the command is whom we were asked to examine
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
            )
        return self._process

    def _line(self, process: subprocess.Popen[bytes]) -> bytes:
        found = b""
        out = _pipe(process.stdout)
        with selectors.DefaultSelector() as selector:
            selector.register(out, selectors.EVENT_READ)
            while not found.endswith(b"\n"):
                if not selector.select(ANSWER_S):
                    raise SilentError(f"no answer within {ANSWER_S} s")
                piece = out.read(65_536)
                found += piece or b""
                if not piece or len(found) > ANSWER_BYTES_MAX:
                    raise SilentError("it ended" if not piece else "an answer without end")
        return found

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        self._process = None


def _pipe(stream: object) -> subprocess.IO[bytes]:  # type: ignore[name-defined]  # the pipes that were asked for
    return stream  # type: ignore[return-value]


@dataclass
class Score:
    """What came of a run."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    not_offered: dict[str, int] = field(default_factory=dict)
    flips: int = 0

    def lines(self) -> Iterator[str]:
        """Yield the account for a person."""
        yield from (f"WRONG  {one}" for one in self.wrong)
        yield from (f"not offered: {command} ({count} vectors)" for command, count in self.not_offered.items())
        yield f"{self.right} right, {len(self.wrong)} wrong, {sum(self.not_offered.values())} not offered"
        yield f"{self.flips} changed inputs refused"


def examine(candidate: Candidate, cases: Sequence[Case]) -> Score:
    """Put every vector to a candidate, and changed copies of the good ones."""
    score = Score()
    for case in cases:
        command = case.request["command"]
        try:
            answer = candidate.ask(case.request)
            if answer["result"] == "NOT-OFFERED":
                score.not_offered[command] = score.not_offered.get(command, 0) + 1
                continue
            problems = [*_judged(case, answer), *_sealed(candidate, case, answer)]
            if not problems and case.bound:
                problems = list(_flipped(candidate, case, score))
        except SilentError as error:
            problems = [f"gave no answer: {error}"]
        score.right += not problems
        score.wrong += [f"{case.name}: {problem} - {case.what}" for problem in problems]
    return score


def _judged(case: Case, answer: dict[str, str]) -> Iterator[str]:
    if answer["result"] != case.expect:
        yield f"expected {case.expect}, got {answer['result']}"
        return
    for name, value in case.gives.items():
        if answer.get(name) != value:
            yield f"expected {name} {value[:64]}, got {str(answer.get(name))[:64]}"


def _sealed(candidate: Candidate, case: Case, answer: dict[str, str]) -> Iterator[str]:
    """What a candidate seals must open, and differ each time."""
    if case.request["command"] != "seal" or answer["result"] != "OK":
        return
    again = candidate.ask(case.request)
    if again.get("transport") == answer.get("transport"):
        yield "sealed twice alike: the encapsulation is not fresh"
    kept = {name: value for name, value in case.request.items() if name not in {"command", "items"}}
    opened = candidate.ask({**kept, "command": "open-transport", "body": str(answer.get("transport"))})
    if opened.get("result") != "OK":
        yield f"what was sealed does not open: {opened.get('result')}"


def _flipped(candidate: Candidate, case: Case, score: Score) -> Iterator[str]:
    name, data = case.bound, bytes.fromhex(case.request[case.bound])
    for at in range(0, len(data), max(1, len(data) // FLIPS)):
        changed = data[:at] + bytes([data[at] ^ (1 << at % 8)]) + data[at + 1 :]
        if candidate.ask({**case.request, name: changed.hex()})["result"] == "OK":
            yield f"still OK with byte {at} of {name} changed"
        score.flips += 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Examine the candidate that is named; return the exit status."""
    parser = argparse.ArgumentParser(description="Drive a node through the golden vectors.")
    parser.add_argument("--only", default="", help="names of vectors begin with this, such as record/")
    parser.add_argument("--json", action="store_true", help="one JSON object in place of the account")
    parser.add_argument("candidate", nargs="+", help="the candidate's command, after --")
    asked = parser.parse_args(arguments)
    candidate = Candidate(asked.candidate)
    try:
        score = examine(candidate, [case for case in read_all(VECTORS) if case.name.startswith(asked.only)])
    except FileNotFoundError as error:
        print(f"cannot start {asked.candidate[0]}: {error}", file=sys.stderr)
        return 2
    finally:
        candidate.stop()
    if asked.json:
        print(json.dumps(score.__dict__))
    else:
        print("\n".join(score.lines()))
    return 1 if score.wrong or not score.right else 0


if __name__ == "__main__":
    sys.exit(main())
