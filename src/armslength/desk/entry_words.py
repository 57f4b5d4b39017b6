"""Entries of the journal in words: one line each, for the running log, the search, a case's timeline and the brief.

A line is made from the entry alone, so that whoever reads it sees what was recorded and not what became of it. Kinds
that no reader of the desk asks for have no words and are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from armslength.channels.cases_accounts import QUESTIONS
from armslength.core import cbor
from armslength.core.errors import ArmslengthError
from armslength.core.instants import INSTANT_MAX, INSTANT_MIN, Instant, rfc3339
from armslength.desk.alarms import ALARM_KINDS
from armslength.line import fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from armslength.core.cbor import CborValue
    from armslength.journal.entry import Entry

    Body = Mapping[int, Any]
    """A body whose fields were checked before it entered the journal."""

TITLE_CHARS_MAX: Final = 240
"""A line that still fits three rows of a screen; the record has the rest."""

TEXTS_DEPTH_MAX: Final = 8
"""As deep as any record of the desk nests."""

NESTED_BYTES_MAX: Final = 64 * 1024
"""A body within a record, such as a draft's message, is no longer than a record may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One entry in words.

    Args:
        index: index of the entry.
        kind: kind of the entry.
        word: what people call it: message, contact, log.
        entered_at: when it was entered.
        happened_at: when it happened, where the record says so.
        title: one line.
        officer: who recorded it; empty for the node.
        channel: id of the channel; empty for none.
        cases: numbers of the cases that it names.
        reference: what it is about, as screens open it: a number, a message's hash; empty for none.
        tags: words that a line of the log was given to be found by.
        about: what a line of the log names: ``message 3f2a...``, ``contact CT-2023-000008``.
    """

    index: int
    kind: str
    word: str
    entered_at: Instant
    happened_at: Instant
    title: str
    officer: str = ""
    channel: str = ""
    cases: tuple[str, ...] = ()
    reference: str = ""
    tags: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "message-out": ("message", "messages"),
    "message-in": ("message", "messages"),
    "receipt-out": ("receipt", "messages"),
    "receipt-in": ("receipt", "messages"),
    "draft": ("draft", "drafts"),
    "check": ("draft", "drafts"),
    "alarm": ("alarm", "alarms"),
    "alarm-accepted": ("alarm", "alarms"),
    "concern": ("concern", "concerns"),
    "concern-step": ("concern", "concerns"),
    "report": ("report", "concerns"),
    "facility": ("facility", "concerns"),
    "rules": ("rules", "concerns"),
    "window": ("window", "messages"),
    "window-step": ("window", "messages"),
    "session": ("line", "lines"),
    "delegation": ("delegation", "drafts"),
    "decision": ("decision", "decisions"),
    "contact": ("contact", "contacts"),
    "channel": ("channel", "channels"),
    "channel-state": ("channel", "channels"),
    "ladder": ("ladder", "channels"),
    "rung": ("rung", "channels"),
    "line-check": ("line-check", "line-checks"),
    "check-plan": ("line-check", "line-checks"),
    "call": ("call", "calls"),
    "call-step": ("call", "calls"),
    "case": ("case", "cases"),
    "case-step": ("case", "cases"),
    "log": ("log", "log"),
    "roster": ("shift", "shifts"),
    "shift": ("shift", "shifts"),
    "drill": ("shift", "shifts"),
    "codebook": ("codebook", "codebook"),
    "codebook-sign": ("codebook", "codebook"),
    "translation": ("translation", "translations"),
    "term": ("term", "terms"),
    "notice-batch": ("notice", "notices"),
    "notice-step": ("notice", "notices"),
}
"""Kind of entry -> what people call it, and the row of `policy.READS` that says who may read it."""

KINDS: Final = frozenset(WORDS)

IN_LOG: Final = KINDS - {"term", "codebook", "facility", "check-plan", "report"}
"""What stands in the running log: acts of the watch, and not the keeping of books and registers."""


MESSAGES: Final = frozenset({"message-out", "message-in"})
"""Kinds of entries that are named by the hash of their envelope."""


def said(index: int, entry: Entry, body: Body, envelope_hash: bytes = b"") -> Said | None:
    """Return an entry in words, None for a kind that has none or for what the node noted to itself.

    Args:
        index: index of the entry.
        entry: the entry.
        body: its body.
        envelope_hash: of a message, by which it is opened; empty where nobody opens it.
    """
    if entry.kind not in WORDS or (entry.kind == "case-step" and body.get(21) == "compare"):
        return None
    title = " ".join(_TITLES.get(entry.kind, _anything)(body).split())
    return Said(
        index=index,
        kind=entry.kind,
        word=WORDS[entry.kind][0],
        entered_at=Instant(entry.at),
        happened_at=_happened_at(entry, body),
        title=title if len(title) <= TITLE_CHARS_MAX else f"{title[: TITLE_CHARS_MAX - 1]}…",
        officer=str(body.get(5) or ""),
        channel=_text(body, _CHANNEL_AT.get(entry.kind)),
        cases=_cases(entry.kind, body),
        reference=envelope_hash.hex() if entry.kind in MESSAGES else _reference(index, entry.kind, body),
        tags=tuple(map(str, body.get(21) or ())) if entry.kind == "log" else (),
        about=tuple(f"{what} {name}" for what, name in body.get(22) or ()) if entry.kind == "log" else (),
    )


def texts(body: Body) -> Iterator[str]:
    """Yield every text of a record, those of a record within it included; marks that all records share are left out."""
    yield str(body.get(5) or "")
    for number, value in body.items():
        if number >= fields.FORM_CODE:
            yield from _texts(value, 0)


def _texts(value: CborValue, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth >= TEXTS_DEPTH_MAX:
        return
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one, depth + 1)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one, depth + 1)
    elif isinstance(value, bytes) and len(value) > _HASH_BYTES:
        inner = _nested(value)
        if inner is not None:
            yield from _texts({number: one for number, one in inner.items() if number >= fields.FORM_CODE}, depth + 1)


_HASH_BYTES: Final = 32


def _nested(value: bytes) -> dict[int, CborValue] | None:
    """Return the body that a record holds as bytes, None for other bytes."""
    try:
        inner = cbor.decode(value, size_max=NESTED_BYTES_MAX)
    except ArmslengthError:
        return None
    if not isinstance(inner, dict) or not all(type(number) is int for number in inner):
        return None
    return {int(str(number)): one for number, one in inner.items()}


# --- times and references ---------------------------------------------------------------------------------------------

_HAPPENED_AT: Final = {"contact": 24, "log": 23, "decision": 31, "call": 23, "line-check": 23}
_CHANNEL_AT: Final = {
    "contact": 21,
    "decision": 27,
    "channel": 20,
    "channel-state": 20,
    "line-check": 20,
    "check-plan": 20,
    "call": 21,
}
_CASE_AT: Final = {"contact": 32, "decision": 29, "case": 20, "case-step": 20, "call": 29}


def _happened_at(entry: Entry, body: Body) -> Instant:
    at = body.get(_HAPPENED_AT.get(entry.kind, -1))
    return Instant(at) if type(at) is int and INSTANT_MIN <= at <= INSTANT_MAX else Instant(entry.at)


def _text(body: Body, number: int | None) -> str:
    value = body.get(number) if number is not None else None
    return value if isinstance(value, str) else ""


def _cases(kind: str, body: Body) -> tuple[str, ...]:
    if kind == "log":
        return tuple(reference for what, reference in body.get(22) or () if what == "case")
    if kind in {"message-out", "message-in"}:
        named = _text(body, fields.CASE_REFERENCE)
        return (named,) if kind == "message-out" and named else ()
    named = _text(body, _CASE_AT.get(kind))
    return (named,) if named else ()


_REFERENCE_AT: Final = {
    "receipt-out": 21,
    "receipt-in": 21,
    "concern": 20,
    "concern-step": 20,
    "facility": 20,
    "window-step": 20,
    "decision": 26,
    "contact": 20,
    "channel-state": 20,
    "rung": 21,
    "line-check": 20,
    "call": 20,
    "call-step": 20,
    "case": 20,
    "case-step": 20,
    "drill": 21,
}
"""Kind -> field that says by which name its thing is opened."""


def _reference(index: int, kind: str, body: Body) -> str:
    if kind == "log":
        return str(index)
    value = body.get(_REFERENCE_AT.get(kind, -1))
    if isinstance(value, bytes):
        return value.hex()
    return value if isinstance(value, str) else ""


# --- titles -----------------------------------------------------------------------------------------------------------


def _anything(body: Body) -> str:
    return "; ".join(one for one in texts({**body, 5: None}) if one)[:TITLE_CHARS_MAX]


def message_title(body: Body) -> str:
    """Return a message of the line in one line: its form, its facility, whose it is and its free text."""
    what = " ".join(part for part in (_text(body, fields.FORM_CODE), _text(body, fields.FACILITY_ID)) if part)
    text = _text(body, fields.FREE_TEXT)
    return f"{what} of {body.get(3)}" + (f": {text}" if text else "")


def _receipt(body: Body) -> str:
    target = body.get(21)
    shown = target.hex()[:12] if isinstance(target, bytes) else "a message"
    verb = f", {body[40]}" if body.get(40) else ""
    return f"R{body.get(20)} of {body.get(3)} for {shown}{verb}"


def _draft(body: Body) -> str:
    inner = _nested(body[21]) if isinstance(body.get(21), bytes) else None
    return f"draft of {message_title({**(inner or {}), 3: body.get(3)})}"


def _alarm(body: Body) -> str:
    return f"{body.get(20)}: {body.get(25) or ALARM_KINDS.get(str(body.get(20)), '')}"


def _accepted(_body: Body) -> str:
    return "an alarm was accepted"


def _contact(body: Body) -> str:
    who = " - ".join(", ".join(map(str, body.get(side) or ())) for side in (26, 27) if body.get(side))
    about = ", ".join(map(str, body.get(29) or ()))
    parts = [f"{body.get(20)} on {body.get(21)}: {body.get(35)}, {body.get(37)}", who, about, _text(body, 33)]
    return "; ".join(part for part in parts if part)


def _line_check(body: Body) -> str:
    # What the clock notes of itself is that the time of a check passed.
    result = "its time passed" if body.get(21) == "CLOCK" else str(body.get(21))
    return f"line check on {body.get(20)}: {result}"


def _decision(body: Body) -> str:
    number = f"{body[26]} " if body.get(26) else ""
    channel = f"on {body[27]} " if body.get(27) else ""
    return f"{number}{channel}decided: {body.get(20)} - {body.get(22)}, because {body.get(23)}"


def _case(body: Body) -> str:
    return f"{body.get(20)} opened: {body.get(21)}. {body.get(24)}"


def _case_step(body: Body) -> str:
    account = body.get(24)
    if isinstance(account, tuple):
        about = f" ({account[3]})" if account[3] else ""
        return f"{body.get(20)}, account of {account[1]}: {QUESTIONS[account[2]][1]}{about} {account[5]}"
    reference = body.get(23)
    what = f" {reference[1]}" if isinstance(reference, tuple) else ""
    return f"{body.get(20)} {body.get(21)}{what}: {body.get(22)}"


def _log(body: Body) -> str:
    return str(body.get(20))


def _report(body: Body) -> str:
    return "report: " + _anything(body)


def _step(body: Body) -> str:
    return f"{body.get(20)} {body.get(21)}: {body.get(22)}"


def _concern(body: Body) -> str:
    return f"{body.get(20)} at {body.get(21)}: {body.get(22)}"


def _window(body: Body) -> str:
    plan = body.get(20)
    return f"window {plan.get(1)} recorded" if isinstance(plan, dict) else "window recorded"


def _facility(body: Body) -> str:
    return f"facility {body.get(20)}: {_anything(body)}"


def _shift(body: Body) -> str:
    # The form itself is a page; whoever wants it opens the record.
    parts = (f"{body.get(20)} {body.get(23) or 'a watch that is not in the roster'}", str(body.get(24) or ""))
    return ": ".join(part for part in parts if part)


def _session(body: Body) -> str:
    return f"the line: {body.get(20)}. {body.get(21) or ''}"


_TITLES: Final[Mapping[str, Callable[[Body], str]]] = {
    "message-out": message_title,
    "message-in": message_title,
    "receipt-out": _receipt,
    "receipt-in": _receipt,
    "draft": _draft,
    "alarm": _alarm,
    "alarm-accepted": _accepted,
    "contact": _contact,
    "decision": _decision,
    "line-check": _line_check,
    "case": _case,
    "case-step": _case_step,
    "log": _log,
    "report": _report,
    "concern": _concern,
    "concern-step": _step,
    "window": _window,
    "window-step": _step,
    "facility": _facility,
    "session": _session,
    "shift": _shift,
}


def minute(at: int) -> str:
    """Return an instant to the minute, as lists show it."""
    return f"{rfc3339(Instant(at))[:16]}Z"
