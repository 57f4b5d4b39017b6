"""What a changed rule would have done: the same past judged twice, and what only one of the two would have flagged.

A replay goes batch by batch in the order in which reports came, as the watch does, so that nothing is known early. The
live watch and the replay call the same functions.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from armslength.register import flagging, neighbours
from armslength.register.flag_rules import instant_of
from armslength.register.flag_types import Act, Facts, Finding, OpenConcern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from armslength.core.instants import Instant
    from armslength.register.observations import Observation
    from armslength.register.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What came in at once: when it was judged, in which watch, and the observations of each facility.

    ``watch`` is any number that is the same for all batches of one watch, such as hours since 1970 divided by eight.
    """

    now: Instant
    watch: int
    observations: Mapping[str, Sequence[Observation]]


@dataclass(slots=True)
class _Memory:
    histories: dict[str, flagging.History] = field(default_factory=dict)
    concerns: dict[str, OpenConcern] = field(default_factory=dict)
    counts: Counter[tuple[str, int, str]] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """The findings of a replay in the order in which they were made, and the number flagged in each watch."""

    findings: tuple[Finding, ...]
    flagged_by_watch: Mapping[int, int]

    def days(self, *acts: Act) -> frozenset[tuple[str, int]]:
        """Return the (facility id, day) that have a finding of one of these acts."""
        return frozenset((one.facility_id, one.day) for one in self.findings if one.act in acts)

    @property
    def load(self) -> Load:
        """How much was flagged in a watch, those with nothing included."""
        counts = sorted(self.flagged_by_watch.values())
        middle = counts[len(counts) // 2] if counts else 0
        return Load(watches=len(counts), flagged=sum(counts), median=middle, worst=counts[-1] if counts else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Concerns flagged: in all, in the middle watch and in the worst."""

    watches: int
    flagged: int
    median: int
    worst: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two sets of rules over the same past; (facility id, day) flagged by either, and the load of each."""

    version_a: str
    version_b: str
    only_a: tuple[tuple[str, int], ...]
    only_b: tuple[tuple[str, int], ...]
    both: tuple[tuple[str, int], ...]
    load_a: Load
    load_b: Load

    def sentences(self) -> list[str]:
        """Return the comparison in plain sentences."""
        return [
            (
                f"Flagged by both: {len(self.both)}; only by {self.version_a}: {len(self.only_a)}; "
                f"only by {self.version_b}: {len(self.only_b)}."
            ),
            *(
                f"{version}: {load.flagged} flagged in {load.watches} watches, {load.median} in the middle one, "
                f"{load.worst} in the worst."
                for version, load in ((self.version_a, self.load_a), (self.version_b, self.load_b))
            ),
        ]


def replay(rules: Rules, batches: Iterable[Batch], facilities: Sequence[Facts]) -> Replay:
    """Judge a past batch by batch, as if no person had dismissed anything.

    Args:
        rules: the rules.
        batches: in the order in which they came.
        facilities: what the register says of each, the same for the whole past.
    """
    memory = _Memory()
    found: list[Finding] = []
    by_watch: dict[int, int] = {}
    for batch in batches:
        given: list[Finding] = []
        for facts in facilities:
            given += _one(memory, batch, rules, facts)
        together = neighbours.told_together(given, facilities, rules)
        shown = flagging.cap_and_rank(together, memory.counts, rules, by_watch.get(batch.watch, 0))
        _remember(memory, shown)
        by_watch[batch.watch] = by_watch.get(batch.watch, 0) + sum(one.act is Act.FLAG for one in shown)
        found += shown
    return Replay(findings=tuple(found), flagged_by_watch=by_watch)


def _one(memory: _Memory, batch: Batch, rules: Rules, facts: Facts) -> tuple[Finding, ...]:
    facility_id = facts.facility_id
    history = memory.histories.get(facility_id)
    seen = batch.observations.get(facility_id, ())
    if history is None or seen:
        history = history or flagging.History()
        with_concern = replace(facts, concern=memory.concerns.get(facility_id))
        given = flagging.judge(history, seen, rules, batch.now, with_concern)
        memory.histories[facility_id] = flagging.advance(history, seen, rules, batch.now)
        return given
    # Nothing came in: a place once watched goes on being watched, and only the register could speak.
    if facts.monitor_last_at is None and facts.register_last_at is None and facts.lines_left is None:
        return ()
    return flagging.judge(history, (), rules, batch.now, replace(facts, concern=memory.concerns.get(facility_id)))


def _remember(memory: _Memory, shown: Iterable[Finding]) -> None:
    for one in shown:
        if one.act is Act.SUPPRESS:
            continue
        memory.counts[one.facility_id, one.day, one.act.value] += 1
        at, before = instant_of(one.day), memory.concerns.get(one.facility_id)
        if one.act is Act.FLAG or before is None:
            memory.concerns[one.facility_id] = OpenConcern(flagged_at=at, last_at=at)
        else:
            memory.concerns[one.facility_id] = replace(before, last_at=max(before.last_at, at))


def what_if(rules_a: Rules, rules_b: Rules, batches: Sequence[Batch], facilities: Sequence[Facts]) -> Comparison:
    """Replay a past by two sets of rules and compare what they flag; what they corroborate is not compared."""
    first, second = replay(rules_a, batches, facilities), replay(rules_b, batches, facilities)
    days_a, days_b = first.days(Act.FLAG), second.days(Act.FLAG)
    return Comparison(
        version_a=rules_a.version,
        version_b=rules_b.version,
        only_a=tuple(sorted(days_a - days_b)),
        only_b=tuple(sorted(days_b - days_a)),
        both=tuple(sorted(days_a & days_b)),
        load_a=first.load,
        load_b=second.load,
    )
