"""The principal's card: one page on a case or a message, read in a minute by whoever must decide.

What was said, what is asked, by when, which options there are, what was decided before, and what is not known. It
proposes nothing: the options are those that the form or an earlier decision names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.channels.cases import CASE_NUMBER
from armslength.core.errors import LocalError
from armslength.core.precedence import Precedence
from armslength.desk import briefs, case_changes, case_parts, case_reading, casework, owed, printing, views
from armslength.desk.form_json import names_from_values
from armslength.desk.service_read import exchange_of, receipts_json, when
from armslength.line import fields, forms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from armslength.channels.cases import Case
    from armslength.desk.books import Books

Json = dict[str, Any]

SAID_CHARS: Final = 420
"""The first row of what was said: the message's own words, as much of them as fits beside the rest."""

ROW_CHARS: Final = 180
"""Any other row that tells: two lines of the page."""

CODE_CHARS: Final = 90
"""A row that names: one line."""

_NOT_SAID: Final = frozenset(
    {"facility-id", "reply-by", "place", "language", "answers", "relation", "free-text", "requested-action"}
)
"""Fields that stand elsewhere on the card, or name rather than say."""


def read_card(books: Books, name: str, _query: Mapping[str, Any] | None = None) -> Json:
    """Return the card of a case or of a message.

    Args:
        books: of a reading unit.
        name: number of a case, or the start of a message's hash.

    Raises:
        LocalError: CASE-UNKNOWN, MESSAGE-UNKNOWN.
    """
    if CASE_NUMBER.fullmatch(name.upper()):
        return _of_case(books, casework.case(books, name))
    try:
        kind, reference = case_parts.reference_of(books, name)
    except LocalError as error:
        raise LocalError("MESSAGE-UNKNOWN", asked=name) from error
    if kind != "message":
        raise LocalError("MESSAGE-UNKNOWN", asked=name)
    return _of_message(books, bytes.fromhex(reference))


def _card(books: Books, name: str, title: str, **parts: list[str]) -> Json:
    empty: dict[str, list[str]] = {part: [] for part, _ in PARTS}
    return {"name": name, "title": title, "as_of": when(books.now), **empty, **parts}


PARTS: Final = (
    ("said", "What was said"),
    ("asked", "What is asked"),
    ("by_when", "By when"),
    ("options", "Options"),
    ("decided", "Decided before"),
    ("not_known", "What is NOT known"),
)
"""The parts of a card, in their order."""

ROOM: Final[Mapping[str, tuple[int, int]]] = {
    "said": (3, ROW_CHARS),
    "asked": (3, CODE_CHARS),
    "by_when": (3, CODE_CHARS),
    "options": (3, CODE_CHARS),
    "decided": (2, ROW_CHARS),
    "not_known": (4, ROW_CHARS),
}
"""Part -> its rows on the page and the characters of one: with all of them full, the card is one page of A4."""


# --- of a message -----------------------------------------------------------------------------------------------------


def _of_message(books: Books, envelope_hash: bytes) -> Json:
    row = views.row(books.unit, views.MESSAGES, envelope_hash)
    held = None if row is None else case_parts.body_of(books, int(row[4]))
    if row is None or row[5] != "message":
        raise LocalError("MESSAGE-UNKNOWN", asked=envelope_hash)
    body = {} if held is None else held[1]
    peer = books.line(row[1]).peer
    outgoing = row[2] == views.OUT
    form = str(row[6])
    way = f"{books.party} to {peer}" if outgoing else f"{peer} to {books.party}"
    cases = case_changes.cases_of(books.unit, "message", envelope_hash.hex())
    told = [case for number in cases if (case := case_changes.held(books.unit, number)) is not None]
    return _card(
        books,
        envelope_hash.hex(),
        f"{form} {Precedence(row[7]).name}, {way}, number {row[3]}, released {briefs.shown(when(row[9]))}",
        said=_said(form, body) or ["The content was destroyed; what it said is no longer held."],
        asked=_words(names_from_values(form, body).get("requested-action")) if body else [],
        by_when=_by_when(row, owed.of_message(books, envelope_hash, row)),
        options=list(forms.FORMS[form].replies) if form in forms.FORMS and not outgoing else [],
        decided=[line for case in told for line in _decided(books, case)],
        not_known=_not_reached(books, envelope_hash, outgoing=outgoing)
        + [line for case in told for line in _open(books, case)],
    )


def _said(form: str, body: Mapping[int, Any]) -> list[str]:
    if not body:
        return []
    named = names_from_values(form, dict(body))
    lines = [
        f"{name}: {', '.join(_words(value))}"
        for name, value in named.items()
        if name not in {*_NOT_SAID, "requested-action"}
    ]
    place = named.get("place")
    if isinstance(place, dict):
        lines.insert(0, f"place: {place.get('degrees')}, within {place.get('precision_m')} m")
    text = body.get(fields.FREE_TEXT)
    return [*([briefs.cut(text, SAID_CHARS)] if isinstance(text, str) else []), *lines]


def _words(value: object) -> list[str]:
    if value is None:
        return []
    if isinstance(value, list | tuple):
        return [" ".join(_words(one)) if isinstance(one, list | tuple) else str(one) for one in value]
    return [str(value)]


