"""Verifying an export offline: the files, the records, then the account that the machines give of them.

Specified in docs/spec/export.md. No network, no database, no node, no clock.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from armslength.core.errors import ArmslengthError, VerificationError
from armslength.core.instants import INSTANT_MAX, Instant
from armslength.disclosure.account import Account, Link, Mark, MessageAccount, PartyAccount, ReceiptAccount
from armslength.disclosure.export_reading import open_export
from armslength.disclosure.replay import NUMBERED_KINDS, replay
from armslength.journal.compare import ChainLink
from armslength.line import exchange
from armslength.line.exchange import Event, EventKind
from armslength.line.manifest import FINGERPRINT_BYTES
from armslength.line.receipts import Level

if TYPE_CHECKING:
    from armslength.core.realm import Realm
    from armslength.disclosure.export_reading import Opened
    from armslength.disclosure.replay_state import Ledger, Numbered, Statement

Trust = Mapping[str, "bytes | str"] | Sequence["bytes | str"]
"""Fingerprints by party code, or a list in which each party's must be found; bytes, 22 hexadecimal digits, or words."""


def verify_export(
    files: Mapping[str, bytes],
    *,
    trust: Trust = (),
    realm: Realm | None = None,
    word_lists: Sequence[Sequence[str]] = (),
) -> Account:
    """Verify an export and return what happened.

    Args:
        files: file names and bytes.
        trust: fingerprints of the parties; without any, identities are only as claimed.
        realm: the realm that the reader wants; another is refused.
        word_lists: lists of 256 words, for fingerprints given as words.

    Raises:
        VerificationError: EXPORT-... codes; the file or entry is named, and the refusal behind it in ``because``.
    """
    opened = open_export(files, realm)
    parties = _parties(opened, trust, word_lists)
    ledger = replay(opened)
    return _account(opened, ledger, parties, trust_given=bool(trust))


# --- trust ------------------------------------------------------------------------------------------------------------


def parse_fingerprint(text: str, word_lists: Sequence[Sequence[str]] = ()) -> bytes:
    """Return the eleven bytes of a fingerprint given as hexadecimal digits or as eleven words.

    Raises:
        VerificationError: EXPORT-UNTRUSTED, it is neither.
    """
    digits = "".join(text.replace(":", " ").replace("-", " ").split())
    try:
        raw = bytes.fromhex(digits)
    except ValueError:
        raw = b""
    if len(raw) == FINGERPRINT_BYTES:
        return raw
    return _from_words(text, word_lists)


def _from_words(text: str, word_lists: Sequence[Sequence[str]]) -> bytes:
    from armslength.language.words import from_words  # noqa: PLC0415 - digits need no language

    for words in word_lists:
        try:
            return from_words(text.replace("-", " ").split(), words)
        except ArmslengthError:
            continue
    raise VerificationError("EXPORT-UNTRUSTED", expected="22 hexadecimal digits or eleven words", got=text)


def _parties(opened: Opened, trust: Trust, word_lists: Sequence[Sequence[str]]) -> dict[str, PartyAccount]:
    named = dict(trust) if isinstance(trust, Mapping) else None
    anyone = [_bytes(given, word_lists) for given in (trust.values() if isinstance(trust, Mapping) else trust)]
    found = {}
    for party, introduced in opened.parties.items():
        ours = introduced.fingerprint
        accepted = anyone if named is None else [_bytes(named[party], word_lists)] if party in named else []
        trusted = any(hmac.compare_digest(ours, one) for one in accepted)
        if anyone and not trusted:
            raise VerificationError("EXPORT-UNTRUSTED", party=party, got=ours)
        found[party] = PartyAccount(party=party, fingerprint=ours, trusted=trusted, manifests=len(introduced.manifests))
    return found


def _bytes(given: bytes | str, word_lists: Sequence[Sequence[str]]) -> bytes:
    return given if isinstance(given, bytes) else parse_fingerprint(given, word_lists)


# --- the account ------------------------------------------------------------------------------------------------------


