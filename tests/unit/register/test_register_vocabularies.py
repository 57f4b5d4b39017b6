"""The register's codes are the forms' codes: the desk passes them on unchanged, and neither room imports the other."""

from __future__ import annotations

from armslength.line import vocabularies as line
from armslength.register import vocabularies as register


def test_a_facility_is_of_a_kind_that_a_form_can_name() -> None:
    assert set(line.FACILITY_KIND.codes) == register.FACILITY_KINDS


def test_what_a_report_speaks_of_can_stand_in_a_concern_but_for_the_hot_spot_and_the_alarm() -> None:
    assert set(line.ACTIVITY.codes) | {register.HOT_SPOT, register.AIR_ALERT} == register.ACTIVITIES


def test_a_basis_of_protection_can_be_cited_in_a_form() -> None:
    assert set(line.LEGAL_BASIS.codes) == register.PROTECTION_BASES


def test_a_pillar_can_stand_in_a_form_and_the_five_principles_only_in_the_register() -> None:
    assert set(line.PILLAR.codes) < register.PILLARS
    assert len(register.PILLARS) == 7 + 5
    assert set(line.PILLAR_STATUS.codes) == register.PILLAR_STATUSES
