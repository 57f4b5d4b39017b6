"""How a form's fields are written down in the catalogue, and the people and deadlines that several forms share."""

from __future__ import annotations

from typing import Final

from armslength.core.precedence import Precedence
from armslength.line.form_types import FieldKind as Kind
from armslength.line.form_types import FormField

ANY_PRECEDENCE: Final = (Precedence.ROUTINE, Precedence.PRIORITY, Precedence.IMMEDIATE, Precedence.FLASH)

MINUTE_S, HOUR_S = 60, 3600

ANSWER_DUE_S: Final = (48 * HOUR_S, 24 * HOUR_S, 4 * HOUR_S, 30 * MINUTE_S)
"""The default R4 deadlines of a charter (docs/spec/charter.md field 11); 48 h is the Vienna Document's answer."""

WATCH: Final = frozenset({"watch-officer"})
DRAFTERS: Final = frozenset({"watch-officer", "releasing-officer", "principal"})
RELEASERS: Final = frozenset({"releasing-officer", "principal"})
ANY_ON_DUTY: Final = frozenset({"watch-officer", "releasing-officer", "principal"})
"""Whoever is at the desk may stop fire, test the line and call crews out of a window (A5)."""

NOTICE_SENTENCES: Final = ("no-precondition", "not-consent", "duty-to-verify")
"""What every notice says in each language; every receipt says the same (rendering.py)."""


def plain_field(number: int, name: str, kind: Kind, fact: str, *, required: bool = False) -> FormField:
    """Return a field without a vocabulary."""
    return FormField(number=number, name=name, kind=kind, required=required, fact_key=fact)


def code_field(number: int, name: str, vocabulary: str, fact: str, *, required: bool = False) -> FormField:
    """Return a field of one code."""
    return FormField(number=number, name=name, kind=Kind.CODE, required=required, vocabulary=vocabulary, fact_key=fact)


def codes_field(number: int, name: str, vocabulary: str, fact: str, *, required: bool = False) -> FormField:
    """Return a field of several codes."""
    return FormField(number=number, name=name, kind=Kind.CODES, required=required, vocabulary=vocabulary, fact_key=fact)


def pillars_field(number: int) -> FormField:
    """Return the field of the pillars of nuclear safety and security, each with its status."""
    return FormField(
        number=number,
        name="pillars",
        kind=Kind.STATUSES,
        vocabulary="PILLAR",
        grades="PILLAR_STATUS",
        fact_key="hazard",
    )


def persons_field(number: int, name: str) -> FormField:
    """Return a field that counts persons who were harmed."""
    return count_field(number, name, "persons", "casualties")


def count_field(number: int, name: str, unit: str, fact: str, *, required: bool = False) -> FormField:
    """Return a field that counts in a unit; the text ``value-<unit>`` says it."""
    return FormField(number=number, name=name, kind=Kind.COUNT, unit=unit, fact_key=fact, required=required)


def text_field(number: int, name: str, fact: str, *, language_in: int) -> FormField:
    """Return a text whose language stands in another field of the form, and not in field 23."""
    return FormField(number=number, name=name, kind=Kind.TEXT, fact_key=fact, language_in=language_in)
