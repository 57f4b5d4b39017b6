"""Line checks: the plan, what people record of a call, and what the clock does in between (domain.md D4, D5).

The clock opens a check when its time comes, rings whoever is to call, and records that nothing was recorded when its
time is over; of our own line the node asks by itself and rings nobody. The plan goes on through silence for as long as
it stands. What a silence means is said by a person: a channel's state by the book, a line's by `line judge`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from armslength.channels import check_states, line_checks
from armslength.channels.book import Medium
from armslength.channels.calendars import CODE
from armslength.channels.check_states import ALIVE, EffectKind, Reason, Result
from armslength.channels.check_value import plan_from_value, plan_value
from armslength.channels.line_checks import Caller
from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.instants import Instant, local_text, rfc3339
from armslength.core.record import NO_LINE, SEED_BYTES
from armslength.core.text import check_text
from armslength.desk import alarms, booking, check_changes, line_echo, policy, views
from armslength.desk import cast as who
from armslength.desk.prepared import Prepared, Signed, check_own_acts
from armslength.language.check_texts import POOL, TEXT_CHARS_MAX, compare, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.channels.book import Channel
    from armslength.channels.check_states import Effect, Streak
    from armslength.channels.line_checks import CheckPlan, Planned
    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.check_changes import Held

NOTE_BYTES_MAX: Final = 2_000
"""A note of a check is a sentence or two; what was said belongs into a contact."""

_CODE: Final = "CHECK-VALUE"


# --- looking ----------------------------------------------------------------------------------------------------------


def plan_of(books: Books, channel: str) -> Held:
    """Return a channel's plan with where its checks stand.

    Raises:
        LocalError: CHECK-PLAN-UNKNOWN.
    """
    found = check_changes.held(books.unit, channel.lower())
    if found is None:
        raise LocalError("CHECK-PLAN-UNKNOWN", asked=channel)
    return found


# --- the plan ---------------------------------------------------------------------------------------------------------


def prepare_plan(books: Books, officer: str, plan: CheckPlan, reason: str) -> Prepared:
    """Return the body of a channel's plan; it replaces the one before, and nothing of the past is owed.

    Args:
        officer: who sets it.
        plan: the plan.
        reason: why.

    Raises:
        LocalError: CHECK-PLAN-VALUE, CHANNEL-UNKNOWN, LINE-NOT-FOUND.
    """
    body: dict[int, CborValue] = {**books.common(officer), 20: cast("CborValue", plan_value(plan)), 21: reason}
    if plan.line_peer:
        body[22] = who.find_line(books.unit, books.realm, plan.line_peer).line
    _check_plan(books, body)
    return Prepared(type="check-plan", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def submit_plan(books: Books, signed: Signed) -> int:
    """Enter a plan; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, CHECK-PLAN-VALUE, CHANNEL-UNKNOWN, LINE-NOT-FOUND.
    """
    prepared = signed.prepared
    acts = check_own_acts(books, prepared, signed.acts)
    policy.require(acts[0], *policy.LOCAL_ACTS[prepared.type], str(prepared.body.get(5)))
    _check_plan(books, prepared.body)
    record = books.make(prepared.type, NO_LINE, prepared.body, body_seed=prepared.seed, acts=signed.acts)
    return books.enter(prepared.type, record)


def _check_plan(books: Books, body: Mapping[int, CborValue]) -> None:
    plan = plan_from_value(body[20]) if 20 in body else None
    if plan is None:
        raise line_checks.wrong("plan", "a plan", "nothing")
    channel = booking.channel(books, plan.channel)
    check_text(FieldReader(body, CODE, LocalError).text(21, NOTE_BYTES_MAX), bytes_max=NOTE_BYTES_MAX)
    if not plan.with_text and plan.automatic:
        raise line_checks.wrong("with_text", "a text", "none")
    for tag in plan.languages if plan.with_text else ():
        if tag.split("-", 1)[0].lower() not in POOL:
            raise line_checks.wrong("languages", ", ".join(POOL), tag)
    _check_line(books, channel, plan, body.get(22))


def _check_line(books: Books, channel: Channel, plan: CheckPlan, line: CborValue) -> None:
    if not plan.automatic:
        if line is not None:
            raise line_checks.wrong("line", "none, people call", "a line")
        return
    if channel.medium is not Medium.OUR_LINE or channel.line_peer != plan.line_peer:
        raise line_checks.wrong("automatic", "a channel that is our own line to that party", channel.medium.value)
    if who.find_line(books.unit, books.realm, plan.line_peer).line != line:
        raise line_checks.wrong("line", "the line to that party", "another line")
    for one in check_changes.every(books.unit):
        if one.line == line and one.plan.channel != plan.channel:
            raise line_checks.wrong("line", f"one plan a line; it has that of {one.plan.channel}", plan.channel)


# --- what people record -----------------------------------------------------------------------------------------------


def prepare_check(
    books: Books,
    officer: str,
    channel: str,
    result: str,
    *,
    made_at: Instant | None = None,
    reason: str | None = None,
    received: str | None = None,
    language: str | None = None,
    note: str | None = None,
    corrects: bool = False,
) -> Prepared:
    """Return the body of what came of a call on a channel; which planned check it is follows from the plan.

    Args:
        officer: who records it.
        channel: the channel.
        result: a code of `Result`; an answer after its time becomes LATE, a changed copy GARBLED.
        made_at: when the call was made; now when not said.
        reason: a code of `Reason`; UNKNOWN when it is not well and nobody says.
        received: the text as it came back.
        language: of that text; when not said, the one that it comes closest to.
        note: in own words.
        corrects: whether an earlier record of the same check was wrong.

    Raises:
        LocalError: CHECK-VALUE, CHANNEL-UNKNOWN.
    """
    name = booking.channel(books, channel).channel_id
    found = check_changes.held(books.unit, name)
    at = made_at or books.now
    check = None if found is None else line_checks.check_of(found.plan, at)
    number = None if found is None or check is None else found.number_for(check.at)
    copied = None if received is None else received.strip()
    tag = None if found is None or copied is None else _closest(found, number, copied, language)
    outcome = _outcome(found, check, at, _member(Result, result, "result"), _differs(number, tag, copied))
    given = None if reason is None else _member(Reason, reason, "reason").value
    usual = Reason.UNKNOWN.value if outcome not in check_states.IN_TIME else None
    body: dict[int, CborValue] = {
        **books.common(officer),
        20: name,
        21: outcome.value,
        22: None if check is None else check.at,
        23: at,
        24: given or usual,
        25: None if check is None else check.caller.value,
        26: copied,
        27: tag,
        28: number,
        29: note,
        30: corrects,
    }
    _check_check(books, body)
    return Prepared(type="line-check", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def _member(kind: Any, text: object, name: str) -> Any:  # noqa: ANN401 - a member of either vocabulary
    found = next((one for one in kind if one.value == text), None)
    if found is None:
        raise LocalError(_CODE, field=name, expected=", ".join(one.value for one in kind), got=text)
    return found


def _closest(found: Held, number: int | None, received: str, language: str | None) -> str | None:
    if number is None:
        return None
    tags = [tag for tag in found.plan.languages if language in {None, tag}]
    if not tags:
        raise LocalError(_CODE, field="language", expected=", ".join(found.plan.languages), got=language)
    return min(tags, key=lambda tag: _distance(text_of(number, tag), received))


def _distance(sent: str, received: str) -> int:
    return sum(max(len(one.expected), len(one.got)) for one in compare(sent, received))


def _differs(number: int | None, tag: str | None, received: str | None) -> bool:
    if number is None or tag is None or received is None:
        return False
    return bool(compare(text_of(number, tag), received))


def _outcome(found: Held | None, check: Planned | None, at: Instant, result: Result, differs: object) -> Result:
    if differs and result in ALIVE:
        return Result.GARBLED
    if found is None or check is None:
        return result
    return check_states.in_time(found.plan, check.at, at, result)


def _check_check(books: Books, body: Mapping[int, CborValue]) -> None:
    """Hold a record of a check against the plan, whoever filled it."""
    read = FieldReader(body, _CODE, LocalError)
    name = booking.channel(books, read.text(20)).channel_id
    result = _member(Result, body.get(21), "result")
    if body.get(24) is not None:
        _member(Reason, body[24], "reason")
    at = read.instant(23)
    if name != body[20] or at > books.now:
        raise LocalError(_CODE, field="at", expected=f"not after {rfc3339(books.now)}", got=rfc3339(at))
    if read.has(29):
        check_text(read.text(29, NOTE_BYTES_MAX), bytes_max=NOTE_BYTES_MAX)
    if read.has(26):
        check_text(read.text(26, TEXT_CHARS_MAX), bytes_max=4 * TEXT_CHARS_MAX)
        if result not in ALIVE:
            raise LocalError(_CODE, field="received", expected="nothing where nobody answered", got=result.value)
    read.flag(30)
    found = check_changes.held(books.unit, name)
    check = None if found is None else line_checks.check_of(found.plan, at)
    number = None if found is None or check is None else found.number_for(check.at)
    tag, copied = body.get(27), body.get(26)
    if tag is not None and (found is None or tag not in found.plan.languages):
        raise LocalError(_CODE, field="language", expected="a language of the plan", got=tag)
    if tag is None and copied is not None and number is not None:
        # Without its language the copy would be compared with nothing, and a garbled one pass as answered.
        raise LocalError(_CODE, field="language", expected=", ".join(found.plan.languages if found else ()), got="none")
    differs = _differs(number, tag if isinstance(tag, str) else None, copied if isinstance(copied, str) else None)
    whose = (None, None) if check is None else (check.at, check.caller.value)
    stated = (body.get(22), body.get(25), body.get(28), result)
    if stated != (*whose, number, _outcome(found, check, at, result, differs)):
        # The plan or its clock went on since it was prepared: what was signed says something else than it would now.
        raise LocalError(_CODE, field="check", expected="the check that the plan has for that time: prepare it again")


def submit_check(books: Books, signed: Signed) -> int:
    """Enter what came of a call; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, CHECK-VALUE, CHANNEL-UNKNOWN.
    """
    prepared = signed.prepared
    body = prepared.body
    acts = check_own_acts(books, prepared, signed.acts)
    policy.require(acts[0], *policy.LOCAL_ACTS[prepared.type], str(body.get(5)))
    _check_check(books, body)
    name = str(body[20])
    before = check_changes.held(books.unit, name)
    record = books.make(prepared.type, NO_LINE, body, body_seed=prepared.seed, acts=signed.acts)
    index = books.enter(prepared.type, record)
    after = check_changes.held(books.unit, name)
    if before is not None and after is not None:
        # Who records that nobody answered knows it; the others hear of it when it goes on.
        _ring_missed(books, before, after.state.streak, least=2)
    if body[21] == Result.GARBLED.value:
        changed = body.get(26) is not None and body.get(28) is not None
        places = len(compare(text_of(int(str(body[28])), str(body[27])), str(body[26]))) if changed else 0
        line_echo.ring_garbled(books, name, int(str(body[22] or body[23])), places)
    return index


# --- the clock --------------------------------------------------------------------------------------------------------


def tick(books: Books, key: bytes) -> None:
    """Record what the clock did to a channel's checks, and ring for it."""
    before = check_changes.held(books.unit, key.decode())
    if before is None:
        return
    _, effects = check_changes.tick(books.unit, before, books.now)
    fields: dict[int, CborValue] = {20: before.plan.channel, 21: check_changes.CLOCK, 22: books.now}
    if any(effect.kind is EffectKind.OPEN for effect in effects):
        fields[31] = books.rng.bytes(line_echo.ID_BYTES)
    books.note("line-check", "line-check", fields)
    after = check_changes.held(books.unit, key.decode())
    if after is not None:
        _ring_missed(books, before, after.state.streak)
        _ring_due(books, after, effects)


