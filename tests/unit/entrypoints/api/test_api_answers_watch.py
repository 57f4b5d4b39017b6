"""The documented answers of register and watch are closed; that what is answered fits is held where it is read."""

from __future__ import annotations

import inspect

import pytest

from armslength.entrypoints.api import answers, answers_watch
from armslength.entrypoints.api.app import OPERATIONS

SHAPES = [
    shape
    for _, shape in inspect.getmembers(answers_watch, inspect.isclass)
    if issubclass(shape, answers.Answer) and shape.__module__ == answers_watch.__name__
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_answer_is_strict_closed_and_frozen(shape: type[answers.Answer]) -> None:
    assert shape.model_config == {"strict": True, "extra": "forbid", "frozen": True}
    assert shape.__doc__


def test_every_answer_is_of_an_operation_or_a_part_of_one() -> None:
    named = " ".join(str(operation.answer) for operation in OPERATIONS)
    parts = " ".join(str(field.annotation) for shape in SHAPES for field in shape.model_fields.values())
    inherited = {base.__name__ for shape in SHAPES for base in shape.__mro__[1:]}
    assert [one.__name__ for one in SHAPES if one.__name__ not in named + parts and one.__name__ not in inherited] == []
