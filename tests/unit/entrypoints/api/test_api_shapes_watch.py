"""The shapes of what comes in for register and watch: closed, bounded, told by their kind, as the desk's makers ask."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from armslength.desk import service_watch, service_windows
from armslength.desk.windowing import STEPS
from armslength.entrypoints.api import shapes, shapes_watch
from builders.watch_data import PLAN

STEP = {"window": "W", "reason": "r"}
FILE = {"what": "reports", "name": "f.csv", "data": "AAAA"}


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (shapes_watch.ImportFile, {**FILE, "what": "movements"}),
        (shapes_watch.ImportFile, {**FILE, "officer": "x-1"}),
        (shapes_watch.ImportFile, {**FILE, "options": {"mapping": "x" * 40_001}}),
        (shapes_watch.ImportFile, {**FILE, "options": {"mapping": 1}}),
        (shapes_watch.RuleFile, {"text": ""}),
        (shapes_watch.RuleFile, {"text": "x" * (service_watch.RULES_BYTES_MAX + 1)}),
        (shapes_watch.UseRules, {"text": "x"}),
        (shapes_watch.WindowPlan, {**PLAN, "zone": ["CIRCLE", "47.57N 34.40E", 1500]}),
        (shapes_watch.WindowPlan, {**PLAN, "crews": []}),
        (shapes_watch.WindowStep, {**STEP, "step": "propose"}),
        (shapes_watch.WindowStep, {**STEP, "step": "green", "crews": ["A"]}),
        (shapes_watch.WindowStep, {**STEP, "step": "assurance", "means": "MESSAGE"}),
        (shapes_watch.Filled, {"kind": "concern"}),
        (shapes_watch.Filled, {"kind": "withdrawal", "notice": "00"}),
        (shapes_watch.SiteList, {"year": 2090, "due": "2090-06-01T00:00:00Z", "sites": []}),
    ],
)
def test_what_is_not_of_the_shape_is_refused(shape: Any, value: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(shape).validate_python(value)


def test_a_window_s_plan_keeps_the_words_that_the_desk_asks_for() -> None:
    read = shapes_watch.WindowPlan.model_validate(PLAN)
    assert read.model_dump(by_alias=True, exclude_none=True) == {**PLAN, "observers": []}


def _kinds(union: Any, field: str) -> set[str]:
    schema = TypeAdapter(union).json_schema()
    return set(schema["discriminator"]["mapping"]) if field == schema["discriminator"]["propertyName"] else set()


def test_every_step_and_every_filled_message_has_a_shape() -> None:
    assert _kinds(shapes_watch.WindowStep, "step") == {kind.value for kind in STEPS}
    assert _kinds(shapes_watch.Filled, "kind") == set(service_windows.MESSAGES)


def test_every_shape_is_strict_closed_and_frozen() -> None:
    found = [one for _, one in inspect.getmembers(shapes_watch, inspect.isclass) if issubclass(one, shapes.Shape)]
    assert len(found) > 20
    assert all(one.model_config == {"strict": True, "extra": "forbid", "frozen": True} for one in found)
