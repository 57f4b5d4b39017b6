"""A hostile exporter, who holds its own node's keys, changes what its journal says and signs everything again.

`forger` begins with a journal that the peer cosigned, `plain` with one of which it has cosigned nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.core.errors import ArmslengthError, VerificationError
from armslength.core.precedence import Precedence
from armslength.desk import checkpoints, drafting, views
from armslength.desk.prepared import Prepared
from armslength.disclosure.comparison import compare_exports
from armslength.disclosure.verify import verify_export
from armslength.journal import checkpoint as notes
from armslength.line.receipts import Level
from builders import two_nodes
from builders.exports import Forger, exported
from builders.two_nodes import CONCERN_VALUES, Party, TwoNodes

if TYPE_CHECKING:
    from collections.abc import Callable

    from armslength.core.record import Item
    from armslength.disclosure.account import Account


def scene(*, cosigned: bool = True) -> TwoNodes:
    """Two concerns of EUCOM and one of NDMC, each read by the other side; a second line beside."""
    two = two_nodes.opened()
    sent = [two.eucom.send(two.line), two.eucom.send(two.line), two.ndmc.send(two.line)]
    two.flush()
    for message, reader in ((sent[0], two.ndmc), (sent[1], two.ndmc), (sent[2], two.eucom)):
        two.time.pass_s(60)
        reader.receipt(message, Level.READ)
        two.flush()
    if cosigned:
        two.cosign(two.eucom)
        two.cosign(two.ndmc)
    assert two.refused == []
    return two


TWO = scene()
PLAIN = scene(cosigned=False)


def forger(two: TwoNodes = TWO) -> Forger:
    return Forger.of(two.eucom, two.line)


def plain() -> Forger:
    """A forger whose journal the peer has not cosigned: only signatures and the braid stand in the way."""
    return forger(PLAIN)


def refusal(made: Forger) -> VerificationError:
    with pytest.raises(VerificationError) as refused:
        verify_export(made.files())
    return refused.value


def test_the_forger_without_a_forgery_makes_a_good_export() -> None:
    assert len(verify_export(forger().files()).messages) == 3
    assert len(verify_export(plain().files()).messages) == 3


@pytest.mark.parametrize(
    ("kind", "nth", "code"),
    [
        ("genesis", 0, "EXPORT-INCOMPLETE"),
        ("peer-pin", 0, "EXPORT-RECORD"),
        ("charter", 0, "EXPORT-CHAIN"),
        ("charter-assent", 0, "EXPORT-RECORD"),
        ("charter-assent", 1, "EXPORT-RECORD"),
        ("message-out", 0, "EXPORT-INCOMPLETE"),
        ("message-out", 1, "EXPORT-INCOMPLETE"),
        ("message-in", 0, "EXPORT-INCOMPLETE"),
        ("receipt-in", 0, "EXPORT-INCOMPLETE"),
        ("receipt-in", 1, "EXPORT-INCOMPLETE"),
        ("receipt-out", 0, "EXPORT-INCOMPLETE"),
        ("cosignature-in", 0, "EXPORT-COSIGNATURE"),
        ("peer-checkpoint", 0, "EXPORT-COSIGNATURE"),
    ],
)
def test_an_entry_left_out_is_missed(kind: str, nth: int, code: str) -> None:
    made = forger()
    assert refusal(made.leave_out(made.index(kind, nth))).code == code


def test_a_message_whose_content_is_withheld_is_named() -> None:
    made = forger()
    refused = refusal(made.withhold(made.index("message-out")))
    assert refused.code == "EXPORT-INCOMPLETE"
    assert refused.details["entry"] == made.index("message-out")


def test_a_withheld_receipt_of_the_node_is_shown_as_such() -> None:
    made = forger()
    account = verify_export(made.withhold(made.index("node-receipt-in")).files())
    assert "WITHHELD" in {mark.code for mark in account.marks}
    assert not any(r.level is Level.HELD for r in account.messages[0].receipts)


def test_a_cosigned_journal_cannot_be_made_anew() -> None:
    made = forger()
    index = made.index("message-out")
    changed = made.signed(made.item(index), body={**made.item(index).body, 101: "AIR-STRIKE"})
    # The exporter's own R0 of the peer's messages signed the root before; the peer's cosignature did too.
    assert refusal(made.rewrite(index, changed)).code in {"EXPORT-ROOT", "EXPORT-RECORD"}


def swapped(one: tuple[str, int], other: tuple[str, int]) -> Callable[[], Forger]:
    def make() -> Forger:
        made = plain()
        return made.swap(made.index(*one), made.index(*other))

    return make


def rewritten(kind: str, change: Callable[[Forger, Item], Item], nth: int = 0) -> Callable[[], Forger]:
    def make() -> Forger:
        made = plain()
        index = made.index(kind, nth)
        return made.rewrite(index, change(made, made.item(index)))

    return make


def body(**fields: Any) -> Callable[[Forger, Item], Item]:
    """Change body fields and keep the peer's envelope."""
    return lambda _made, item: replace(item, body={**item.body, **{int(n[1:]): v for n, v in fields.items()}})


