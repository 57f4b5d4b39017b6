"""A change of who may act for the party: what it says, what it does to a list of officers, what it blocks at once.

Numbers of the fields are those of the records ``officer-change`` and ``officer-approval``. Everything here is
arithmetic over values: the desk judges who may propose and approve, the projection keeps what became of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from armslength.core.attestation import Kind, Officer, OfficerKey
from armslength.core.cose import ED25519
from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.keys import EDDSA, ES256, ESP256, PUBLIC_BYTES, PublicKey
from armslength.core.text import check_structured
from armslength.line.manifest import OFFICER_KEYS_MAX, OFFICER_NAME_CHARS_MAX, OFFICERS_MAX, ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from armslength.core.cbor import CborValue

CODE: Final = "OFFICER-CHANGE"

REASON_CHARS_MAX: Final = 500
"""A reason is read on one line of the list of changes."""

LABEL_CHARS_MAX: Final = 80
"""What is written on a key: `blue, desk 3`."""

CREDENTIAL_BYTES_MAX: Final = 1_023
"""As WebAuthn level 3, 4 bounds a credential id."""

ALGORITHMS: Final[Mapping[int, frozenset[int]]] = {
    Kind.RAW_KEY: frozenset({ED25519}),
    Kind.WEBAUTHN: frozenset({ED25519, EDDSA, ES256, ESP256}),
}
"""Kind of key -> algorithms, as docs/spec/manifest.md has them."""

OFFICER_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{1,63}")
"""A new id is typed, spoken, and the name of a file; those that a manifest lists already are as they are."""

STEP, NUMBER, WHAT, OFFICER, NAME, ROLES_FIELD, KEY, KEY_ID, CREDENTIAL, REASON = range(20, 30)
CODE_HASH, CODE_UNTIL, LABEL, UNDOES = 30, 31, 32, 33
VALUE: Final = (WHAT, OFFICER, NAME, ROLES_FIELD, KEY, KEY_ID, CREDENTIAL, LABEL, UNDOES)
"""The fields that say what is changed; an approval repeats them, so that what is signed is what was seen."""


class What(StrEnum):
    """What a change does."""

    ADD_KEY = "ADD-KEY"
    REMOVE_KEY = "REMOVE-KEY"
    ADD_OFFICER = "ADD-OFFICER"
    ROLES = "ROLES"
    REMOVE_OFFICER = "REMOVE-OFFICER"
    RECOVER = "RECOVER"
    UNDO = "UNDO"


class Step(StrEnum):
    """What a record does to a change."""

    PROPOSE = "PROPOSE"
    CODE = "CODE"
    OFFER = "OFFER"
    APPROVE = "APPROVE"
    REJECT = "REJECT"


class Status(StrEnum):
    """How a change stands."""

    CODE = "CODE"
    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    IN_FORCE = "IN-FORCE"


URGENT: Final = frozenset({What.REMOVE_KEY, What.REMOVE_OFFICER, What.RECOVER, What.ROLES})
"""What takes something away here at once, before the root has signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change. Which fields it has beside the officer follows from what it does."""

    what: What
    officer: str
    name: str | None = None
    roles: frozenset[str] = frozenset()
    key: OfficerKey | None = None
    key_id: bytes | None = None
    credential_id: bytes | None = None
    label: str = ""
    undoes: str | None = None

    def value(self) -> dict[int, CborValue]:
        """Return its fields, as a record and a view carry them; only those it has."""
        found: dict[int, CborValue | None] = {
            WHAT: self.what.value,
            OFFICER: self.officer,
            NAME: self.name,
            ROLES_FIELD: tuple(sorted(self.roles)) or None,
            KEY: None if self.key is None else (int(self.key.kind), self.key.key.alg, self.key.key.public),
            KEY_ID: self.key_id,
            CREDENTIAL: self.credential_id,
            LABEL: self.label or None,
            UNDOES: self.undoes,
        }
        return {number: value for number, value in found.items() if value is not None}


def change_from_value(value: Mapping[int, CborValue]) -> Change:
    """Read a change from the fields of a record.

    Raises:
        LocalError: OFFICER-CHANGE names the field that is wrong; OFFICER-KEY-MALFORMED.
    """
    read = FieldReader(dict(value), CODE, LocalError)
    try:
        what = What(read.text(WHAT, 16))
    except ValueError as error:
        raise LocalError(CODE, field="what", expected=", ".join(What), got=value.get(WHAT)) from error
    change = Change(
        what=what,
        officer=read.text(OFFICER, 64),
        name=read.text(NAME, OFFICER_NAME_CHARS_MAX) if read.has(NAME) else None,
        roles=frozenset(read.texts(ROLES_FIELD, len(ROLES))) if read.has(ROLES_FIELD) else frozenset(),
        key=key_from_value(read.array(KEY, 3)) if read.has(KEY) else None,
        key_id=read.octets(KEY_ID, 16) if read.has(KEY_ID) else None,
        credential_id=_credential(value[CREDENTIAL]) if read.has(CREDENTIAL) else None,
        label=read.text(LABEL, LABEL_CHARS_MAX) if read.has(LABEL) else "",
        undoes=read.text(UNDOES, 32) if read.has(UNDOES) else None,
    )
    _check_shape(change)
    return change


_NEEDS: Final[Mapping[What, tuple[frozenset[str], frozenset[str]]]] = {
    What.ADD_KEY: (frozenset({"key"}), frozenset({"credential_id", "label"})),
    What.REMOVE_KEY: (frozenset({"key_id"}), frozenset()),
    What.ADD_OFFICER: (frozenset({"name", "roles"}), frozenset({"key", "label"})),
    What.ROLES: (frozenset({"roles"}), frozenset()),
    What.REMOVE_OFFICER: (frozenset(), frozenset()),
    What.RECOVER: (frozenset({"key"}), frozenset({"credential_id", "label"})),
    What.UNDO: (frozenset({"undoes"}), frozenset()),
}
"""What a change does -> the fields that it must have and those that it may have beside the officer."""


def _check_shape(change: Change) -> None:
    must, may = _NEEDS[change.what]
    every = ("name", "roles", "key", "key_id", "credential_id", "label", "undoes")
    has = {name for name in every if getattr(change, name)}
    if not must <= has or not has <= must | may:
        raise LocalError(CODE, field=", ".join(sorted(must ^ (has - may))), because=f"of {change.what}")
    if change.what is What.ADD_OFFICER and not OFFICER_ID.fullmatch(change.officer):
        raise LocalError(CODE, field="officer", expected="small letters, digits and hyphens", got=change.officer)
    if not change.roles <= ROLES:
        raise LocalError(CODE, field="roles", expected=", ".join(sorted(ROLES)))
    for text in (change.name or "", change.label):
        check_structured(text)
    passkey = change.key is not None and change.key.kind is Kind.WEBAUTHN
    if passkey is not (change.credential_id is not None):
        raise LocalError(CODE, field="credential", expected="of a passkey, and of nothing else")


def key_from_value(value: tuple[CborValue, ...]) -> OfficerKey:
    """Return an officer's key from ``(kind, algorithm, public bytes)``.

    Raises:
        LocalError: OFFICER-KEY-MALFORMED.
    """
    kind, alg, public = value if len(value) == 3 else (None, None, None)
    if type(kind) is not int or kind not in ALGORITHMS or type(alg) is not int or alg not in ALGORITHMS[kind]:
        raise LocalError("OFFICER-KEY-MALFORMED", expected="a kind of key and an algorithm of that kind")
    if not isinstance(public, bytes) or len(public) != PUBLIC_BYTES[alg]:
        raise LocalError("OFFICER-KEY-MALFORMED", expected=f"{PUBLIC_BYTES[alg]} bytes")
    key = PublicKey(alg, public)
    if alg in {ED25519, EDDSA}:
        try:
            key.verifier()
        except Exception as error:
            raise LocalError("OFFICER-KEY-MALFORMED", because="a public key of small order") from error
    return OfficerKey(kind=Kind(kind), key=key)


def _credential(value: CborValue) -> bytes:
    if not isinstance(value, bytes) or not 0 < len(value) <= CREDENTIAL_BYTES_MAX:
        raise LocalError(CODE, field="credential", limit=CREDENTIAL_BYTES_MAX)
    return value


# --- what it does -----------------------------------------------------------------------------------------------------


def applied(officers: Mapping[str, Officer], changes: Iterable[Change]) -> dict[str, Officer]:
    """Return the list of officers after some changes, in their order; one that fits no officer does nothing."""
    found = dict(officers)
    for change in changes:
        _apply(found, change)
    return found


def _apply(officers: dict[str, Officer], change: Change) -> None:
    one = officers.get(change.officer)
    if change.what is What.ADD_OFFICER:
        if one is None and len(officers) < OFFICERS_MAX:
            keys = () if change.key is None else (change.key,)
            officers[change.officer] = Officer(
                officer=change.officer, name=change.name or change.officer, roles=change.roles, keys=keys
            )
        return
    if one is None:
        return
    if change.what is What.REMOVE_OFFICER:
        del officers[change.officer]
    else:
        officers[change.officer] = _changed(one, change)


def _changed(one: Officer, change: Change) -> Officer:
    if change.what is What.ROLES:
        return replace(one, roles=change.roles)
    if change.what is What.REMOVE_KEY:
        return replace(one, keys=tuple(key for key in one.keys if key.key_id != change.key_id))
    if change.key is None or change.what not in {What.ADD_KEY, What.RECOVER}:
        return one
    if change.what is What.RECOVER:
        return replace(one, keys=(change.key,))
    held = any(key.key.public == change.key.key.public for key in one.keys)
    return one if held or len(one.keys) >= OFFICER_KEYS_MAX else replace(one, keys=(*one.keys, change.key))


def settled(officers: Mapping[str, Officer], changes: list[Change], after: Mapping[str, Officer]) -> list[bool]:
    """Tell which of the approved changes a new list of officers holds.

    The root signs what was approved until a moment, in that order: the longest beginning of the list that explains the
    new one is taken. A manifest that was made otherwise is held against each change by itself.
    """
    for count in range(len(changes), 0, -1):
        if applied(officers, changes[:count]) == dict(after):
            return [position < count for position in range(len(changes))]
    return [applied(after, [change]) == dict(after) for change in changes]


def restricted(officers: Mapping[str, Officer], changes: Iterable[Change]) -> dict[str, Officer]:
    """Return who may act here while approved changes wait for the root: what they take away is gone, nothing is added.

    An officer who lost all keys may not act at all until the new one stands in the manifest.
    """
    found = dict(officers)
    for change in changes:
        one = found.get(change.officer)
        if one is None or change.what not in URGENT:
            continue
        if change.what in {What.REMOVE_OFFICER, What.RECOVER}:
            del found[change.officer]
        elif change.what is What.ROLES:
            found[change.officer] = replace(one, roles=one.roles & change.roles)
        else:
            found[change.officer] = _changed(one, change)
    return found
