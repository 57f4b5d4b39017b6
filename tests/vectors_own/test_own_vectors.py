"""Every golden vector through the product's functions: the right class of failure, and the right values."""

from __future__ import annotations

import re
from pathlib import Path

import generate
import ours
import pytest
from maker import vector as maker_vector
from vectorfile import Case, read_all, sections

from armslength.core.error_table import ERROR_TABLE

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "docs" / "spec"
WITHOUT = Path(__file__).with_name("without_vector.txt")
CASES = read_all(ROOT / "vectors")
CODE = re.compile(r"`([A-Z0-9]+(?:-[A-Z0-9]+)+)`")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_product_judges_as_the_vector_says(case: Case) -> None:
    answer = ours.answer(case.request)
    assert answer["result"] == case.expect, answer.get("says")
    assert {name: answer.get(name) for name in case.gives} == case.gives


def test_every_area_has_cases_that_hold_and_cases_that_do_not() -> None:
    areas = {case.name.partition("/")[0] for case in CASES}
    assert areas >= {"attestation", "braid", "charter", "checkpoint", "encoding", "export", "manifest", "record"}
    for area in areas - {"cross"}:
        expected = [case.expect for case in CASES if case.name.startswith(f"{area}/")]
        assert "OK" in expected, area
        assert any(code != "OK" for code in expected), area


def test_a_refusal_is_of_a_class_that_the_error_table_has() -> None:
    assert {case.expect for case in CASES} - {"OK"} <= ERROR_TABLE.keys()


def test_regenerating_gives_no_difference() -> None:
    made = {made.name: made.text() for area in generate.AREAS for made in area.vectors()}
    kept = {
        path.relative_to(ROOT / "vectors").with_suffix("").as_posix(): path.read_text(encoding="utf-8")
        for path in (ROOT / "vectors").glob("*/*.txt")
    }
    assert made.keys() == kept.keys()
    assert [name for name, text in made.items() if text != kept[name]] == []


def test_what_was_drawn_once_is_not_drawn_again() -> None:
    def refuse() -> bytes:
        pytest.fail("drawn again")

    store = maker_vector.Drawn()
    kept = dict(store._kept)
    assert kept
    for name, data in kept.items():
        purpose = name.partition("/")[0]
        assert purpose in {"export", "hpke", "ml-dsa"}
        assert data
    store._kept["test/e3b0c44298fc1c149afbf4c8996fb924"] = b"kept"
    assert store.once("test", b"", refuse, lambda _data: None) == b"kept"


def listed() -> dict[str, str]:
    lines = WITHOUT.read_text(encoding="utf-8").splitlines()
    return dict(line.split(None, 1) for line in lines if line and not line.startswith("#"))


def named() -> set[str]:
    found: set[str] = set()
    for page in SPEC.glob("*.md"):
        found |= set(CODE.findall(page.read_text(encoding="utf-8")))
    return found & ERROR_TABLE.keys()


def test_every_refusal_of_the_specification_has_a_vector_or_a_reason() -> None:
    shown = {case.expect for case in CASES}
    assert sorted(named() - shown - listed().keys()) == []


def test_the_list_of_reasons_is_no_longer_than_it_must_be() -> None:
    shown = {case.expect for case in CASES}
    assert sorted(listed().keys() & shown) == []
    assert sorted(listed().keys() - named()) == []


def test_a_test_named_as_the_reason_exists() -> None:
    wrong = []
    for code, reason in listed().items():
        found = re.findall(r"tests/[\w./]+::\w+", reason)
        for place in found:
            path, _, name = place.partition("::")
            if not (ROOT / path).exists() or f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8"):
                wrong.append(f"{code}: {place}")
    assert wrong == []


def test_a_base_is_read_first_and_then_changed(tmp_path: Path) -> None:
    from vectorfile import read

    (tmp_path / "area").mkdir()
    (tmp_path / "area" / "good.txt").write_text("expect: OK\nwhat: a\nrun: x\n\na:\n00\n01\n\nb:\n02\n\nc:\n")
    changed = tmp_path / "area" / "bad.txt"
    changed.write_text("expect: NO\nwhat: b\nrun: x\nbase: area/good.txt\nwithout: b\ngives-d: 4\n\na:\nff\n")
    case = read(changed, tmp_path)
    assert case.request == {"command": "x", "a": "ff", "c": ""}
    assert (case.expect, case.gives) == ("NO", {"d": "4"})
    assert sections("x: \ny: 1\n") == ({"x": "", "y": "1"}, {})
