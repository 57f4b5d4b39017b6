"""Party codes, short hashes, and check digits that find what a telephone does to a number."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.errors import LocalError, PeerError
from armslength.core.ids import (
    CHECKED_CHARS_MAX,
    check_digits,
    party_code,
    phone_groups,
    short_hash,
    verify_check_digits,
)

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NUMBERS = st.text(alphabet=ALPHABET, min_size=1, max_size=CHECKED_CHARS_MAX)
SAMPLES = ("0", "EUCOM00042", "NDMC1B11B1", "0000000000", "ZZZZZZZZZZ", ALPHABET + "ZNPP")


@pytest.mark.parametrize("text", ["EUCOM", "NDMC", "A1", "11", "UN-OCHA", "A" * 16, "A--B"])
def test_party_code_is_taken(text: str) -> None:
    assert party_code(text) == party_code(text, peer=True) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A",
        "A" * 17,
        "eucom",
        "-AB",
        "AB-",
        "--",
        "A B",
        "A_B",
        "A/B",
        "ЕUCOM",
        "EUCOM\n",
        "Ａ1",
        pytest.param("A" * 10**6, id="huge"),
    ],
)
def test_party_code_is_refused(text: str) -> None:
    with pytest.raises(LocalError) as local:
        party_code(text)
    with pytest.raises(PeerError) as peer:
        party_code(text, peer=True)
    assert (local.value.code, peer.value.code) == ("PARTY-CODE", "PEER-PARTY-CODE")


def test_short_hash_is_two_groups_of_four() -> None:
    assert short_hash(bytes.fromhex("1f2e3d4c5b6a")) == "1f2e 3d4c"
    with pytest.raises(LocalError, match="HASH-LENGTH"):
        short_hash(b"abc")


@pytest.mark.parametrize(
    ("text", "digits"),
    # Reckoned by hand: 98 - (value * 100 mod 97), each character as two digits from 01.
    [("0", "95"), ("1", "92"), ("00", "86"), ("9", "68"), ("A", "65"), ("Z", "87")],
)
def test_known_check_digits(text: str, digits: str) -> None:
    assert check_digits(text) == digits


@given(text=NUMBERS)
def test_the_whole_is_one_modulo_97(text: str) -> None:
    # The definition in ISO/IEC 7064, on one long number, not in steps.
    number = "".join(f"{ALPHABET.index(char) + 1:02}" for char in text) + check_digits(text)
    assert int(number) % 97 == 1


@given(text=NUMBERS)
def test_a_number_with_its_digits_verifies(text: str) -> None:
    assert verify_check_digits(text + check_digits(text)) == text
    assert verify_check_digits(phone_groups(text.lower())) == text


def _is_found(wrong: str) -> bool:
    try:
        verify_check_digits(wrong)
    except LocalError as error:
        return error.code in {"CHECK-DIGITS-MISMATCH", "CHECK-DIGITS-FORM"}
    return False


@pytest.mark.parametrize("text", SAMPLES)
def test_every_single_wrong_character_is_found(text: str) -> None:
    whole = text + check_digits(text)
    wrong = [whole[:i] + c + whole[i + 1 :] for i in range(len(whole)) for c in ALPHABET if c != whole[i]]
    assert len(wrong) == 35 * len(whole)
    assert [w for w in wrong if not _is_found(w)] == []


@pytest.mark.parametrize("text", SAMPLES)
def test_every_swap_of_two_characters_near_or_far_is_found(text: str) -> None:
    whole = text + check_digits(text)
    for i, j in combinations(range(len(whole)), 2):
        if whole[i] != whole[j]:
            swapped = list(whole)
            swapped[i], swapped[j] = swapped[j], swapped[i]
            assert _is_found("".join(swapped)), (i, j)


def test_every_pair_of_characters_swapped_at_every_distance_is_found() -> None:
    for distance in range(1, CHECKED_CHARS_MAX):
        for a, b in combinations(ALPHABET, 2):
            middle = "0" * (distance - 1)
            assert check_digits(a + middle + b) != check_digits(b + middle + a), (a, b, distance)


@given(text=NUMBERS.filter(lambda t: len(t) > 1))
def test_a_zero_left_out_at_the_front_is_found(text: str) -> None:
    zero = "0" + text[1:]
    assert _is_found(zero[1:] + check_digits(zero))


def test_the_bank_mapping_would_miss_what_ours_finds() -> None:
    assert check_digits("B1") != check_digits("1B")


@pytest.mark.parametrize(
    "text", ["", " ", "Ж1", "ß", "ﬁ", "1.2", "A" * (CHECKED_CHARS_MAX + 1), pytest.param("9" * 10**6, id="huge")]
)
def test_what_cannot_carry_check_digits_is_refused(text: str) -> None:
    with pytest.raises(LocalError, match="CHECK-DIGITS-FORM"):
        check_digits(text)


@pytest.mark.parametrize("text", ["", "17", "EUCOM0", "A1B", "7"])
def test_a_number_without_check_digits_is_refused(text: str) -> None:
    with pytest.raises(LocalError, match="CHECK-DIGITS-"):
        verify_check_digits(text)


def test_phone_groups_are_fives_with_the_check_digits_last() -> None:
    assert phone_groups("eucom-00042") == f"EUCOM 00042 {check_digits('EUCOM00042')}"