def signed_body(**fields: Any) -> Callable[[Forger, Item], Item]:
    """Change body fields and sign with the exporter's node key."""
    numbers = {int(n[1:]): v for n, v in fields.items()}
    return lambda made, item: made.signed(item, body={**item.body, **numbers})


def no_acts(made: Forger, item: Item) -> Item:
    return made.signed(item, acts=())


def release_alone(made: Forger, item: Item) -> Item:
    return made.signed(item, acts=item.acts[1:])


def other_line(made: Forger, item: Item) -> Item:
    return made.signed(item, line=bytes(16))


def spliced_node_receipt() -> Forger:
    """Put the R0 of the second message where that of the first stood."""
    made = plain()
    first, second = made.index("node-receipt-in", 0), made.index("node-receipt-in", 1)
    return made.rewrite(first, made.item(second))


def forged_node_receipt() -> Forger:
    made = plain()
    receipt = made.item(made.index("node-receipt-in"))
    return made.rewrite(made.index("node-receipt-in"), made.signed(receipt))


def forged_peer_message() -> Forger:
    made = plain()
    item = made.item(made.index("message-in"))
    number = dict(item.link)[1]
    return made.add(
        "message-in", made.signed(item, body={**item.body, 1: bytes(16)}, link={**item.link, 1: number + 2})
    )


def own_message_as_peers() -> Forger:
    made = plain()
    return made.add("message-in", made.item(made.index("message-out")))


def peers_message_twice() -> Forger:
    made = plain()
    return made.add("message-in", made.item(made.index("message-in")))


def from_another_line() -> Forger:
    two = scene(cosigned=False)
    other = two.eucom.open_line("NDMC", ordinal=1)
    two.ndmc.open_line("EUCOM", ordinal=1)
    for party in (two.eucom, two.ndmc):
        two.deliver(party, party.assent(other), other)
    two.ndmc.send(other)
    two.deliver(two.ndmc, two.ndmc.waiting(other), other)
    item = Forger.of(two.eucom, other)
    return forger(two).add("message-in", item.item(item.index("message-in")))


def from_an_impostor() -> Forger:
    """A record of a party of the same name with other keys."""
    impostor = Party(code="NDMC", time=PLAIN.time, seed="impostor")
    made = plain()
    theirs = Forger(party=impostor, pieces=made.pieces)
    return made.add("message-in", theirs.signed(made.item(made.index("message-in"))))


