"""The machine of a staged translation: order, meaning, readers, back-translation; what is not allowed is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.errors import LocalError
from armslength.core.instants import Instant
from armslength.language.translations import (
    DOUBTS_MAX,
    MACHINE_MARK,
    READINGS_MAX,
    TARGET_MIN,
    VERSIONS_MAX,
    Doubt,
    Effect,
    Event,
    EventKind,
    Stage,
    Step,
    Subject,
    Translation,
    check_language,
    member,
    next_deadline,
    step,
)

START = Instant(1_700_000_000_000_000)
MINUTE = 60_000_000
EMPTY = Translation(subject=Subject.MESSAGE, reference="aa", language="en", source="ru", received_at=START)


def at(minute: int) -> Instant:
    return Instant(START + minute * MINUTE)


def add(state: Translation, stage: Stage, minute: int, **parts: Any) -> Step:
    given: dict[str, Any] = {"officer": "linguist-1", "expected": len(state.versions) + 1, "text": "a text", **parts}
    if state.versions and "changes" not in parts:
        given["changes"] = False
    return step(state, Event(kind=EventKind.ADD, stage=stage, **given), at(minute))


def read(state: Translation, officer: str, number: int) -> Translation:
    return step(state, Event(kind=EventKind.READ, officer=officer, expected=number), at(50)).state


def two_versions() -> Translation:
    return add(add(EMPTY, Stage.SIGHT, 6).state, Stage.ROUGH, 31).state


def test_stages_come_in_order_with_their_minutes() -> None:
    state = add(two_versions(), Stage.OFFICIAL, 129).state
    assert [one.stage for one in state.versions] == list(Stage)
    assert [state.minutes(one.at) for one in state.versions] == [6, 31, 129]
    assert all(state.minutes(one.at) <= TARGET_MIN[one.stage] for one in state.versions)
    assert state.first_of(Stage.ROUGH) == state.versions[1]
    assert next_deadline(state) is None


def test_a_stage_may_be_left_out_and_corrected() -> None:
    state = add(EMPTY, Stage.OFFICIAL, 5).state
    state = add(state, Stage.OFFICIAL, 7, text="corrected").state
    assert [one.number for one in state.versions] == [1, 2]


def test_readers_of_what_changed_owe_the_new_version_until_they_read_it() -> None:
    state = read(read(add(EMPTY, Stage.SIGHT, 6).state, "watch-1", 1), "principal-1", 1)
    changed = add(state, Stage.ROUGH, 31, changes=True, changed="a negation was missed")
    assert changed.effects == (Effect.ALERT_READERS,)
    assert changed.state.owed == {"principal-1": 2, "watch-1": 2}
    state = read(changed.state, "watch-1", 1)
    assert state.owed == {"principal-1": 2, "watch-1": 2}
    state = add(read(state, "watch-1", 2), Stage.OFFICIAL, 129).state
    assert state.owed == {"principal-1": 2}
    assert read(state, "principal-1", 3).owed == {}
    # Whoever comes late and reads the version that no longer stands owes the newer one at once.
    assert read(state, "release-1", 1).owed == {"principal-1": 2, "release-1": 2}


def test_no_alarm_where_nobody_read_or_only_the_linguist_himself() -> None:
    state = add(EMPTY, Stage.SIGHT, 6).state
    assert add(state, Stage.ROUGH, 31, changes=True, changed="x").effects == ()
    assert add(read(state, "linguist-1", 1), Stage.ROUGH, 31, changes=True, changed="x").effects == ()
    assert add(read(state, "watch-1", 1), Stage.ROUGH, 31).effects == ()


@pytest.mark.parametrize(
    ("case", "stage", "parts", "code"),
    [
        ("earlier stage", Stage.SIGHT, {}, "TRANSLATION-ORDER"),
        ("silent on meaning", Stage.ROUGH, {"changes": None}, "TRANSLATION-MEANING"),
        ("yes without what", Stage.ROUGH, {"changes": True}, "TRANSLATION-MEANING"),
        ("no with what", Stage.ROUGH, {"changes": False, "changed": "x"}, "TRANSLATION-MEANING"),
        ("another came first", Stage.ROUGH, {"expected": 2}, "TRANSLATION-MOVED"),
        ("no text", Stage.ROUGH, {"text": "  "}, "TRANSLATION-VALUE"),
        ("marked", Stage.ROUGH, {"text": f"{MACHINE_MARK}\nx"}, "TRANSLATION-MACHINE"),
        ("doubt elsewhere", Stage.ROUGH, {"doubts": (Doubt(quote="other", note="n"),)}, "TRANSLATION-VALUE"),
        ("doubt of nothing", Stage.ROUGH, {"doubts": (Doubt(quote=" ", note="n"),)}, "TRANSLATION-VALUE"),
        ("doubts", Stage.ROUGH, {"doubts": (Doubt(quote="a", note="n"),) * (DOUBTS_MAX + 1)}, "TRANSLATION-VALUE"),
        ("giant", Stage.ROUGH, {"text": "a" * 20_000}, "TEXT-SIZE"),
    ],
)
def test_what_is_not_in_the_table_is_refused(case: str, stage: Stage, parts: dict[str, Any], code: str) -> None:
    with pytest.raises(LocalError) as refused:
        add(two_versions(), stage, 40, **parts)
    assert refused.value.code == code, case


def test_a_first_version_changes_nothing() -> None:
    with pytest.raises(LocalError) as refused:
        add(EMPTY, Stage.ROUGH, 5, changes=False)
    assert refused.value.code == "TRANSLATION-MEANING"


def test_versions_and_readings_have_an_end() -> None:
    state = EMPTY
    for number in range(VERSIONS_MAX):
        state = add(state, Stage.SIGHT, number).state
    with pytest.raises(LocalError):
        add(state, Stage.SIGHT, 99)
    with pytest.raises(LocalError):
        read(state, "watch-1", VERSIONS_MAX + 1)
    for _ in range(READINGS_MAX):
        state = read(state, "watch-1", 1)
    with pytest.raises(LocalError):
        read(state, "watch-1", 1)


def test_a_back_translation_is_another_linguist_s() -> None:
    state = two_versions()
    for officer, others, code in (
        ("linguist-1", frozenset[str](), "TRANSLATION-SECOND-LINGUIST"),
        ("linguist-2", frozenset({"linguist-2"}), "TRANSLATION-SECOND-LINGUIST"),
    ):
        event = Event(kind=EventKind.BACK, officer=officer, text="back", agrees=True, others=others)
        with pytest.raises(LocalError) as refused:
            step(state, event, at(60))
        assert refused.value.code == code
    made = step(state, Event(kind=EventKind.BACK, officer="linguist-2", text="back", agrees=True), at(60)).state
    assert (made.backs[0].linguist, made.backs[0].agrees) == ("linguist-2", True)
    with pytest.raises(LocalError):
        step(state, Event(kind=EventKind.BACK, officer="linguist-2", text="back", agrees=False), at(60))


def test_tags_and_closed_lists() -> None:
    assert [check_language(tag) for tag in ("en", "zh-Hant")] == ["en", "zh-Hant"]
    for tag in ("", "EN", "e", "en_GB", "a" * 40):
        with pytest.raises(LocalError):
            check_language(tag)
    assert member(Stage, "SIGHT") is Stage.SIGHT
    with pytest.raises(LocalError):
        member(Stage, 5)


@given(st.lists(st.tuples(st.sampled_from(["add", "change", "read-old", "read-new"]), st.integers(0, 3)), max_size=30))
def test_who_owes_has_not_read_since_the_last_change(steps: list[tuple[str, int]]) -> None:
    state = add(EMPTY, Stage.SIGHT, 1).state
    for what, who in steps:
        if what in {"add", "change"}:
            changed = {"changes": True, "changed": "x"} if what == "change" else {}
            state = add(state, Stage.SIGHT, 2, **changed).state
        else:
            state = read(state, f"w-{who}", 1 if what == "read-old" else len(state.versions))
        last = max([one.number for one in state.versions if one.changes], default=0)
        best = {one.officer: 0 for one in state.readings}
        for one in state.readings:
            best[one.officer] = max(best[one.officer], one.number)
        # The officers who have read something and nothing as new as the last change are those who owe.
        assert {officer for officer, number in best.items() if number < last} <= set(state.owed)
        assert all(number <= last for number in state.owed.values())
