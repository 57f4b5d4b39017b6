"""The service behind every face: prepare, submit, read - one set of operations for command line, API and console.

A face shows what was prepared, the officer's own program signs it, and what was signed is submitted. The service
keeps nothing in between.
"""

from __future__ import annotations

import asyncio
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from typing import TYPE_CHECKING, Any, Final, TypeVar

from armslength.core.attestation import Attestation, Kind
from armslength.core.errors import LocalError
from armslength.core.places import parse_place
from armslength.desk import (
    answering,
    asking,
    cast,
    contact_index,
    delegation,
    drafting,
    local_records,
    officer_changes,
    opening,
    policy,
    searching,
    service_read,
    service_sheets,
    service_windows,
    views,
    watching,
    windowing,
)
from armslength.desk.call_sheet import Words, call_script
from armslength.desk.form_json import instant_of, precedence_of, values_from_names
from armslength.desk.notice_work import NoticeWork
from armslength.desk.prepared import Prepared, Signed, decode_prepared, prepared_json
from armslength.desk.service_imports import Imports
from armslength.line import fields, forms
from armslength.line.receipts import LEVEL_ROLES, Level
from armslength.register.window_types import EventKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.cast import LineView
    from armslength.desk.desk import Desk
    from armslength.desk.importing import Readers
    from armslength.desk.printing import Printer
    from armslength.language.rendering import Renderer
    from armslength.language.texts import Texts
    from armslength.line.manifest import Manifest

Json = dict[str, Any]
T = TypeVar("T")

if TYPE_CHECKING:
    ValuesOf = Callable[[Books, LineView], dict[int, CborValue]]

SUBMITS_MAX: Final = 4
"""Signed acts in one submission: a reply and its R4, a draft and its release."""


def act_value(act: str, role: str, officer: str, key_id: bytes, signature: bytes) -> tuple[CborValue, ...]:
    """Return an attestation of kind 1 around a raw signature."""
    return Attestation(
        kind=Kind.RAW_KEY, act=act, role=role, officer=officer, key_id=key_id, evidence=(signature,)
    ).value()


def passkey_act_value(
    act: str, role: str, officer: str, key_id: bytes, assertion: Mapping[str, str]
) -> tuple[CborValue, ...]:
    """Return an attestation of kind 2 around what a passkey gave; its assertion is the signature.

    Raises:
        KeyError, ValueError: a part is missing, or no base64.
    """
    parts = ("authenticator_data", "client_data", "signature")
    evidence = tuple(b64decode(assertion[part], validate=True) for part in parts)
    return Attestation(
        kind=Kind.WEBAUTHN, act=act, role=role, officer=officer, key_id=key_id, evidence=evidence
    ).value()


