"""The yearly exchange of lists of protected sites: both commit, then both reveal (domain.md F2).

Nobody shows a list before the other side is bound to its own. What was committed is checked against what is revealed,
and a difference is named. Each year has a date; what is late on it is an alarm, and the next year follows by itself.

Whoever reveals last has seen the other list and may stop: no message can prevent that. It cannot change its own list
any more, the missing reveal is an alarm, and both commitments stand in both journals.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.core import cbor
from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.ids import party_code
from armslength.core.instants import Instant
from armslength.register.texts import RECORD_ID, matching, one_line, one_of
from armslength.register.vocabularies import FACILITY_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.core.places import Place
    from armslength.core.realm import Realm

SITES_MAX: Final = 256
"""As the form has it; the lists that India and Pakistan exchange each year name fewer than fifty."""

SALT_BYTES: Final = 32
"""Without the salt a list could be guessed from its digest: who has which plants is no secret."""

DIGEST_BYTES: Final = 32

COMMIT_BEFORE_US: Final = 7 * 86_400 * 1_000_000
"""Commitments are due a week before the lists, so that a late one is noticed while the date can still be kept."""

YEAR_MIN, YEAR_MAX = 1970, 9999

DOMAIN: Final = "armslength/list"
"""First element of what is hashed: the digest of a list is the digest of nothing else."""

_CODE: Final = "LIST-VALUE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One site of a list; the place at the precision chosen, None when it is not disclosed.

    Raises:
        LocalError: LIST-VALUE.
    """

    facility_id: str
    name: str
    language: str
    kind: str
    place: Place | None

    def __post_init__(self) -> None:
        matching(self.facility_id, RECORD_ID, "facility id", _CODE)
        one_line(self.name, "name", _CODE)
        one_line(self.language, "language", _CODE)
        one_of(self.kind, FACILITY_KINDS, "kind", _CODE)

    def value(self) -> tuple[CborValue, ...]:
        """Return ``[facility id, name, language, kind, place or null]``."""
        place = None if self.place is None else self.place.to_cbor()
        return (self.facility_id, self.name, self.language, self.kind, place)


def canonical(sites: tuple[Site, ...]) -> tuple[tuple[CborValue, ...], ...]:
    """Return the sites in ascending order of the bytes of their ids, as they stand in a message.

    Raises:
        LocalError: LIST-VALUE, too many, or an id twice.
    """
    if len(sites) > SITES_MAX or len({site.facility_id for site in sites}) != len(sites):
        raise LocalError(_CODE, field="sites", expected=f"at most {SITES_MAX}, each id once", got=len(sites))
    return tuple(site.value() for site in sorted(sites, key=lambda site: site.facility_id.encode()))


def digest(realm: Realm, line: bytes, party: str, year: int, salt: bytes, sites: CborValue) -> bytes:
    """Return the digest of a list (docs/spec/forms.md, "Lists of sites").

    Args:
        realm: the realm; a list of an exercise commits to nothing real.
        line: the line's id.
        party: code of the party whose list it is; with it in the digest a copy of ours commits nobody.
        year: the year of the exchange.
        salt: 32 bytes, new for each list.
        sites: the array as it stands in the message.
    """
    return sha256(cbor.encode((DOMAIN, realm.value, line, party, year, salt, sites))).digest()


# --- the machine ------------------------------------------------------------------------------------------------------


class Status(StrEnum):
    """Where the exchange of one year on one line stands."""

    PLANNED = "PLANNED"
    OURS_COMMITTED = "OURS-COMMITTED"
    THEIRS_COMMITTED = "THEIRS-COMMITTED"
    BOTH_COMMITTED = "BOTH-COMMITTED"
    OURS_REVEALED = "OURS-REVEALED"
    THEIRS_REVEALED = "THEIRS-REVEALED"
    EXCHANGED = "EXCHANGED"
    MISMATCH = "MISMATCH"
    """What they revealed is not what they committed to."""


