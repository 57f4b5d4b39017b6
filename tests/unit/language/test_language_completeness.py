"""A language is whole or it is not offered; what it lacks is named."""

from __future__ import annotations

import pytest

from armslength.language.completeness import arguments_of, differences

MODEL = ("one = One { $number }\ntwo = { one } and { $other }\n-word = word\nthree = { -word }\n",)


def test_arguments_are_found_through_the_messages_referred_to() -> None:
    assert arguments_of(MODEL) == {
        "one": {"number"},
        "two": {"number", "other"},
        "-word": frozenset(),
        "three": frozenset(),
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("one = Eins { $number }\ntwo = { one } und { $other }\nthree = Wort\n", ()),
        ("one = Eins\ntwo = { $number } { $other }\nthree = x\n", ("arguments of one: none instead of number",)),
        ("one = { $number }\nthree = x\n", ("missing: two",)),
        ("one = { $number }\ntwo = { one } { $other }\nthree = x\n???\n", ("broken: ???",)),
        ("one = { one } { $number }\ntwo = { two }{ $number }{ $other }\nthree = x\n", ()),
    ],
)
def test_what_a_language_lacks_is_named(text: str, problem: tuple[str, ...]) -> None:
    assert differences((text,), MODEL) == problem


def test_only_what_is_needed_is_asked_for() -> None:
    assert differences(("one = { $number }",), MODEL, ["one"]) == ()
