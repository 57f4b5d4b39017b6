"""A finding comes back from the journal as it went in, with as many of its reports as a pass names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from armslength.core import cbor
from armslength.desk.watch_findings import finding_from_value, finding_value
from armslength.desk.watch_parts import CITED_MAX
from armslength.register.flag_types import Act, Finding

FOUND = Finding(
    facility_id="F-1",
    day=19_316,
    act=Act.FLAG,
    rule_id="text-near",
    reason="Why.",
    evidence=("r-1", "r-2"),
    counter_evidence=("Why not.",),
    rank=50,
    certainty="LIKELY",
)


@pytest.mark.parametrize("act", list(Act))
def test_a_finding_comes_back(act: Act) -> None:
    one = replace(FOUND, act=act)
    assert finding_from_value(cbor.decode(cbor.encode(finding_value(one)))) == one


def test_the_telling_reports_are_kept_and_the_rest_stands_in_the_concern() -> None:
    many = tuple(f"r-{n}" for n in range(CITED_MAX + 5))
    assert finding_from_value(finding_value(replace(FOUND, evidence=many))).evidence == many[:CITED_MAX]
