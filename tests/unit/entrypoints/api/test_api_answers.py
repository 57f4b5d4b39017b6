"""The documented answers are closed, and a problem is what is answered."""

from __future__ import annotations

import inspect

import pytest
from pydantic import ValidationError

from armslength.core.errors import LocalError
from armslength.entrypoints.api import answers
from armslength.entrypoints.api.problems import problem

SHAPES = [
    shape
    for _, shape in inspect.getmembers(answers, inspect.isclass)
    if issubclass(shape, answers.Answer) and shape.__module__ == answers.__name__
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_answer_is_strict_closed_and_frozen(shape: type[answers.Answer]) -> None:
    assert shape.model_config == {"strict": True, "extra": "forbid", "frozen": True}
    assert shape.__doc__


def test_a_refusal_is_a_problem() -> None:
    found = problem(LocalError("PIN-SELF"))
    assert answers.Problem.model_validate(found).model_dump() == found
    with pytest.raises(ValidationError):
        answers.Problem.model_validate({**found, "trace": "line 1"})