class EventKind(StrEnum):
    """What can happen to it."""

    PLAN = "plan"
    COMMIT_OURS = "commit-ours"
    COMMIT_THEIRS = "commit-theirs"
    REVEAL_OURS = "reveal-ours"
    REVEAL_THEIRS = "reveal-theirs"
    TICK = "tick"


_S, _E = Status, EventKind
TRANSITIONS: Final[Mapping[tuple[Status | None, EventKind], Status]] = MappingProxyType(
    {
        (None, _E.PLAN): _S.PLANNED,
        (_S.PLANNED, _E.PLAN): _S.PLANNED,
        (_S.THEIRS_COMMITTED, _E.PLAN): _S.THEIRS_COMMITTED,
        (_S.PLANNED, _E.COMMIT_OURS): _S.OURS_COMMITTED,
        (_S.PLANNED, _E.COMMIT_THEIRS): _S.THEIRS_COMMITTED,
        (_S.OURS_COMMITTED, _E.COMMIT_THEIRS): _S.BOTH_COMMITTED,
        (_S.THEIRS_COMMITTED, _E.COMMIT_OURS): _S.BOTH_COMMITTED,
        # There is no way from one commitment to a list of ours.
        (_S.BOTH_COMMITTED, _E.REVEAL_OURS): _S.OURS_REVEALED,
        (_S.BOTH_COMMITTED, _E.REVEAL_THEIRS): _S.THEIRS_REVEALED,
        (_S.OURS_REVEALED, _E.REVEAL_THEIRS): _S.EXCHANGED,
        (_S.THEIRS_REVEALED, _E.REVEAL_OURS): _S.EXCHANGED,
        **{(status, _E.TICK): status for status in Status},
    }
)
"""(status, event) -> next status. A reveal that does not fit its commitment leads to MISMATCH instead (`step`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What a side is bound to: digest, number of sites, the message that says so, and when.

    Raises:
        LocalError: LIST-VALUE.
    """

    digest: bytes
    count: int
    reference: str
    at: Instant

    def __post_init__(self) -> None:
        if len(self.digest) != DIGEST_BYTES or not 0 <= self.count <= SITES_MAX:
            raise LocalError(_CODE, field="commitment", expected=f"32 bytes, at most {SITES_MAX} sites", got=self.count)
        one_line(self.reference, "reference", _CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """State of one year on one line.

    Args:
        year: the year of the lists.
        parties: our code and theirs.
        due_at: when the lists are due; commitments a week before.
        status: where it stands.
        ours: what we are bound to.
        theirs: what they are bound to.
        ours_revealed: reference of our reveal, empty before.
        theirs_revealed: reference of theirs.
        mismatch: what differed in their reveal, empty when nothing did.
        early: a reveal of theirs came before both commitments were held.
        alarmed_at: until when the clock's duties are done.
    """

    year: int
    parties: tuple[str, str]
    due_at: Instant
    status: Status = Status.PLANNED
    ours: Commitment | None = None
    theirs: Commitment | None = None
    ours_revealed: str = ""
    theirs_revealed: str = ""
    mismatch: str = ""
    early: bool = False
    alarmed_at: Instant | None = None

    def __post_init__(self) -> None:
        for party in self.parties:
            party_code(party)
        if not YEAR_MIN <= self.year <= YEAR_MAX:
            raise LocalError(_CODE, field="year", expected=f"{YEAR_MIN} to {YEAR_MAX}", got=self.year)

    @property
    def commit_due_at(self) -> Instant:
        """When commitments are due."""
        return Instant(self.due_at - COMMIT_BEFORE_US)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event; ``commitment`` belongs to commits, and to reveals as what was computed from the list shown."""

    kind: EventKind
    commitment: Commitment | None = None
    due_at: Instant | None = None


class Effect(StrEnum):
    """What the desk must do after a step, in order of obligation."""

    MISMATCH = "mismatch"
    """Their list is not the one they committed to: both stay in the journal, and people decide."""
    COPIED = "copied"
    """Their commitment repeats ours."""
    EARLY = "early"
    """They showed a list before both sides were bound; ours is not owed for that."""
    MAY_REVEAL = "may-reveal"
    """Both sides are bound: our list may be released."""
    COMMIT_OVERDUE = "commit-overdue"
    LIST_OVERDUE = "list-overdue"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a step gives: the state afterwards and what must be done, in order."""

    state: Exchange
    effects: tuple[Effect, ...] = ()


def planned(year: int, own: str, peer: str, due_at: Instant) -> Exchange:
    """Return the exchange of a year, with its date.

    Raises:
        LocalError: LIST-VALUE.
    """
    return Exchange(year=year, parties=(own, peer), due_at=due_at)


def following_year(state: Exchange) -> Exchange:
    """Return the next year's exchange, due on the same day; 29 February becomes the 28th."""
    due = datetime.fromtimestamp(state.due_at // 1_000_000, UTC)
    day = 28 if (due.month, due.day) == (2, 29) else due.day
    later = due.replace(year=due.year + 1, day=day)
    at = Instant(int(later.timestamp()) * 1_000_000 + state.due_at % 1_000_000)
    return planned(state.year + 1, *state.parties, at)


def next_deadline(state: Exchange) -> Instant | None:
    """Return when the machine wants to be called with a tick, None when the clock has nothing more to say."""
    points = [state.due_at]
    if state.ours is None or state.theirs is None:
        points.append(state.commit_due_at)
    done = state.alarmed_at
    return min((at for at in points if done is None or at > done), default=None)


def check_reveal_ours(state: Exchange | None) -> None:
    """Refuse to show our list before both sides are bound.

    Raises:
        LocalError: LIST-NOT-COMMITTED with who is missing.
    """
    missing = [
        who
        for who, there in (
            ("our commitment", state is not None and state.ours is not None),
            ("theirs", state is not None and state.theirs is not None),
        )
        if not there
    ]
    if missing:
        raise LocalError("LIST-NOT-COMMITTED", missing=" and ".join(missing))


def step(state: Exchange | None, event: Event, now: Instant) -> Step:
    """Apply one event; None is the state before a date is set.

    Raises:
        LocalError: LIST-TRANSITION (not in the table), LIST-NOT-COMMITTED (our reveal before both commitments),
            LIST-DIFFERS (our own reveal is not what we committed to), LIST-VALUE.
    """
    if state is None:
        raise LocalError("LIST-TRANSITION", state="none", event=event.kind.value)
    if event.kind is EventKind.REVEAL_OURS:
        check_reveal_ours(state)
    if event.kind is EventKind.REVEAL_THEIRS and (state.ours is None or state.theirs is None):
        return Step(state=replace(state, early=True), effects=(Effect.EARLY,))
    following = TRANSITIONS.get((state.status, event.kind))
    if following is None:
        if _repeated(state, event):
            return Step(state=state)
        raise LocalError("LIST-TRANSITION", state=state.status.value, event=event.kind.value)
    if event.kind is EventKind.TICK:
        return _ticked(state, now)
    if event.kind is EventKind.PLAN:
        if event.due_at is None:
            raise LocalError(_CODE, field="due", expected="an instant", got="nothing")
        return Step(state=replace(state, due_at=event.due_at, alarmed_at=None))
    return _stated(state, following, event)


def _repeated(state: Exchange, event: Event) -> bool:
    held = {
        EventKind.COMMIT_OURS: state.ours,
        EventKind.COMMIT_THEIRS: state.theirs,
    }.get(event.kind)
    return held is not None and event.commitment is not None and held.digest == event.commitment.digest


def _stated(state: Exchange, following: Status, event: Event) -> Step:
    stated = event.commitment
    if stated is None:
        raise LocalError(_CODE, field=event.kind.value, expected="a digest and a number", got="nothing")
    effects: tuple[Effect, ...] = (Effect.MAY_REVEAL,) if following is Status.BOTH_COMMITTED else ()
    if event.kind in {EventKind.COMMIT_OURS, EventKind.COMMIT_THEIRS}:
        ours = event.kind is EventKind.COMMIT_OURS
        after = replace(state, ours=stated) if ours else replace(state, theirs=stated)
        copied = after.ours is not None and after.theirs is not None and after.ours.digest == after.theirs.digest
        return Step(state=replace(after, status=following), effects=((Effect.COPIED,) if copied else ()) + effects)
    if event.kind is EventKind.REVEAL_OURS:
        if _difference(state.ours, stated):
            raise LocalError("LIST-DIFFERS", what=_difference(state.ours, stated))
        after = replace(state, status=following, ours_revealed=stated.reference)
    else:
        difference = _difference(state.theirs, stated)
        after = replace(state, status=following, theirs_revealed=stated.reference, mismatch=difference)
        if difference:
            return Step(state=replace(after, status=Status.MISMATCH), effects=(Effect.MISMATCH,))
    return Step(state=after, effects=(Effect.DONE,) if following is Status.EXCHANGED else ())


def _difference(committed: Commitment | None, shown: Commitment) -> str:
    if committed is None:
        return "nothing was committed"
    if committed.count != shown.count:
        return f"{committed.count} sites committed, {shown.count} shown"
    return "" if committed.digest == shown.digest else "the digest of the list shown is another"


def _ticked(state: Exchange, now: Instant) -> Step:
    due = next_deadline(state)
    if due is None or due > now:
        return Step(state=state)
    effects: list[Effect] = []
    done = state.alarmed_at
    bound = state.ours is not None and state.theirs is not None
    if now >= state.commit_due_at and (done is None or state.commit_due_at > done) and not bound:
        effects.append(Effect.COMMIT_OVERDUE)
    if now >= state.due_at and state.status is not Status.EXCHANGED:
        effects.append(Effect.LIST_OVERDUE)
    return Step(state=replace(state, alarmed_at=now), effects=tuple(effects))


# --- views ------------------------------------------------------------------------------------------------------------


def exchange_value(state: Exchange) -> dict[int, CborValue]:
    """Return the state as an encodable value (views)."""
    return {
        1: state.year,
        2: state.parties,
        3: state.due_at,
        4: state.status.value,
        5: _commitment_value(state.ours),
        6: _commitment_value(state.theirs),
        7: state.ours_revealed or None,
        8: state.theirs_revealed or None,
        9: state.mismatch or None,
        10: state.early,
        11: state.alarmed_at,
    }


def _commitment_value(held: Commitment | None) -> CborValue:
    return None if held is None else (held.digest, held.count, held.reference, held.at)


def exchange_from_value(value: CborValue) -> Exchange:
    """Return a state from `exchange_value`'s result.

    Raises:
        LocalError: LIST-VALUE.
    """
    read = FieldReader(value, _CODE, LocalError)
    own, peer = read.texts(2, 2)
    return Exchange(
        year=read.integer(1, YEAR_MIN, YEAR_MAX),
        parties=(own, peer),
        due_at=read.instant(3),
        status=Status(read.text(4)),
        ours=_commitment(read, 5),
        theirs=_commitment(read, 6),
        ours_revealed=read.text(7) if read.has(7) else "",
        theirs_revealed=read.text(8) if read.has(8) else "",
        mismatch=read.text(9) if read.has(9) else "",
        early=read.flag(10),
        alarmed_at=read.instant(11) if read.has(11) else None,
    )


def _commitment(read: FieldReader, number: int) -> Commitment | None:
    if not read.has(number):
        return None
    row = FieldReader(dict(enumerate(read.array(number, 4))), _CODE, LocalError)
    return Commitment(
        digest=row.octets(0, DIGEST_BYTES), count=row.integer(1, 0, SITES_MAX), reference=row.text(2), at=row.instant(3)
    )
