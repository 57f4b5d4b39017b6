"""The shapes of what comes in: nothing is coerced, nothing unknown is let in, bounds are the desk's."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from armslength.desk import service
from armslength.entrypoints.api import shapes
from armslength.line.charter import CHARTER_BYTES_MAX
from armslength.line.manifest import MANIFEST_BYTES_MAX
from armslength.register import documents

CHECK = {"draft": "00", "kind": "legal", "passed": True}


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (shapes.PrepareCheck, {**CHECK, "passed": 1}),
        (shapes.PrepareCheck, {**CHECK, "passed": "true"}),
        (shapes.PrepareCheck, {**CHECK, "officer": "x-1"}),
        (shapes.PrepareCheck, {**CHECK, "kind": "other"}),
        (shapes.PrepareCheck, {**CHECK, "draft": 0}),
        (shapes.PrepareCheck, {**CHECK, "draft": ""}),
        (shapes.PrepareCheck, {**CHECK, "draft": "0" * 129}),
        (shapes.PrepareReceipt, {"message": "in:1", "level": 5}),
        (shapes.PrepareReceipt, {"message": "in:1", "level": True}),
        (shapes.PrepareReceipt, {"message": "in:1", "level": 1.5}),
        (shapes.PrepareMessage, {"form": "TEST", "values": {"a": 1.5}}),
        (shapes.PrepareMessage, {"form": "TEST", "values": {"a": 2**53}}),
        (shapes.PrepareMessage, {"form": "TEST", "values": {"a": {"b": 1}}}),
        (shapes.PrepareMessage, {"form": "TEST", "values": {"a": [[[["four deep"]]]]}}),
        (shapes.PrepareMessage, {"form": "TEST", "values": {"a": "\ud800"}}),
        (shapes.PrepareMessage, {"form": "TEST", "values": {str(n): 1 for n in range(129)}}),
        (shapes.OpenLine, {"peer": "NDMC", "charter": "not base64"}),
        (shapes.OpenLine, {"peer": "NDMC", "charter": "AAA"}),
        (shapes.Submit, {"submissions": []}),
        (shapes.Submit, {"submissions": [{"prepared": "AAAA", "acts": []}]}),
        (shapes.Submit, {"submissions": [{"prepared": "AAAA", "release": "00", "acts": []}]}),
    ],
)
def test_what_is_not_of_the_shape_is_refused(shape: type[shapes.Shape], value: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        shape.model_validate(value)


@pytest.mark.parametrize(
    ("given", "read"), [(5, 5), (5.0, 5), ("5", "5"), (True, True), (None, None), ([["a", 1]], [["a", 1]])]
)
def test_a_field_value_stays_what_it_is(given: object, read: object) -> None:
    found = TypeAdapter(shapes.FieldValue).validate_python(given, strict=True)
    assert (found, type(found)) == (read, type(read))


def test_shapes_do_not_change() -> None:
    check = shapes.PrepareCheck.model_validate(CHECK)
    with pytest.raises(ValidationError):
        check.passed = False  # type: ignore[misc]  # which is the point


def test_the_bounds_are_the_desks() -> None:
    assert shapes.SUBMISSIONS_MAX == service.SUBMITS_MAX
    assert shapes.FILE_CHARS_MAX * 3 // 4 >= MANIFEST_BYTES_MAX
    assert shapes.CHARTER_CHARS_MAX * 3 // 4 >= CHARTER_BYTES_MAX


def test_reports_and_facilities_have_the_keys_of_their_documents() -> None:
    assert set(shapes.Report.model_fields) == set(documents.REPORT_KEYS)
    assert set(shapes.Facility.model_fields) == set(documents.FACILITY_KEYS)
