"""What the faces read: plain values for the command line, the API and the console, made from the views and the journal.

Nothing here changes anything. Times are RFC 3339 UTC, hashes hexadecimal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from armslength.channels import counting
from armslength.core.errors import LocalError
from armslength.core.instants import SECOND_US, Instant, duration_text, implausible_clock, late_mark, rfc3339
from armslength.core.precedence import Precedence
from armslength.core.record import parse_item
from armslength.desk import answering, asking, checkpoints, drafting, views
from armslength.desk import cast as who
from armslength.desk.form_json import names_from_values, place_json, plain
from armslength.desk.service_alarms import read_alarms as read_alarms  # noqa: PLC0414 - read here by every face
from armslength.journal.entry import parse_leaf
from armslength.language.osce_text import OsceMessage, to_osce
from armslength.language.paper import PaperMessage, to_paper
from armslength.language.shapes import Header
from armslength.line import braid, exchange, fields, forms, notices, session
from armslength.line.manifest import manifest_fingerprint
from armslength.line.receipts import Level
from armslength.register import concerns

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.cast import LineView
    from armslength.desk.ports import Unit
    from armslength.language.rendering import Rendered, Renderer

Json = dict[str, Any]


def when(at: Any) -> str | None:  # noqa: ANN401 - an instant of a view or of a body
    """Return an instant as text, None for none."""
    return rfc3339(Instant(at)) if at else None


def exchange_of(unit: Unit, envelope_hash: bytes) -> exchange.Exchange | None:
    """Return the exchange of a numbered record, None for an unknown one."""
    value = unit.get(views.EXCHANGES, envelope_hash)
    return exchange.exchange_from_value(cast("dict[int, CborValue]", value)) if value is not None else None


def read_health(books: Books) -> Json:
    """Return the node's state in one look."""
    frontier = books.unit.frontier()
    return {
        "party": books.party,
        "realm": books.realm.value,
        "at": rfc3339(books.now),
        "journal_size": frontier.size,
        "outbox": len(books.unit.scan(views.OUTBOX)),
        "alarms_unaccepted": len(books.unit.scan(views.ALARMS_OPEN)),
        "manifest_valid_until": rfc3339(books.manifest().valid_until),
    }


def read_line(books: Books, line: LineView) -> Json:
    """Return one line: declared and observed state apart, numbers, checkpoints, what waits."""
    state = session.session_from_value(books.unit.get(views.SESSIONS, line.line))
    out = braid.direction_from_value(books.unit.get(views.DIRECTIONS, line.line + views.OUT))
    received = braid.direction_from_value(books.unit.get(views.DIRECTIONS, line.line + views.IN))
    return {
        "line": line.line.hex(),
        "peer": line.peer,
        "charter": line.charter_hash.hex(),
        "assented_by_us": line.assented_by_us,
        "assented_by_them": line.assented_by_them,
        "declared": state.declared.value,
        "observed": state.observed.value,
        "unanswered": state.unanswered,
        "last_heard_at": when(max(state.last_heard_at, _last_arrival(books, line.line, received.number))),
        "sent": out.number,
        "accepted": received.number,
        "missing": list(braid.missing_numbers(received)),
        "waiting": len(books.unit.scan(views.OUTBOX, line.line)),
        "cosigned_by_peer": checkpoints.cosigned_size(books, line.line),
        "peer_cosigned_by_us": checkpoints.witness_state(books, line.line).size,
        "frozen": line.frozen,
        "peer_fingerprint": manifest_fingerprint(books.manifest(line.peer)).hex(),
        "peer_time_zone": books.manifest(line.peer).time_zone,
    }


def _last_arrival(books: Books, line: bytes, number: int) -> int:
    """Return when the last numbered record in order arrived by our clock, 0 for none."""
    found = views.hash_at(books.unit, line, views.IN, number)
    row = views.row(books.unit, views.MESSAGES, found) if found is not None else None
    return int(row[10]) if row is not None else 0


def read_lines(books: Books) -> list[Json]:
    """Return every line."""
    return [read_line(books, line) for line in who.lines(books.unit, books.realm)]


def read_messages(books: Books, line: LineView | None = None, *, limit: int = 200) -> list[Json]:
    """Return messages of one line or all, oldest first, without their contents."""
    found = []
    for one in [line] if line is not None else who.lines(books.unit, books.realm):
        for way in (views.OUT, views.IN):
            for _, envelope_hash in books.unit.scan(views.NUMBERS, one.line + way, limit=limit, reverse=True):
                row = views.row(books.unit, views.MESSAGES, cast("bytes", envelope_hash))
                if row is not None and row[5] == "message":
                    found.append(message_summary(books, one, cast("bytes", envelope_hash), row))
    return sorted(found, key=lambda entry: (str(entry["entered_at"]), entry["number"]))[-limit:]


