"""What a record does to a translation: read once, used live and by the projection alike."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.attestation import parse_attestation
from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.instants import Instant
from armslength.core.limits import TEXT_BYTES_MAX
from armslength.core.record import NO_LINE
from armslength.desk import alarm_state, alarms, views
from armslength.language import translations
from armslength.language.translations import (
    Back,
    Doubt,
    Event,
    EventKind,
    Reading,
    Stage,
    Step,
    Subject,
    Translation,
    Version,
    member,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.ports import Unit

    Body = Mapping[int, Any]

ALARM: Final = "TRANSLATION-CHANGED"
BACK: Final = "BACK"
"""Stands for a stage in the record of a back-translation."""

ORIGINAL: Final = 6
"""Field of a row: the original of a call or a contact, which no message holds."""

NAME_CHARS_MAX: Final = 64
"""A hash in hexadecimal, or a number that people say."""


def key_of(subject: Subject, reference: str, language: str) -> bytes:
    """Return the key of a translation's row."""
    return b"\x00".join((subject.value.encode(), reference.encode(), language.encode()))


def held(unit: Unit, key: bytes) -> Translation | None:
    """Return a translation as it is held, None when there is none."""
    row = views.row(unit, views.TRANSLATIONS, key)
    return None if row is None else translation_of(row)


def languages_of(unit: Unit, subject: Subject, reference: str) -> list[tuple[bytes, views.Row]]:
    """Return the rows of all translations of one thing, by language."""
    return views.rows(unit, views.TRANSLATIONS, key_of(subject, reference, ""))


def put(unit: Unit, state: Translation, entry: int, original: str) -> None:
    """Store a translation."""
    row: dict[int, CborValue] = {
        1: state.subject.value,
        2: state.reference,
        3: state.language,
        4: state.source,
        5: state.received_at,
        ORIGINAL: original,
        7: tuple(_version_value(one) for one in state.versions),
        8: tuple((one.officer, one.number, one.at) for one in state.readings),
        9: tuple(sorted(state.owed.items())),
        10: tuple((one.text, one.linguist, one.at, one.agrees, one.note) for one in state.backs),
        11: entry,
    }
    unit.put(views.TRANSLATIONS, key_of(state.subject, state.reference, state.language), row)


def _version_value(one: Version) -> tuple[CborValue, ...]:
    doubts = tuple((doubt.quote, doubt.note) for doubt in one.doubts)
    return (one.stage.value, one.text, one.linguist, one.at, doubts, one.changes, one.changed, one.machine)


def translation_of(row: views.Row) -> Translation:
    """Return a translation from its row."""
    return Translation(
        subject=Subject(row[1]),
        reference=row[2],
        language=row[3],
        source=row[4],
        received_at=Instant(row[5]),
        versions=tuple(
            Version(
                number=number,
                stage=Stage(stage),
                text=text,
                linguist=linguist,
                at=Instant(at),
                doubts=tuple(Doubt(quote=quote, note=note) for quote, note in doubts),
                changes=changes,
                changed=changed,
                machine=machine,
            )
            for number, (stage, text, linguist, at, doubts, changes, changed, machine) in enumerate(row[7], 1)
        ),
        readings=tuple(Reading(officer=who, number=number, at=Instant(at)) for who, number, at in row[8]),
        owed=dict(row[9]),
        backs=tuple(
            Back(text=text, linguist=who, at=Instant(at), agrees=agrees, note=note)
            for text, who, at, agrees, note in row[10]
        ),
    )


# --- records ----------------------------------------------------------------------------------------------------------


def by_record(unit: Unit, body: Body, at: Instant) -> tuple[Step, str]:
    """Return the translation that a record `translation` or `translation-read` leaves, and the original it keeps.

    Raises:
        LocalError: TRANSLATION-... codes.
    """
    fields = FieldReader(body, "TRANSLATION-VALUE", LocalError)
    subject, reference = member(Subject, body.get(20)), fields.text(21, NAME_CHARS_MAX)
    language = translations.check_language(fields.text(22))
    row = views.row(unit, views.TRANSLATIONS, key_of(subject, reference, language))
    officer = str(body.get(5) or "")
    if 24 not in body:
        if row is None:
            raise LocalError("TRANSLATION-UNKNOWN", asked=reference, language=language)
        event = Event(kind=EventKind.READ, officer=officer, expected=fields.integer(23))
        return translations.step(translation_of(row), event, at), row[ORIGINAL]
    state = _begun(fields, subject, reference, language) if row is None else translation_of(row)
    original = str(body.get(32) or "") if row is None else row[ORIGINAL]
    return translations.step(state, _event(unit, fields, subject, reference, officer), at), original