def _ring_due(books: Books, after: Held, effects: tuple[Effect, ...]) -> None:
    plan = after.plan
    for effect in effects:
        # Their call is theirs to make, and the nodes' own check is nobody's.
        if effect.kind is EffectKind.OPEN and not plan.automatic and effect.checks[0].caller is Caller.OURS:
            at = effect.checks[0].at
            detail = f"{plan.channel}: planned for {local_text(at, plan.zone)}"
            alarms.raise_alarm(books, "CHECK-DUE", NO_LINE, plan.channel.encode(), at, detail=detail)


def _ring_missed(books: Books, before: Held, after: Streak, *, least: int = 1) -> None:
    number = check_states.rings(before.state.streak, after, least=least)
    if number is None or after.missed_since is None:
        return
    name = before.plan.channel
    since = local_text(after.missed_since, before.plan.zone)
    silent = f", {after.unanswered} of them called" if after.unanswered else ", none recorded as called"
    detail = f"{name}: {after.missed} in a row without an answer since {since}{silent}"
    reference = name.encode() + b"\x00" + after.missed_since.to_bytes(8, "big")
    alarms.raise_alarm(books, "CHECK-MISSED", NO_LINE, reference, number, detail=detail)


SUBMITS: Final[Mapping[str, Callable[[Books, Signed], int]]] = {
    "check-plan": submit_plan,
    "line-check": submit_check,
}
"""Record type -> what enters it, for `Service.submit`."""

ROLES: Final[Mapping[str, Callable[[Mapping[int, CborValue]], frozenset[str]]]] = {}
"""Record type -> roles for that very body, where `policy.LOCAL_ACTS` alone does not say it."""

TICKS: Final[tuple[tuple[str, Callable[[Books, bytes], object]], ...]] = ((views.CHECK_PLANS, tick),)
"""View and what is done with a row of it that falls due."""
