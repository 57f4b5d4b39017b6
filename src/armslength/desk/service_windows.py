"""What the faces read and prepare of windows of silence, of notices of sites and of the exchange of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.core.places import area_from_cbor
from armslength.desk import cast, form_json, listing, service_codebook, service_read, windowing
from armslength.desk.form_json import instant_of
from armslength.line.form_types import FieldKind
from armslength.register.window_types import Assurance, EventKind, Means, Said, Violation, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant
    from armslength.core.places import Area
    from armslength.desk import views
    from armslength.desk.books import Books
    from armslength.desk.cast import LineView
    from armslength.desk.list_changes import Change as ListChange
    from armslength.desk.prepared import Prepared
    from armslength.desk.window_changes import Change

    ValuesOf = Callable[[Books, LineView], dict[int, CborValue]]

Json = dict[str, Any]

when = service_read.when


# --- reading ----------------------------------------------------------------------------------------------------------


def read_windows(books: Books) -> list[Json]:
    """Return every window of silence, by id."""
    return [window_json(books, one) for one in windowing.every_window(books)]


def read_window(books: Books, name: str) -> Json:
    """Return one window with its history.

    Raises:
        LocalError: WINDOW-UNKNOWN.
    """
    found = windowing.window(books, name)
    state = found.state
    return {
        **window_json(books, found),
        "violations": [
            {
                "at": when(one.at),
                "by": one.by,
                "what": one.what,
                "evidence": list(one.evidence),
                "reporter": one.reporter,
                "counted": one.counted,
            }
            for one in state.violations
        ],
        "history": [
            {"step": one.kind.value, "at": when(one.at), "officer": one.officer, "note": one.note}
            for one in state.history
        ],
    }


def window_json(books: Books, found: Change) -> Json:
    """Return one window without its history: plan, status, each party's assurance, who is missing, counts."""
    state, plan = found.state, found.state.plan
    peers = [books.line(line).peer for line in found.lines]
    return {
        "window": plan.window_id,
        "proposer": plan.proposer,
        "facility": plan.facility_id or None,
        "zone": form_json.plain(_zone(plan.zone)),
        "from": when(plan.from_at),
        "until": when(plan.until_at),
        "assure_by": when(plan.assure_by),
        "works": list(plan.works),
        "crews": list(plan.crews),
        "observers": list(plan.observers),
        "parties": list(plan.parties),
        "lines": peers,
        "status": state.status.value,
        "changed_at": when(state.changed_at),
        "assurances": [_assurance_json(state, party) for party in plan.parties],
        "missing": list(state.owed),
        "counts": state.counts,
        "crews_out": list(state.crews_out),
        "told": None if state.told is None else {"status": state.told[0], "at": when(state.told[1])},
        "outcome": state.outcome,
        "pillars": [list(pair) for pair in state.pillars],
    }


def _zone(area: Area) -> Any:  # noqa: ANN401 - a value of the encoding
    return area.to_cbor()


def _assurance_json(state: Window, party: str) -> Json:
    said = state.assurances.get(party)
    if said is None:
        return {"party": party, "said": "NONE", "covers": False}
    return {
        "party": party,
        "said": said.said.value,
        "means": said.means.value,
        "commands": list(said.commands),
        "from": when(said.from_at),
        "until": when(said.until_at),
        "reference": said.reference,
        "at": when(said.at),
        "covers": party not in state.missing,
    }


def read_disclosures(books: Books, facility_id: str | None = None) -> list[Json]:
    """Return what was told of a facility, or of all, on each line, with the receipts of each notice."""
    return [_disclosure_json(books, key, row) for key, row in listing.disclosures(books, facility_id)]


def _disclosure_json(books: Books, key: bytes, row: views.Row) -> Json:
    state = service_read.exchange_of(books.unit, key)
    return {
        "notice": key.hex(),
        "facility": row[2],
        "line": books.line(row[1]).peer,
        "ours": row[3],
        "told": list(row[4]),
        "precision_m": row[5],
        "valid_until": when(row[6]),
        "expired": row[6] <= books.now,
        "at": when(row[7]),
        "ended_at": when(row[8]),
        "ended_by": row[9],
        "receipts": {} if state is None else service_read.receipts_json(state),
    }


