"""The sheet that a call is read from: both languages, how it sounds, boxes to tick, lines to write on.

It is made for the hour when nothing else works: from a message, a draft or a concern, or blank for a channel. What the
officer hears is written on it by hand and entered afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.channels.book import Side
from armslength.core.errors import LocalError
from armslength.core.instants import Instant, rfc3339
from armslength.core.places import degrees_text, mgrs_text, place_from_cbor
from armslength.core.precedence import Precedence
from armslength.desk import answering, booking, calling, drafting, service_watch, views
from armslength.desk import cast as who
from armslength.desk.form_json import values_from_names
from armslength.desk.printing import Blanks, Boxes, Fields, Heading, Paragraph, Sheet, Spoken, Table
from armslength.language.call_words import Script
from armslength.language.paper import PaperMessage, to_paper
from armslength.language.rendering import ADDED
from armslength.language.shapes import Header
from armslength.line import fields, forms
from armslength.line.form_types import FieldKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.channels.book import Channel
    from armslength.channels.call_types import Call
    from armslength.core.cbor import CborValue
    from armslength.core.places import Place
    from armslength.desk.books import Books
    from armslength.desk.printing import Part
    from armslength.language.call_words import Said
    from armslength.language.rendering import Renderer
    from armslength.language.texts import Texts

Body = dict[int, "CborValue"]

BLANK_LINES: Final = 6
"""Lines to write on: as many as one takes down in a call of some minutes."""

BLANK_READ_BACKS: Final = 3
"""Empty rows for places and numbers that come up in the call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a sheet is worded with.

    Args:
        renderer: renders messages.
        scripts: what is said in calls, by language.
    """

    renderer: Renderer
    scripts: Mapping[str, Texts]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Message:
    """What is to be told: a body with its number, when it has one."""

    body: Body
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What a sheet is made from."""

    books: Books
    words: Words
    channel: Channel
    script: Script
    call: Call | None = None
    message: _Message | None = None
    read_backs: list[tuple[str, str]] = field(default_factory=list)

    def spoken(self, step: str, said: Said) -> Spoken:
        """Return a line of the script."""
        return Spoken(step=step, ours=said.ours, theirs=said.theirs, pronunciation=said.sound)

    def line(self, step: str, name: str, **arguments: str) -> Spoken:
        """Return a line of the script by the names of its step and of its sentence."""
        return self.spoken(self.script.label(f"step-{step}"), self.script.said(name, **arguments))


def call_sheet(books: Books, words: Words, name: str, query: Mapping[str, Any]) -> Sheet:
    """Return the sheet of a call.

    Args:
        books: what it is made from.
        words: what it is worded with.
        name: a channel of the book, or the number of a call.
        query: ``language`` ours, ``theirs`` theirs, and one of ``message`` (with ``line``), ``draft`` and ``concern``.

    Raises:
        LocalError: CHANNEL-UNKNOWN, CALL-UNKNOWN, LOCALE-UNKNOWN, and the codes of what is to be told.
    """
    call = calling.call(books, name) if name.upper().startswith(f"{calling.PREFIX}-") else None
    channel = booking.channel(books, name if call is None else call.channel)
    ours = str(query.get("language") or books.manifest().languages[0])
    theirs = str(query.get("theirs") or _their_language(channel, ours, words.scripts))
    asked = _Asked(
        books=books,
        words=words,
        channel=channel,
        script=Script(words_of(words, ours), words_of(words, theirs)),
        call=call,
        message=_message(books, channel, query),
    )
    end = channel.end(Side.THEIRS)
    label = asked.script.label
    return Sheet(
        title=label("title"),
        subtitle=label("subtitle", channel=channel.name, party=end.party, post=end.post),
        realm=books.realm,
        made_at=books.now,
        language=ours,
        parts=(
            Paragraph(text=label("unverified"), strong=True),
            *_before(asked),
            *_script(asked),
            *_told(asked),
            *_afterwards(asked),
        ),
    )


