"""The part of an audit report that is about messages: times to R0 to R4, receipts overdue, and who released how.

The deadlines are stepped through the machine of `line.exchange`, as the node did when they passed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core import cbor
from armslength.core.instants import SECOND_US, Instant, rfc3339
from armslength.core.precedence import Precedence
from armslength.line import braid, exchange, fields, forms
from armslength.line.acts import LINK_DELEGATION, persons_of
from armslength.line.charter import parse_charter
from armslength.line.exchange import EffectKind, Event, EventKind, Exchange, Reached
from armslength.line.form_values import word_count
from armslength.line.receipts import Level
from armslength.line.relations import steps_to_send

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from armslength.desk.audit_ledger import Ledger, Seen
    from armslength.line.charter import Charter

Json = dict[str, Any]

_TAKEN_BACK: Final = {
    "recalls": EventKind.RECALL,
    "updates": EventKind.UPDATE,
    "discontinues": EventKind.DISCONTINUE,
}


@dataclass(slots=True, kw_only=True)
class Message:
    """A message with the first receipt of each level.

    ``receipts`` has, for each level: entry, when it was entered here, when its signer says it was given, officer, role.
    """

    index: int
    entered_at: int
    outgoing: bool
    number: int
    form: str
    precedence: Precedence
    peer: str
    officer: str
    released_at: int
    due: Mapping[Level, Instant]
    receipts: dict[Level, tuple[int, int, int, str, str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What people call it, for example ``CONCERN out:1 to NDMC``."""
        way = f"out:{self.number} to" if self.outgoing else f"in:{self.number} from"
        return f"{self.form} {way} {self.peer}"


@dataclass(slots=True)
class Book:
    """What is remembered of lines, drafts, messages and their exchanges."""

    peers: dict[bytes, str] = field(default_factory=dict)
    charters: dict[bytes, Charter] = field(default_factory=dict)
    drafts: dict[bytes, tuple[dict[str, bool], set[str]]] = field(default_factory=dict)
    draft_of: dict[bytes, bytes] = field(default_factory=dict)
    messages: dict[bytes, Message] = field(default_factory=dict)
    exchanges: dict[bytes, Exchange] = field(default_factory=dict)
    names: dict[bytes, tuple[str, bool]] = field(default_factory=dict)


def _charter(ledger: Ledger, seen: Seen) -> None:
    book: Book = ledger.of(Book)
    book.charters[seen.line] = parse_charter(seen.body[21], ledger.realm)
    book.peers[seen.line] = str(seen.body[23])


def _draft(ledger: Ledger, seen: Seen) -> None:
    book: Book = ledger.of(Book)
    inner: Any = cbor.decode(seen.body[21])
    book.drafts[seen.body[20]] = ({}, set())
    book.draft_of[inner[1]] = seen.body[20]


def _check(ledger: Ledger, seen: Seen) -> None:
    book: Book = ledger.of(Book)
    checks, returned = book.drafts.setdefault(seen.body[20], ({}, set()))
    checks[str(seen.body[21])] = seen.body[22] is True
    if seen.body[22] is not True:
        returned.add(str(seen.body[21]))


def _numbered(ledger: Ledger, seen: Seen) -> None:
    book: Book = ledger.of(Book)
    outgoing, receipt = seen.kind.endswith("-out"), seen.kind.startswith("receipt-")
    link, body = braid.parse_link(seen.item.link), seen.body
    target = body.get(21) if receipt else None
    known = book.messages.get(target) if target is not None else None
    form = "RECEIPT" if receipt else str(body.get(fields.FORM_CODE))
    raw = (known.precedence if known else Precedence.PRIORITY) if receipt else body.get(fields.PRECEDENCE)
    precedence = Precedence(cast("int", raw))
    charter = book.charters.get(seen.line)
    state = exchange.open_exchange(
        envelope_hash=seen.envelope_hash,
        form=form,
        precedence=precedence,
        released_at=link.released_at,
        deadlines_s=(None,) * len(Level) if charter is None else tuple(charter.deadlines[precedence]),
        reply_by=None if receipt else body.get(fields.REPLY_BY),
        answers=not receipt and fields.ANSWERS in body,
    )
    book.exchanges[state.envelope_hash] = state
    peer = book.peers.get(seen.line, "the other side")
    message = Message(
        index=seen.index,
        entered_at=seen.at,
        outgoing=outgoing,
        number=link.number,
        form=form,
        precedence=precedence,
        peer=peer,
        officer=seen.officer,
        released_at=link.released_at,
        due=state.due,
    )
    book.names[state.envelope_hash] = (message.name, outgoing)
    if receipt:
        _receipt(book, seen, known, target)
        return
    book.messages[state.envelope_hash] = message
    _takes_back(book, seen)
    if outgoing:
        _released(ledger, book, seen, message)


