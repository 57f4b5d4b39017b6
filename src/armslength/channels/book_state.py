"""Where a channel stands: what a side declared and what was seen here, kept apart (domain.md A2, A3).

In April 2017 a line was declared suspended and the morning call took place all the same. What is said and what is seen
are two statements; neither overwrites the other, and that a line is cut is never concluded by a machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from armslength.channels.book import ROWS_MAX, Channel, Manner, Side, Silence, State
from armslength.channels.book_value import member
from armslength.channels.texts import lines_of, one_line
from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.instants import rfc3339

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant

CODE: Final = "CHANNEL-STATE"

OBSERVED: Final = frozenset({State.OPEN, State.DEGRADED, State.UNANSWERED, State.CUT})
"""What can be seen; a suspension is a word, not an observation."""

DECLARED: Final = frozenset(State) - {State.UNANSWERED}
"""What a side can say of a channel; that nobody answers is seen by the other one."""

BY_MACHINE: Final = frozenset({State.OPEN, State.DEGRADED, State.UNANSWERED})
"""What the node may note by itself; that a channel is cut only a person says (S7)."""

SILENT: Final = frozenset({State.UNANSWERED, State.CUT})
"""States in which it matters whether the path failed or the will."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement of a channel's state.

    Args:
        channel_id: of which channel.
        manner: said by a side, or seen here.
        state: where it stands.
        since_at: from when on it holds.
        by: party code of who declared it; empty for what was seen.
        silence: what a silence is held to be.
        evidence: what shows it: contacts, checks, a broadcast, a letter.
        reason: why it is judged so.
        officer: who judged; empty for the node.
        entry: journal index; -1 before it is entered.
    """

    channel_id: str
    manner: Manner
    state: State
    since_at: Instant
    by: str = ""
    silence: Silence = Silence.UNKNOWN
    evidence: tuple[str, ...]
    reason: str
    officer: str = ""
    entry: int = -1

    def __post_init__(self) -> None:
        lines_of(self.evidence, ROWS_MAX, "evidence", CODE)
        one_line(self.reason, "reason", CODE)
        allowed = DECLARED if self.manner is Manner.DECLARED else OBSERVED if self.officer else BY_MACHINE
        if self.state not in allowed:
            raise _wrong("state", ", ".join(sorted(allowed)), self.state.value)
        if (self.manner is Manner.DECLARED) != bool(self.by):
            raise _wrong("by", "who declared it, or nobody for what was seen", self.by or "nobody")
        if not self.evidence:
            raise _wrong("evidence", "what shows it", "nothing")
        if self.silence is not Silence.UNKNOWN and self.state not in SILENT:
            raise _wrong("silence", f"only with {', '.join(sorted(SILENT))}", self.silence.value)


def check_against(statement: Statement, channel: Channel, now: Instant) -> Statement:
    """Return a statement unchanged that fits its channel and its time.

    Raises:
        LocalError: CHANNEL-STATE.
    """
    sides = {end.side for end in channel.ends if end.party == statement.by}
    if statement.by and not sides:
        raise _wrong("by", ", ".join(channel.parties), statement.by)
    suspended = {State.SUSPENDED_BY_US: Side.OURS, State.SUSPENDED_BY_THEM: Side.THEIRS}.get(statement.state)
    if suspended is not None and suspended not in sides:
        raise _wrong("by", f"a party of {suspended.value}", statement.by)
    if statement.since_at > now:
        raise _wrong("since", "a time that has come", rfc3339(statement.since_at))
    return statement


def statement_value(statement: Statement) -> dict[int, CborValue]:
    """Return a statement as the fields 20 to 27 of its record."""
    return {
        20: statement.channel_id,
        21: statement.manner.value,
        22: statement.state.value,
        23: statement.since_at,
        24: statement.by,
        25: statement.silence.value,
        26: statement.evidence,
        27: statement.reason,
    }


def statement_from_value(value: Mapping[int, CborValue], officer: str = "", entry: int = -1) -> Statement:
    """Return a statement from the fields of its record.

    Raises:
        LocalError: CHANNEL-STATE, CHANNEL-VALUE, and the codes of texts.
    """
    read = FieldReader(value, CODE, LocalError)
    return Statement(
        channel_id=read.text(20),
        manner=member(Manner, read.text(21)),
        state=member(State, read.text(22)),
        since_at=read.instant(23),
        by="" if read.value(24) == "" else read.text(24),
        silence=member(Silence, read.text(25)),
        evidence=read.texts(26),
        reason=read.text(27),
        officer=officer,
        entry=entry,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a channel stands at an instant: the newest declaration of each party, and the newest observation."""

    declared: tuple[Statement, ...]
    observed: Statement | None

    @property
    def apart(self) -> bool:
        """Whether what is declared and what is seen differ: both are shown, neither is the truth."""
        said = {one.state for one in self.declared}
        return self.observed is not None and bool(said) and said != {self.observed.state}


def standing(statements: Iterable[Statement], at: Instant) -> Standing:
    """Return how a channel stands, by every statement that holds from then or before."""
    declared: dict[str, Statement] = {}
    observed: Statement | None = None
    for one in sorted(statements, key=lambda one: (one.since_at, one.entry)):
        if one.since_at > at:
            continue
        if one.manner is Manner.DECLARED:
            declared[one.by] = one
        else:
            observed = one
    return Standing(declared=tuple(declared[by] for by in sorted(declared)), observed=observed)


def _wrong(field: str, expected: str, got: object) -> LocalError:
    return LocalError(CODE, field=field, expected=expected, got=got)
