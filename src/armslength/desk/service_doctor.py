"""The fault screen: what a non-expert looks at first when a line does not work - one finding a row, with what to do.

Each finding is read from the books; nothing is changed. What only the process knows (disk, hook) is added by the node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.instants import rfc3339
from armslength.desk import service_read
from armslength.desk.cast import lines

if TYPE_CHECKING:
    from armslength.desk.books import Books
    from armslength.desk.cast import LineView

Json = dict[str, Any]

MANIFEST_WARNING_US: Final = 30 * 86_400 * 1_000_000
"""A month before our manifest ends: long enough to bring the root key out of its safe."""


def finding(check: str, says: str, next_step: str = "", *, holds: bool) -> Json:
    """Return one row of the fault screen; a finding that holds asks for nothing."""
    return {"check": check, "holds": holds, "says": says, "next_step": "" if holds else next_step}


def read_doctor(books: Books) -> list[Json]:
    """Return what the books say about keys, lines, peers, paths and alarms."""
    found = [_manifest(books), _alarms(books)]
    known = lines(books.unit, books.realm)
    if not known:
        found.append(
            finding("line", "no line yet", "Introduce a peer, pin it, and propose a line.", holds=False),
        )
    for line in known:
        found += _line(books, line)
    return found


def _manifest(books: Books) -> Json:
    until = books.manifest().valid_until
    return finding(
        "keys",
        f"our manifest is valid until {rfc3339(until)}",
        "Have whoever holds the party root sign the next manifest (armslength officer sign).",
        holds=until - books.now > MANIFEST_WARNING_US,
    )


def _alarms(books: Books) -> Json:
    unaccepted = len(service_read.read_alarms(books))
    return finding(
        "alarms", f"{unaccepted} not accepted", "List the alarms, act on each, and accept it.", holds=unaccepted == 0
    )


def _line(books: Books, line: LineView) -> list[Json]:
    seen = service_read.read_line(books, line)
    heard = seen["last_heard_at"] or "never"
    return [
        finding(
            f"{line.peer}: charter",
            f"assented by us: {_yes(line.assented_by_us)}, by them: {_yes(line.assented_by_them)}",
            "Whoever has not assented does so; it travels by itself once the path is up.",
            holds=line.open,
        ),
        finding(
            f"{line.peer}: path",
            f"{seen['observed']}, last heard {heard}",
            "Check the network and the peer's address; call the peer by the next channel of the ladder.",
            holds=seen["observed"] == "LIVE",
        ),
        finding(
            f"{line.peer}: waiting",
            f"{seen['waiting']} messages not yet held by the other node",
            "Not delivered yet: do not report as sent. They leave by themselves once the path is up.",
            holds=seen["waiting"] == 0,
        ),
        finding(
            f"{line.peer}: numbers",
            f"missing: {', '.join(map(str, seen['missing'])) or 'none'}; frozen: {line.frozen or 'no'}",
            "Ask the peer for the missing numbers; after a contradiction decide with the auditor.",
            holds=not seen["missing"] and line.frozen is None,
        ),
    ]


def _yes(value: bool) -> str:  # noqa: FBT001 - a word for a fact
    return "yes" if value else "no"