@pytest.mark.parametrize(
    ("make", "code", "because"),
    [
        (swapped(("message-out", 0), ("message-out", 1)), "EXPORT-INCOMPLETE", None),
        (swapped(("receipt-in", 0), ("message-out", 0)), "EXPORT-INCOMPLETE", None),
        (swapped(("message-in", 0), ("receipt-out", 0)), "EXPORT-INCOMPLETE", "RECEIPT-UNKNOWN-ENVELOPE"),
        (rewritten("receipt-in", body(n20=4, n40="comply")), "EXPORT-RECORD", "RECORD-HASH"),
        (rewritten("receipt-in", body(n20=2)), "EXPORT-RECORD", "RECORD-HASH"),
        (rewritten("receipt-in", signed_body(n20=2)), "EXPORT-RECORD", "RECORD-KEY"),
        (rewritten("message-in", body(n101="AIR-STRIKE")), "EXPORT-RECORD", "RECORD-HASH"),
        (rewritten("message-in", signed_body(n101="AIR-STRIKE")), "EXPORT-RECORD", "RECORD-KEY"),
        (rewritten("node-receipt-in", body(n27=0)), "EXPORT-RECORD", "RECORD-HASH"),
        (rewritten("message-out", signed_body(n101="AIR-STRIKE")), "EXPORT-RECORD", "ACT-SIGNATURE"),
        (rewritten("message-out", signed_body(n101="DANCING")), "EXPORT-RECORD", "FORM-CODE-UNKNOWN"),
        (rewritten("message-out", no_acts), "EXPORT-RECORD", "ACT-MISSING"),
        (rewritten("message-out", release_alone), "EXPORT-RECORD", "ACT-SECOND-PERSON"),
        (rewritten("message-out", other_line), "EXPORT-RECORD", "RECORD-LINE"),
        (rewritten("receipt-out", no_acts), "EXPORT-RECORD", "ACT-MISSING"),
        (rewritten("charter-assent", no_acts), "EXPORT-RECORD", "ACT-MISSING"),
        (rewritten("peer-pin", no_acts), "EXPORT-RECORD", "ACT-MISSING"),
        (rewritten("genesis", signed_body(n20="OTHER")), "EXPORT-CHAIN", None),
        (rewritten("peer-pin", signed_body(n23=bytes(11))), "EXPORT-RECORD", "ACT-SIGNATURE"),
        (rewritten("node-receipt-out", signed_body(n24="AHEAD")), "EXPORT-INCOMPLETE", None),
        (rewritten("node-receipt-out", signed_body(n22=3)), "EXPORT-CHAIN", None),
        (spliced_node_receipt, "EXPORT-CHAIN", None),
        (forged_node_receipt, "EXPORT-RECORD", "RECORD-KEY"),
        (forged_peer_message, "EXPORT-RECORD", "RECORD-KEY"),
        (own_message_as_peers, "EXPORT-RECORD", "RECORD-AUTHOR"),
        (peers_message_twice, "EXPORT-CHAIN", None),
        (from_another_line, "EXPORT-RECORD", "RECORD-LINE"),
        (from_an_impostor, "EXPORT-RECORD", "RECORD-KEY"),
        (lambda: plain().head(charter=bytes(32)), "EXPORT-CHAIN", None),
        (lambda: plain().head(line=bytes(16)), "EXPORT-RECORD", "RECORD-LINE"),
        (lambda: plain().head(party="NDMC"), "EXPORT-MANIFEST", None),
        (lambda: plain().head(party="OTHER"), "EXPORT-INCOMPLETE", None),
        (lambda: plain().head(size=5), "EXPORT-ROOT", None),
        (lambda: plain().note(cosigned="x\n\n"), "EXPORT-COSIGNATURE", None),
    ],
)
def test_a_forgery_signed_again_is_named(make: Callable[[], Forger], code: str, because: str | None) -> None:
    refused = refusal(make())
    assert refused.code == code
    assert because is None or refused.details["because"] == because


def test_a_forged_entry_behind_the_cosigned_ones_is_named_too() -> None:
    made = forger()
    item = made.item(made.index("message-in"))
    refused = refusal(made.add("message-in", made.signed(item)))
    assert (refused.code, refused.details["because"]) == ("EXPORT-RECORD", "RECORD-KEY")
    assert refused.details["entry"] == len(made.pieces.leaf_hashes)


def test_a_change_of_the_manifest_does_not_spoil_what_was_signed_before() -> None:
    two = scene(cosigned=False)
    two.time.pass_s(60)
    gone = two.ndmc.officer(two_nodes.WATCH)
    with two.ndmc.read() as books:
        officers = {name: one for name, one in books.manifest().officers.items() if name != gone}
    two.ndmc.next_manifest(officers=officers)
    two.deliver(two.ndmc, two.ndmc.notices(two.line, 1))
    two.eucom.next_manifest(time_zone="Europe/Brussels")
    two.deliver(two.eucom, two.eucom.notices(two.line, 1))
    assert two.refused == []
    later = two.eucom.send(two.line)
    two.flush()
    two.ndmc.receipt(later, Level.READ, post=two_nodes.WATCH_2)
    two.flush()
    for party in (two.eucom, two.ndmc):
        account = verify_export(exported(party, two.line))
        assert [one.manifests for one in account.parties.values()] == [2, 2]
        assert {r.officer for m in account.messages for r in m.receipts if r.officer} >= {gone, "ndmc-watch-2"}


