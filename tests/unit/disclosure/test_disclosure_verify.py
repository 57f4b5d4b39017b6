"""Whom an export is believed to come from: fingerprints given by the reader, in any form in which people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.core.errors import VerificationError
from armslength.core.realm import Realm
from armslength.disclosure.verify import parse_fingerprint, verify_export
from armslength.language.words import to_words
from builders import two_nodes
from builders.exports import exported

if TYPE_CHECKING:
    from armslength.disclosure.verify import Trust

TWO = two_nodes.conversed()
FILES = exported(TWO.eucom, TWO.line)
EUCOM, NDMC = TWO.eucom.fingerprint(), TWO.ndmc.fingerprint()
WORDS = tuple(f"word{number}" for number in range(256))
OTHER = bytes(11)


@pytest.mark.parametrize(
    "trust",
    [
        [EUCOM, NDMC],
        [NDMC.hex(), EUCOM.hex().upper()],
        [EUCOM.hex(" ", 2), NDMC.hex(":"), OTHER],
        [" ".join(to_words(EUCOM, WORDS)), "-".join(to_words(NDMC, WORDS)).upper()],
        {"EUCOM": EUCOM, "NDMC": NDMC.hex()},
    ],
)
def test_both_parties_are_trusted_by_their_fingerprints(trust: Trust) -> None:
    account = verify_export(FILES, trust=trust, word_lists=[WORDS])
    assert account.trusted
    assert account.as_json()["identities"] == "trusted"
    assert "fingerprints were given" in account.lines()[0]


@pytest.mark.parametrize(
    "trust",
    [
        [EUCOM],
        [NDMC],
        [OTHER],
        [EUCOM, OTHER],
        {"EUCOM": EUCOM},
        {"EUCOM": NDMC, "NDMC": EUCOM},
        {"NDMC": NDMC, "OTHER": EUCOM},
        ["not a fingerprint"],
        [EUCOM.hex()[:-2], NDMC],
        [" ".join(to_words(EUCOM, WORDS)[:-1]), NDMC],
    ],
)
def test_a_party_whose_fingerprint_was_not_given_is_refused(trust: Trust) -> None:
    with pytest.raises(VerificationError) as refused:
        verify_export(FILES, trust=trust, word_lists=[WORDS])
    assert refused.value.code == "EXPORT-UNTRUSTED"


def test_without_fingerprints_the_first_line_says_that_identities_are_only_as_claimed() -> None:
    account = verify_export(FILES)
    assert not account.trusted
    assert "ONLY AS CLAIMED" in account.lines()[0]
    assert account.as_json()["identities"] == "as-claimed"


def test_words_of_an_unknown_language_are_no_fingerprint() -> None:
    with pytest.raises(VerificationError, match="EXPORT-UNTRUSTED"):
        parse_fingerprint(" ".join(to_words(EUCOM, WORDS)))


def test_a_real_export_verifies_as_real_and_bears_no_mark() -> None:
    two = two_nodes.conversed(realm=Realm.REAL)
    account = verify_export(exported(two.eucom, two.line), realm=Realm.REAL)
    text = "\n".join(account.lines())
    assert account.as_json()["mark"] is None
    assert "EXERCISE" not in text
    with pytest.raises(VerificationError) as refused:
        verify_export(exported(two.eucom, two.line), realm=Realm.EXERCISE)
    assert refused.value.code == "EXPORT-REALM"


def test_two_realms_share_no_key_that_could_carry_a_record_across() -> None:
    real = two_nodes.conversed(realm=Realm.REAL)
    assert {real.eucom.fingerprint(), real.ndmc.fingerprint()} & {EUCOM, NDMC} == set()
