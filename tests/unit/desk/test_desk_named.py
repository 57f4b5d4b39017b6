"""Numbers that people name: what has the form of one of ours is held, or the record is refused before anybody signs."""

from __future__ import annotations

import pytest

from armslength.core.errors import LocalError
from armslength.desk import named
from builders.contact_desk import alone, channel, contact, enter, refused

DECISION = {
    "what": "whether to use the line",
    "options": ["use it", "wait"],
    "chosen": "wait",
    "reason": "nobody answers",
    "information": "three attempts",
}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("CT-2022-000009", "CONTACT-UNKNOWN"),
        ("ct-2022-000009", "CONTACT-UNKNOWN"),
        ("D-2022-000009", "DECISION-UNKNOWN"),
        ("CL-2022-000009", "CALL-UNKNOWN"),
        ("CASE-2022-000009", "CASE-UNKNOWN"),
        ("CT-2022-000001", ""),
        ("three attempts", ""),
        ("CT-1", ""),
        ("", ""),
    ],
)
def test_a_number_that_is_named_is_held(name: str, code: str) -> None:
    party = alone()
    enter(party, "channel", channel())
    enter(party, "contact", contact())
    found = ""
    with party.read() as books:
        try:
            named.require_held(books, (name,))
        except LocalError as error:
            found = error.code
    assert found == code
    assert refused(party, "decision", {**DECISION, "evidence": [name] if name else []}) == code