def _by_when(row: views.Row, owing: Sequence[Json]) -> list[str]:
    lines = [f"answer asked for by {briefs.shown(when(row[19]))}"] if row.get(19) else []
    return lines + [f"{one['receipt']} owed by {one['owed_by']} until {briefs.until(one)}" for one in owing]


_MEANING: Final = (
    ("R0", "whether the other node holds it"),
    ("R1", "whether an officer read it"),
    ("R2", "whether it was understood"),
    ("R3", "whether it was passed to a named command"),
    ("R4", "what they answer"),
)


def _not_reached(books: Books, envelope_hash: bytes, *, outgoing: bool) -> list[str]:
    state = exchange_of(books.unit, envelope_hash)
    if state is None or not outgoing:
        return []
    reached = receipts_json(state)
    missing = [f"{meaning} ({level})" for level, meaning in _MEANING if level not in reached]
    # What was done is somebody's own observation, whatever the receipts say.
    return [*missing, "what was done: no receipt says that"]


# --- of a case --------------------------------------------------------------------------------------------------------


def _of_case(books: Books, state: Case) -> Json:
    timeline = case_reading.read_timeline(books, state.number, {})
    messages = [
        (bytes.fromhex(one["reference"]), row)
        for one in timeline
        if one["kind"] == "message"
        and (row := views.row(books.unit, views.MESSAGES, bytes.fromhex(one["reference"]))) is not None
    ]
    spoken = [one for one in timeline if one["kind"] in {"contact", "call", "message", "account"}]
    return _card(
        books,
        state.number,
        f"{state.title}; {state.status.value}, opened {briefs.shown(when(state.opened_at))}",
        said=[_line(one) for one in reversed(spoken)],
        asked=[line for _, row in messages for line in _asked(books, row)],
        by_when=[line for key, row in messages for line in _by_when(row, owed.of_message(books, key, row))],
        options=_options(books, state),
        decided=_decided(books, state),
        not_known=_open(books, state),
    )


def _line(one: Json) -> str:
    where = f" on {one['channel']}" if one["channel"] else ""
    proof = f" [{one['proof']}{', ' + one['level'] if one['level'] else ''}]" if one["proof"] else ""
    # Between two instants is no minute: a card that says one would be read aloud as known.
    until = f" to {briefs.shown(one['until'])}" if one["until"] else ""
    return briefs.cut(f"{briefs.shown(one['at'])}{until}{where}: {one['title']}", ROW_CHARS) + proof


def _asked(books: Books, row: views.Row) -> list[str]:
    held = case_parts.body_of(books, int(row[4]))
    return [] if held is None else _words(names_from_values(str(row[6]), held[1]).get("requested-action"))


def _decisions(books: Books, state: Case) -> list[Any]:
    found = [
        case_parts.decision_of(books, link.reference)
        for link in case_changes.links(books.unit, state.number)
        if link.kind == "decision" and link.left_at is None
    ]
    return [one for one in found if one is not None]


def _options(books: Books, state: Case) -> list[str]:
    return list(dict.fromkeys(option for one in _decisions(books, state) for option in one.options))


def _decided(books: Books, state: Case) -> list[str]:
    return [
        briefs.cut(f"{one.number} {one.what}: {one.chosen}, because {one.reason}", ROW_CHARS)
        for one in reversed(_decisions(books, state))
    ]


def _open(books: Books, state: Case) -> list[str]:
    """Return what a case does not settle: contradictions nobody assessed, and what its contacts do not hold."""
    lines = [
        briefs.cut(f"{one['first']} and {one['second']}: {one['what']}", ROW_CHARS)
        for one in case_reading.contradictions_json(books, state)
        if not one["assessment"]
    ]
    for link in case_changes.links(books.unit, state.number):
        contact = case_parts.contact_of(books, link.reference) if link.kind == "contact" and not link.left_at else None
        if contact is not None:
            unsaid = ["who began it"] if not contact.initiated_by else []
            # What the record itself says that it does not hold is not said twice.
            lines += [f"{contact.number}: {one}" for one in dict.fromkeys((*contact.unknown, *unsaid))]
    return lines


# --- the sheet --------------------------------------------------------------------------------------------------------


def sheet(books: Books, name: str, _query: Mapping[str, Any]) -> printing.Sheet:
    """Return a card as one printed page.

    Raises:
        LocalError: CASE-UNKNOWN, MESSAGE-UNKNOWN.
    """
    told = read_card(books, name)
    parts: list[printing.Part] = []
    for key, heading in PARTS:
        lines, (rows, chars) = told[key], ROOM[key]
        more = f", and {len(lines) - rows} more" if len(lines) > rows else ""
        parts.append(printing.Heading(text=heading + more))
        parts += [
            printing.Paragraph(text=briefs.cut(line, SAID_CHARS if key == "said" and not place else chars))
            for place, line in enumerate(lines[:rows] or [NOTHING[key]])
        ]
    return printing.Sheet(
        title="Card",
        subtitle=briefs.cut(told["title"], ROW_CHARS),
        realm=books.realm,
        made_at=books.now,
        one_page=True,
        parts=tuple(parts),
    )


NOTHING: Final[Mapping[str, str]] = {
    "said": "Nothing was recorded.",
    "asked": "Nothing was asked in a coded field.",
    "by_when": "No time is set.",
    "options": "No options are recorded.",
    "decided": "Nothing was decided before.",
    "not_known": "Nothing is marked as not known. That is no proof that everything is known.",
}
"""What stands where a part is empty."""
