"""A sheet of notices: what is read of each row, and what a row that cannot be told is refused with."""

from __future__ import annotations

from typing import Any

import pytest

from armslength.adapters.format_unpack import open_bytes
from armslength.adapters.notice_tables import read_notices
from armslength.channels.notices import Kind, Urgency
from armslength.core.instants import Instant
from armslength.core.precedence import Precedence
from armslength.line import fields, forms
from armslength.line.form_values import validate
from builders.notice_sheets import HEAD, HOUR, movement, sheet, site
from builders.sheets import xlsx
from builders.two_nodes import START

BEGINS = Instant(START + 72 * HOUR)


def read(data: bytes, name: str = "plan.csv") -> Any:
    with open_bytes(data, name) as file:
        return read_notices(file, START)


def test_a_movement_and_a_site_are_what_their_forms_ask_for() -> None:
    run = read(sheet(movement(1, BEGINS), site(1, BEGINS)))
    move, place = run.accepted
    assert (move.kind, move.form, move.urgency, move.recipients) == (
        Kind.MOVEMENT,
        "MOVE-NOTICE",
        Urgency.ROUTINE,
        ("NDMC", "IAEA"),
    )
    assert move.values[103] == ("DELIVERY-OF-RELIEF",)
    assert move.values[110] == ("UNITED-NATIONS", "RED-CROSS-OR-RED-CRESCENT")
    assert move.values[112] == ("FOOD", "MEDICAL-SUPPLIES")
    assert (move.values[108], move.values[111], move.values[113]) == (3, 7, "NO-ESCORT")
    assert place.values[100] == ("Clinic 1", "en", "HOSPITAL")
    for one in (move, place):
        values = {**one.values, **({100: "N-1"} if one.kind is Kind.MOVEMENT else {})}
        body = {
            **values,
            fields.FORM_CODE: one.form,
            fields.FORM_VERSION: 1,
            fields.PRECEDENCE: 0,
            fields.LANGUAGE: "en",
        }
        validate(forms.form(one.form), body, Precedence.ROUTINE)


def test_a_workbook_is_read_as_the_table_in_it() -> None:
    rows = [HEAD.split(","), site(1, BEGINS).split(",")]
    assert [one.reference for one in read(xlsx({"plan": rows}), "plan.xlsx").accepted] == ["ST-00001"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"type": "visit"}, "site or movement"),
        ({"recipients": ""}, "recipients"),
        ({"datum": "Pulkovo 1942"}, "WGS 84"),
        ({"route": "47.5N 34.6E"}, "2 to 100 waypoints"),
        ({"cargo": "gifts"}, "FOOD"),
        ({"cargo": ""}, "nothing"),
        ({"markings": "blue paint"}, "UNITED-NATIONS"),
        ({"escort": "perhaps"}, "ARMED-ESCORT"),
        ({"function": "parade"}, "DELIVERY-OF-RELIEF"),
        ({"vehicles": "some"}, "one number, first"),
        ({"vehicles": "3 trucks and 2 cars"}, "one number, first"),
        ({"headcount": "7+2"}, "one number, first"),
        ({"organisation": "x" * 600}, "submitter"),
        ({"contact": "x" * 600}, "contact"),
        ({"plates": ";".join(f"AA {number}" for number in range(300))}, "plates"),
        ({"urgency": "very"}, "emergency, urgent or routine"),
        ({"urgency": "", "emergency": "maybe"}, ""),
        ({"starts_at": "tomorrow"}, ""),
        ({"ends_at": "2020-01-01T00:00:00Z"}, ""),
        ({"reference": ""}, ""),
    ],
)
def test_a_row_that_cannot_be_told_is_refused_with_its_number(changes: dict[str, str], said: str) -> None:
    if "emergency" in changes:
        rows = sheet(movement(1, BEGINS, **changes)).replace(b",urgency,", b",urgency,emergency,")
        rows = rows.replace(b",,NDMC", b",,maybe,NDMC")
        run = read(rows)
    else:
        run = read(sheet(movement(0, BEGINS), movement(1, BEGINS, **changes)))
        assert [one.reference for one in run.accepted] == ["MV-00000"]
        assert run.refused[0].row == 3
    assert run.refused_count == 1
    assert said in run.refused[0].reason


def test_one_organisations_reference_stands_once_in_a_sheet() -> None:
    run = read(sheet(movement(1, BEGINS), movement(1, BEGINS, organisation="RELIEF HUB")))
    assert (len(run.accepted), run.refused[0].code) == (1, "NOTICE-TWICE")
    other = read(sheet(movement(1, BEGINS), movement(1, BEGINS, organisation="Another Hub")))
    assert len(other.accepted) == 2


def test_a_notice_that_comes_late_is_taken_and_said() -> None:
    run = read(sheet(movement(0, Instant(START + 5 * HOUR))))
    assert len(run.accepted) == 1
    assert "begins 5 h after it was notified" in run.disagreements[0].sentence


def test_the_emergency_column_of_the_older_forms_is_understood() -> None:
    rows = sheet(movement(1, BEGINS, urgency="")).replace(b",urgency,", b",urgency,emergency,")
    run = read(rows.replace(b",,NDMC", b",,yes,NDMC"))
    assert run.accepted[0].urgency is Urgency.EMERGENCY