def test_a_receipt_by_an_officer_who_was_gone_by_then_is_refused() -> None:
    two = scene(cosigned=False)
    gone = two.eucom.officer(two_nodes.WATCH)
    with two.eucom.read() as books:
        officers = {name: one for name, one in books.manifest().officers.items() if name != gone}
    two.eucom.next_manifest(officers=officers)
    made = forger(two)
    item = made.item(made.index("receipt-out"))
    refused = refusal(made.add("receipt-out", made.signed(item, body={**item.body, 1: bytes(16)})))
    assert (refused.code, refused.details["because"]) == ("EXPORT-RECORD", "ACT-OFFICER-UNKNOWN")


def test_a_number_not_received_is_shown_and_refuses_nothing() -> None:
    two = two_nodes.opened()
    two.ndmc.send(two.line)
    two.ndmc.send(two.line)
    lost, came = two.ndmc.waiting(two.line)
    two.deliver(two.ndmc, [came])
    account = verify_export(exported(two.eucom, two.line))
    assert [(m.code, m.detail) for m in account.marks if m.code == "GAP"] == [("GAP", "NDMC 1")]
    assert [m.number for m in account.messages] == [2]
    two.deliver(two.ndmc, [lost])
    account = verify_export(exported(two.eucom, two.line))
    assert [m.number for m in account.messages] == [2, 1]
    assert "GAP" not in {m.code for m in account.marks}


def test_a_peer_who_contradicts_itself_does_not_spoil_the_other_side_s_evidence() -> None:
    two = two_nodes.opened()
    two.eucom.send(two.line)
    two.flush()
    made = forger(two)
    receipt = made.item(made.index("node-receipt-in"))
    note = str(receipt.body[23])
    size = int(note.split("\n")[1])
    # NDMC signs another root for the same size into its next R0.
    with two.ndmc.read() as books:
        other = notes.Checkpoint(origin=checkpoints.origin(books.manifest()), size=size, root=bytes(32))
        key = two.ndmc.keys.public("log").verifier()
        signature = two.ndmc.keys.sign("log", notes.checkpoint_tbs(other, key))
        line = notes.log_signature(other.origin, key, signature)
        forked = notes.assemble_note(notes.checkpoint_body(other), (line,))
    second = two.eucom.send(two.line)
    lying = Forger(party=two.ndmc, pieces=made.pieces)
    two.eucom.receive(
        two.line,
        two.ndmc.seal(two.line, [lying.signed(receipt, body={**receipt.body, 1: bytes(16), 21: second, 23: forked})]),
    )
    account = verify_export(exported(two.eucom, two.line))
    assert "PEER-FORK" in {mark.code for mark in account.marks}


# --- properties -------------------------------------------------------------------------------------------------------

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(min_value=-(2**32), max_value=2**62)
    | st.binary(max_size=40)
    | st.text(max_size=20).filter(lambda t: t.isprintable())
    | st.sampled_from(["recalls", "CONCERN", "STOP", "RECEIPT", "EUCOM", "release", b"\x00" * 32]),
    lambda inner: st.lists(inner, max_size=6).map(tuple) | st.dictionaries(st.integers(0, 9), inner, max_size=3),
    max_leaves=8,
)
KINDS = (
    "genesis",
    "manifest",
    "peer-pin",
    "charter",
    "charter-assent",
    "message-out",
    "receipt-out",
    "node-receipt-out",
)


@settings(max_examples=150)
@given(st.data())
def test_whatever_an_exporter_writes_in_its_own_records_is_judged_and_never_crashes(data: st.DataObject) -> None:
    made = plain()
    index = made.index(data.draw(st.sampled_from(KINDS)))
    item = made.item(index)
    part = data.draw(st.sampled_from(["body", "link", "acts"]))
    if part == "acts":
        changed = made.signed(item, acts=data.draw(st.lists(VALUES, max_size=3).map(tuple)))
    else:
        held = dict(getattr(item, part))
        number = data.draw(st.sampled_from(sorted(held) or [1]) | st.integers(0, 50))
        changed = made.signed(item, **{part: {**held, number: data.draw(VALUES)}})
    judged(made.rewrite(index, changed))


