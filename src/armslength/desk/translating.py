"""Translations, terms and drafting checks: what officers record and the clock does with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from armslength.core.errors import LocalError
from armslength.core.instants import Instant
from armslength.core.limits import TEXT_BYTES_MAX
from armslength.core.record import NO_LINE, SEED_BYTES
from armslength.core.text import check_text
from armslength.desk import alarms, answering, drafting, policy, term_records, translation_records, views
from armslength.desk import cast as who
from armslength.desk.prepared import Prepared, Signed, check_own_acts
from armslength.language.translations import Effect, Stage, Subject
from armslength.line import fields, forms
from armslength.line.form_types import FieldKind
from armslength.line.form_values import word_count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.language.translations import Step, Translation

_NUMBERED: Final = {"CL-": (Subject.CALL, views.CALLS), "CT-": (Subject.CONTACT, views.CONTACT_NUMBERS)}


class Original(NamedTuple):
    """What is translated, as the books hold it.

    Args:
        subject: what it is.
        reference: hash or number of it.
        name: what people call it.
        form: code of its form, empty for a call or contact.
        peer: whose line it is on, empty for none.
        language: tag of the original; empty where the books do not say.
        texts: name and text of each free text.
        received_at: from when the minutes run.
        needs_linguist: whether anything but codes is in it.
        body: the message's fields; None for a call or contact.
    """

    subject: Subject
    reference: str
    name: str
    form: str
    peer: str
    language: str
    texts: tuple[tuple[str, str], ...]
    received_at: Instant
    needs_linguist: bool
    body: Mapping[int, Any] | None


# --- what is translated -----------------------------------------------------------------------------------------------


def original(books: Books, name: str, line: str | None = None) -> Original:
    """Return what a person means by a name: a message, a draft, or the number of a call or contact.

    Raises:
        LocalError: TRANSLATION-SUBJECT-UNKNOWN, LINE-..., CONTENT-DESTROYED.
    """
    asked = name.upper()
    for prefix, (subject, view) in _NUMBERED.items():
        if asked.startswith(prefix):
            if books.unit.get(view, asked.encode()) is None:
                raise LocalError("TRANSLATION-SUBJECT-UNKNOWN", asked=name)
            return Original(subject, asked, asked, "", "", "", (), books.now, True, None)
    found = _message(books, name, line)
    if found is not None:
        return found
    try:
        key, row = drafting.find_draft(books, name)
    except LocalError:
        raise LocalError("TRANSLATION-SUBJECT-UNKNOWN", asked=name) from None
    body = dict(drafting.draft_prepared(row).body)
    peer = books.line(row[1]).peer
    return _of_body(Subject.DRAFT, key.hex(), f"draft {key.hex()[:12]}", peer, body, Instant(row[8]))


def _message(books: Books, name: str, line: str | None) -> Original | None:
    if line is None and len(name) == 64 and (row := views.row(books.unit, views.MESSAGES, _hex(name))) is not None:
        key = _hex(name)
    else:
        try:
            view = who.find_line(books.unit, books.realm, line)
            key, row = answering.find_message(books, view.line, name)
        except LocalError:
            return None
    if row[5] != "message":
        return None
    peer = books.line(row[1]).peer
    called = f"{'in' if row[2] == views.IN else 'out'}:{row[3]}"
    return _of_body(Subject.MESSAGE, key.hex(), called, peer, answering.message_body(books, row), Instant(row[10]))


def _hex(name: str) -> bytes:
    try:
        return bytes.fromhex(name)
    except ValueError:
        return b""


def _of_body(subject: Subject, reference: str, name: str, peer: str, body: Mapping[int, Any], at: Instant) -> Original:
    form = str(body.get(fields.FORM_CODE))
    entry = forms.FORMS.get(form)
    known = forms.fields_of(entry) if entry is not None else {}
    texts = tuple(
        (known[number].name, str(body[number]))
        for number in sorted(known.keys() & body.keys())
        if known[number].kind is FieldKind.TEXT
    )
    language = body.get(fields.LANGUAGE)
    needed = entry is None or word_count(entry, body) > 0
    spoken = language if isinstance(language, str) else ""
    return Original(subject, reference, name, form, peer, spoken, texts, at, needed, body)


# --- preparing --------------------------------------------------------------------------------------------------------


def prepare_translation(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    """Return the body of a stage of a translation, of a correction, or of a back-translation.

    Args:
        books: the books.
        officer: the linguist.
        given: name, line, into, stage (or BACK), text, doubts, changes, changed, machine, source, original, received,
            agrees.

    Raises:
        LocalError: TRANSLATION-... codes; TEXT-... codes.
    """
    meant = original(books, str(given["name"]), _text(given, "line") or None)
    language = str(given["into"])
    held = translation_records.held(books.unit, translation_records.key_of(meant.subject, meant.reference, language))
    body: dict[int, CborValue] = {
        **books.common(officer),
        20: meant.subject.value,
        21: meant.reference,
        22: language,
        23: _text(given, "source") or meant.language or (held.source if held else "und"),
        24: str(given["stage"]).upper(),
        25: str(given["text"]),
        26: tuple((str(one["quote"]), str(one["note"])) for one in given.get("doubts") or ()),
        28: _text(given, "changed"),
        30: len(held.versions) + 1 if held else 1,
        31: held.received_at if held else given.get("received_at") or meant.received_at,
    }
    if given.get("changes") is not None:
        body[27] = given["changes"] is True
    if given.get("machine"):
        body[29] = str(given["machine"])
    if meant.body is None and held is None:
        body[32] = _text(given, "original")
    if body[24] == translation_records.BACK:
        body[33] = given.get("agrees") is True
    _check(books, body)
    return Prepared(type="translation", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def prepare_reading(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    """Return the body by which an officer says that he read a version; the newest when none is named.

    Raises:
        LocalError: TRANSLATION-UNKNOWN, TRANSLATION-VALUE.
    """
    meant = original(books, str(given["name"]), _text(given, "line") or None)
    language = str(given["into"])
    held = translation_records.held(books.unit, translation_records.key_of(meant.subject, meant.reference, language))
    if held is None or not held.versions:
        raise LocalError("TRANSLATION-UNKNOWN", asked=meant.name, language=language)
    body: dict[int, CborValue] = {
        **books.common(officer),
        20: meant.subject.value,
        21: meant.reference,
        22: language,
        23: int(given.get("version") or len(held.versions)),
    }
    _check(books, body)
    return Prepared(type="translation-read", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    return "" if value is None else str(value)


# --- entering ---------------------------------------------------------------------------------------------------------


def _submit(books: Books, signed: Signed) -> int:
    prepared = signed.prepared
    acts = check_own_acts(books, prepared, signed.acts)
    act, roles = policy.LOCAL_ACTS[prepared.type]
    policy.require(acts[0], act, roles, str(prepared.body.get(5)))
    step = _check(books, prepared.body)
    record = books.make(prepared.type, NO_LINE, prepared.body, body_seed=prepared.seed, acts=signed.acts)
    index = books.enter(prepared.type, record)
    if Effect.ALERT_READERS in step.effects:
        _alert(books, step.state)
    return index


def _check(books: Books, body: Mapping[int, CborValue]) -> Step:
    """Return what a record would leave.

    Raises:
        LocalError: TRANSLATION-... codes.
    """
    if 24 in body and body.get(20) in _HASHED:
        _check_message(books, body)
    elif 24 in body:
        number = str(body.get(21))
        view = next((view for subject, view in _NUMBERED.values() if subject == body.get(20)), None)
        if view is None or books.unit.get(view, number.encode()) is None:
            raise LocalError("TRANSLATION-SUBJECT-UNKNOWN", asked=number)
        _check_said(books, body, number)
    return translation_records.by_record(books.unit, body, books.now)[0]


_HASHED: Final = frozenset({Subject.MESSAGE.value, Subject.DRAFT.value})


def _check_said(books: Books, body: Mapping[int, CborValue], number: str) -> None:
    """What was said stands in no message: the first version brings it, and it is not given anew with a later one."""
    key = translation_records.key_of(Subject(str(body[20])), number, str(body.get(22)))
    if books.unit.get(views.TRANSLATIONS, key) is not None:
        if 32 in body:
            raise LocalError("TRANSLATION-VALUE", field="original", expected="that of the first version")
        return
    said, received = body.get(32), body.get(31)
    if not isinstance(said, str) or not said.strip():
        raise LocalError("TRANSLATION-VALUE", field="original", expected="what was said, in its own language")
    check_text(said, bytes_max=TEXT_BYTES_MAX)
    if type(received) is not int or received > books.now:
        raise LocalError("TRANSLATION-VALUE", field="received", expected="a time that has passed", got=received)


def _check_message(books: Books, body: Mapping[int, CborValue]) -> None:
    name = str(body.get(21))
    meant = original(books, name)
    if (meant.subject.value, meant.reference) != (body.get(20), name):
        raise LocalError("TRANSLATION-SUBJECT-UNKNOWN", asked=name)
    key = translation_records.key_of(meant.subject, name, str(body.get(22)))
    # Minutes are told from when the books say that it came, not from what a face was given.
    if books.unit.get(views.TRANSLATIONS, key) is None and body.get(31) != meant.received_at:
        raise LocalError("TRANSLATION-VALUE", field="received", expected=meant.received_at, got=body.get(31))


def _alert(books: Books, state: Translation) -> None:
    """Raise one alarm for each reader of an earlier version, who is named in it."""
    newest = state.versions[-1]
    key = translation_records.key_of(state.subject, state.reference, state.language)
    called = _called(books, state)
    for officer, number in sorted(state.owed.items()):
        if number != newest.number:
            continue
        read = max(one.number for one in state.readings if one.officer == officer)
        before = state.versions[read - 1].stage.value
        alarms.raise_alarm(
            books,
            translation_records.ALARM,
            NO_LINE,
            translation_records.alarm_reference(key, officer),
            number,
            detail=(
                f"{officer} read {before} (version {read}) of {called} in {state.language}; "
                f"{newest.stage.value} (version {number}) says: {newest.changed}"
            ),
        )


def _called(books: Books, state: Translation) -> str:
    """Return what people call the thing that is translated: a hash tells nobody which message it was."""
    if state.subject is Subject.MESSAGE:
        row = views.row(books.unit, views.MESSAGES, bytes.fromhex(state.reference))
        if row is not None:
            side = "in" if row[2] == views.IN else "out"
            return f"{side}:{row[3]} ({books.line(row[1]).peer})"
    return f"draft {state.reference[:12]}" if state.subject is Subject.DRAFT else state.reference


# --- terms and the rule of a line -------------------------------------------------------------------------------------


def prepare_term(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    """Return the body of entries of the term base, or of a line's rule for names and back-translations.

    Raises:
        LocalError: TERM-VALUE, NAME-RULE, TEXT-... codes, LINE-NOT-FOUND.
    """
    body: dict[int, CborValue] = {**books.common(officer)}
    if "names" in given or "back_from" in given:
        peer = _text(given, "peer").upper()
        before = term_records.rule(books.unit, peer)
        body |= {
            20: term_records.RULE,
            21: peer,
            22: _text(given, "names") or before.names,
            23: (_text(given, "back_from") or before.back_from).upper(),
            24: str(given["reason"]),
        }
    else:
        body |= {
            20: term_records.ENTRIES,
            21: tuple(tuple(_text(one, name) for name in _CELLS) for one in given["entries"]),
            22: _text(given, "file"),
        }
    _check_term(books, body)
    return Prepared(type="term", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


_CELLS: Final = ("concept", "language", "term", "status", "definition", "source", "note", "part", "gender")


def _check_term(books: Books, body: Mapping[int, CborValue]) -> None:
    if body.get(20) == term_records.RULE:
        peer, _ = term_records.rule_of(body)
        if peer:
            who.find_line(books.unit, books.realm, peer)
        return
    if body.get(20) != term_records.ENTRIES:
        raise LocalError("TERM-VALUE", field="record", expected=f"{term_records.ENTRIES} or {term_records.RULE}")
    term_records.entries_of(body)


def _submit_term(books: Books, signed: Signed) -> int:
    prepared = signed.prepared
    acts = check_own_acts(books, prepared, signed.acts)
    act, roles = policy.LOCAL_ACTS[prepared.type]
    policy.require(acts[0], act, roles, str(prepared.body.get(5)))
    _check_term(books, prepared.body)
    record = books.make(prepared.type, NO_LINE, prepared.body, body_seed=prepared.seed, acts=signed.acts)
    return books.enter(prepared.type, record)


# --- back-translation -------------------------------------------------------------------------------------------------


def back_translation_missing(books: Books, meant: Original) -> str:
    """Return a sentence where a release is expected to have been translated back and was not; empty otherwise."""
    body = meant.body
    if body is None or not meant.needs_linguist or body.get(3) != books.party:
        return ""
    precedence = body.get(fields.PRECEDENCE)
    rule = term_records.rule(books.unit, meant.peer)
    if type(precedence) is not int or not rule.wants_back_translation(precedence):
        return ""
    subjects = {(meant.subject, meant.reference)}
    draft = translation_records.draft_key(books.unit, meant.subject, meant.reference)
    if draft:
        subjects.add((Subject.DRAFT, draft.hex()))
    backs = [
        back
        for subject, reference in subjects
        for _, row in translation_records.languages_of(books.unit, subject, reference)
        for back in translation_records.translation_of(row).backs
    ]
    if not backs:
        return f"No back-translation by a second linguist; this desk wants one from {rule.back_from}."
    if not backs[-1].agrees:
        return f"The back-translation by {backs[-1].linguist} does not agree: {backs[-1].note}"
    return ""


def stage_names() -> tuple[str, ...]:
    """Return what a linguist may record, in order."""
    return (*(stage.value for stage in Stage), translation_records.BACK)


SUBMITS: Final[Mapping[str, Callable[[Books, Signed], int]]] = {
    "translation": _submit,
    "translation-read": _submit,
    "term": _submit_term,
}
"""Record type -> what enters it, for `Service.submit`."""

ROLES: Final[Mapping[str, Callable[[Mapping[int, CborValue]], frozenset[str]]]] = {}
"""Record type -> roles for that very body, where `policy.LOCAL_ACTS` alone does not say it."""

TICKS: Final[tuple[tuple[str, Callable[[Books, bytes], object]], ...]] = ()
"""View and what is done with a row of it that falls due: a linguist is not hurried by a bell."""