def _receipt(book: Book, seen: Seen, known: Message | None, target: Any) -> None:  # noqa: ANN401 - a hash of a body
    body = seen.body
    level = Level(body[20])
    role = next((act.role for act in seen.acts if act.act == "receipt"), "")
    if known is not None:
        known.receipts.setdefault(level, (seen.index, seen.at, int(body[2]), seen.officer, role))
    _reach(
        book,
        target,
        Reached(level=level, at=Instant(body[2]), by=f"{body[3]}/{role}", officer=seen.officer, verb=body.get(40)),
        body.get(42),
        seen.at,
    )


def _reach(book: Book, target: bytes, reached: Reached, answer_by: Instant | None, at: int) -> None:
    state = book.exchanges.get(target)
    if state is not None:
        event = Event(kind=EventKind.RECEIPT, reached=reached, answer_by=answer_by)
        book.exchanges[target] = exchange.step(state, event, Instant(at)).state


def _held(ledger: Ledger, seen: Seen) -> None:
    """R0, ours or theirs: the node holds it."""
    book: Book = ledger.of(Book)
    target = seen.body[21]
    known = book.messages.get(target)
    if known is not None:
        known.receipts.setdefault(Level.HELD, (seen.index, seen.at, int(seen.body[2]), "", ""))
    _reach(book, target, Reached(level=Level.HELD, at=Instant(seen.body[2]), by=str(seen.body[3])), None, seen.at)


def _takes_back(book: Book, seen: Seen) -> None:
    relation = seen.body.get(fields.RELATION)
    kind = _TAKEN_BACK.get(str(relation[0])) if isinstance(relation, tuple) else None
    state = book.exchanges.get(relation[1]) if kind is not None and isinstance(relation, tuple) else None
    if kind is not None and state is not None and kind in exchange.TRANSITIONS[state.status]:
        book.exchanges[state.envelope_hash] = exchange.step(state, Event(kind=kind), Instant(seen.at)).state


# --- overdue ----------------------------------------------------------------------------------------------------------


def _deadline(ledger: Ledger, seen: Seen) -> None:
    book: Book = ledger.of(Book)
    state = book.exchanges.get(seen.body[21]) if seen.body[20] == "exchange" else None
    if state is None:
        return
    step = exchange.step(state, Event(kind=EventKind.TICK), Instant(seen.body[22]))
    book.exchanges[state.envelope_hash] = step.state
    name, outgoing = book.names[state.envelope_hash]
    for effect in step.effects:
        if effect.kind is not EffectKind.RAISE_OVERDUE:
            continue
        due = rfc3339(state.due[effect.level])
        # Whose node holds a message is the receiver's to say; every other receipt is an officer's.
        whose = "The other side owes" if outgoing else "We owe"
        what = f"{'THEIR' if outgoing else 'OUR'}-{effect.level.short}"
        ledger.add("missed", seen, what, f"{whose} {effect.level.short} of {name}; it was due {due}.")


# --- who released how -------------------------------------------------------------------------------------------------


def _released(ledger: Ledger, book: Book, seen: Seen, message: Message) -> None:
    acts = seen.acts
    last = acts[-1] if acts else None
    who = {"officer": last.officer if last else seen.officer, "role": last.role if last else ""}
    draft = book.draft_of.get(seen.body[1])
    checks, returned = book.drafts.get(draft, ({}, set())) if draft is not None else ({}, set[str]())
    delegated = seen.item.link.get(LINK_DELEGATION)
    if message.form == "STOP" and persons_of(acts) == 1:
        ledger.add("overrides", seen, "STOP-ALONE", f"{message.name} went out on one word, as STOP may.", **who)
    if delegated is not None:
        kind = "an authority given by voice" if delegated == "voice" else "a pre-approval"
        ledger.add("delegations", seen, "USED", f"{message.name} was released under {kind}.", **who)
        _under_delegation(ledger, book, seen, message, checks, who)
    for check in sorted(returned & checks.keys()):
        ledger.add(
            "overrides",
            seen,
            "CHECK-REVERSED",
            f"{message.name} went out after its {check} check had returned it and then passed it.",
            **who,
        )


