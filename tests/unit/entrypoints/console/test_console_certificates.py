"""The list of cards: one card is one person, renewed cards by subject, and a damaged list signs in nobody."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import LocalError
from armslength.entrypoints.console import certificates
from armslength.entrypoints.console.certificates import FILE, FILE_BYTES_MAX, add, officer_of, read, remove
from builders.client_certificates import client_certificate

if TYPE_CHECKING:
    from pathlib import Path

ONE = client_certificate("CN=Watch One,O=EUCOM").read
RENEWED = client_certificate("CN=Watch One,O=EUCOM", serial=2).read
TWO = client_certificate("CN=Watch Two,O=EUCOM").read
ROW = {"officer": "a", "by": "fingerprint", "fingerprint": "00", "subject": "CN=a"}


def test_a_card_signs_in_its_officer_and_its_successor_only_by_subject(tmp_path: Path) -> None:
    assert officer_of(tmp_path, ONE) is None
    add(tmp_path, "eucom-watch-1", ONE, "fingerprint")
    assert [officer_of(tmp_path, card) for card in (ONE, RENEWED, TWO)] == ["eucom-watch-1", None, None]
    add(tmp_path, "eucom-watch-1", ONE, "subject")
    assert [officer_of(tmp_path, card) for card in (ONE, RENEWED, TWO)] == ["eucom-watch-1", "eucom-watch-1", None]
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_the_same_one_again_changes_nothing(tmp_path: Path) -> None:
    for _ in range(3):
        add(tmp_path, "eucom-watch-1", ONE, "fingerprint")
    assert len(read(tmp_path)) == 1


@pytest.mark.parametrize(("card", "by"), [(ONE, "fingerprint"), (ONE, "subject"), (RENEWED, "subject")])
def test_one_card_is_one_person(tmp_path: Path, card: Any, by: str) -> None:
    add(tmp_path, "eucom-watch-1", ONE, "fingerprint")
    with pytest.raises(LocalError) as caught:
        add(tmp_path, "eucom-watch-2", card, by)
    assert (caught.value.code, caught.value.details) == ("CERTIFICATE-ENTERED", {"officer": "eucom-watch-1"})


def test_a_card_that_two_claim_signs_in_neither(tmp_path: Path) -> None:
    rows = [{"officer": name, "by": "subject", "fingerprint": "00", "subject": ONE.subject} for name in ("a", "b")]
    (tmp_path / FILE).write_text(json.dumps({"certificates": rows}))
    assert officer_of(tmp_path, ONE) is None


def test_a_card_is_removed_by_the_beginning_of_its_fingerprint(tmp_path: Path) -> None:
    add(tmp_path, "eucom-watch-1", ONE, "fingerprint")
    add(tmp_path, "eucom-watch-2", TWO, "fingerprint")
    for start in ("", "zz", "0" * 64):
        with pytest.raises(LocalError) as caught:
            remove(tmp_path, start)
        assert caught.value.code == "CERTIFICATE-UNKNOWN"
    assert remove(tmp_path, ONE.fingerprint.hex()[:10].upper()).officer == "eucom-watch-1"
    assert [one.officer for one in read(tmp_path)] == ["eucom-watch-2"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"certificates": 1}',
        '{"certificates": [1]}',
        '{"certificates": [{}]}',
        json.dumps({"certificates": [{**ROW, "by": "luck"}]}),
        json.dumps({"certificates": [{**ROW, "officer": ""}]}),
        json.dumps({"certificates": [{**ROW, "subject": 1}]}),
        json.dumps({"certificates": [{**ROW, "more": "x"}]}),
        json.dumps({"certificates": [ROW] * (certificates.CERTIFICATES_MAX + 1)}),
        " " * (FILE_BYTES_MAX + 1),
        "[" * 100_000,
    ],
)
def test_a_damaged_list_is_refused_whole(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(LocalError) as caught:
        officer_of(tmp_path, ONE)
    assert caught.value.code == "CERTIFICATES-FILE"
