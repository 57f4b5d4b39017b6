"""The demonstration as its visitors and programs meet it: one line of JSON, true to what the nodes hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.realm import Realm
from armslength.disclosure.verify import verify_export
from armslength.entrypoints.demo import play, story

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], str, Path]:
    """Play it once for all tests of this file."""
    import contextlib
    import io

    base = tmp_path_factory.mktemp("demo")
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = play.run(headless=True, as_json=True, home=base)
    assert status == 0, err.getvalue()
    lines = out.getvalue().splitlines()
    assert len(lines) == 1, lines
    return json.loads(lines[0]), err.getvalue(), base


def test_it_says_in_its_first_and_last_line_that_it_is_an_exercise(shown: tuple[dict[str, Any], str, Path]) -> None:
    story_lines = shown[1].strip().splitlines()
    for line in (story_lines[0], story_lines[-1]):
        assert line == play.BANNER
        assert "EXERCISE" in line
        assert "constructed" in line


def test_every_level_of_the_concern_is_reached_by_whom_it_says(shown: tuple[dict[str, Any], str, Path]) -> None:
    concern = next(m for m in shown[0]["messages"] if m["form"] == "CONCERN")
    assert (concern["from"], concern["to"], concern["precedence"]) == ("EUCOM", "NDMC", "IMMEDIATE")
    assert {level: receipt["by"] for level, receipt in concern["receipts"].items()} == {
        "R0": "NDMC",
        "R1": "NDMC/watch-officer",
        "R2": "NDMC/watch-officer",
        "R3": "NDMC/watch-officer",
        "R4": "NDMC/releasing-officer",
    }
    times = [receipt["at"] for receipt in concern["receipts"].values()]
    assert times == sorted(times)


def test_one_use_is_counted_and_the_reply_is_none(shown: tuple[dict[str, Any], str, Path]) -> None:
    nodes = shown[0]["nodes"]
    assert (nodes["EUCOM"]["substantive_outgoing"], nodes["NDMC"]["substantive_outgoing"]) == (1, 0)
    for party, node in nodes.items():
        assert node["cosigned_by_peer"] is True
        assert len(bytes.fromhex(node["fingerprint"])) == 11
        origin, size, _root = node["checkpoint"].splitlines()[:3]
        assert origin.startswith(f"armslength/{party}/EXERCISE/")
        assert 0 < int(size) <= node["journal_size"]


def test_the_export_it_leaves_verifies_under_both_fingerprints_and_no_others(
    shown: tuple[dict[str, Any], str, Path],
) -> None:
    result, _, base = shown
    assert result["export"]["verified"] is True
    for party in ("eucom", "ndmc"):
        files = play.read_files(base / f"export-{party}")
        trust = [node["fingerprint"] for node in result["nodes"].values()]
        verify_export(files, trust=trust, realm=Realm.EXERCISE)
        with pytest.raises(Exception, match="EXPORT-UNTRUSTED"):
            verify_export(files, trust=["00" * 11], realm=Realm.EXERCISE)
        with pytest.raises(Exception, match="EXPORT-REALM"):
            verify_export(files, trust=trust, realm=Realm.REAL)


def test_the_detections_say_which_part_of_all_they_are(shown: tuple[dict[str, Any], str, Path]) -> None:
    rows = story.resource(story.FIRMS_FILE).splitlines()[1:]
    kept, _of, every = story.FIRMS_SAMPLE.split()
    assert len(rows) == int(kept) < int(every)
    assert f"Context: {kept} of {kept} heat detections" in shown[1]


def test_what_the_rules_flag_of_the_fires_is_dismissed_by_a_person_with_a_reason(
    shown: tuple[dict[str, Any], str, Path],
) -> None:
    told = shown[1]
    assert told.index("flagged by rule for 2022-08-23: [hot-spot-burst]") < told.index("dismisses C-")
    assert told.index("dismisses C-") < told.index("Report by hand: IAEA") < told.index("pursues C-")