def _begun(fields: FieldReader, subject: Subject, reference: str, language: str) -> Translation:
    source = translations.check_language(fields.text(23))
    if source == language:
        raise LocalError("TRANSLATION-VALUE", field="language", expected=f"another than {source}", got=language)
    return Translation(
        subject=subject, reference=reference, language=language, source=source, received_at=fields.instant(31)
    )


def _event(unit: Unit, fields: FieldReader, subject: Subject, reference: str, officer: str) -> Event:
    text = fields.text(25, TEXT_BYTES_MAX)
    changed = fields.value(28)
    if fields.value(24) == BACK:
        return Event(
            kind=EventKind.BACK,
            officer=officer,
            text=text,
            agrees=fields.flag(33),
            changed=changed if isinstance(changed, str) else "",
            others=hands_in(unit, subject, reference),
        )
    changes = fields.flag(27) if fields.has(27) else None
    return Event(
        kind=EventKind.ADD,
        officer=officer,
        expected=fields.integer(30),
        stage=member(Stage, fields.value(24)),
        text=text,
        doubts=tuple(_doubt(value, fields) for value in fields.array(26)),
        changes=changes,
        changed=changed if isinstance(changed, str) else "",
        machine=fields.text(29) if fields.has(29) else "",
    )


def _doubt(value: CborValue, fields: FieldReader) -> Doubt:
    if not isinstance(value, tuple) or len(value) != 2 or not all(isinstance(one, str) for one in value):
        fields.refuse(field=26, expected="pairs of words and a note")
    quote, note = cast("tuple[str, str]", value)
    return Doubt(quote=quote, note=note)


def hands_in(unit: Unit, subject: Subject, reference: str) -> frozenset[str]:
    """Return who drafted a message of ours and who checked it; they do not translate it back."""
    draft = draft_key(unit, subject, reference)
    row = views.row(unit, views.DRAFTS, draft) if draft else None
    if row is None:
        return frozenset()
    return frozenset({parse_attestation(row[4]).officer, *(str(check[1]) for check in row[6])})


def draft_key(unit: Unit, subject: Subject, reference: str) -> bytes:
    """Return the hash of the draft that is meant, or from which a message of ours was released; empty for none."""
    if subject is Subject.DRAFT:
        return bytes.fromhex(reference)
    row = views.row(unit, views.MESSAGES, bytes.fromhex(reference)) if subject is Subject.MESSAGE else None
    return cast("bytes", row[15]) if row is not None and isinstance(row.get(15), bytes) else b""


# --- alarms -----------------------------------------------------------------------------------------------------------


def alarm_reference(key: bytes, officer: str) -> bytes:
    """Return what the alarm for one reader refers to."""
    return sha256(key + b"\x00" + officer.encode()).digest()


def close_alarms(unit: Unit, state: Translation, officer: str, at: Instant) -> None:
    """End the alarms of a reader who has read what stands: the act of reading is what accepts them."""
    if officer in state.owed:
        return
    reference = alarm_reference(key_of(state.subject, state.reference, state.language), officer)
    for version in state.versions:
        identity = alarms.alarm_id(ALARM, NO_LINE, reference, version.number)
        row = views.row(unit, views.ALARMS, identity) if version.changes else None
        if row is not None and row[8] is None:
            row[8], row[9] = at, officer
            alarm_state.put(unit, identity, row)


def require_read(row: views.Row) -> None:
    """Refuse that anybody accepts the alarm of a reader who has yet to read: only reading ends it.

    Raises:
        LocalError: TRANSLATION-UNREAD.
    """
    if row[1] == ALARM and row[8] is None:
        raise LocalError("TRANSLATION-UNREAD", alarm=row[5])
