"""Two exports against each other: the first difference, named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from armslength.core.errors import VerificationError
from armslength.disclosure.comparison import chain_links, compare_exports
from armslength.disclosure.verify import verify_export
from armslength.journal.compare import DifferenceKind, check_chain
from builders import two_nodes
from builders.exports import exported
from builders.two_nodes import Party, TwoNodes


def accounts(two: TwoNodes) -> list:
    return [verify_export(exported(party, two.line)) for party in (two.eucom, two.ndmc)]


def test_both_sides_of_one_conversation_agree() -> None:
    ours, theirs = accounts(two_nodes.conversed())
    for first, second in ((ours, theirs), (theirs, ours)):
        verdict = compare_exports(first, second)
        assert (verdict.agree, verdict.first_difference) == (True, None)
        assert {party: one.same for party, one in verdict.directions.items()} == {"EUCOM": 1, "NDMC": 4}


def test_the_chains_of_an_export_are_whole() -> None:
    for account in accounts(two_nodes.conversed()):
        links = chain_links(account)
        assert set(links) == {"EUCOM", "NDMC"}
        for chain in links.values():
            check_chain(chain)
        assert links["NDMC"][0].peer_number == 1


def test_a_message_under_way_is_no_contradiction() -> None:
    two = two_nodes.conversed()
    two.eucom.send(two.line)
    verdict = compare_exports(*accounts(two))
    assert verdict.agree
    difference = verdict.directions["EUCOM"].first_difference
    assert difference is not None
    assert difference.kind is DifferenceKind.TAIL_NOT_RECEIVED


def test_an_older_export_of_the_sender_is_no_contradiction() -> None:
    two = two_nodes.conversed()
    older = verify_export(exported(two.eucom, two.line))
    two.time.pass_s(60)
    two.eucom.send(two.line)
    two.flush()
    assert compare_exports(older, accounts(two)[1]).agree


def forked() -> TwoNodes:
    """EUCOM is set back to before its second message and sends another one under the same number, to nobody yet."""
    two = two_nodes.opened()
    two.eucom.send(two.line)
    two.flush()
    return two


def test_two_messages_under_one_number_are_named() -> None:
    one, other = forked(), forked()
    for two, text in ((one, "FIRST"), (other, "SECOND")):
        two.eucom.send(two.line, "TEST", {100: text}, two_nodes.Precedence.ROUTINE)
        two.flush()
    verdict = compare_exports(accounts(one)[0], accounts(other)[1])
    assert not verdict.agree
    assert verdict.first_difference == "number 2 of EUCOM: different envelope"


def test_a_message_that_only_the_receiver_has_was_lost_by_its_sender() -> None:
    one, other = forked(), forked()
    other.eucom.send(other.line)
    other.flush()
    one.time.at = other.time.at
    verdict = compare_exports(accounts(one)[0], accounts(other)[1])
    assert verdict.first_difference == "number 2 of EUCOM: missing at ours"


def test_a_journal_that_is_not_the_one_told_of_in_receipts_is_named() -> None:
    ours, theirs = accounts(two_nodes.conversed())
    size = max(ours.peer_roots)
    lied = replace(ours, peer_roots={**ours.peer_roots, size: bytes(32)})
    for first, second in ((lied, theirs), (theirs, lied)):
        verdict = compare_exports(first, second)
        assert not verdict.agree
        assert verdict.first_difference == f"journal of NDMC at size {size}: another root than it signed to EUCOM"


def test_a_receipt_that_names_another_place_in_the_journal_is_named() -> None:
    ours, theirs = accounts(two_nodes.conversed())
    first = ours.directions["EUCOM"][0]
    moved = replace(ours, directions={**ours.directions, "EUCOM": (replace(first, peer_index=3),)})
    verdict = compare_exports(moved, theirs)
    assert verdict.first_difference == f"number 1 of EUCOM: R0 names entry 3, not {theirs.messages[0].entry}"


def test_one_side_s_later_export_continues_its_earlier_one() -> None:
    two = two_nodes.conversed()
    older = verify_export(exported(two.eucom, two.line))
    two.converse(two.ndmc)
    newer = verify_export(exported(two.eucom, two.line))
    assert compare_exports(newer, older).agree
    other = verify_export(exported(two_nodes.conversed().eucom, two.line))
    verdict = compare_exports(newer, replace(other, journal=newer.journal))
    assert verdict.agree
    assert not compare_exports(older, verify_export(exported(lengthened().eucom, two.line))).agree


def lengthened() -> TwoNodes:
    """The same two parties, whose journals went another way from the first message on."""
    two = two_nodes.opened()
    two.time.pass_s(5)
    two.converse()
    two.converse()
    return two


def test_exports_of_different_lines_are_not_compared() -> None:
    two = two_nodes.conversed()
    other = two.eucom.open_line("NDMC", ordinal=1)
    ours = accounts(two)[0]
    with pytest.raises(VerificationError) as refused:
        compare_exports(ours, verify_export(exported(two.eucom, other)))
    assert refused.value.code == "EXPORT-COMPARE"


def test_an_impostor_of_the_same_name_is_not_compared() -> None:
    two = two_nodes.conversed()
    false = two_nodes.TwoNodes(eucom=Party(code="EUCOM", time=two.time, seed="impostor"), ndmc=two.ndmc, time=two.time)
    assert false.eucom.fingerprint() != two.eucom.fingerprint()
    ours, theirs = accounts(two)
    parties = {**ours.parties, "EUCOM": replace(ours.parties["EUCOM"], fingerprint=false.eucom.fingerprint())}
    with pytest.raises(VerificationError):
        compare_exports(replace(ours, parties=parties), theirs)
