"""The certificate of a count: it comes back from its document, and whatever was changed in it shows."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.channels.count_certificates import Certificate, Line, document, from_document, verify
from armslength.channels.counting import CONTACT_RULE, CountingRule
from armslength.core.errors import VerificationError

LINE = Line(
    reference="CT-2022-000001", channel="eucom-ndmc", entry=4, leaf_hash="ab" * 32, proof="ATTESTED", certain=True
)
GOOD = Certificate(
    party="US",
    realm="EXERCISE",
    channels=("eucom-ndmc",),
    since="",
    as_of="2022-11-28",
    subject="",
    initiated_by="US",
    rule=CONTACT_RULE,
    certain=1,
    possible=1,
    listed=(LINE, replace(LINE, reference="CT-2022-000002", entry=5, certain=False)),
    excluded=(("the form TEST is not counted", 540),),
    journal_size=600,
    journal_root="cd" * 32,
    checkpoint="a signed note",
)


def test_a_certificate_comes_back_and_holds_against_itself_at_another_time() -> None:
    assert from_document(document(GOOD)) == GOOD
    verify(GOOD, replace(GOOD, checkpoint=""))


@pytest.mark.parametrize(
    "change",
    [
        {"certain": 2},
        {"listed": GOOD.listed[:1]},
        {"listed": GOOD.listed[:1], "possible": 0},
        {"listed": (replace(LINE, entry=9), GOOD.listed[1])},
        {"excluded": ()},
        {"rule": CountingRule()},
        {"journal_root": "00" * 32},
        {"as_of": "2022-11-29"},
        {"party": "RU"},
    ],
)
def test_what_differs_is_named(change: dict[str, Any]) -> None:
    with pytest.raises(VerificationError, match="COUNT-CERTIFICATE"):
        verify(replace(GOOD, **change), GOOD)
    with pytest.raises(VerificationError, match="COUNT-CERTIFICATE"):
        verify(GOOD, replace(GOOD, **change))


JSON = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.just([]) | st.just([{}]) | st.just({})


@given(name=st.sampled_from(sorted(document(GOOD))), value=JSON)
def test_a_document_from_outside_is_a_certificate_or_a_typed_refusal(name: str, value: Any) -> None:
    changed = deepcopy(document(GOOD))
    changed[name] = value
    try:
        found = from_document(changed)
    except VerificationError:
        return
    assert document(found) == changed


@pytest.mark.parametrize("value", [None, [], "x", {}, {"certificate": "count", "version": 2}])
def test_no_certificate_is_none(value: Any) -> None:
    with pytest.raises(VerificationError, match="COUNT-CERTIFICATE"):
        from_document(value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("unit", "dozen"), ("direction", "up"), ("text", "Counted are successes."), ("excluded_forms", [1])],
)
def test_half_a_rule_is_none(name: str, value: Any) -> None:
    changed = deepcopy(document(GOOD))
    changed["rule"][name] = value
    with pytest.raises(VerificationError, match="COUNT-CERTIFICATE"):
        from_document(changed)
