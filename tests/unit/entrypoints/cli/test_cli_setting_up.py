"""From nothing to a pinned peer: what `init` refuses, and that nobody is pinned whose words were not compared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from builders.cli_homes import command, done

if TYPE_CHECKING:
    from pathlib import Path

    from builders.cli_homes import Pair


def init(home: Path, *words: str) -> tuple[str, ...]:
    return ("init", "--party", "EUCOM", "--demonstration", "--home", str(home), *words)


def test_the_default_realm_is_exercise_and_says_so(tmp_path: Path) -> None:
    out = done(*init(tmp_path / "h")).out
    assert out.startswith("EXERCISE  making the node of EUCOM")
    assert "This is an EXERCISE node" in out
    assert json.loads((tmp_path / "h" / "settings.json").read_text())["realm"] == "EXERCISE"


def test_the_words_are_shown_in_our_languages_and_english(tmp_path: Path) -> None:
    said = done(*init(tmp_path / "h", "--languages", "ru,uk", "--json")).json
    assert list(said["words"]) == ["ru", "uk", "en"]
    assert all(len(words.split()) == 11 for words in said["words"].values())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--realm", "real"), "OPTION-VALUE"),
        (("--listen", "7443"), "OPTION-VALUE"),
        (("--listen", "host:99999"), "OPTION-VALUE"),
        (("--listen", "0.0.0.0:7443"), "OPTION-VALUE"),
        (("--languages", "xx"), "LOCALE-UNKNOWN"),
        (("--languages", ""), "LOCALE-UNKNOWN"),
        (("--time-zone", "Mars/Base"), "TIME-ZONE-UNKNOWN"),
        (("--party", "no spaces"), "PARTY-CODE"),
    ],
)
def test_what_init_refuses_leaves_no_node_behind(tmp_path: Path, words: tuple[str, ...], code: str) -> None:
    said = command(*init(tmp_path / "h", *words))
    assert (said.status, said.err.split(":")[0]) == (2, code)
    assert not (tmp_path / "h" / "settings.json").exists()


def test_a_second_init_is_refused(opened: Pair) -> None:
    assert command(*init(opened.eucom)).err.startswith("NODE-ALREADY-INITIALISED")


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    done(*init(tmp_path / "e"))
    done("init", "--party", "NDMC", "--demonstration", "--home", str(tmp_path / "n"), "--languages", "ru")
    return tmp_path / "e", tmp_path / "n" / "NDMC.intro"


def importing(two: tuple[Path, Path], *words: str) -> tuple[str, ...]:
    return ("intro", "import", str(two[1]), "--home", str(two[0]), *words)


def test_words_read_aloud_in_any_language_pin_the_peer(two: tuple[Path, Path], tmp_path: Path) -> None:
    exported = done("intro", "export", "--home", str(two[1].parent), "--to", str(tmp_path / "x"), "--json").json
    assert (tmp_path / "x").read_bytes() == two[1].read_bytes()
    said = done(*importing(two, "--words", exported["words"]["ru"].upper(), "--compared", "in person", "--json")).json
    assert (said["party"], said["by"], said["compared"]) == ("NDMC", "eucom-custodian-1", "in person")
    assert said["words"]["en"] == exported["words"]["en"]


@pytest.mark.parametrize("words", ["one two three", "zebra " * 11, "00" * 11])
def test_other_words_pin_nobody(two: tuple[Path, Path], words: str) -> None:
    said = command(*importing(two, "--words", words))
    assert said.err.startswith("FINGERPRINT-DIFFERS")
    assert command("line", "open", "NDMC", "--home", str(two[0])).err.startswith("PARTY-UNKNOWN")


def test_a_person_must_say_that_the_words_were_compared(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["no", "yes"])
    monkeypatch.setattr("builtins.input", lambda _prompt: next(answers))
    assert command(*importing(two)).err.startswith("FINGERPRINT-NOT-COMPARED")
    assert done(*importing(two)).out.endswith("Next: armslength line open NDMC\n")


def test_where_nobody_answers_nobody_is_pinned(two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", closed)
    assert command(*importing(two)).err.startswith("ANSWER-NEEDED")


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "CBOR-TRUNCATED"), (b"x" * 300_000, "FILE-READ"), (None, "FILE-READ")]
)
def test_a_file_that_is_no_introduction_is_refused(two: tuple[Path, Path], data: bytes | None, code: str) -> None:
    if data is None:
        two[1].unlink()
    else:
        two[1].write_bytes(data)
    said = command(*importing(two, "--yes-i-compared"))
    assert said.status in {2, 3}
    assert said.err.split(":")[0] == code
