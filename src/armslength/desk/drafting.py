"""From draft to release: prepare, draft, check, release - each a signed act of a person.

Two-person release by form and precedence, the legal tick and the linguist's check where the form wants them,
delegations as dated records. STOP waits for nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from armslength.core import cbor
from armslength.core.attestation import Attestation, parse_attestation
from armslength.core.errors import LocalError
from armslength.core.limits import ITEM_BYTES_MAX
from armslength.core.precedence import Precedence
from armslength.core.record import SEED_BYTES, encode_item
from armslength.desk import (
    alarms,
    delegation,
    list_changes,
    listing,
    notice_rows,
    phrasing,
    policy,
    views,
    window_changes,
    windowing,
)
from armslength.desk.inbound_messages import acts_of, related, stands
from armslength.desk.prepared import Prepared, Signed, check_own_acts
from armslength.language.translations import refuse_machine_text
from armslength.line import braid, fields, forms, session
from armslength.line.acts import LINK_DELEGATION, persons_of
from armslength.line.form_values import takes_back, validate, word_count
from armslength.line.notices import check_agreement
from armslength.line.relations import Steps, check_relation, steps_to_relate, steps_to_send

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.cast import LineView

DRAFTED: Final = "DRAFTED"
RETURNED: Final = "RETURNED"
RELEASED: Final = "RELEASED"
WITHDRAWN: Final = "WITHDRAWN"


def prepare_message(
    books: Books,
    line: LineView,
    officer: str,
    form: str,
    precedence: Precedence,
    values: Mapping[int, CborValue],
    *,
    handling: str | None = None,
    releasable: tuple[str, ...] | None = None,
) -> Prepared:
    """Return the body of a message of ours, valid for its form.

    Args:
        values: form fields by number.
        handling: a marking of `policy.HANDLING_MARKINGS`; for the two parties only when the drafter says nothing.
        releasable: further parties to whom it may be passed.

    Raises:
        LocalError: DRAFT-... codes, HANDLING-... codes.
    """
    entry = forms.form(form)
    common = books.common(officer, (line.peer,))
    if handling is not None:
        common[fields.HANDLING] = handling
    if releasable is not None:
        others = tuple(party for party in releasable if party not in {books.party, line.peer})
        common[fields.RELEASABLE_TO] = (books.party, line.peer, *others)
    body: dict[int, CborValue] = {
        **common,
        fields.FORM_CODE: entry.code,
        fields.FORM_VERSION: entry.version,
        fields.PRECEDENCE: int(precedence),
        fields.LANGUAGE: books.manifest().languages[0],
        **values,
    }
    prepared = Prepared(type="message", line=line.line, seed=books.rng.bytes(SEED_BYTES), body=body)
    policy.check_handling(books.party, body)
    check_message(books, line, prepared)
    return prepared


def check_message(books: Books, line: LineView, prepared: Prepared) -> None:
    """Refuse a message of ours that its form, the charter or a relation does not allow.

    Raises:
        LocalError: DRAFT-... codes, CHARTER-EXCLUDES, TRANSLATION-MACHINE, and what windows of silence and lists of
            sites refuse.
    """
    body = prepared.body
    for value in body.values():
        _refuse_machine(value)
    entry = forms.form(str(body.get(fields.FORM_CODE)))
    raw = body.get(fields.PRECEDENCE)
    precedence = Precedence(raw) if type(raw) is int and 0 <= raw <= Precedence.FLASH else Precedence.ROUTINE
    validate(entry, body, precedence, family=LocalError)
    topic = body.get(fields.TOPIC)
    if entry.code not in line.charter.forms or (
        isinstance(topic, str) and topic.lower() in line.charter.excluded_topics
    ):
        raise LocalError("CHARTER-EXCLUDES", form=entry.code, topic=topic or "none")
    if body.get(4) != (line.peer,):
        raise LocalError("SUBMIT-FOREIGN", expected=line.peer, got=body.get(4))
    relation = body.get(fields.RELATION)
    if isinstance(relation, tuple):
        verb, target = str(relation[0]), related(books, line, body)
        if target is None:
            raise LocalError("DRAFT-RELATION", verb=verb, expected="a message of this line")
        row = {2: views.OUT, 6: entry.code, 7: int(precedence), 12: relation}
        check_relation(verb, stands(books, line, row), stands(books, line, target))
    check_agreement(line.charter.agreements, body)
    windowing.check_draft(books, line, body)
    listing.check_draft(books, line, body)
    phrasing.check_draft(books, line, body)


def _refuse_machine(value: CborValue) -> None:
    """Whatever a program translated goes to nobody before a linguist has made it his own, not in a list either."""
    if isinstance(value, str):
        refuse_machine_text(value)
    elif isinstance(value, tuple):
        for one in value:
            _refuse_machine(one)


def submit_draft(books: Books, signed: Signed) -> bytes:
    """Enter a draft for checking; return its body hash, by which it is named from now on.

    Raises:
        LocalError: LINE-NOT-READY, DRAFT-..., ACT-..., ROLE-REFUSED.
    """
    prepared = signed.prepared
    line = books.line(prepared.line)
    body_hash = prepared.body_hash(books.realm)
    if books.unit.get(views.DRAFTS, body_hash) is not None:
        return body_hash
    acts = check_own_acts(books, prepared, signed.acts)
    entry = forms.form(str(prepared.body.get(fields.FORM_CODE)))
    policy.require(acts[0], "draft", entry.drafters, str(prepared.body.get(5)))
    check_message(books, line, prepared)
    fields_: dict[int, CborValue] = {
        20: body_hash,
        21: cbor.encode(dict(prepared.body)),
        22: prepared.seed,
        23: signed.acts[0],
    }
    books.enter("draft", books.make("draft", line.line, {**books.common(acts[0].officer), **fields_}))
    return body_hash


def find_draft(books: Books, name: str) -> tuple[bytes, views.Row]:
    """Return the draft that a person means by the start of its hexadecimal hash.

    Raises:
        LocalError: DRAFT-UNKNOWN.
    """
    found = [(key, row) for key, row in views.rows(books.unit, views.DRAFTS) if key.hex().startswith(name.lower())]
    if len(found) != 1:
        raise LocalError("DRAFT-UNKNOWN", asked=name, matches=len(found))
    return found[0]


def draft_prepared(row: views.Row) -> Prepared:
    """Return the message body of a draft, as it was signed."""
    body = cast("dict[int, CborValue]", cbor.decode(row[2]))
    return Prepared(type="message", line=row[1], seed=row[3], body=body)


def prepare_check(
    books: Books, draft: bytes, officer: str, kind: str, *, passed: bool, law: tuple[str, ...] = (), notes: str = ""
) -> Prepared:
    """Return the body of a check of a draft: the legal tick or the linguist's check.

    Raises:
        LocalError: DRAFT-UNKNOWN, CHECK-KIND, CHECK-LAW.
    """
    row = views.row(books.unit, views.DRAFTS, draft)
    if row is None:
        raise LocalError("DRAFT-UNKNOWN", asked=draft)
    if kind not in policy.CHECK_ACTS:
        raise LocalError("CHECK-KIND", got=kind, expected=", ".join(policy.CHECK_ACTS))
    if kind == "legal" and passed and not law:
        raise LocalError("CHECK-LAW")
    body: dict[int, CborValue] = {
        **books.common(officer),
        20: draft,
        21: kind,
        22: passed,
        23: law,
        24: notes,
        # The legal adviser's three sentences (domain.md 8b): law cited, nothing excluded, no intelligence.
        25: ("law-cited", "exclusions-respected", "no-intelligence") if kind == "legal" and passed else (),
    }
    return Prepared(type="check", line=row[1], seed=books.rng.bytes(SEED_BYTES), body=body)


def submit_check(books: Books, signed: Signed) -> int:
    """Enter a check; return its journal index.

    Raises:
        LocalError: DRAFT-UNKNOWN, DRAFT-STATE, CHECK-..., ACT-..., ROLE-REFUSED.
    """
    prepared = signed.prepared
    draft = prepared.body.get(20)
    row = views.row(books.unit, views.DRAFTS, draft) if isinstance(draft, bytes) else None
    if row is None:
        raise LocalError("DRAFT-UNKNOWN", asked=draft or "nothing")
    if row[5] in {RELEASED, WITHDRAWN}:
        raise LocalError("DRAFT-STATE", state=row[5])
    acts = check_own_acts(books, prepared, signed.acts)
    kind = policy.CHECK_ACTS.get(str(prepared.body.get(21)))
    if kind is None:
        raise LocalError("CHECK-KIND", got=prepared.body.get(21))
    policy.require(acts[0], kind[0], kind[1], str(prepared.body.get(5)))
    if acts[0].officer == _drafter(row).officer:
        raise LocalError("SECOND-PERSON-NEEDED", because="whoever drafted cannot check")
    record = books.make("check", prepared.line, prepared.body, body_seed=prepared.seed, acts=signed.acts)
    return books.enter("check", record)


def _drafter(row: views.Row) -> Attestation:
    return parse_attestation(row[4])


def steps_needed(books: Books, line: LineView, body: Mapping[int, CborValue]) -> Steps:
    """Return what stands between a message of ours and its release."""
    entry = forms.form(str(body[fields.FORM_CODE]))
    precedence = Precedence(cast("int", body[fields.PRECEDENCE]))
    relation = body.get(fields.RELATION)
    steps = steps_to_send(
        entry,
        precedence,
        second_person=line.charter.second_person(entry.code, precedence),
        has_free_text=word_count(entry, body) > 0,
    )
    target = related(books, line, body)
    if not isinstance(relation, tuple) or target is None or target[2] != views.OUT:
        return steps
    return steps_to_relate(str(relation[0]), steps, steps_taken(books, target))


def steps_taken(books: Books, row: views.Row) -> Steps | None:
    """Return the steps that a message of ours really took, delegations included; None when its content is destroyed."""
    acts = acts_of(books, row)
    if acts is None:
        return None
    draft = views.row(books.unit, views.DRAFTS, row[15])
    passed = {check[0] for check in draft[6] if check[2]} if draft is not None else set()
    return Steps(persons=persons_of(acts), legal_tick="legal" in passed, linguist_check="linguist" in passed)


def _releasers(books: Books, line: LineView, body: Mapping[int, CborValue], released: Attestation) -> frozenset[str]:
    """Return the roles that may release this message; empty: any role, for whoever takes back what they released."""
    roles = forms.form(str(body[fields.FORM_CODE])).releasers
    target = related(books, line, body)
    if target is None or target[2] != views.OUT or not takes_back(body):
        return roles
    took = {act.officer for act in acts_of(books, target) or () if act.act in {"release", "stop"}}
    return frozenset() if released.officer in took else roles


def release_draft(books: Books, draft: bytes, act: CborValue) -> bytes:
    """Release a draft with the releasing officer's attestation; return the envelope hash.

    Raises:
        LocalError: DRAFT-UNKNOWN, DRAFT-STATE, DRAFT-RELEASED, DRAFTER-GONE, CHECK-MISSING, SECOND-PERSON-NEEDED,
            ROLE-REFUSED, LINE-NOT-READY.
    """
    row = views.row(books.unit, views.DRAFTS, draft)
    if row is None:
        raise LocalError("DRAFT-UNKNOWN", asked=draft)
    if row[5] == RELEASED:
        return _released_by_same(books, cast("bytes", row[7]), parse_attestation(act))
    if row[5] == WITHDRAWN:
        raise LocalError("DRAFT-STATE", state=row[5])
    prepared = draft_prepared(row)
    line = books.line(prepared.line)
    check_message(books, line, prepared)
    notice_rows.require_current(books.unit, draft)
    steps = steps_needed(books, line, prepared.body)
    released = check_own_acts(books, prepared, (act,))[0]
    authority = delegation.authority_for(books, prepared, draft, released)
    _require_checks(row, steps, authority)
    roles = _releasers(books, line, prepared.body, released) if authority is None else frozenset[str]()
    policy.require(released, "stop" if prepared.body[fields.FORM_CODE] == "STOP" else "release", roles)
    drafted = _drafter(row)
    _require_standing(books, drafted)
    same = released.officer == drafted.officer or released.key_id == drafted.key_id
    if authority is None and steps.persons > 1 and same:
        raise LocalError("SECOND-PERSON-NEEDED", form=prepared.body[fields.FORM_CODE])
    return _send(books, line, prepared, (row[4], act), None if authority is None else authority.kind)


def _released_by_same(books: Books, sent: bytes, act: Attestation) -> bytes:
    """Return the message that this officer's own act, submitted again, made; another officer is told who was first."""
    row = views.row(books.unit, views.MESSAGES, sent)
    acts = None if row is None else acts_of(books, row)
    if row is None or acts is None:
        # The content was destroyed since: nobody is told apart any more, and nothing is sent again.
        return sent
    first = acts[-1].officer
    if first != act.officer:
        raise LocalError("DRAFT-RELEASED", by=first, number=row[3])
    return sent


