"""Two exports of one line against each other: the first thing on which the two journals do not agree.

The journals are private and differ; what must agree are the chains that crossed, and what each side's node told the
other about its own journal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from armslength.core.errors import VerificationError
from armslength.journal.compare import Comparison, compare

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.disclosure.account import Account
    from armslength.journal.compare import ChainLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What comparing gave.

    Args:
        agree: nothing contradicts; what was still under way does not.
        directions: by sender, the comparison of that chain.
        first_difference: in words, None when there is none.
    """

    agree: bool
    directions: Mapping[str, Comparison]
    first_difference: str | None


def chain_links(account: Account) -> dict[str, tuple[ChainLink, ...]]:
    """Return the chain of each direction as this export holds it, by sender."""
    return {party: tuple(link.chain for link in links) for party, links in account.directions.items()}


def compare_exports(first: Account, second: Account) -> Verdict:
    """Compare both sides' exports of one line, or two exports of one side at different times.

    Raises:
        VerificationError: EXPORT-COMPARE, they are not of one line and realm between the same two roots.
    """
    if (first.realm, first.line) != (second.realm, second.line) or _roots(first) != _roots(second):
        raise VerificationError("EXPORT-COMPARE", expected=first.line, got=second.line)
    if first.exported_by == second.exported_by:
        return _same_journal(first, second)
    directions = {
        sender.exported_by: _direction(sender, receiver) for sender, receiver in ((first, second), (second, first))
    }
    said = [
        f"number {one.first_difference.number} of {sender}: {one.first_difference.kind.value}"
        for sender, one in directions.items()
        if one.first_difference is not None and not one.agree
    ]
    said += [*_told(first, second), *_told(second, first)]
    return Verdict(agree=not said, directions=directions, first_difference=said[0] if said else None)


def _roots(account: Account) -> dict[str, bytes]:
    return {party: one.fingerprint for party, one in account.parties.items()}


def _direction(sender: Account, receiver: Account) -> Comparison:
    """Compare one sender's chain; what it released after its own export cannot be in there and contradicts nothing."""
    sent = sender.directions[sender.exported_by]
    received = [one for one in receiver.directions[sender.exported_by] if one.released_at <= sender.made_at]
    return compare([one.chain for one in sent], [one.chain for one in received], we_sent=True)


def _told(teller: Account, hearer: Account) -> list[str]:
    """Hold what the teller's node signed about its journal against the journal that it now exports."""
    journal = teller.journal
    for size, root in sorted(hearer.peer_roots.items()):
        if size <= journal.size and journal.root_at(size) != root:
            return [
                f"journal of {teller.exported_by} at size {size}: another root than it signed to {hearer.exported_by}"
            ]
    entries = {one.chain.envelope_hash: one.entry for one in teller.directions[hearer.exported_by]}
    for one in hearer.directions[hearer.exported_by]:
        entry = entries.get(one.chain.envelope_hash)
        if one.peer_index is not None and entry is not None and one.peer_index != entry:
            return [f"number {one.chain.number} of {hearer.exported_by}: R0 names entry {one.peer_index}, not {entry}"]
    return []


def _same_journal(first: Account, second: Account) -> Verdict:
    older, newer = sorted((first, second), key=lambda account: account.journal.size)
    size = older.journal.size
    grown = newer.journal.root_at(size) == older.journal.root_at(size)
    said = None if grown else f"journal of {first.exported_by} at size {size}: two roots"
    return Verdict(agree=grown, directions={}, first_difference=said)