def message_summary(books: Books, line: LineView, envelope_hash: bytes, row: views.Row) -> Json:
    """Return one message without its contents: number, form, precedence, receipts with proof class, what is owed."""
    outgoing = row[2] == views.OUT
    state = exchange.exchange_from_value(cast("dict[int, CborValue]", books.unit.get(views.EXCHANGES, envelope_hash)))
    received_at = None if outgoing else Instant(row[10])
    marks = []
    if received_at is not None:
        late = late_mark(Instant(row[9]), received_at, line.charter.late_s[Precedence(row[7])])
        clock = implausible_clock(Instant(row[9]), received_at, line.charter.clock_tolerance_s)
        marks = [mark for mark in (late, clock) if mark is not None]
    return {
        "id": envelope_hash.hex(),
        "line": line.line.hex(),
        "direction": "out" if outgoing else "in",
        "number": row[3],
        "form": row[6],
        "precedence": Precedence(row[7]).name,
        "from": books.party if outgoing else line.peer,
        "to": line.peer if outgoing else books.party,
        "officer": row.get(17),
        "released_at": when(row[9]),
        "entered_at": when(row[10]),
        "place_in_order": row[11],
        "status": state.status.value,
        "receipts": receipts_json(state),
        "due": {level.short: when(at) for level, at in sorted(state.due.items())},
        "overdue": sorted(level.short for level in state.overdue),
        "reply_by": when(row.get(19)),
        "relation": plain(row.get(12)),
        "answers": plain(row.get(13)),
        "case": row.get(14),
        "delegated": row.get(21),
        "marks": marks,
        "delivery": _delivery(state, outgoing=outgoing),
    }


def _delivery(state: exchange.Exchange, *, outgoing: bool) -> str:
    if not outgoing:
        return "received"
    return "held by the other node" if state.has(Level.HELD) else "not delivered yet: do not report as sent"


def receipts_json(state: exchange.Exchange) -> Json:
    """Return the first receipt of each level reached."""
    found: Json = {}
    for reached in state.reached:
        if reached.level.short not in found:
            found[reached.level.short] = {
                "at": when(reached.at),
                "by": reached.by,
                **({"officer": reached.officer} if reached.officer else {}),
                "proof": reached.proof.value,
                **({"verb": reached.verb} if reached.verb else {}),
                **({"doubt": True} if reached.doubt else {}),
            }
    last_answer = [r for r in state.reached if r.level is Level.ANSWERED]
    if len(last_answer) > 1:
        found["R4"]["then"] = [{"at": when(r.at), "by": r.by, "verb": r.verb} for r in last_answer[1:]]
    return found


def _receipts_in_words(books: Books, envelope_hash: bytes, found: Json) -> Json:
    """Return the receipts with what their officers said: the place read back, the command told and how, the promise."""
    told: Json = {level: dict(one) for level, one in found.items()}
    given = [row for _, row in views.rows(books.unit, views.MESSAGES) if row.get(16) == envelope_hash]
    for row in sorted(given, key=lambda row: int(row[3])):
        level = Level(row[22]).short
        if level not in told or "language" in told[level]:
            continue
        try:
            body = answering.message_body(books, row)
        except LocalError:  # its content was destroyed: that it was given stands, and no more
            continue
        place = body.get(32)
        said = {
            "language": body.get(30),
            "place": None if place is None else place_json(place),
            "distance_m": body.get(33),
            "command": body.get(36),
            "how": body.get(37),
            "answer_by": when(cast("int | None", body.get(42))),
        }
        told[level] |= {key: value for key, value in said.items() if value is not None or key == "language"}
    return told


def read_message(books: Books, renderer: Renderer, line: LineView, name: str, locale: str) -> Json:
    """Return one message with its fields and its text in one language."""
    envelope_hash, row = answering.find_message(books, line.line, name)
    if row[5] != "message":
        raise LocalError("MESSAGE-UNKNOWN", asked=name)
    body = answering.message_body(books, row)
    rendered = render_message(books, renderer, line, row, body, locale)
    summary = message_summary(books, line, envelope_hash, row)
    return {
        **summary,
        "receipts": _receipts_in_words(books, envelope_hash, summary["receipts"]),
        "fields": names_from_values(str(row[6]), body),
        "validity": validity(body, Instant(row[10]), released_at=Instant(row[9])),
        "locale": locale,
        "text": rendered.text,
        "paper": paper(books, renderer, row, body, locale),
        "osce": osce(books, renderer, row, body),
        "asked": asking.asked_json(books, body, renderer.texts(locale)),
        "text_sha256": rendered.sha256.hex(),
    }


