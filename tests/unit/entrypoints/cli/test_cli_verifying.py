"""`verify` and `journal compare` from the command line: status 0 or 1, a code, never a traceback."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from armslength.entrypoints.cli import verifying
from builders.cli_homes import command

if TYPE_CHECKING:
    from pathlib import Path

    from builders.cli_homes import Pair


@pytest.fixture(scope="module")
def exports(opened: Pair, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    base = tmp_path_factory.mktemp("exports")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARMSLENGTH_PASSPHRASE", "demonstration")
        pair = opened.copied(base)
        pair.at(pair.eucom, "message", "draft", "TEST", "--release")
        pair.carry()
        for home in (pair.eucom, pair.ndmc):
            pair.at(home, "journal", "export", str(base / f"{home.name}-out"))
    return base / "eucom-out", base / "ndmc-out"


def fingerprints(exports: tuple[Path, Path]) -> list[str]:
    account = command("verify", str(exports[0]), "--json").json
    return [one["fingerprint"] for one in account["parties"].values()]


def test_an_exercise_says_so_first_and_last(exports: tuple[Path, Path]) -> None:
    said = command("verify", str(exports[0]))
    lines = said.out.splitlines()
    assert said.status == 0
    assert lines[0].startswith("EXERCISE - NOT EVIDENCE. IDENTITIES ARE ONLY AS CLAIMED")
    assert lines[-1] == "EXERCISE - NOT EVIDENCE"
    assert any(line.startswith("EUCOM to NDMC, number 1: TEST, ROUTINE") for line in lines)


def test_an_export_in_one_zip_is_verified_and_compared(exports: tuple[Path, Path], tmp_path: Path) -> None:
    packed = [shutil.make_archive(str(tmp_path / path.name), "zip", path) for path in exports]
    assert command("verify", packed[0]).out == command("verify", str(exports[0])).out
    assert command("journal", "compare", packed[0], str(exports[1])).status == 0
    (tmp_path / "other").write_bytes(b"no ZIP")
    said = command("verify", str(tmp_path / "other"))
    assert (said.status, said.err.split(":")[0]) == (1, "EXPORT-FILE-MISSING")


def test_trust_is_given_in_digits_or_words(exports: tuple[Path, Path], opened: Pair) -> None:
    digits = fingerprints(exports)
    words = [
        opened.at(home, "intro", "export", "--to", str(exports[0].parent / "x"), "--json").json["words"]["ru"]
        for home in (opened.eucom, opened.ndmc)
    ]
    loose = [word for text in words for word in text.split()]
    for trust in (digits, words, loose, [digits[0], words[1]]):
        said = command("verify", str(exports[0]), "--json", "--trust", *trust)
        assert said.json["identities"] == "trusted", trust


@pytest.mark.parametrize("trust", [["00" * 11], ["no such words"], ["word"]])
def test_another_fingerprint_is_not_trusted(exports: tuple[Path, Path], trust: list[str]) -> None:
    said = command("verify", str(exports[0]), "--trust", *trust)
    assert (said.status, said.out, said.err.split(":")[0]) == (1, "", "EXPORT-UNTRUSTED")


def test_the_realm_asked_for_is_kept(exports: tuple[Path, Path]) -> None:
    assert command("verify", str(exports[0]), "--realm", "exercise").status == 0
    said = command("verify", str(exports[0]), "--realm", "real")
    assert (said.status, said.err.split(":")[0]) == (1, "EXPORT-REALM")


def broken(exports: tuple[Path, Path], tmp_path: Path) -> Path:
    import shutil

    return shutil.copytree(exports[0], tmp_path / "broken")


def test_what_is_wrong_is_named(exports: tuple[Path, Path], tmp_path: Path) -> None:
    folder = broken(exports, tmp_path)
    (folder / "link").symlink_to(folder / "MANIFEST")
    assert command("verify", str(folder)).err.startswith("EXPORT-FILE-EXTRA")
    (folder / "link").unlink()
    (folder / "entries" / "more").write_bytes(b"")
    assert command("verify", str(folder)).err.startswith("EXPORT-FILE-EXTRA")
    (folder / "entries" / "more").unlink()
    (folder / "README.txt").write_text("changed")
    said = command("verify", str(folder), "--json")
    assert (said.status, said.json["verified"], said.json["code"]) == (1, False, "EXPORT-FILE-CHANGED")
    (folder / "README.txt").unlink()
    assert command("verify", str(folder)).err.startswith("EXPORT-FILE-MISSING")
    assert command("verify", str(folder / "MANIFEST")).status == 1


def test_a_fault_of_ours_does_not_look_like_a_pass(exports: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: Any, **__: Any) -> Any:
        raise KeyError("fault")

    monkeypatch.setattr(verifying, "verify_export", fault)
    said = command("verify", str(exports[0]))
    assert (said.status, said.out, said.err.split(":")[0]) == (1, "", "EXPORT-MALFORMED")


def test_too_much_is_not_read(exports: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "EXPORT_BYTES_MAX", 10)
    assert command("verify", str(exports[0])).err.startswith("EXPORT-SIZE")


def test_two_exports_are_held_against_each_other(exports: tuple[Path, Path], opened: Pair, tmp_path: Path) -> None:
    said = command("journal", "compare", *map(str, exports))
    assert said.status == 0
    assert said.out.startswith("EXERCISE  the two journals agree.\nSent by EUCOM: the same in both up to number 1.\n")
    assert command("journal", "compare", *map(str, exports), "--json").json["agree"] is True
    pair = opened.copied(tmp_path)
    pair.at(pair.eucom, "stop", "--at", "47.5122N 34.5858E")
    pair.at(pair.eucom, "journal", "export", str(tmp_path / "forked"))
    forked = command("journal", "compare", str(tmp_path / "forked"), str(exports[1]))
    assert forked.status == 1
    assert "THE TWO JOURNALS DIFFER." in forked.out
    assert "First difference: number 1 of EUCOM" in forked.out
    nothing = command("journal", "compare", str(exports[0]), str(tmp_path / "none"), "--json")
    assert (nothing.status, json.loads(nothing.out)["agree"]) == (1, False)