def read_lists(books: Books) -> list[Json]:
    """Return every exchange of lists: year, line, date, where it stands; no list and no salt."""
    return [_list_json(books, one) for one in listing.every_exchange(books)]


def _list_json(books: Books, one: ListChange) -> Json:
    state = one.state
    return {
        "year": state.year,
        "line": books.line(one.line).peer,
        "commit_due_at": when(state.commit_due_at),
        "due_at": when(state.due_at),
        "status": state.status.value,
        "our_list_recorded": one.entry is not None,
        "ours": None if state.ours is None else {"digest": state.ours.digest.hex(), "count": state.ours.count},
        "theirs": None if state.theirs is None else {"digest": state.theirs.digest.hex(), "count": state.theirs.count},
        "theirs_revealed": state.theirs_revealed or None,
        "mismatch": state.mismatch or None,
        "early": state.early,
    }


# --- preparing records ------------------------------------------------------------------------------------------------


def _window(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    lines = [cast.find_line(books.unit, books.realm, str(name)) for name in given["lines"]]
    return windowing.prepare_window(
        books,
        officer,
        lines=[line.line for line in lines],
        zone=area_from_cbor(form_json.to_wire(FieldKind.AREA, _area(given["zone"]))),
        works=_texts(given["works"]),
        crews=_texts(given["crews"]),
        parties=_texts(given["parties"]),
        from_at=instant_of(str(given["from"])),
        until_at=instant_of(str(given["until"])),
        assure_by=instant_of(str(given["assure_by"])),
        observers=_texts(given.get("observers", ())),
        facility_id=str(given.get("facility") or ""),
    )


def _area(given: Any) -> Any:  # noqa: ANN401 - what a face was given
    """Return a zone as the fields of messages have it; one by name may be given instead."""
    if not isinstance(given, dict):
        return given
    shape = given["shape"]
    if shape == "CIRCLE":
        return [shape, given["centre"], given["radius_m"]]
    return [shape, given["points"], given["width_m"]] if shape == "ROUTE" else [shape, given["points"]]


def _step(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    step = str(given["step"])
    return windowing.prepare_step(
        books,
        officer,
        str(given["window"]),
        step,
        str(given.get("reason") or ""),
        assurance=_recorded(books, given) if step == EventKind.ASSURANCE else None,
        violation=_observed(books, given) if step == EventKind.VIOLATION else None,
        crews=_texts(given.get("crews", ())),
        times=_times(given) if step == EventKind.RESCHEDULE else None,
        pillars=tuple((str(pillar), str(status)) for pillar, status in given.get("pillars", ())),
    )


def _times(given: Mapping[str, Any]) -> tuple[Instant, Instant, Instant]:
    from_at, until_at, assure_by = (instant_of(str(given[name])) for name in ("from", "until", "assure_by"))
    return from_at, until_at, assure_by


def _recorded(books: Books, given: Mapping[str, Any]) -> Assurance:
    plan = windowing.window(books, str(given["window"])).state.plan
    return Assurance(
        party=str(given["party"]),
        said=Said(str(given["said"])),
        means=Means(str(given["means"])),
        commands=_texts(given["commands"]),
        from_at=instant_of(str(given["from"])) if "from" in given else plan.from_at,
        until_at=instant_of(str(given["until"])) if "until" in given else plan.until_at,
        reference=str(given["reference"]),
        at=books.now,
    )


def _observed(books: Books, given: Mapping[str, Any]) -> Violation:
    return Violation(
        at=instant_of(str(given["at"])),
        by=str(given.get("by") or ""),
        what=str(given["what"]),
        evidence=_texts(given.get("evidence", ())),
        reporter=books.party,
    )


def _list(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    line = cast.find_line(books.unit, books.realm, given.get("line"))
    chosen = given.get("sites")
    sites = None
    if chosen is not None:
        pairs = [(str(one["facility"]), _metres(one.get("precision_m"))) for one in chosen]
        sites = listing.sites_of(books, pairs)
    return listing.prepare_list(books, officer, line, int(given["year"]), instant_of(str(given["due"])), sites)


def _pillars(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    return windowing.prepare_pillars(books, officer, str(given["window"]))


def _texts(given: Any) -> tuple[str, ...]:  # noqa: ANN401 - what a face was given
    if isinstance(given, str) or not isinstance(given, list | tuple):
        raise LocalError("PREPARED-MALFORMED", part="a list of texts")
    return tuple(str(one) for one in given)


def _metres(given: Any) -> int | None:  # noqa: ANN401 - as above
    return None if given is None else int(given)


MAKERS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Prepared]]] = {
    "window": _window,
    "window-step": _step,
    "window-pillars": _pillars,
    "list": _list,
}
"""Kinds of `Service.prepare_local` that this file adds."""


# --- preparing messages -----------------------------------------------------------------------------------------------


def window_message(name: str) -> Callable[[Books, LineView], dict[int, CborValue]]:
    """Return what gives the fields of a window's WINDOW on a line, for `Service.prepare_values`."""
    return lambda books, line: windowing.window_values(books, name, line)


def status_message(name: str, reason: str) -> Callable[[Books, LineView], dict[int, CborValue]]:
    """Return what gives the fields of a WINDOW-STATUS, for `Service.prepare_values`."""
    return lambda books, _line: windowing.status_values(books, name, reason)


def assurance_message(
    name: str, said: str, commands: tuple[str, ...], times: tuple[Instant, Instant] | None = None
) -> Callable[[Books, LineView], dict[int, CborValue]]:
    """Return what gives the fields of our ASSURANCE, for `Service.prepare_values`."""
    return lambda books, line: windowing.assurance_values(books, name, line, said, commands, times)


def notice_message(
    facility_id: str,
    tell: tuple[str, ...],
    valid_until: Instant,
    *,
    precision_m: int | None = None,
    language: str | None = None,
    replaces: bytes | None = None,
) -> Callable[[Books, LineView], dict[int, CborValue]]:
    """Return what gives the fields of a SITE-NOTICE, for `Service.prepare_values`."""
    return lambda books, _line: listing.notice_values(
        books,
        facility_id,
        tell=tell,
        valid_until=valid_until,
        precision_m=precision_m,
        language=language,
        replaces=replaces,
    )


def withdrawal_message(notice: bytes) -> Callable[[Books, LineView], dict[int, CborValue]]:
    """Return what gives the fields by which a notice is taken back, for `Service.prepare_values`."""
    return lambda books, _line: listing.withdrawal_values(books, notice)


def list_message(year: int, stage: str) -> Callable[[Books, LineView], dict[int, CborValue]]:
    """Return what gives the fields of a LIST-EXCHANGE, for `Service.prepare_values`."""
    return lambda books, line: listing.list_values(books, line, year, stage)


def _times_of(given: Mapping[str, Any]) -> tuple[Instant, Instant] | None:
    if given.get("from") is None and given.get("until") is None:
        return None
    return instant_of(str(given["from"])), instant_of(str(given["until"]))


def _filled_assurance(given: Mapping[str, Any]) -> tuple[str, ValuesOf]:
    said, commands = str(given["said"]), _texts(given["commands"])
    return "ASSURANCE", assurance_message(str(given["window"]), said, commands, _times_of(given))


def _filled_notice(given: Mapping[str, Any]) -> tuple[str, ValuesOf]:
    replaces, language = given.get("replaces"), given.get("language")
    return "SITE-NOTICE", notice_message(
        str(given["facility"]),
        _texts(given["tell"]),
        instant_of(str(given["valid_until"])),
        precision_m=_metres(given.get("precision_m")),
        language=None if language is None else str(language),
        replaces=None if replaces is None else bytes.fromhex(str(replaces)),
    )


MESSAGES: Final[dict[str, Callable[[Mapping[str, Any]], tuple[str, ValuesOf]]]] = {
    "window": lambda given: ("WINDOW", window_message(str(given["window"]))),
    "window-status": lambda given: ("WINDOW-STATUS", status_message(str(given["window"]), str(given["reason"]))),
    "assurance": _filled_assurance,
    "site-notice": _filled_notice,
    "withdrawal": lambda given: ("SITE-NOTICE", withdrawal_message(bytes.fromhex(str(given["notice"])))),
    "list": lambda given: ("LIST-EXCHANGE", list_message(int(given["year"]), str(given["stage"]))),
    **service_codebook.MESSAGES,
}
"""Kinds of `Service.prepare_filled`: what was given to the form and to what gives its fields."""