class Service:
    """Operations of a node's faces.

    Args:
        desk: the node's desk.
        renderer: gives what renders messages in the languages of the package; asked when the first text is wanted, so
            that a node that comes back receives before it can render.
        readers: read files of facilities and reports.
        printer: sets printed sheets in type.
        scripts: gives what is said in calls, by language.
    """

    def __init__(
        self,
        desk: Desk,
        renderer: Callable[[], Renderer],
        readers: Readers,
        printer: Printer | None = None,
        scripts: Callable[[], Mapping[str, Texts]] | None = None,
    ) -> None:
        self.desk = desk
        self._renderer = renderer
        self._printer = printer
        self._scripts = scripts
        self.imports = Imports(desk, readers)
        self.notices = NoticeWork(desk, readers)

    @property
    def renderer(self) -> Renderer:
        """What renders messages."""
        return self._renderer()

    # --- reading ------------------------------------------------------------------------------------------------------

    def look(self, reader: Callable[[Books], T]) -> T:
        """Read with the books."""
        return self.desk.read(lambda unit: reader(self.desk.books(unit)))

    async def warm(self) -> None:
        """Read what lists, counts and searches are kept ready from, so that nobody waits with a first question.

        In a thread, each by itself: messages go on meanwhile.
        """
        for part in (contact_index.warm, searching.warm):
            if not self.desk.stopping:
                await asyncio.to_thread(self.look, part)

    def line(self, books: Books, name: str | None) -> LineView:
        """Return the line that a person names."""
        return cast.find_line(books.unit, books.realm, name)

    def message(self, line: str | None, name: str, locale: str) -> Json:
        """Return one message with its text."""
        return self.look(
            lambda books: service_read.read_message(books, self.renderer, self.line(books, line), name, locale)
        )

    def draft(self, name: str, locale: str) -> Json:
        """Return one draft with its text."""

        def read(books: Books) -> Json:
            key, row = drafting.find_draft(books, name)
            prepared = drafting.draft_prepared(row)
            line = books.line(row[1])
            rendered = service_read.render_body(books, self.renderer, line, dict(prepared.body), locale)
            return {
                **service_read.draft_json(books, key, row),
                "prepared": b64encode(prepared.encode()).decode(),
                "locale": locale,
                "text": rendered.text,
                "asked": asking.asked_json(books, prepared.body, self.renderer.texts(locale)),
            }

        return self.look(read)

    def sheet(self, kind: str, name: str, query: Mapping[str, Any]) -> Json:
        """Return a printed sheet: ``kind``, ``name``, ``title`` and the ``pdf`` in base64.

        Raises:
            LocalError: SHEET-UNKNOWN, PRINT-MISSING, SHEET-TOO-LONG, and the codes of the kind.
        """
        # The books are closed before it is set in type, which takes longer than looking.
        sheet = self.look(lambda books: service_sheets.make(books, self._words, kind, name, query))
        return service_sheets.printed(self._printer, sheet, kind, name)

    def call_script(self, name: str, query: Mapping[str, Any]) -> Json:
        """Return what is said in a call on a channel, or in one that is under way, for a screen.

        Raises:
            LocalError: CHANNEL-UNKNOWN, CALL-UNKNOWN, LOCALE-UNKNOWN.
        """
        return self.look(lambda books: call_script(books, self._words(), name, query))

    def _words(self) -> Words:
        return Words(renderer=self.renderer, scripts={} if self._scripts is None else self._scripts())

    # --- preparing ----------------------------------------------------------------------------------------------------

    def _prepared(self, books: Books, prepared: Prepared, act: str, role: str, officer: str, *, text: str = "") -> Json:
        return prepared_json(books.realm, prepared, act, role, officer, text=text)

    def role_for(self, books: Books, officer: str, allowed: frozenset[str]) -> str:
        """Return the role in which an officer may do something.

        Raises:
            LocalError: ROLE-REFUSED.
        """
        known = books.roster().officers.get(officer)
        roles = (known.roles if known is not None else frozenset()) & (allowed or policy.READS["health"])
        if not roles:
            raise LocalError("ROLE-REFUSED", officer=officer, expected=", ".join(sorted(allowed)) or "an officer")
        return min(roles)

    def prepare_message(
        self,
        officer: str,
        *,
        line: str | None,
        form: str,
        precedence: str | None,
        values: Mapping[str, Any],
        alone: bool = False,
        handling: str | None = None,
        releasable: Sequence[str] | None = None,
    ) -> Json:
        """Prepare a message of ours: for drafting, or - ``alone`` - for release by one person (STOP, TEST, SERVICE).

        ``handling`` is a marking of the party's list, ``releasable`` names further parties who may be passed it.
        """

        def make(books: Books) -> Json:
            view = self.line(books, line)
            entry = forms.form(form.upper())
            level = precedence_of(precedence) if precedence else entry.precedences[0]
            wire = values_from_names(entry.code, values)
            further = None if releasable is None else tuple(str(party) for party in releasable)
            prepared = drafting.prepare_message(
                books, view, officer, entry.code, level, wire, handling=handling, releasable=further
            )
            act = ("stop" if entry.code == "STOP" else "release") if alone else "draft"
            role = self.role_for(books, officer, entry.releasers if alone else entry.drafters)
            text = service_read.render_body(
                books, self.renderer, view, dict(prepared.body), books.manifest().languages[0]
            )
            return self._prepared(books, prepared, act, role, officer, text=text.text)

        return self.look(make)

    def prepare_values(
        self,
        officer: str,
        *,
        line: str | None,
        form: str,
        precedence: str | None,
        values: ValuesOf,
        alone: bool = False,
    ) -> Json:
        """Prepare a message of ours whose fields the desk makes: of a window, a notice of a site, a list.

        ``values`` gives them by number from the books and the line that was named.
        """

        def make(books: Books) -> Json:
            view = self.line(books, line)
            entry = forms.form(form)
            level = precedence_of(precedence) if precedence else entry.precedences[0]
            prepared = drafting.prepare_message(books, view, officer, entry.code, level, values(books, view))
            role = self.role_for(books, officer, entry.releasers if alone else entry.drafters)
            text = service_read.render_body(
                books, self.renderer, view, dict(prepared.body), books.manifest().languages[0]
            )
            return self._prepared(books, prepared, "release" if alone else "draft", role, officer, text=text.text)

        return self.look(make)

    def prepare_filled(self, officer: str, kind: str, given: Mapping[str, Any]) -> Json:
        """Prepare a message that the desk fills from what it holds; a form of one person is prepared for its release.

        Args:
            officer: who drafts or sends it.
            kind: a key of `service_windows.MESSAGES`.
            given: line, precedence, and what the kind asks for.

        Raises:
            LocalError: RECORD-KIND for another kind, PREPARED-MALFORMED, and the codes of what is filled.
        """
        maker = service_windows.MESSAGES.get(kind)
        if maker is None:
            raise LocalError("RECORD-KIND", got=kind, expected=", ".join(sorted(service_windows.MESSAGES)))
        try:
            form, values = maker(given)
        except (KeyError, TypeError, ValueError) as error:
            raise LocalError("PREPARED-MALFORMED", part=str(error)) from error
        return self.prepare_values(
            officer,
            line=given.get("line"),
            form=form,
            precedence=given.get("precedence"),
            values=values,
            alone=forms.form(form).two_persons_from is None,
        )

    def prepare_release(self, officer: str, draft: str) -> Json:
        """Prepare the release of a draft: the very body that was drafted, to be signed by the releasing officer."""

        def make(books: Books) -> Json:
            _, row = drafting.find_draft(books, draft)
            prepared = drafting.draft_prepared(row)
            view = books.line(row[1])
            role = self.role_for(books, officer, frozenset())
            known = books.roster().officers[officer].roles
            releasers = forms.form(str(prepared.body[fields.FORM_CODE])).releasers & known
            role = min(releasers) if releasers else role
            text = service_read.render_body(
                books, self.renderer, view, dict(prepared.body), books.manifest().languages[0]
            )
            return self._prepared(books, prepared, "release", role, officer, text=text.text)

        return self.look(make)

    def prepare_check(
        self, officer: str, draft: str, kind: str, *, passed: bool, law: Sequence[str] = (), notes: str = ""
    ) -> Json:
        """Prepare the legal tick or the linguist's check of a draft."""

        def make(books: Books) -> Json:
            key, _ = drafting.find_draft(books, draft)
            prepared = drafting.prepare_check(books, key, officer, kind, passed=passed, law=tuple(law), notes=notes)
            act, roles = policy.CHECK_ACTS[kind]
            return self._prepared(books, prepared, act, self.role_for(books, officer, roles), officer)

        return self.look(make)

    def prepare_receipt(
        self,
        officer: str,
        *,
        line: str | None,
        message: str,
        level: int,
        locale: str | None = None,
        place: str | None = None,
        command: str | None = None,
        how: str | None = None,
        verb: str | None = None,
        answer_by: str | None = None,
        reply_body_hash: str | None = None,
    ) -> Json:
        """Prepare a receipt R1 to R4; R1 and R2 carry the hash of the text that is shown with it."""

        def make(books: Books) -> Json:
            view = self.line(books, line)
            found, row = answering.find_message(books, view.line, message)
            language = locale or books.manifest().languages[0]
            body = answering.message_body(books, row)
            shown = service_read.render_message(books, self.renderer, view, row, body, language)
            read = level in {int(Level.READ), int(Level.UNDERSTOOD)}
            prepared = answering.prepare_receipt(
                books,
                found,
                officer,
                Level(level),
                language=language if read else None,
                rendered=shown.text if read else None,
                place=parse_place(place) if place is not None else None,
                command=command,
                how=how,
                verb=verb,
                reply_body_hash=bytes.fromhex(reply_body_hash) if reply_body_hash else None,
                answer_by=instant_of(answer_by) if answer_by else None,
            )
            roles = LEVEL_ROLES[Level(level)]
            role = self.role_for(books, officer, roles)
            return self._prepared(books, prepared, "receipt", role, officer, text=shown.text)

        return self.look(make)

    def prepare_local(self, officer: str, kind: str, arguments: Mapping[str, Any]) -> Json:
        """Prepare a local record: a report, a facility, a step on a concern or a window, rules, and the like.

        Raises:
            LocalError: RECORD-KIND for another kind, and the record's own codes.
        """
        if kind == "feed":
            self.imports.require_reader(arguments.get("reader"))

        def make(books: Books) -> Json:
            maker = local_records.MAKERS.get(kind)
            if maker is None:
                raise LocalError("RECORD-KIND", got=kind, expected=", ".join(sorted(local_records.MAKERS)))
            try:
                prepared = maker(books, officer, arguments)
            except (KeyError, TypeError, ValueError) as error:
                raise LocalError("PREPARED-MALFORMED", part=str(error)) from error
            act, roles = policy.LOCAL_ACTS[prepared.type]
            if prepared.type == "window-step":
                roles = windowing.STEPS[EventKind(str(prepared.body[21]))]
            elif prepared.type in local_records.ROLES:
                roles = local_records.ROLES[prepared.type](prepared.body)
            if prepared.body.get(20) == delegation.COUNTERSIGN and prepared.type == "delegation":
                act = "countersign"
            return self._prepared(books, prepared, act, self.role_for(books, officer, roles), officer)

        return self.look(make)

    def prepare_pin(self, officer: str, introduction: bytes, compared: str) -> tuple[Json, Manifest]:
        """Prepare the pin of a peer from its introduction file."""

        def make(books: Books) -> tuple[Json, Manifest]:
            prepared, theirs = opening.prepare_pin(books, officer, introduction, compared)
            act, roles = policy.LOCAL_ACTS["peer-pin"]
            return self._prepared(books, prepared, act, self.role_for(books, officer, roles), officer), theirs

        return self.look(make)

    async def open_line(self, peer: str, charter_data: bytes | None = None) -> Json:
        """Propose a line to a pinned peer under the default charter or another."""

        def job(books: Books) -> Json:
            return service_read.read_line(books, opening.open_line(books, peer.upper(), charter_data))

        return await self.desk.act(job)

    def prepare_assent(self, officer: str, line: str | None) -> Json:
        """Prepare our assent to a line's charter."""

        def make(books: Books) -> Json:
            prepared = opening.prepare_assent(books, self.line(books, line), officer)
            act, roles = policy.LOCAL_ACTS["charter-assent"]
            return self._prepared(books, prepared, act, self.role_for(books, officer, roles), officer)

        return self.look(make)

    # --- submitting ---------------------------------------------------------------------------------------------------

    async def submit(self, submissions: Sequence[Mapping[str, Any]]) -> list[Json]:
        """Submit signed acts, all in one transaction or none.

        Each is ``{"prepared": base64, "acts": [{"act", "role", "officer", "key_id", "signature"}]}`` in hexadecimal -
        or ``"assertion"`` in the place of ``signature``, with ``authenticator_data``, ``client_data`` and ``signature``
        in base64, for a passkey - with ``"release": draft id`` in the place of ``prepared`` for the release of a draft.

        Raises:
            LocalError: typed by what was refused; nothing was changed.
        """
        if not 1 <= len(submissions) <= SUBMITS_MAX:
            raise LocalError("SUBMIT-COUNT", limit=SUBMITS_MAX, got=len(submissions))
        if any(map(_is_report, submissions)):
            await self._ready_for_reports()
        return await self.desk.act(lambda books: [self._submit_one(books, one) for one in submissions])

    async def _ready_for_reports(self) -> None:
        """Make a large register ready before a report is judged, so that no message waits for that."""
        if self.look(self.desk.watch.large):
            await asyncio.to_thread(self.desk.ready)

    async def submit_import(self, one: Mapping[str, Any], data: bytes) -> Json:
        """Enter the rows of a file for which an officer signed; the same one again goes on where it was cut short.

        Args:
            one: ``prepared`` and ``acts``, as in `submit`.
            data: the file.

        Raises:
            LocalError: RECORD-KIND, IMPORT-FILE, IMPORT-CHANGED, ACT-...
        """
        signed = Signed(prepared=_prepared_of(one), acts=tuple(_act(value) for value in one.get("acts", ())))
        if signed.prepared.type != "import":
            raise LocalError("RECORD-KIND", got=signed.prepared.type, expected="import")
        # What is taken up again must be what was signed, to the byte: nothing else enters under its id.
        self.look(lambda books: _entered(books, signed.prepared))
        return await self.imports.submit(signed, data)

    async def submit_notices(self, submissions: Sequence[Mapping[str, Any]]) -> list[Json]:
        """Submit a chunk of what one person signed of a batch of notices (`desk.notice_work`), all or nothing."""
        return await self.notices.submit(submissions, _read_signed)

    async def submit_notice_batch(self, one: Mapping[str, Any], data: bytes) -> Json:
        """Enter the notices of a sheet for which a coordinator signed; the same one again goes on where it was cut."""
        return await self.notices.submit_batch(
            Signed(prepared=_prepared_of(one), acts=tuple(_act(value) for value in one.get("acts", ()))), data
        )

    def _submit_one(self, books: Books, one: Mapping[str, Any]) -> Json:
        acts = tuple(_act(value) for value in one.get("acts", ()))
        release = one.get("release")
        if release is not None:
            key, _ = drafting.find_draft(books, str(release))
            if not acts:
                raise LocalError("ACT-INVALID", because="no attestation")
            envelope_hash = drafting.release_draft(books, key, acts[0])
            return _sent(books, "message", envelope_hash)
        signed = Signed(prepared=_prepared_of(one), acts=acts)
        kind = signed.prepared.type
        if kind == "message":
            return self._submit_message(books, signed)
        if kind == "receipt":
            return _sent(books, "receipt", answering.submit_receipt(books, signed))
        held = _entered(books, signed.prepared)
        index = held if held is not None else local_records.SUBMITS.get(kind, watching.submit_local)(books, signed)
        named = signed.prepared.body.get(_NAMED_BY.get(kind, 0))
        return {"type": kind, "index": index, **({"id": named} if kind in _NAMED_BY else {})}

    def _submit_message(self, books: Books, signed: Signed) -> Json:
        first = signed.acts[0][1] if signed.acts and isinstance(signed.acts[0], tuple) else None
        if first == "draft":
            return {"type": "draft", "id": drafting.submit_draft(books, signed).hex()}
        return _sent(books, "message", drafting.send_alone(books, signed))


