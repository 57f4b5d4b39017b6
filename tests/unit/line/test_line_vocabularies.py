"""Codes and their numbers are stable: what was said by voice yesterday means the same tomorrow."""

from __future__ import annotations

import re

import pytest

from armslength.line.receipts import VERBS
from armslength.line.relations import RULES
from armslength.line.vocabularies import RELATION_VERB, VERB, VOCABULARIES

UPPER = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
LOWER = re.compile(r"[a-z]+(-[a-z]+)*")
WIRE_SPELLING = {"VERB", "RELATION_VERB", "TOPIC"}
"""Spelt in small letters by the pages of the wire that were there before."""


@pytest.mark.parametrize("name", VOCABULARIES)
def test_a_table_numbers_its_codes_from_one(name: str) -> None:
    table = VOCABULARIES[name]
    assert table.name == name
    assert list(table.codes.values()) == list(range(1, len(table.codes) + 1))
    shape = LOWER if name in WIRE_SPELLING else UPPER
    assert [code for code in table.codes if not shape.fullmatch(code)] == []
    assert len(table.codes) <= 99, "two digits on paper"


@pytest.mark.parametrize(
    ("name", "code", "number"),
    [
        ("ACTIVITY", "SHELLING", 1),
        ("ACTIVITY", "OTHER-ACTIVITY", 21),
        ("PILLAR", "OFF-SITE-POWER", 4),
        ("PILLAR", "COMMUNICATIONS", 7),
        ("REQUESTED_ACTION", "CEASE-FIRE-AT-PLACE", 1),
        ("LEGAL_BASIS", "AP-I-ARTICLE-56", 1),
        ("LEGAL_BASIS", "CUSTOMARY-RULE-42", 3),
        ("VERB", "answer-follows", 6),
        ("RELATION_VERB", "recalls", 1),
        ("STOP_REASON", "PROTECTED-SITE-UNDER-FIRE", 1),
        ("SERVICE_CODE", "LINE-SUSPENDED", 15),
        ("RECEIPT_LEVEL", "R4", 6),
        ("ATTRIBUTION", "NO-ATTRIBUTION", 1),
    ],
)
def test_a_number_never_moves(name: str, code: str, number: int) -> None:
    assert VOCABULARIES[name].codes[code] == number


def test_the_seven_pillars_are_seven() -> None:
    assert len(VOCABULARIES["PILLAR"].codes) == 7


def test_the_verbs_are_those_of_receipts_and_relations() -> None:
    assert set(VERB.codes) == VERBS
    assert list(RELATION_VERB.codes) == list(RULES)


def test_a_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        VERB.codes["consent"] = 7  # type: ignore[index]
