"""What `client.InProcess` reads: the same words as the API's paths, answered from the node opened here."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.desk import (
    alarm_acts,
    closed_reads,
    feeds,
    map_layers,
    service_audit,
    service_book,
    service_calls,
    service_cases,
    service_codebook,
    service_contacts,
    service_imports,
    service_line_checks,
    service_local,
    service_notices,
    service_officers,
    service_read,
    service_shifts,
    service_translations,
    service_watch,
    service_windows,
)
from armslength.desk.form_json import instant_of
from armslength.desk.report_lookup import LISTED_MAX
from armslength.desk.service_doctor import read_doctor
from armslength.entrypoints.cli.client import JOURNAL_PAGE, files_answer

if TYPE_CHECKING:
    from armslength.core.instants import Instant
    from armslength.node import Node

Json = Any
_PARTS: Final = {
    **service_audit.READS,
    **service_book.READS,
    **service_contacts.READS,
    **service_line_checks.READS,
    **service_calls.READS,
    **service_cases.READS,
    **service_shifts.READS,
    **service_codebook.READS,
    **service_translations.READS,
    **service_notices.READS,
    **service_officers.READS,
}
_PARTS_ONE: Final = {
    **service_book.READS_ONE,
    **service_contacts.READS_ONE,
    **service_line_checks.READS_ONE,
    **service_calls.READS_ONE,
    **service_cases.READS_ONE,
    **service_shifts.READS_ONE,
    **service_codebook.READS_ONE,
    **service_translations.READS_ONE,
    **service_notices.READS_ONE,
}
"""What parts of the desk say themselves may be read of them."""

Query = Mapping[str, "str | int | None"]


def read(node: Node, what: str, name: str | None, query: Query) -> Json:
    """Return what was asked for.

    Raises:
        LocalError: READ-UNKNOWN, and the codes of what is read.
    """
    _note_closed(node, what, name, query)
    reader = (_ALL if name is None else _ONE).get(what)
    if reader is None:
        return _read_part(node, what, name, query)
    return reader(node, query if name is None else {**query, "name": name})


_CLOSED: Final = {
    ("entries", True): ("entry", "index"),
    ("export", False): ("export", ""),
    ("audit-report", False): ("audit-report", ""),
    ("cases", True): ("case", "case"),
    ("case-timeline", True): ("case-timeline", "case"),
    ("concerns", True): ("concern", "concern"),
    ("concern-form", True): ("concern-form", "concern"),
    ("messages", True): ("message", "name"),
    ("drafts", True): ("draft", "name"),
    ("cards", True): ("card", "name"),
    ("sheets", True): ("sheets", "kind"),
}
"""Word read, with a name or without -> operation of `closed_reads.CLOSED`, and what the name is called there."""


def _note_closed(node: Node, what: str, name: str | None, query: Query) -> None:
    """Note the read of a closed record before it is shown, as the API does; nobody has signed in at the node itself."""
    operation, called = _CLOSED.get((what, name is not None), ("", ""))
    asked = {key: value for key, value in query.items() if value is not None} | ({called: name} if called else {})
    due = node.service.look(
        lambda books: closed_reads.due(books, operation, asked, officer="", roles=frozenset(), face=closed_reads.HOME)
    )
    if due is not None:
        asyncio.run(node.desk.write(lambda books: closed_reads.record(books, due)))


def _read_part(node: Node, what: str, name: str | None, query: Query) -> Json:
    given = {key: value for key, value in query.items() if value is not None}
    if name is None and what in _PARTS:
        every = _PARTS[what]
        return node.service.look(lambda books: every(books, given))
    if name is not None and what in _PARTS_ONE:
        one = _PARTS_ONE[what]
        return node.service.look(lambda books: one(books, name, given))
    raise LocalError("READ-UNKNOWN", asked=what)


def _text(query: Query, key: str) -> str | None:
    value = query.get(key)
    return None if value is None else str(value)


def _at(query: Query, key: str) -> Instant | None:
    asked = _text(query, key)
    return None if asked is None else instant_of(asked)


def _locale(node: Node, query: Query) -> str:
    return _text(query, "locale") or node.settings.languages[0]


def _messages(node: Node, query: Query) -> Json:
    line = _text(query, "line")
    service = node.service
    return service.look(
        lambda books: service_read.read_messages(books, None if line is None else service.line(books, line))
    )


def _count(node: Node, query: Query) -> Json:
    as_of = _text(query, "as_of")
    return node.service.look(
        lambda books: service_read.read_count(
            books,
            books.now if as_of is None else instant_of(as_of),
            initiated_by=_text(query, "initiated_by"),
            subject=_text(query, "subject"),
        )
    )


def _entries(node: Node, query: Query) -> Json:
    start, limit = int(query.get("start") or 0), int(query.get("limit") or JOURNAL_PAGE)
    return node.service.look(lambda books: service_read.read_entries(books, start, limit))


def _export(node: Node, query: Query) -> Json:
    from armslength.desk.exporting import export_line

    service = node.service
    return files_answer(service.look(lambda books: export_line(books, service.line(books, _text(query, "line")).line)))


_Reader = Callable[["Node", Query], Json]
_Asked = Callable[["Node", Mapping[str, Json]], Json]

_ALL: Final[dict[str, _Reader]] = {
    "officer-manifest": lambda node, _: node.asked_manifest(),
    "doctor": lambda node, _: node.service.look(read_doctor) + node.own_findings(),
    "health": lambda node, _: node.service.look(service_read.read_health),
    "lines": lambda node, _: node.service.look(service_read.read_lines),
    "messages": _messages,
    "drafts": lambda node, _: node.service.look(service_read.read_drafts),
    "alarms": lambda node, query: node.service.look(
        lambda books: service_read.read_alarms(books, every=bool(query.get("every")))
    ),
    "concerns": lambda node, _: node.service.look(service_watch.concerns_json),
    "reports": lambda node, query: node.service.look(
        lambda books: service_watch.read_reports(
            books, _at(query, "since"), _at(query, "until"), min(int(query.get("limit") or JOURNAL_PAGE), LISTED_MAX)
        )
    ),
    "findings": lambda node, query: node.service.look(
        lambda books: service_watch.read_findings(books, str(_text(query, "facility")))
    ),
    "rules": lambda node, _: node.service.look(service_watch.read_rules_in_force),
    "imports": lambda node, _: node.service.look(service_imports.read_imports),
    "feeds": lambda node, _: node.service.look(feeds.read_feeds),
    "map-layers": lambda node, _: node.service.look(map_layers.read_layers),
    "dead-letters": lambda node, query: node.service.look(
        lambda books: feeds.read_dead_letters(books, _text(query, "feed"), int(query.get("limit") or JOURNAL_PAGE))
    ),
    "windows": lambda node, _: node.service.look(service_windows.read_windows),
    "lists": lambda node, _: node.service.look(service_windows.read_lists),
    "disclosures": lambda node, query: node.service.look(
        lambda books: service_windows.read_disclosures(books, _text(query, "facility"))
    ),
    "facilities": lambda node, _: node.service.look(service_local.read_facilities),
    "delegations": lambda node, _: node.service.look(service_local.read_delegations),
    "count": _count,
    "entries": _entries,
    "export": _export,
    "codes": lambda node, query: node.service.look(
        lambda books: service_codebook.read_codes(books, node.service.renderer, query)
    ),
}

_ONE: Final[dict[str, _Reader]] = {
    "messages": lambda node, query: node.service.message(
        _text(query, "line"), str(query["name"]), _locale(node, query)
    ),
    "drafts": lambda node, query: node.service.draft(str(query["name"]), _locale(node, query)),
    "entries": lambda node, query: node.service.look(
        lambda books: service_read.read_record(books, int(str(query["name"])))
    ),
    "facilities": lambda node, query: node.service.look(
        lambda books: service_watch.read_facility(books, str(query["name"]), _at(query, "at"))
    ),
    "facility-versions": lambda node, query: node.service.look(
        lambda books: service_watch.read_versions(books, str(query["name"]))
    ),
    "reports": lambda node, query: node.service.look(
        lambda books: service_watch.read_report(books, str(query["name"]))
    ),
    "concerns": lambda node, query: node.service.look(
        lambda books: service_watch.read_concern(books, str(query["name"]))
    ),
    "concern-form": lambda node, query: node.service.look(
        lambda books: service_watch.concern_form(books, str(query["name"]))
    ),
    "windows": lambda node, query: node.service.look(
        lambda books: service_windows.read_window(books, str(query["name"]))
    ),
    "codes": lambda node, query: node.service.look(
        lambda books: service_codebook.read_code(books, node.service.renderer, str(query["name"]))
    ),
    "sheets": lambda node, query: node.service.sheet(
        str(query["name"]), _text(query, "of") or "", {key: one for key, one in query.items() if one is not None}
    ),
}


def ask(node: Node, what: str, officer: str, given: Mapping[str, Json]) -> Json:
    """Do what the API does on such a path.

    Raises:
        LocalError: READ-UNKNOWN, and the codes of what is done.
    """
    doer = _ASKS.get(what)
    if doer is None:
        signed = _ASKS_BY.get(what)
        if signed is None:
            raise LocalError("READ-UNKNOWN", asked=what)
        return signed(node, officer, given)
    return doer(node, given)


def _import(node: Node, given: Mapping[str, Json]) -> Json:
    return asyncio.run(node.service.submit_import(given, b64decode(str(given["data"]), validate=True)))


def _notice_batch(node: Node, given: Mapping[str, Json]) -> Json:
    return asyncio.run(node.service.submit_notice_batch(given, b64decode(str(given["data"]), validate=True)))


def _alarm_test(node: Node, officer: str, given: Mapping[str, Json]) -> Json:
    del given
    return {"alarm": asyncio.run(node.desk.write(lambda books: alarm_acts.ring_test(books, officer))).hex()}


_ASKS_BY: Final[dict[str, Callable[[Node, str, Mapping[str, Json]], Json]]] = {
    "alarm-test": _alarm_test,
    "prepare/officer-code": lambda node, officer, given: node.service.look(
        lambda books: service_officers.coded(books, officer, given)
    ),
    "prepare/notice-batch": lambda node, officer, given: node.service.notices.prepare_batch(officer, given),
    "prepare/notices": lambda node, officer, given: node.service.notices.prepare(
        officer, str(given["step"]), str(given["batch"]), given
    ),
}
"""What is prepared for the officer who asks."""

_ASKS: Final[dict[str, _Asked]] = {
    "officer-manifest": lambda node, given: asyncio.run(
        node.desk.act(lambda books: service_officers.enter_manifest(books, str(given["manifest"])))
    ),
    "dry-run/notices": lambda node, given: node.service.notices.dry_run(given),
    "notice-batches": _notice_batch,
    "submit/notices": lambda node, given: asyncio.run(node.service.submit_notices(given["submissions"])),
    "dry-run/import": lambda node, given: node.service.imports.dry_run(given),
    "imports": _import,
    "dry-run/terms": lambda node, given: node.language.dry_run(given),
    "map-data": lambda node, given: asyncio.run(node.maps.take(given)),
    "machine-drafts": lambda node, given: asyncio.run(node.language.machine_draft(given)),
    "term-checks": lambda node, given: node.service.look(lambda books: service_translations.check_terms(books, given)),
    "drafting-checks": lambda node, given: node.service.look(
        lambda books: service_translations.lint_text(books, given)
    ),
    "rules/check": lambda _, given: service_watch.check_rules(str(given["text"])),
    "rules/what-if": lambda node, given: node.service.look(
        lambda books: service_watch.what_if(books, str(given["text"]))
    ),
}