def paper(books: Books, renderer: Renderer, row: views.Row, body: dict[int, CborValue], locale: str) -> str | None:
    """Return a message as a numbered sheet with check digits, for telephone, fax and courier (B8); None for no sheet.

    A form or value of a newer version may have no place on paper; the text still shows it as numbered fields.
    """
    try:
        return to_paper(renderer, locale, _on_paper(books, row, body))
    except LocalError as error:
        if error.code != "PAPER-VALUE":
            raise
        return None


def osce(books: Books, renderer: Renderer, row: views.Row, body: dict[int, CborValue]) -> str | None:
    """Return a message as numbered text in the layout of OSCE notifications; None where it has no place there.

    The parties to whom it may also be passed stand under INFO.
    """
    releasable = body.get(fields.RELEASABLE_TO, ())
    ends = {body[3], *cast("tuple[str, ...]", body[4])}
    info = tuple(str(party) for party in releasable if party not in ends) if isinstance(releasable, tuple) else ()
    try:
        return to_osce(renderer.catalogue, OsceMessage(message=_on_paper(books, row, body), info=info))
    except LocalError as error:
        if error.code != "OSCE-VALUE":
            raise
        return None


def _on_paper(books: Books, row: views.Row, body: dict[int, CborValue]) -> PaperMessage:
    return PaperMessage(
        realm=books.realm,
        author=str(body[3]),
        addressees=cast("tuple[str, ...]", body[4]),
        number=row[3],
        stated_at=Instant(cast("int", body[2])),
        values={number: value for number, value in body.items() if number >= fields.FORM_CODE},
    )


def validity(body: dict[int, CborValue], received_at: Instant, *, released_at: Instant | None = None) -> Json:
    """Return what a notice says of its own time, and the lead time by both clocks: at release and at receipt (B5)."""
    start, end, effect = (
        body.get(number) for number in (fields.VALID_FROM, fields.VALID_UNTIL, fields.TAKES_EFFECT_AT)
    )
    found: Json = {
        name: when(at) if isinstance(at, int) else None
        for name, at in (("valid_from", start), ("valid_until", end), ("takes_effect_at", effect))
    }
    if isinstance(effect, int):
        if released_at is not None:
            found["lead_time_at_release"] = _lead(effect - released_at)
        found["lead_time_at_receipt"] = _lead(effect - received_at)
        found.update(_lead_needed(body, received_at))
    if isinstance(end, int):
        found["expired_at_receipt"] = end <= received_at
    return found


def _lead(lead_us: int) -> str:
    return duration_text(lead_us) if lead_us > 0 else f"none: {duration_text(-lead_us)} too late"


def _lead_needed(body: dict[int, CborValue], received_at: Instant) -> Json:
    code = str(body.get(fields.FORM_CODE))
    if not forms.known(code, body.get(fields.FORM_VERSION)):
        return {}
    entry = forms.form(code)
    needed, short = notices.lead_needed_s(entry, body), notices.short_by_s(entry, body, received_at)
    if needed is None or short is None:
        return {}
    told = {"lead_time_due": duration_text(needed * SECOND_US)}
    return {**told, "short_notice": f"{duration_text(short * SECOND_US)} less than is due"} if short else told


def zones(books: Books, line: LineView) -> tuple[tuple[str, str], ...]:
    """Return party code and time zone of both ends, ours first."""
    return tuple((party, books.manifest(party).time_zone) for party in (books.party, line.peer))


def render_message(
    books: Books, renderer: Renderer, line: LineView, row: views.Row, body: dict[int, CborValue], locale: str
) -> Rendered:
    """Render a numbered message of the journal."""
    return render_body(books, renderer, line, body, locale, number=row[3])


def render_body(
    books: Books,
    renderer: Renderer,
    line: LineView,
    body: dict[int, CborValue],
    locale: str,
    *,
    number: int | None = None,
) -> Rendered:
    """Render a message's body; a draft has no number yet."""
    header = Header(
        realm=books.realm,
        author=str(body[3]),
        addressees=cast("tuple[str, ...]", body[4]),
        number=number,
        stated_at=Instant(cast("int", body[2])),
        officer=cast("str | None", body.get(5)),
        handling=cast("str | None", body.get(6)),
    )
    return renderer.render(str(body[fields.FORM_CODE]), body, header, locale, zones(books, line))


def read_drafts(books: Books) -> list[Json]:
    """Return every draft and where it stands."""
    return [draft_json(books, key, row) for key, row in views.rows(books.unit, views.DRAFTS)]