def _require_standing(books: Books, drafted: Attestation) -> None:
    """Refuse a draft of somebody who left since, or whose key or role did: his act stands on the message too."""
    known = books.roster().officers.get(drafted.officer)
    keys = () if known is None else known.keys
    if known is None or drafted.role not in known.roles or all(key.key_id != drafted.key_id for key in keys):
        raise LocalError("DRAFTER-GONE", officer=drafted.officer, role=drafted.role)


def _require_checks(row: views.Row, steps: Steps, authority: delegation.Authority | None) -> None:
    passed = {check[0] for check in row[6] if check[2]}
    returned = {check[0] for check in row[6] if not check[2]} - passed
    if returned:
        raise LocalError("CHECK-RETURNED", by=", ".join(sorted(returned)))
    if steps.legal_tick and "legal" not in passed and not (authority and authority.covers_checks):
        raise LocalError("CHECK-MISSING", check="legal")
    if steps.linguist_check and "linguist" not in passed and not (authority and authority.covers_checks):
        raise LocalError("CHECK-MISSING", check="linguist")


def send_alone(books: Books, signed: Signed) -> bytes:
    """Release a form that one person may send - STOP first of all - in one signed act; return the envelope hash.

    Raises:
        LocalError: SECOND-PERSON-NEEDED, CHECK-MISSING, ROLE-REFUSED, LINE-NOT-READY, DRAFT-..., ACT-...
    """
    prepared = signed.prepared
    line = books.line(prepared.line)
    held = books.unit.get(views.RECORD_IDS, line.line + cast("bytes", prepared.body.get(1, b"")))
    if isinstance(held, bytes):
        return held
    check_message(books, line, prepared)
    acts = check_own_acts(books, prepared, signed.acts)
    steps = steps_needed(books, line, prepared.body)
    entry = forms.form(str(prepared.body[fields.FORM_CODE]))
    if steps.persons > 1:
        raise LocalError("SECOND-PERSON-NEEDED", form=entry.code)
    if steps.legal_tick or steps.linguist_check:
        raise LocalError("CHECK-MISSING", check="legal" if steps.legal_tick else "linguist")
    roles = _releasers(books, line, prepared.body, acts[0])
    policy.require(acts[0], "stop" if entry.code == "STOP" else "release", roles, str(prepared.body.get(5)))
    return _send(books, line, prepared, signed.acts, None)


