"""The charter: what two parties agreed before they may talk (A1).

Specified in docs/spec/charter.md. The default charter is a pure function of the two parties, the realm and the
ordinal, so two sides that accept the defaults hold the same bytes without exchanging a draft.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from armslength.core import cbor
from armslength.core.errors import PeerError
from armslength.core.fieldmap import FieldReader
from armslength.core.ids import party_code
from armslength.core.precedence import Precedence
from armslength.core.realm import Realm, domain
from armslength.core.record import PROFILE_VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue

CHARTER_BYTES_MAX: Final = 32_768
"""A charter is read aloud before it is assented to."""

DEADLINE_S_MAX: Final = 30 * 86_400
"""A receipt due later than a month is no deadline."""

MODE_SIGNED: Final = "signed"
LINE_ID_BYTES: Final = 16
KEY_ID_BYTES: Final = 16
_CODE = "CHARTER-MALFORMED"

DEFAULT_DEADLINES: Final[Mapping[Precedence, tuple[int, ...]]] = {
    Precedence.FLASH: (10, 120, 300, 600, 1_800),
    Precedence.IMMEDIATE: (30, 1_800, 3_600, 7_200, 14_400),
    Precedence.PRIORITY: (120, 10_800, 21_600, 43_200, 86_400),
    Precedence.ROUTINE: (600, 21_600, 43_200, 86_400, 172_800),
}
"""Seconds until R0, R1, R2, R3, R4 are due, counted from release (domain.md D3; R0 from the product's own promise)."""

DEFAULT_LATE_S: Final[Mapping[Precedence, int]] = {
    Precedence.FLASH: 60,
    Precedence.IMMEDIATE: 300,
    Precedence.PRIORITY: 1_800,
    Precedence.ROUTINE: 3_600,
}
"""A message received later than this after its release is shown with a late mark."""

PERMITTED_TOPICS: Final = (
    "critical-infrastructure",
    "nuclear-safety",
    "dams-and-water",
    "energy-system",
    "incident",
    "air-and-sea-safety",
    "humanitarian",
    "service",
)
EXCLUDED_TOPICS: Final = ("targeting", "intelligence", "command-of-forces", "permission-for-aid")
COUNTING_RULE: Final[Mapping[str, CborValue]] = {
    "unit": "exchange",
    "direction": "outgoing",
    "excluded": (
        *("TEST", "SERVICE", "QUERY-RECEIPT", "REPLY", "NOT-OURS"),
        *("ASSURANCE", "WINDOW-STATUS", "SITE-NOTICE", "LIST-EXCHANGE"),
        *("ACTIVITY-NOTICE", "LAUNCH-NOTICE", "MOVE-NOTICE", "DAILY-PLAN", "SUSPEND", "RESUME"),
        *("PRESENCE-QUERY", "PRESENCE", "CODEBOOK", "exercise-in-real"),
    ),
}
CHARTER_FORMS: Final = (
    "TEST",
    "CONCERN",
    "CLARIFICATION-REQUEST",
    "REPLY",
    "NOT-OURS",
    "INCIDENT",
    "STOP",
    "SERVICE",
    "QUERY-RECEIPT",
    "WINDOW",
    "ASSURANCE",
    "WINDOW-STATUS",
    "SITE-NOTICE",
    "LIST-EXCHANGE",
    "ACTIVITY-NOTICE",
    "LAUNCH-NOTICE",
    "MOVE-NOTICE",
    "DAILY-PLAN",
    "CALL-REQUEST",
    "CALL-RECORD",
    "SUSPEND",
    "RESUME",
    "PUBLIC-WORDING",
    "PRESENCE-QUERY",
    "PRESENCE",
    "PHRASE",
    "CODEBOOK",
)
TWO_PERSON_FORMS: Final[Mapping[str, Precedence]] = {
    "CONCERN": Precedence.ROUTINE,
    "CLARIFICATION-REQUEST": Precedence.PRIORITY,
    "REPLY": Precedence.ROUTINE,
    "NOT-OURS": Precedence.ROUTINE,
    "INCIDENT": Precedence.ROUTINE,
    "WINDOW": Precedence.ROUTINE,
    "ASSURANCE": Precedence.ROUTINE,
    "SITE-NOTICE": Precedence.ROUTINE,
    "LIST-EXCHANGE": Precedence.ROUTINE,
    "ACTIVITY-NOTICE": Precedence.ROUTINE,
    "LAUNCH-NOTICE": Precedence.ROUTINE,
    "MOVE-NOTICE": Precedence.ROUTINE,
    "DAILY-PLAN": Precedence.ROUTINE,
    "CALL-REQUEST": Precedence.ROUTINE,
    "CALL-RECORD": Precedence.ROUTINE,
    "PUBLIC-WORDING": Precedence.ROUTINE,
    "PHRASE": Precedence.ROUTINE,
    "CODEBOOK": Precedence.ROUTINE,
}
"""Form -> lowest precedence from which a second person must release; STOP never (design rule 2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charter:
    """A charter as agreed. Deadlines are seconds from release, by receipt level; None means no deadline."""

    realm: Realm
    parties: tuple[tuple[str, bytes], tuple[str, bytes]]
    ordinal: int
    version: int
    purpose: str
    permitted_topics: tuple[str, ...]
    excluded_topics: tuple[str, ...]
    languages: tuple[str, ...]
    hours: str
    deadlines: Mapping[Precedence, tuple[int | None, ...]]
    test_plan: tuple[tuple[int, str], ...]
    two_person_forms: Mapping[str, Precedence]
    forms: tuple[str, ...]
    mode: str
    confidentiality: str
    counting_rule: Mapping[str, CborValue]
    review_s: int
    suspension_rule: str
    agreements: tuple[tuple[str, str], ...]
    may_open: tuple[str, ...]
    protection: str
    clock_tolerance_s: int
    late_s: Mapping[Precedence, int]

    @property
    def line_id(self) -> bytes:
        """The line's 16-byte id."""
        return line_id(self.realm, self.parties[0][1], self.parties[1][1], self.ordinal)

    def other(self, party: str) -> str:
        """Return the counterpart's party code."""
        first, second = self.parties[0][0], self.parties[1][0]
        return second if party == first else first

    def deadline_s(self, precedence: Precedence, level: int) -> int | None:
        """Return seconds from release until receipt ``level`` is due, or None."""
        return self.deadlines[precedence][level]

    def second_person(self, form: str, precedence: Precedence) -> bool:
        """Tell whether this form at this precedence needs a second person's release."""
        lowest = self.two_person_forms.get(form)
        return lowest is not None and precedence >= lowest


def line_id(realm: Realm, root_a: bytes, root_b: bytes, ordinal: int) -> bytes:
    """Return the id of a line between two root key ids, whichever is named first."""
    low, high = sorted((root_a, root_b))
    return sha256(domain(realm, "line") + b"\x00" + cbor.encode((low, high, ordinal))).digest()[:LINE_ID_BYTES]


def default_charter(
    realm: Realm,
    ours: tuple[str, bytes],
    theirs: tuple[str, bytes],
    *,
    ordinal: int = 0,
    languages: tuple[str, ...] = ("en", "ru", "uk"),
) -> Charter:
    """Return the charter that two parties hold when neither asks for anything else.

    Args:
        ours: our party code and root key id.
        theirs: the same of the counterpart.
    """
    parties = tuple(sorted((ours, theirs), key=lambda entry: entry[1]))
    return Charter(
        realm=realm,
        parties=(parties[0], parties[1]),
        ordinal=ordinal,
        version=1,
        purpose=(
            "Deconfliction: to prevent miscalculation and incidents, "
            "and to protect installations containing dangerous forces."
        ),
        permitted_topics=PERMITTED_TOPICS,
        excluded_topics=EXCLUDED_TOPICS,
        languages=languages,
        hours="24/7",
        deadlines=DEFAULT_DEADLINES,
        test_plan=((360, "both"), (900, "both")),
        two_person_forms=TWO_PERSON_FORMS,
        forms=CHARTER_FORMS,
        mode=MODE_SIGNED,
        confidentiality="Existence and contents are disclosed only as each party decides for itself.",
        counting_rule=COUNTING_RULE,
        review_s=365 * 86_400,
        suspension_rule="Either party may suspend by saying so; receipts and STOP continue to be received.",
        agreements=(),
        may_open=("watch-officer", "releasing-officer", "principal"),
        protection="standard",
        clock_tolerance_s=120,
        late_s=DEFAULT_LATE_S,
    )


def charter_bytes(charter: Charter) -> bytes:
    """Return the charter's encoding, which both sides hash."""
    return cbor.encode(
        {
            1: PROFILE_VERSION,
            2: charter.realm.value,
            3: charter.parties,
            4: charter.ordinal,
            5: charter.version,
            6: charter.purpose,
            7: charter.permitted_topics,
            8: charter.excluded_topics,
            9: charter.languages,
            10: charter.hours,
            11: {int(p): tuple(seconds) for p, seconds in charter.deadlines.items()},
            12: charter.test_plan,
            13: {form: int(p) for form, p in charter.two_person_forms.items()},
            14: charter.forms,
            15: charter.mode,
            16: charter.confidentiality,
            17: dict(charter.counting_rule),
            18: charter.review_s,
            19: charter.suspension_rule,
            20: charter.agreements,
            21: charter.may_open,
            22: charter.protection,
            23: charter.clock_tolerance_s,
            24: {int(p): seconds for p, seconds in charter.late_s.items()},
        }
    )


def charter_hash(realm: Realm, data: bytes) -> bytes:
    """Return the hash that both assents name."""
    return sha256(domain(realm, "charter") + b"\x00" + data).digest()


def parse_charter(data: bytes, realm: Realm) -> Charter:
    """Parse and check a charter.

    Raises:
        PeerError: CHARTER-MALFORMED, CHARTER-MODE, CHARTER-PARTIES, RECORD-PROFILE, RECORD-REALM.
    """
    if len(data) > CHARTER_BYTES_MAX:
        raise PeerError(_CODE, limit=CHARTER_BYTES_MAX, got=len(data))
    read = FieldReader(cbor.decode(data), _CODE)
    if read.value(1) != PROFILE_VERSION:
        raise PeerError("RECORD-PROFILE", expected=PROFILE_VERSION, got=read.value(1))
    if read.value(2) != realm.value:
        raise PeerError("RECORD-REALM", expected=realm.value, got=read.value(2))
    if read.text(15) != MODE_SIGNED:
        raise PeerError("CHARTER-MODE", expected=MODE_SIGNED, got=read.text(15))
    return Charter(
        realm=realm,
        parties=_parties(read),
        ordinal=read.integer(4, 0, 1_000),
        version=read.integer(5, 1, 10_000),
        purpose=read.text(6),
        permitted_topics=read.texts(7),
        excluded_topics=read.texts(8),
        languages=read.texts(9, 8),
        hours=read.text(10),
        deadlines=_deadlines(read),
        test_plan=_test_plan(read),
        two_person_forms=_two_persons(read),
        forms=read.texts(14),
        mode=MODE_SIGNED,
        confidentiality=read.text(16),
        counting_rule={str(key): value for key, value in read.mapping(17).items()},
        review_s=read.integer(18, 1, 2**31),
        suspension_rule=read.text(19),
        agreements=_agreements(read),
        may_open=read.texts(21),
        protection=_protection(read),
        clock_tolerance_s=read.integer(23, 1, 86_400),
        late_s=_late(read),
    )


def _parties(read: FieldReader) -> tuple[tuple[str, bytes], tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in read.array(3, 2):
        if not isinstance(entry, tuple) or len(entry) != 2:
            raise PeerError("CHARTER-PARTIES")
        party, root = entry
        if not isinstance(party, str) or not isinstance(root, bytes) or len(root) != KEY_ID_BYTES:
            raise PeerError("CHARTER-PARTIES")
        found.append((_party(party), root))
    if len(found) != 2 or not found[0][1] < found[1][1] or found[0][0] == found[1][0]:
        raise PeerError("CHARTER-PARTIES", expected="two parties in order of their root key ids")
    return found[0], found[1]


def _party(code: str) -> str:
    try:
        return party_code(code, peer=True)
    except PeerError as error:
        raise PeerError("CHARTER-PARTIES", because=error.code) from error


def _precedence_map(read: FieldReader, number: int) -> dict[Precedence, CborValue]:
    raw = read.mapping(number)
    if set(raw) != {int(p) for p in Precedence}:
        read.refuse(field=number, expected="all four precedences")
    return {p: raw[int(p)] for p in Precedence}


def _deadlines(read: FieldReader) -> dict[Precedence, tuple[int | None, ...]]:
    found: dict[Precedence, tuple[int | None, ...]] = {}
    for precedence, row in _precedence_map(read, 11).items():
        if not isinstance(row, tuple) or len(row) != 5:
            read.refuse(field=11, expected="five deadlines")
        values: list[int | None] = []
        for seconds in row:
            if seconds is not None and (type(seconds) is not int or not 1 <= seconds <= DEADLINE_S_MAX):
                read.refuse(field=11, got=seconds)
            values.append(seconds)
        found[precedence] = tuple(values)
    return found


def _late(read: FieldReader) -> dict[Precedence, int]:
    found: dict[Precedence, int] = {}
    for precedence, seconds in _precedence_map(read, 24).items():
        if type(seconds) is not int or not 1 <= seconds <= DEADLINE_S_MAX:
            read.refuse(field=24, got=seconds)
        found[precedence] = seconds
    return found


def _two_persons(read: FieldReader) -> dict[str, Precedence]:
    found: dict[str, Precedence] = {}
    for form, lowest in read.mapping(13).items():
        if not isinstance(form, str) or type(lowest) is not int or not 0 <= lowest <= Precedence.FLASH:
            read.refuse(field=13, got=form)
        if form == "STOP":
            read.refuse(field=13, because="STOP never waits for a second person")
        found[form] = Precedence(lowest)
    return found


def _test_plan(read: FieldReader) -> tuple[tuple[int, str], ...]:
    found: list[tuple[int, str]] = []
    for entry in read.array(12, 96):
        if not isinstance(entry, tuple) or len(entry) != 2:
            read.refuse(field=12)
        minute, direction = entry
        if type(minute) is not int or not 0 <= minute < 1_440 or not isinstance(direction, str):
            read.refuse(field=12, got=minute)
        found.append((minute, direction))
    return tuple(found)


def _agreements(read: FieldReader) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for entry in read.array(20, 64):
        if not isinstance(entry, tuple) or len(entry) != 2:
            read.refuse(field=20)
        name, status = entry
        if not isinstance(name, str) or not isinstance(status, str):
            read.refuse(field=20)
        found.append((name, status))
    return tuple(found)


def _protection(read: FieldReader) -> str:
    value = read.text(22)
    if value not in {"standard", "full"}:
        read.refuse(field=22, expected="standard or full", got=value)
    return value