def draft_json(books: Books, key: bytes, row: views.Row) -> Json:
    """Return one draft: state, checks done, and what stands between it and its release."""
    prepared = drafting.draft_prepared(row)
    line = books.line(row[1])
    steps = drafting.steps_needed(books, line, prepared.body)
    passed = {check[0] for check in row[6] if check[2]}
    needs = [
        name
        for name, wanted in (("legal", steps.legal_tick), ("linguist", steps.linguist_check))
        if wanted and name not in passed
    ]
    return {
        "id": key.hex(),
        "line": line.line.hex(),
        "peer": line.peer,
        "form": row[9],
        "precedence": Precedence(row[10]).name,
        "state": row[5],
        "drafted_at": when(row[8]),
        "drafted_by": prepared.body.get(5),
        "checks": [
            {"check": c[0], "by": c[1], "passed": c[2], "law": plain(c[3]), "notes": c[4], "at": when(c[5])}
            for c in row[6]
        ],
        "needs": [*needs, *(["second person"] if steps.persons > 1 else [])] if row[5] != "RELEASED" else [],
        "message": plain(row[7]),
        "fields": names_from_values(str(row[9]), prepared.body),
    }


def read_concerns(books: Books) -> list[Json]:
    """Return every concern with its evidence and steps."""
    found = []
    for _, value in books.unit.scan(views.CONCERNS):
        state = concerns.concern_from_value(value)
        found.append(
            {
                "id": state.concern_id,
                "facility": state.facility_id,
                "status": state.status.value,
                "flagged_at": when(state.flagged_at),
                "evidence": list(state.evidence),
                "conveyed": [
                    {"means": c.means.value, "reference": c.reference, "at": when(c.at)} for c in state.conveyances
                ],
                "history": [
                    {"step": t.kind.value, "at": when(t.at), "officer": t.officer, "reason": t.reason}
                    for t in state.history
                ],
            }
        )
    return found


def read_count(books: Books, as_of: Instant, *, initiated_by: str | None = None, subject: str | None = None) -> Json:
    """Return the count of uses of all lines, each by the rule of its own charter, with the list behind it (G4)."""
    results = [
        counting.count(
            uses(books, line),
            counting.rule_from_value(line.charter.counting_rule),
            as_of,
            initiated_by=initiated_by,
            subject=subject,
        )
        for line in who.lines(books.unit, books.realm)
    ] or [counting.count((), counting.CountingRule(), as_of)]
    return {
        "certain": sum(result.certain for result in results),
        "possible": sum(result.possible for result in results),
        "rule": " ".join(dict.fromkeys(result.rule_text for result in results)),
        "as_of": rfc3339(results[0].as_of),
        "listed": [
            {"number": u.message_number, "form": u.form, "reference": u.reference}
            for result in results
            for u in result.listed
        ],
        "excluded": [
            {
                "number": u.message_number,
                "form": u.form,
                "direction": "" if u.direction is None else u.direction.value,
                "because": reason,
            }
            for result in results
            for u, reason in result.excluded
        ],
    }


def uses(books: Books, line: LineView) -> list[counting.Use]:
    """Return every message of a line as a use that the counting rule judges."""
    found = []
    for way in (views.OUT, views.IN):
        outgoing = way == views.OUT
        for _, envelope_hash in books.unit.scan(views.NUMBERS, line.line + way):
            row = views.row(books.unit, views.MESSAGES, cast("bytes", envelope_hash))
            if row is None or row[5] != "message":
                continue
            found.append(
                counting.Use(
                    message_number=row[3],
                    form=str(row[6]),
                    direction=counting.Direction.OUTGOING if outgoing else counting.Direction.INCOMING,
                    initiated_by=books.party if outgoing else line.peer,
                    opened_from=Instant(row[9]),
                    opened_until=Instant(row[9]),
                    certain=True,
                    exercise=False,
                    subject=str(row.get(18) or ""),
                    answers_or_relates=row.get(13) is not None or row.get(12) is not None,
                    proof=counting.ProofClass.SIGNED,
                    reference=cast("bytes", envelope_hash).hex(),
                )
            )
    return found


def read_entries(books: Books, start: int, limit: int) -> list[Json]:
    """Return journal entries as the auditor sees them, without contents."""
    size = books.unit.frontier().size
    found = []
    for index in range(max(0, start), min(size, start + limit)):
        entry = parse_leaf(books.unit.leaf(index))
        found.append(
            {
                "index": index,
                "kind": entry.kind,
                "at": when(entry.at),
                "line": None if entry.line is None else entry.line.hex(),
                "destroyed": books.unit.content(index) is None,
            }
        )
    return found


def read_record(books: Books, index: int) -> Json:
    """Return one entry's record with its body (auditor)."""
    content = books.unit.content(index)
    if content is None:
        raise LocalError("CONTENT-DESTROYED", index=index)
    item = parse_item(content[1])
    return {
        "index": index,
        "body": plain(dict(item.body.items())),
        "link": plain(dict(item.link.items())),
        "acts": plain(item.acts),
    }