def _under_delegation(
    ledger: Ledger, book: Book, seen: Seen, message: Message, checks: Mapping[str, bool], who: Mapping[str, str]
) -> None:
    """Say what a delegation stood in for: the second person, the legal tick, the linguist's check."""
    entry = forms.form(message.form)
    charter = book.charters[seen.line]
    steps = steps_to_send(
        entry,
        message.precedence,
        second_person=charter.second_person(entry.code, message.precedence),
        has_free_text=word_count(entry, seen.body) > 0,
    )
    if seen.item.link.get(LINK_DELEGATION) == "voice":
        ledger.add(
            "overrides", seen, "VOICE", f"{message.name} was released on a word given by voice, not signed then.", **who
        )
    if steps.persons > 1 and persons_of(seen.acts) == 1:
        ledger.add("overrides", seen, "SECOND-PERSON", f"{message.name} went out without a second person.", **who)
    for needed, check in ((steps.legal_tick, "legal"), (steps.linguist_check, "linguist")):
        if needed and not checks.get(check):
            what = f"{check.upper()}-CHECK"
            ledger.add("overrides", seen, what, f"{message.name} went out without its {check} check.", **who)


# --- times ------------------------------------------------------------------------------------------------------------


def times(ledger: Ledger) -> list[Json]:
    """Return every message of the period with its receipts by both clocks, in journal order."""
    book: Book = ledger.of(Book)
    return [_times(one) for one in book.messages.values() if ledger.within(one.entered_at)]


def _times(one: Message) -> Json:
    return {
        "index": one.index,
        "direction": "out" if one.outgoing else "in",
        "number": one.number,
        "peer": one.peer,
        "form": one.form,
        "precedence": one.precedence.name,
        "officer": one.officer,
        "released_at": rfc3339(Instant(one.released_at)),
        "entered_at": rfc3339(Instant(one.entered_at)),
        "receipts": [_receipt_times(one, level) for level in Level if level in one.receipts or level in one.due],
    }


def _receipt_times(one: Message, level: Level) -> Json:
    due = one.due.get(level)
    found = one.receipts.get(level)
    told: Json = {"level": level.short, "due_at": None if due is None else rfc3339(due)}
    if found is None:
        return {**told, **dict.fromkeys(_RECEIVED)}
    index, entered, stated, officer, role = found
    return {
        **told,
        "index": index,
        "officer": officer,
        "role": role,
        "entered_at": rfc3339(Instant(entered)),
        "after_s": _entered_after(one, entered),
        "stated_at": rfc3339(Instant(stated)),
        "stated_after_s": (stated - one.released_at) // SECOND_US,
        "late": due is not None and stated > due,
    }


_RECEIVED: Final = ("index", "officer", "role", "entered_at", "after_s", "stated_at", "stated_after_s", "late")


def _entered_after(one: Message, entered: int) -> int:
    """Return seconds by our clock alone: from our release or the message's arrival to the entry of the receipt."""
    return (entered - (one.released_at if one.outgoing else one.entered_at)) // SECOND_US


def summary(told: Iterable[Json]) -> list[Json]:
    """Return medians and worst times of each level, for both directions, by both clocks."""
    by: dict[tuple[str, str], list[tuple[Json, Json]]] = {}
    for message in told:
        for receipt in message["receipts"]:
            by.setdefault((message["direction"], receipt["level"]), []).append((message, receipt))
    return [_summed(direction, level, by[direction, level]) for direction, level in sorted(by, key=_outgoing_first)]


def _outgoing_first(key: tuple[str, str]) -> tuple[bool, str]:
    return key[0] != "out", key[1]


def _summed(direction: str, level: str, pairs: list[tuple[Json, Json]]) -> Json:
    given = [(message, receipt) for message, receipt in pairs if receipt["index"] is not None]
    worst = max(given, key=lambda pair: (pair[1]["after_s"], -pair[0]["index"]), default=None)
    return {
        "direction": direction,
        "level": level,
        "messages": len(pairs),
        "given": len(given),
        "late": sum(receipt["late"] for _, receipt in given),
        "median_s": median([receipt["after_s"] for _, receipt in given]),
        "worst_s": None if worst is None else worst[1]["after_s"],
        "worst": None if worst is None else worst[0]["index"],
        "median_stated_s": median([receipt["stated_after_s"] for _, receipt in given]),
        "worst_stated_s": max((receipt["stated_after_s"] for _, receipt in given), default=None),
    }


def median(values: list[int]) -> int | None:
    """Return the median in whole seconds, the lower whole of the two in the middle; None of nothing."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if not ordered:
        return None
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) // 2


HANDLERS: Final[Mapping[str, Callable[[Ledger, Seen], None]]] = {
    "charter": _charter,
    "draft": _draft,
    "check": _check,
    "message-out": _numbered,
    "message-in": _numbered,
    "receipt-out": _numbered,
    "receipt-in": _numbered,
    "node-receipt-out": _held,
    "node-receipt-in": _held,
    "deadline": _deadline,
}
"""Kind of entry -> what it adds."""

__all__ = ["HANDLERS", "Book", "Message", "median", "summary", "times"]
