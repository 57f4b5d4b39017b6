"""docs/threats.md answers every abuse case, by tests that exist or by an honest word that nothing shows it yet."""

from __future__ import annotations

import ast
import re

import pytest

from tidy.house import ROOT, tree

CASES = 116
PAGE = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROWS = {int(number): (case, defence, shown) for number, case, defence, shown in ROW.findall(PAGE)}
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
NOT_YET = "does not hold yet: "


def test_every_abuse_case_has_its_row() -> None:
    assert sorted(ROWS) == list(range(1, CASES + 1))


@pytest.mark.parametrize("number", sorted(ROWS))
def test_a_row_names_a_test_or_says_what_does_not_hold(number: int) -> None:
    _, defence, shown = ROWS[number]
    assert defence.strip()
    assert TEST.search(shown) or re.search(rf"{NOT_YET}\w+", shown), shown


def test_every_test_that_is_named_exists_and_is_collected() -> None:
    named = TEST.findall(PAGE)
    assert len(named) > 90
    missing = []
    for path, name in named:
        file = ROOT / path
        found = file.exists() and any(
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name for node in tree(file).body
        )
        # pytest collects functions at the top of files of this name only.
        if not found or not file.name.startswith("test_") or not name.startswith("test_"):
            missing.append(f"{path}::{name}")
    assert missing == []


def test_whatever_looks_like_a_test_is_one_that_was_looked_for() -> None:
    assert len(re.findall(r"::test_", PAGE)) == len(TEST.findall(PAGE))


def test_what_does_not_hold_says_why() -> None:
    assert re.findall(r"does not hold yet(?!: \w|\")", PAGE) == []