def _account(opened: Opened, ledger: Ledger, parties: Mapping[str, PartyAccount], *, trust_given: bool) -> Account:
    head, cosigned = opened.head, ledger.cosigned
    in_order = sorted(ledger.numbered.values(), key=lambda one: one.index)
    at_us = cosigned.at_s * 1_000_000 if cosigned is not None else 0
    return Account(
        realm=head.realm,
        exported_by=head.party,
        made_at=head.made_at,
        line=head.line,
        charter=head.charter,
        parties=parties,
        trust_given=trust_given,
        messages=tuple(_message(ledger, one) for one in in_order if one.is_message),
        directions={
            party: tuple(sorted((_link(ledger, one) for one in in_order if one.author == party), key=_number))
            for party in (ledger.own, ledger.peer)
        },
        journal=opened.leaves,
        disclosed=len(opened.shown),
        cosigned_size=cosigned.size if cosigned is not None else 0,
        cosigned_at=Instant(at_us) if cosigned is not None and 0 < at_us <= INSTANT_MAX else None,
        peer_roots=dict(ledger.peer_roots),
        marks=tuple(_marks(opened, ledger)),
    )


def _number(link: Link) -> int:
    return link.chain.number


def _link(ledger: Ledger, one: Numbered) -> Link:
    link = one.link
    chain = ChainLink(
        number=link.number,
        envelope_hash=one.envelope_hash,
        prev_hash=link.previous if link.number > 1 else None,
        peer_number=link.accepted_number,
        peer_hash=link.accepted_hash if link.accepted_number else None,
    )
    return Link(
        chain=chain,
        released_at=link.released_at,
        entry=one.index,
        peer_index=ledger.peer_indexes.get(one.envelope_hash),
    )


def _message(ledger: Ledger, one: Numbered) -> MessageAccount:
    # One last tick at the time of the export shows what was overdue by then.
    state = exchange.step(
        ledger.exchanges[one.envelope_hash], Event(kind=EventKind.TICK), ledger.opened.head.made_at
    ).state
    return MessageAccount(
        number=one.link.number,
        form=one.form,
        precedence=one.precedence.name,
        sender=one.author,
        receiver=ledger.other(one.author),
        released_at=one.link.released_at,
        recorded_at=one.recorded_at,
        envelope_hash=one.envelope_hash,
        entry=one.index,
        exchange=state,
        receipts=tuple(_receipt(ledger, statement) for statement in ledger.stated(one.envelope_hash)),
        relation=one.relation,
        only_exporter=not _known_to_peer(ledger, one.envelope_hash),
    )


def _receipt(ledger: Ledger, statement: Statement) -> ReceiptAccount:
    reached = statement.reached
    return ReceiptAccount(
        level=reached.level,
        at=reached.at,
        by=reached.by,
        officer=reached.officer or None,
        proof=reached.proof.value,
        verb=reached.verb,
        doubt=reached.doubt,
        entry=statement.index,
        only_exporter=statement.author == ledger.own and not _known_to_peer(ledger, statement.envelope_hash),
    )


def _known_to_peer(ledger: Ledger, envelope_hash: bytes) -> bool:
    """Whether something that the peer signed shows that it holds this record: its own, its R0, or a later link."""
    one = ledger.numbered.get(envelope_hash)
    if one is None:
        return False
    if one.author == ledger.peer or one.link.number <= ledger.accepted_by_peer:
        return True
    return any(s.reached.level is Level.HELD and s.author == ledger.peer for s in ledger.stated(envelope_hash))


def _marks(opened: Opened, ledger: Ledger) -> list[Mark]:
    found = []
    cosigned = ledger.cosigned.size if ledger.cosigned is not None else 0
    if cosigned == 0:
        found.append(Mark(code="NOT-COSIGNED", entry=None, detail=ledger.peer))
    else:
        crossed = (one.index for one in opened.shown if one.entry.kind in NUMBERED_KINDS)
        after = next((index for index in crossed if index >= cosigned), None)
        if after is not None:
            found.append(Mark(code="AFTER-COSIGNED", entry=after, detail=ledger.peer))
    found.extend(Mark(code=one.code, entry=one.index, detail=one.detail) for one in ledger.noticed)
    return found