def _send(
    books: Books, line: LineView, prepared: Prepared, acts: tuple[CborValue, ...], delegated: str | None
) -> bytes:
    require_ready(books, line, str(prepared.body[fields.FORM_CODE]))
    # What follows for windows and lists is the same whatever the envelope's hash will be.
    spoken = window_changes.Spoken(
        line=line.line,
        author=books.party,
        receiver=line.peer,
        own=books.party,
        envelope_hash=bytes(32),
        at=books.now,
        body=prepared.body,
    )
    moved = window_changes.by_message(books.unit, spoken)
    exchanged = list_changes.by_message(books.unit, spoken, realm=books.realm)
    sent = send_numbered(books, line, prepared, acts, "message-out", delegated)
    windowing.ring(books, moved)
    listing.ring(books, exchanged)
    return sent


def require_ready(books: Books, line: LineView, form: str) -> None:
    """Refuse to send where the line does not carry it now.

    Raises:
        LocalError: LINE-NOT-READY, OWN-ROLLBACK.
    """
    if form != "STOP" and alarms.standing(books, "OWN-ROLLBACK", line.line):
        # What we sent now would take numbers that the peer already holds with other contents: a fork of our making.
        # STOP alone still goes; the peer keeps it as evidence, and its bell rings.
        raise LocalError("OWN-ROLLBACK", peer=line.peer)
    state = session.session_from_value(books.unit.get(views.SESSIONS, line.line))
    urgent = form in {"STOP", "SERVICE", "SUSPEND", "RESUME", "RECEIPT"}
    if not line.open or not (state.may_stop if urgent else state.may_send):
        raise LocalError("LINE-NOT-READY", peer=line.peer, declared=state.declared.value)