def call_script(books: Books, words: Words, name: str, query: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said in a call, line by line as the sheet has it, for a screen.

    Args:
        books: what it is made from.
        words: what it is worded with.
        name: a channel of the book, or the number of a call.
        query: as `call_sheet` has it.

    Raises:
        LocalError: the codes of `call_sheet`.
    """
    made = call_sheet(books, words, name, query)
    spoken = [
        {"step": one.step, "ours": one.ours, "theirs": one.theirs, "sound": one.pronunciation}
        for one in made.parts
        if isinstance(one, Spoken)
    ]
    head = words_of(words, made.language).say("sheet-sent")
    sent = next((one.rows for one in made.parts if isinstance(one, Table) and head in one.head), ())
    return {
        "title": made.title,
        "subtitle": made.subtitle,
        "language": made.language,
        "lines": spoken,
        "read_backs": [{"what": row[0], "sent": row[1]} for row in sent if row[0]],
    }


def words_of(words: Words, locale: str) -> Texts:
    """Return what is said in calls in one language.

    Raises:
        LocalError: LOCALE-UNKNOWN.
    """
    found = words.scripts.get(locale)
    if found is None:
        raise LocalError("LOCALE-UNKNOWN", got=locale, expected=", ".join(words.scripts))
    return found


def _their_language(channel: Channel, ours: str, scripts: Mapping[str, Texts]) -> str:
    """Return the language of the channel that is spoken first and is not ours; ours when there is no other."""
    spoken = [one.split("-")[0] for one in channel.languages]
    return next((one for one in spoken if one in scripts and one != ours), ours)


# --- before the call --------------------------------------------------------------------------------------------------


def _before(asked: _Asked) -> tuple[Part, ...]:
    label, channel, call = asked.script.label, asked.channel, asked.call
    numbers = calling.book_numbers(asked.books, channel.channel_id)
    rows = [
        (label("channel"), f"{channel.channel_id}, {channel.name}"),
        (label("telephone"), "; ".join(numbers)),
        (label("hours"), label("round-the-clock") if not channel.hours else _hours(channel)),
        (label("languages"), ", ".join(channel.languages)),
        (label("purpose"), channel.purpose),
        *([(label("exclusions"), "; ".join(channel.exclusions))] if channel.exclusions else []),
        *([(label("approves"), ", ".join(channel.approves))] if channel.approves else []),
        (label("call-number"), "" if call is None else call.number),
        (label("about"), "" if call is None else call.about),
        (label("our-officer"), "" if call is None else ", ".join(call.ours)),
        (label("their-officer"), "" if call is None else ", ".join(call.theirs)),
        (label("interpreter"), "" if call is None else call.interpreter),
    ]
    clock = ("rang", "answered", "waits-for", "wait-from", "wait-until", "operations-rung", "ended")
    identity = ("box-called-back", "box-challenge", "box-disowned")
    return (
        Heading(text=label("before")),
        Paragraph(text=label("our-number")),
        Fields(pairs=tuple(rows)),
        Heading(text=label("identity")),
        Boxes(labels=tuple(label(one) for one in identity)),
        Heading(text=label("clock")),
        Table(head=tuple(label(one) for one in clock), rows=(("",) * len(clock),) * 2),
    )


def _hours(channel: Channel) -> str:
    parts = [
        f"{''.join(map(str, one.days))} {one.from_min // 60:02}:{one.from_min % 60:02}-"
        f"{one.until_min // 60:02}:{one.until_min % 60:02}"
        for one in channel.hours
    ]
    return f"{'; '.join(parts)} {channel.time_zone}"


# --- what is said -----------------------------------------------------------------------------------------------------


def _script(asked: _Asked) -> tuple[Part, ...]:
    label, line = asked.script.label, asked.line
    exercise = [line("exercise", "exercise")] if asked.books.realm.value == "EXERCISE" else []
    return (
        Heading(text=label("script")),
        *_opening(asked),
        line("greeting", "greeting", party=asked.books.party),
        *exercise,
        line("who", "who"),
        line("challenge", "challenge"),
        line("call-back", "back-first"),
        line("not-acting", "not-acting"),
        line("called-us", "asks-who-called"),
        line("anybody", "no-certain-person"),
        line("reading", "reading"),
    )


def _opening(asked: _Asked) -> tuple[Part, ...]:
    """Return the form of address, to the letter as the other side approved it (C4); nothing when there is none."""
    sheet = asked.channel.address_sheet(asked.script.theirs.locale)
    if sheet is None:
        return ()
    step = asked.script.label("opening" if sheet.approved else "opening-unapproved")
    own = asked.channel.address_sheet(asked.script.ours.locale)
    return (asked.spoken(step, asked.script.free(sheet.titles if own is None else own.opening, sheet.opening)),)


def _told(asked: _Asked) -> tuple[Part, ...]:
    label, line, message = asked.script.label, asked.line, asked.message
    if message is None:
        body: tuple[Part, ...] = (
            Heading(text=label("write-message")),
            line("message", "message"),
            Blanks(label="", count=BLANK_LINES),
        )
    else:
        title = asked.words.renderer.texts(asked.script.ours.locale).say(f"form-{_code(message).lower()}")
        body = (Heading(text=label("message", form=title)), line("message", "message"), *_fields(asked, message))
    return (
        *body,
        line("read-back", "read-back"),
        *_read_back(asked),
        line("right", "right"),
        line("wrong", "wrong"),
        line("repeat", "repeat"),
        line("passed-to", "passed-to"),
        line("when", "when-answer"),
        *(() if message is None else _paper(asked, message)),
    )


def _code(message: _Message) -> str:
    return str(message.body[fields.FORM_CODE])


def _fields(asked: _Asked, message: _Message) -> list[Part]:
    """Return the message field by field in both languages, numbers and places digit by digit."""
    script, shapes = asked.script, forms.fields_of(forms.form(_code(message)))
    found: list[Part] = []
    if message.number is not None:
        digits = str(message.number)
        asked.read_backs.append((script.label("step-number"), digits))
        found.append(asked.spoken(script.label("step-number"), script.digits("number", "digits", digits)))
    ours, theirs = (_rendered(asked, message, one.locale) for one in (script.ours, script.theirs))
    for number, (label, text) in ours.items():
        kind = shapes[number].kind if number in shapes else None
        if kind is FieldKind.PLACE:
            place = place_from_cbor(message.body[number])
            asked.read_backs.append((label, f"{degrees_text(place)}   {_grid(place)}"))
            found.append(asked.spoken(label, script.digits("place", "place", degrees_text(place))))
        elif number == fields.REPLY_BY:
            at = rfc3339(Instant(cast("int", message.body[number])))[:16].replace("T", " ")
            asked.read_backs.append((label, at))
            found.append(asked.line("answer-by", "answer-by", time=at))
        else:
            found.append(asked.spoken(label, script.free(text, ": ".join(theirs[number]))))
    return found


def _grid(place: Place) -> str:
    try:
        return mgrs_text(place, spaced=True)
    except LocalError:
        # The poles have no zone of the grid; degrees say it all.
        return ""


def _their_zone(asked: _Asked, party: str) -> str:
    """Return the zone of the other side's clock: as it says itself, or the channel's when it runs no node."""
    pinned = views.row(asked.books.unit, views.PARTIES, party.encode())
    return asked.channel.time_zone if pinned is None else asked.books.manifest(party).time_zone


def _rendered(asked: _Asked, message: _Message, locale: str) -> dict[int, tuple[str, str]]:
    """Return label and text of each field in one language."""
    body, end = message.body, asked.channel.end(Side.THEIRS)
    header = Header(
        realm=asked.books.realm,
        author=str(body[3]),
        addressees=(end.party,),
        number=message.number,
        stated_at=Instant(cast("int", body[2])),
    )
    zones = ((asked.books.party, asked.books.manifest().time_zone), (end.party, _their_zone(asked, end.party)))
    rendered = asked.words.renderer.render(_code(message), body, header, locale, zones)
    return {line.number: (line.label, line.text) for line in rendered.lines if line.number != ADDED}


def _read_back(asked: _Asked) -> tuple[Part, ...]:
    label = asked.script.label
    rows = [(what, sent, "", "") for what, sent in asked.read_backs] or [("",) * 4] * BLANK_READ_BACKS
    head = tuple(label(one) for one in ("item", "sent", "heard", "agrees"))
    return (
        Heading(text=label("read-backs")),
        Paragraph(text=label("read-back-rule")),
        Table(head=head, rows=tuple(rows), widths=(3, 5, 5, 2)),
    )


def _paper(asked: _Asked, message: _Message) -> tuple[Part, ...]:
    """Return the message in numbered lines with check digits (B8); nothing when a value has no place on paper."""
    body, end = message.body, asked.channel.end(Side.THEIRS)
    sheet = PaperMessage(
        realm=asked.books.realm,
        author=str(body[3]),
        addressees=(end.party,),
        number=message.number,
        stated_at=Instant(cast("int", body[2])),
        values={number: value for number, value in body.items() if number >= fields.FORM_CODE},
    )
    try:
        lines = to_paper(asked.words.renderer, asked.script.theirs.locale, sheet).splitlines()
    except LocalError as error:
        if error.code != "PAPER-VALUE":
            raise
        return ()
    label = asked.script.label
    head = (label("line"), label("said"))
    return (
        Heading(text=label("paper")),
        Table(head=head, rows=tuple((line, "") for line in lines if line), widths=(8, 1)),
    )


# --- if, and after ----------------------------------------------------------------------------------------------------

_OUTCOMES: Final = ("reached", "no-answer", "busy", "refused", "cut-off", "wrong-person", "left-word")
_RECORDERS: Final = ("by-us", "by-them", "nobody")


def _afterwards(asked: _Asked) -> tuple[Part, ...]:
    label, line = asked.script.label, asked.line
    sheet = asked.channel.address_sheet(asked.script.theirs.locale)
    closing = () if sheet is None or not sheet.closing or not sheet.approved else (sheet.closing,)
    return (
        Heading(text=label("step-stop")),
        line("stop", "stop-heard"),
        Blanks(label=label("stop"), count=2),
        Heading(text=label("step-not-ours")),
        line("not-ours", "not-ours"),
        Blanks(label=label("denial"), count=2),
        Heading(text=label("step-close")),
        line("not-consent", "not-consent"),
        *(asked.spoken(label("closing"), asked.script.free("", one)) for one in closing),
        line("close", "close"),
        Heading(text=label("outcome")),
        Boxes(labels=tuple(label(f"box-{one}") for one in _OUTCOMES)),
        Heading(text=label("recording")),
        Boxes(labels=tuple(label(f"box-{one}") for one in _RECORDERS)),
        Blanks(label=label("notes"), count=BLANK_LINES),
        Paragraph(text=label("afterwards")),
    )


# --- what is to be told -----------------------------------------------------------------------------------------------


def _message(books: Books, channel: Channel, query: Mapping[str, Any]) -> _Message | None:
    """Return the message, draft or concern that the sheet is for, None for a blank one."""
    if query.get("message"):
        view = who.find_line(books.unit, books.realm, query.get("line"))
        _, row = answering.find_message(books, view.line, str(query["message"]))
        return _Message(body=dict(answering.message_body(books, row)), number=row[3])
    if query.get("draft"):
        _, row = drafting.find_draft(books, str(query["draft"]))
        return _Message(body=dict(drafting.draft_prepared(row).body))
    if query.get("concern"):
        return _Message(body=_concern(books, channel, str(query["concern"])))
    return None


def _concern(books: Books, channel: Channel, concern_id: str) -> Body:
    """Return the fields of a CONCERN as the evidence fills them: it needs no line, only a telephone."""
    named = service_watch.concern_form(books, concern_id)
    entry = forms.form("CONCERN")
    return {
        **books.common(None, (channel.end(Side.THEIRS).party,)),
        fields.FORM_CODE: entry.code,
        fields.FORM_VERSION: entry.version,
        fields.PRECEDENCE: int(Precedence.IMMEDIATE),
        fields.LANGUAGE: books.manifest().languages[0],
        **values_from_names(entry.code, named),
    }