_NAMED_BY: Final[Mapping[str, int]] = {"officer-change": officer_changes.NUMBER}
"""Local record -> the field with the number by which people speak of it; the other kinds are shown by their index."""


def _entered(books: Books, prepared: Prepared) -> int | None:
    """Return the index under which this very record was entered before: an act submitted again is the same one."""
    record_id = prepared.body.get(1)
    row = views.row(books.unit, views.RECORD_IDS, record_id) if isinstance(record_id, bytes) else None
    if row is None:
        return None
    if row[2] != prepared.body_hash(books.realm):
        raise LocalError("PREPARED-MALFORMED", part="its record id was used for another record")
    return int(row[1])


def _sent(books: Books, kind: str, envelope_hash: bytes) -> Json:
    row = views.row(books.unit, views.MESSAGES, envelope_hash)
    number = row[3] if row is not None else None
    return {
        "type": kind,
        "id": envelope_hash.hex(),
        "number": number,
        "delivery": "not delivered yet: do not report as sent",
    }


def _prepared_of(one: Mapping[str, Any]) -> Prepared:
    try:
        return decode_prepared(b64decode(str(one.get("prepared", "")), validate=True))
    except Base64Error as error:
        raise LocalError("PREPARED-MALFORMED", part="base64") from error


def _read_signed(one: Mapping[str, Any]) -> tuple[Signed | None, tuple[CborValue, ...]]:
    """Return what was signed; nothing but the acts of the release of a draft."""
    acts = tuple(_act(value) for value in one.get("acts", ()))
    return (None, acts) if one.get("release") is not None else (Signed(prepared=_prepared_of(one), acts=acts), acts)


def _is_report(one: Mapping[str, Any]) -> bool:
    """Tell whether a submission is a report; one that cannot be read is refused later, with its reason."""
    try:
        return one.get("release") is None and _prepared_of(one).type == "report"
    except LocalError:
        return False


def _act(value: Mapping[str, Any]) -> tuple[CborValue, ...]:
    try:
        who = (str(value["act"]), str(value["role"]), str(value["officer"]), bytes.fromhex(str(value["key_id"])))
        if value.get("assertion") is not None:
            return passkey_act_value(*who, value["assertion"])
        return act_value(*who, bytes.fromhex(str(value["signature"])))
    except (KeyError, TypeError, ValueError) as error:
        shape = "act, role, officer, key_id, signature in hexadecimal or assertion in base64"
        raise LocalError("ACT-INVALID", because=shape) from error
