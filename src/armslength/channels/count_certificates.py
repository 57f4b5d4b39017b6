"""The certificate of a count: the question, the number, and the journal entry of every contact behind it (G4).

Whoever holds the journal counts again by it. The certificate names how long the journal was and its root, so that
nothing that was entered since changes the answer, and a list that was changed afterwards does not come out again.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from armslength.channels.counting import CountingRule, Direction, Unit
from armslength.core.errors import VerificationError

if TYPE_CHECKING:
    from collections.abc import Mapping

LINES_MAX: Final = 200_000
"""Contacts of one certificate: two a day on a hundred channels for a decade and more."""

HASH_CHARS: Final = 64
"""A SHA-256 in hexadecimal digits."""

_CODE: Final = "COUNT-CERTIFICATE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One contact or message behind a count.

    Args:
        reference: its number or hash.
        channel: its channel.
        entry: index of its entry in the journal.
        leaf_hash: leaf hash of that entry, in hexadecimal.
        proof: how it is known, of `counting.ProofClass`.
        certain: whether it counts for certain.
    """

    reference: str
    channel: str
    entry: int
    leaf_hash: str
    proof: str
    certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A count with what it was made from.

    Args:
        party: whose journal it is.
        realm: the journal's realm.
        channels: the channels that were counted; none means all.
        since: first day, empty for none.
        as_of: last day.
        subject: subject asked for, empty for any.
        initiated_by: who must have begun, empty for anybody.
        rule: the counting rule.
        certain: how many count for certain.
        possible: how many more may.
        listed: them, by time.
        excluded: reason and how many were left out for it, by reason.
        journal_size: entries of the journal from which it was counted.
        journal_root: root of the journal at that size, in hexadecimal.
        checkpoint: signed note of the journal at that size; empty when it was made for an earlier size.
    """

    party: str
    realm: str
    channels: tuple[str, ...]
    since: str
    as_of: str
    subject: str
    initiated_by: str
    rule: CountingRule
    certain: int
    possible: int
    listed: tuple[Line, ...]
    excluded: tuple[tuple[str, int], ...]
    journal_size: int
    journal_root: str
    checkpoint: str = ""


def verify(certificate: Certificate, again: Certificate) -> None:
    """Hold a certificate against the same question counted again from the journal at the same size.

    Raises:
        VerificationError: COUNT-CERTIFICATE, with the first part that differs.
    """
    certain = sum(line.certain for line in certificate.listed)
    if (certain, len(certificate.listed) - certain) != (certificate.certain, certificate.possible):
        raise VerificationError(_CODE, part="number", expected=certain, got=certificate.certain)
    left, right = replace(certificate, checkpoint=""), replace(again, checkpoint="")
    for one in fields(Certificate):
        ours, theirs = getattr(left, one.name), getattr(right, one.name)
        if ours != theirs:
            raise VerificationError(_CODE, part=one.name, expected=_first(theirs, ours), got=_first(ours, theirs))


def _first(value: object, other: object) -> object:
    """Return what differs first in two lists, or the value itself."""
    if isinstance(value, tuple) and isinstance(other, tuple):
        return next(
            (one for place, one in enumerate(value) if other[place : place + 1] != (one,)), f"{len(value)} rows"
        )
    return value


# --- as a document ----------------------------------------------------------------------------------------------------


def rule_document(rule: CountingRule) -> dict[str, Any]:
    """Return a rule as plain values, with its sentence."""
    return {
        "unit": rule.unit.value,
        "direction": rule.direction.value,
        "excluded_forms": sorted(rule.excluded_forms),
        "exclude_exercise": rule.exclude_exercise,
        "exclude_failed": rule.exclude_failed,
        "text": rule.text,
    }


def document(certificate: Certificate) -> dict[str, Any]:
    """Return a certificate as plain values."""
    one = certificate
    return {
        "certificate": "count",
        "version": 1,
        "party": one.party,
        "realm": one.realm,
        "channels": list(one.channels),
        "since": one.since,
        "as_of": one.as_of,
        "subject": one.subject,
        "initiated_by": one.initiated_by,
        "rule": rule_document(one.rule),
        "certain": one.certain,
        "possible": one.possible,
        "listed": [
            {
                "reference": line.reference,
                "channel": line.channel,
                "entry": line.entry,
                "leaf_hash": line.leaf_hash,
                "proof": line.proof,
                "certain": line.certain,
            }
            for line in one.listed
        ],
        "excluded": [{"reason": reason, "number": number} for reason, number in one.excluded],
        "journal_size": one.journal_size,
        "journal_root": one.journal_root,
        "checkpoint": one.checkpoint,
    }


def from_document(value: Any) -> Certificate:  # noqa: ANN401 - what stands in a file
    """Return the certificate of a document.

    Raises:
        VerificationError: COUNT-CERTIFICATE, it is none.
    """
    read = _Reader(value)
    if read.text("certificate") != "count" or read.whole("version") != 1:
        raise VerificationError(_CODE, part="version", expected="a certificate of a count, version 1")
    return Certificate(
        party=read.text("party"),
        realm=read.text("realm"),
        since=read.text("since"),
        as_of=read.text("as_of"),
        subject=read.text("subject"),
        initiated_by=read.text("initiated_by"),
        certain=read.whole("certain"),
        possible=read.whole("possible"),
        journal_size=read.whole("journal_size"),
        rule=_rule(_Reader(read.value("rule"))),
        channels=tuple(_each(one, str, "channels") for one in read.rows("channels")),
        listed=tuple(_line(_Reader(one)) for one in read.rows("listed")),
        excluded=tuple((row.text("reason"), row.whole("number")) for row in map(_Reader, read.rows("excluded"))),
        journal_root=read.text("journal_root"),
        checkpoint=read.text("checkpoint"),
    )


class _Reader:
    """Typed access to one object of a document."""

    def __init__(self, value: Any) -> None:  # noqa: ANN401 - what stands in a file
        if not isinstance(value, dict):
            raise VerificationError(_CODE, part="object", got=type(value).__name__)
        self._value: Mapping[str, Any] = value

    def value(self, name: str) -> Any:  # noqa: ANN401 - as above
        return self._value.get(name)

    def text(self, name: str) -> str:
        return str(_each(self.value(name), str, name))

    def whole(self, name: str) -> int:
        return int(_each(self.value(name), int, name))

    def flag(self, name: str) -> bool:
        return bool(_each(self.value(name), bool, name))

    def rows(self, name: str) -> list[Any]:
        found: list[Any] = _each(self.value(name), list, name)
        if len(found) > LINES_MAX:
            raise VerificationError(_CODE, part=name, limit=LINES_MAX, got=len(found))
        return found


def _each(value: Any, kind: type, name: str) -> Any:  # noqa: ANN401 - as above
    if type(value) is not kind:
        raise VerificationError(_CODE, part=name, expected=kind.__name__, got=type(value).__name__)
    return value


def _line(row: _Reader) -> Line:
    leaf = row.text("leaf_hash")
    if len(leaf) != HASH_CHARS:
        raise VerificationError(_CODE, part="leaf_hash", expected=f"{HASH_CHARS} digits", got=leaf)
    return Line(
        reference=row.text("reference"),
        channel=row.text("channel"),
        entry=row.whole("entry"),
        leaf_hash=leaf,
        proof=row.text("proof"),
        certain=row.flag("certain"),
    )


def _rule(row: _Reader) -> CountingRule:
    unit, direction = row.text("unit"), row.text("direction")
    if unit not in set(Unit) or direction not in set(Direction):
        raise VerificationError(_CODE, part="rule", got=f"{unit}, {direction}")
    rule = CountingRule(
        unit=Unit(unit),
        direction=Direction(direction),
        excluded_forms=frozenset(str(_each(one, str, "rule")) for one in row.rows("excluded_forms")),
        exclude_exercise=row.flag("exclude_exercise"),
        exclude_failed=row.flag("exclude_failed"),
    )
    if row.text("text") != rule.text:
        raise VerificationError(_CODE, part="rule", expected=rule.text, got=row.text("text"))
    return rule