def judged(made: Forger) -> Account | None:
    try:
        return verify_export(made.files())
    except VerificationError:
        return None
    except ArmslengthError as error:  # pragma: no cover - only when the promise is broken
        raise AssertionError(error.code) from error


def concern(two: TwoNodes, sender: Party, sent: list[bytes]) -> None:
    sent.append(sender.send(two.line))


def line_check(two: TwoNodes, sender: Party, sent: list[bytes]) -> None:
    sent.append(sender.send(two.line, "TEST", {100: "LINE CHECK"}, Precedence.ROUTINE))


def stop(two: TwoNodes, sender: Party, sent: list[bytes]) -> None:
    sent.append(sender.send(two.line, "STOP", {34: two_nodes.SENT_PLACE}, Precedence.FLASH))


def recall(two: TwoNodes, sender: Party, sent: list[bytes]) -> None:
    row = sender.row(sent[-1]) if sent and not two.other(sender).waiting(two.line) else None
    if row is not None and row[2] == views.OUT and row[6] == "CONCERN" and not row[12]:
        sender.send(two.line, "CONCERN", {**CONCERN_VALUES, 24: ("recalls", sent[-1])})


def read(two: TwoNodes, sender: Party, sent: list[bytes], level: Level = Level.READ) -> None:
    known = [message for message in sent if holds(sender, message)]
    if known:
        sender.receipt(known[0], level)


def answer(two: TwoNodes, sender: Party, sent: list[bytes]) -> None:
    read(two, sender, sent, Level.ANSWERED)


def cosign(two: TwoNodes, sender: Party, sent: list[bytes]) -> None:
    two.cosign(sender)


def new_manifest(two: TwoNodes, sender: Party, sent: list[bytes]) -> None:
    sender.next_manifest(languages=("en",))
    two.deliver(sender, sender.notices(two.line, len(sender.chain) - 1))


def silence(two: TwoNodes, sender: Party, sent: list[bytes]) -> None:
    two.time.pass_s(600)


DOINGS = (concern, line_check, stop, recall, read, answer, cosign, new_manifest, silence)


def holds(party: Party, message: bytes) -> bool:
    with party.read() as books:
        row = views.row(books.unit, views.MESSAGES, message)
    return row is not None and row[2] == b"i"


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(DOINGS), st.booleans(), st.booleans()), min_size=1, max_size=8))
def test_whatever_two_nodes_do_both_exports_verify_and_agree(doings: list[tuple[Any, bool, bool]]) -> None:
    two = two_nodes.opened()
    sent: list[bytes] = []
    for doing, first, delivered in doings:
        two.time.pass_s(30)
        doing(two, two.eucom if first else two.ndmc, sent)
        if delivered:
            two.flush()
    two.flush()
    two.flush()
    assert two.refused == []
    accounts = [verify_export(exported(party, two.line)) for party in (two.eucom, two.ndmc)]
    verdict = compare_exports(*accounts)
    assert verdict.agree, verdict.first_difference
    assert {m.envelope_hash for m in accounts[0].messages} == {m.envelope_hash for m in accounts[1].messages}


@pytest.mark.parametrize(
    "odd",
    [
        {20: "NOVEL", 21: 9, 100: {}},
        {20: "CONCERN", 21: 9},
        {20: "RECEIPT", 21: 1},
        {20: "NOVEL", 21: 1, 24: ("recalls", b"x" * 32)},
        {20: "NOVEL", 21: 1, 25: two_nodes.START},
    ],
)
def test_a_message_of_a_form_that_nobody_here_knows_does_not_spoil_the_export(odd: dict[int, Any]) -> None:
    two = two_nodes.opened()
    with two.ndmc.write() as books:
        line = books.line(two.line)
        body = {**books.common(two.ndmc.officer(two_nodes.WATCH), ("EUCOM",)), 22: 1, 23: "en", **odd}
        prepared = Prepared(type="message", line=two.line, seed=bytes(32), body=body)
        acts = tuple(
            two.ndmc.act(prepared, act, post)
            for act, post in (("draft", two_nodes.WATCH), ("release", two_nodes.RELEASER))
        )
        drafting.send_numbered(books, line, prepared, acts, "message-out")
    two.deliver(two.ndmc, two.ndmc.waiting(two.line))
    assert two.refused == []
    account = verify_export(exported(two.eucom, two.line))
    assert [m.form for m in account.messages] == [odd[20]]