def send_numbered(
    books: Books,
    line: LineView,
    prepared: Prepared,
    acts: tuple[CborValue, ...],
    kind: str,
    delegated: str | None = None,
) -> bytes:
    """Give a record its number and links, sign it, and enter it with its outbox row; return the envelope hash."""
    out = braid.direction_from_value(books.unit.get(views.DIRECTIONS, line.line + views.OUT))
    received = braid.direction_from_value(books.unit.get(views.DIRECTIONS, line.line + views.IN))
    link = braid.Link(
        number=out.number + 1,
        previous=out.hash,
        accepted_number=received.number,
        accepted_hash=received.hash,
        # A clock set back must not make our own chain look back-dated.
        released_at=books.now if books.now >= out.released_at else type(books.now)(out.released_at),
        charter=line.charter_hash,
    )
    link_fields: dict[int, CborValue] = link.fields()
    if delegated is not None:
        link_fields[LINK_DELEGATION] = delegated
    record = books.make(
        prepared.type,
        line.line,
        prepared.body,
        body_seed=prepared.seed,
        link=link_fields,
        acts=acts,
        body_hash=prepared.body_hash(books.realm),
    )
    size = len(encode_item(record.item))
    if size > ITEM_BYTES_MAX:
        raise LocalError("DRAFT-TOO-LONG", limit=ITEM_BYTES_MAX, got=size)
    books.enter(kind, record)
    return record.envelope_hash
