"""How much of a batch the watch judges and notes at a time: every entry stays below an entry's limit, whatever came in.

A facility's days are judged one after the other, so that they may be divided between days and never within one.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from armslength.register.flag_types import Act

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from armslength.register.flag_types import Finding
    from armslength.register.observations import Observation

    Seen = dict[str, list[Observation]]

PART_BYTES_MAX: Final = 256 * 1024
"""Bytes of observations judged at a time: some 3,000 with ids of usual length."""

CHUNK_BYTES_MAX: Final = 160 * 1024
"""Bytes of one facility's observations among them; more of one day is one burst, and the first are enough to say so."""

CHUNK_DAYS_MAX: Final = 31
"""Days of one facility judged at a time, so that what is raised of them fits one entry."""

PASS_BYTES_MAX: Final = 400 * 1024
"""Bytes of one pass; an entry may have 512 KiB with its other fields, its signature and its encryption."""

SUPPRESSED_MAX: Final = 200
"""Findings that raised nothing, kept of one part: the highest ranks say why a person was not told."""

CITED_MAX: Final = 20
"""Reports that a pass names with one finding; the concern names all that the rules cite."""

_ROW_BYTES: Final = 56
"""An observation in its packed form, with the line feeds behind its texts."""

_FINDING_BYTES: Final = 64


def parts(seen: Mapping[str, Sequence[Observation]]) -> Iterator[Seen]:
    """Yield what was seen in parts that are judged one after the other, each facility's days in their order."""
    rounds: list[Seen] = []
    for facility_id in sorted(seen):
        for number, chunk in enumerate(_chunks(seen[facility_id])):
            if number == len(rounds):
                rounds.append({})
            rounds[number][facility_id] = chunk
    for one in rounds:
        yield from _cut(one)


def _chunks(many: Sequence[Observation]) -> list[list[Observation]]:
    ordered = sorted(many, key=lambda one: one.day)
    chunks: list[list[Observation]] = [[]]
    days = size = 0
    for _, group in groupby(ordered, key=lambda one: one.day):
        todays = _fitting(list(group))
        weight = sum(map(_weight, todays))
        if days and (days >= CHUNK_DAYS_MAX or size + weight > CHUNK_BYTES_MAX):
            chunks.append([])
            days = size = 0
        chunks[-1] += todays
        days, size = days + 1, size + weight
    return chunks


def _fitting(todays: list[Observation]) -> list[Observation]:
    size = 0
    for number, one in enumerate(todays):
        size += _weight(one)
        if size > CHUNK_BYTES_MAX:
            return todays[:number]
    return todays


def _cut(whole: Seen) -> Iterator[Seen]:
    part: Seen = {}
    size = 0
    for facility_id, many in whole.items():
        weight = len(facility_id) + sum(map(_weight, many))
        if part and size + weight > PART_BYTES_MAX:
            yield part
            part, size = {}, 0
        part[facility_id] = many
        size += weight
    if part:
        yield part


def passes(seen: Seen, shown: Iterable[Finding]) -> Iterator[tuple[Seen, list[Finding]]]:
    """Yield what is noted of one part: facilities with what was seen, and what was found of them.

    Everything raised is kept; of what was held back, the highest ranks as far as there is room.
    """
    raised: dict[str, list[Finding]] = {}
    held: dict[str, list[Finding]] = {}
    room = SUPPRESSED_MAX
    for one in shown:
        if one.act is not Act.SUPPRESS:
            raised.setdefault(one.facility_id, []).append(one)
        elif room:
            held.setdefault(one.facility_id, []).append(one)
            room -= 1
    part: Seen = {}
    kept: list[Finding] = []
    size = 0
    for facility_id, many in seen.items():
        own = raised.get(facility_id, [])
        weight = len(facility_id) + sum(map(_weight, many)) + sum(map(_finding_weight, own))
        if part and size + weight > PASS_BYTES_MAX:
            yield part, kept
            part, kept, size = {}, [], 0
        part[facility_id], size = many, size + weight
        kept += own
        for one in held.get(facility_id, ()):
            if size + _finding_weight(one) <= PASS_BYTES_MAX:
                kept.append(one)
                size += _finding_weight(one)
    if part:
        yield part, kept


def _weight(one: Observation) -> int:
    return _ROW_BYTES + len(one.report_id) + len(one.text_key)


def _finding_weight(one: Finding) -> int:
    texts = (one.facility_id, one.rule_id, one.reason, *one.counter_evidence, *one.evidence[:CITED_MAX])
    return _FINDING_BYTES + sum(len(text.encode()) + 3 for text in texts)
