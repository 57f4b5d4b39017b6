"""NAME=VALUE by the kind of the field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import LocalError
from armslength.entrypoints.cli import values

if TYPE_CHECKING:
    from pathlib import Path

CASES: list[tuple[str, str, Any]] = [
    ("code stays text", "activity=SHELLING", "SHELLING"),
    ("codes with commas", "hazards=FLOODING, LOSS-OF-POWER", ["FLOODING", "LOSS-OF-POWER"]),
    ("statuses in pairs", "pillars=OFF-SITE-POWER:LOST", [["OFF-SITE-POWER", "LOST"]]),
    ("a window with a slash", "activity-window=A/B", ["A", "B"]),
    ("a facility with bars", "facility=ZNPP|en|NUCLEAR-POWER-PLANT", ["ZNPP", "en", "NUCLEAR-POWER-PLANT"]),
    ("a relation", "relation=recalls:out:3", ["recalls", "out:3"]),
    ("JSON where it begins like JSON", 'hazards=["FLOODING"]', ["FLOODING"]),
    ("an equals sign in a value", "case-reference=a=b", "a=b"),
    ("a place is text", "place=47.5122N 34.5858E", "47.5122N 34.5858E"),
]


@pytest.mark.parametrize(("name", "pair", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_field_is_read_by_its_kind(name: str, pair: str, expected: Any) -> None:
    assert list(values.field_values("CONCERN", [pair]).values()) == [expected]


def test_a_count_is_a_number() -> None:
    assert values.field_values("INCIDENT", ["killed=3"]) == {"killed": 3}


@pytest.mark.parametrize(
    ("form", "pair", "code"),
    [
        ("CONCERN", "no-such-field=1", "DRAFT-FIELD-UNKNOWN"),
        ("CONCERN", "hazards", "OPTION-VALUE"),
        ("CONCERN", "=x", "OPTION-VALUE"),
        ("CONCERN", "activity-window=A", "OPTION-VALUE"),
        ("CONCERN", "relation=recalls", "OPTION-VALUE"),
        ("CONCERN", "hazards=[", "OPTION-VALUE"),
        ("INCIDENT", "killed=many", "OPTION-VALUE"),
        ("NO-SUCH-FORM", "a=b", "DRAFT-FORM-UNKNOWN"),
    ],
)
def test_what_cannot_be_read_is_named(form: str, pair: str, code: str) -> None:
    with pytest.raises(LocalError) as caught:
        values.field_values(form, [pair])
    assert caught.value.code == code


def test_files_are_read_within_bounds(tmp_path: Path) -> None:
    good, large, odd = tmp_path / "a.json", tmp_path / "b", tmp_path / "c"
    good.write_text('{"a": 1}', encoding="utf-8")
    large.write_bytes(b"x" * (values.FILE_BYTES_MAX + 1))
    odd.write_bytes(b"\xff\xfe")
    assert values.read_json(str(good)) == {"a": 1}
    for bad in (large, odd, tmp_path / "none"):
        with pytest.raises(LocalError, match="FILE-READ"):
            values.read_text(str(bad))
    odd.write_text("{", encoding="utf-8")
    with pytest.raises(LocalError, match="FILE-READ"):
        values.read_json(str(odd))
