"""Findings of the watch as the journal keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from armslength.desk.watch_parts import CITED_MAX
from armslength.register.flag_types import Act, Finding

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue


def finding_value(one: Finding) -> CborValue:
    """Return a finding as an encodable value."""
    return (
        one.facility_id,
        one.day,
        one.act.value,
        one.rule_id,
        one.reason,
        one.evidence[:CITED_MAX],
        one.counter_evidence,
        one.rank,
        one.certainty,
    )


def finding_from_value(value: Any) -> Finding:  # noqa: ANN401 - of our own entry
    """Return a finding from `finding_value`'s result."""
    facility_id, day, act, rule_id, reason, evidence, counter, rank, certainty = value
    return Finding(
        facility_id=facility_id,
        day=day,
        act=Act(act),
        rule_id=rule_id,
        reason=reason,
        evidence=tuple(evidence),
        counter_evidence=tuple(counter),
        rank=rank,
        certainty=certainty,
    )
