"""What officers record at home: for each kind, what makes its body, what enters it, and who may in the single case.

Each part of the desk says its own rows; what has no part of its own stands here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.instants import rfc3339
from armslength.desk import (
    alarm_acts,
    alarms,
    booking,
    calling,
    casework,
    cast,
    checking_lines,
    contacting,
    delegation,
    drafting,
    feeds,
    listing,
    map_layers,
    notifying,
    officering,
    opening,
    phrasing,
    service_book,
    service_calls,
    service_cases,
    service_codebook,
    service_contacts,
    service_line_checks,
    service_notices,
    service_officers,
    service_shifts,
    service_translations,
    service_watch,
    service_windows,
    shift_work,
    translating,
    watching,
    windowing,
)
from armslength.register import documents, reports

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.prepared import Prepared, Signed


def _report(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    return watching.prepare_report(books, officer, report_from_json(books, given))


def report_from_json(books: Books, given: Mapping[str, Any]) -> reports.Report:
    """Return a report from plain values, as `register.documents` reads them; received now when it does not say."""
    document = {"received_at": rfc3339(books.now), **given}
    return documents.reports_from_document({"reports": [document]})[0]


def _facility(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    return watching.prepare_facility(books, officer, documents.facility_from_document(dict(given)))


def _concern_step(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    return watching.prepare_concern_step(
        books, officer, str(given["concern"]).upper(), str(given["step"]), str(given["reason"])
    )


def _rules(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    return service_watch.prepare_rules(books, officer, str(given["text"]), str(given["reason"]))


def _alarm_accepted(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    return watching.prepare_alarm_accepted(books, officer, alarms.find_alarm(books, str(given["alarm"])))


def _judgement(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    line = cast.find_line(books.unit, books.realm, given.get("line"))
    return opening.prepare_judgement(books, line, officer, str(given["judged"]), str(given["reason"]))


def _delegation(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    kind = given["kind"]
    if kind == delegation.VOICE:
        draft, _ = drafting.find_draft(books, str(given["draft"]))
        return delegation.prepare_voice(
            books,
            officer,
            draft,
            str(given["given_by"]),
            called_back=given.get("called_back") is True,
            covers_checks=given.get("covers_checks") is True,
        )
    if kind == delegation.COUNTERSIGN:
        return delegation.prepare_countersignature(books, officer, bytes.fromhex(str(given["delegation"])))
    return delegation.prepare_preapproval(
        books,
        officer,
        tuple(str(one) for one in given["officers"]),
        tuple(str(one) for one in given["forms"]),
        facility=given.get("facility"),
        valid_s=int(given["valid_s"]),
        covers_checks=given.get("covers_checks") is True,
    )


MAKERS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Prepared]]] = {
    "report": _report,
    "facility": _facility,
    "concern-step": _concern_step,
    "rules": _rules,
    "feed": feeds.prepare_feed,
    "alarm-accepted": _alarm_accepted,
    **alarm_acts.MAKERS,
    "judgement": _judgement,
    "delegation": _delegation,
    **service_windows.MAKERS,
    **service_book.MAKERS,
    **service_contacts.MAKERS,
    **service_line_checks.MAKERS,
    **service_calls.MAKERS,
    **service_cases.MAKERS,
    **service_shifts.MAKERS,
    **service_codebook.MAKERS,
    **service_translations.MAKERS,
    **service_notices.MAKERS,
    **map_layers.MAKERS,
    **service_officers.MAKERS,
}
"""Kind that an officer names -> what makes the body, from plain values."""

SUBMITS: Final[dict[str, Callable[[Books, Signed], int]]] = {
    "check": drafting.submit_check,
    "peer-pin": opening.submit_pin,
    "charter-assent": opening.submit_assent,
    "delegation": delegation.submit_delegation,
    "feed": feeds.submit_feed,
    "session": opening.submit_judgement,
    "window": windowing.submit,
    "window-step": windowing.submit,
    "list": listing.submit,
    **alarm_acts.SUBMITS,
    **booking.SUBMITS,
    **contacting.SUBMITS,
    **checking_lines.SUBMITS,
    **calling.SUBMITS,
    **casework.SUBMITS,
    **shift_work.SUBMITS,
    **phrasing.SUBMITS,
    **translating.SUBMITS,
    **notifying.SUBMITS,
    **map_layers.SUBMITS,
    **officering.SUBMITS,
}
"""Record type -> what enters it; what is not here is entered by `watching.submit_local`."""

ROLES: Final[dict[str, Callable[[Mapping[int, CborValue]], frozenset[str]]]] = {
    **booking.ROLES,
    **contacting.ROLES,
    **checking_lines.ROLES,
    **calling.ROLES,
    **casework.ROLES,
    **shift_work.ROLES,
    **phrasing.ROLES,
    **translating.ROLES,
    **notifying.ROLES,
    **officering.ROLES,
}
"""Record type -> roles for that very body, where the table of acts alone does not say it."""
