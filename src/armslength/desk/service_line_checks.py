"""What the faces read and prepare of line checks."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from armslength.channels import ics, line_checks
from armslength.channels.book import Medium, State
from armslength.channels.calendars import CODE, WEEK, WORKING_WEEK, Calendar, DayRule, Days
from armslength.channels.check_states import Result, Streak, settled
from armslength.channels.line_checks import Caller, CheckPlan, Turns
from armslength.core.errors import LocalError
from armslength.core.instants import DAY_US, Instant, from_wall_clock, local_text, wall_clock
from armslength.core.text import csv_safe
from armslength.desk import booking, channel_book, check_changes, checking_lines, service_read, views
from armslength.desk.form_json import instant_of
from armslength.desk.printing import Fields, Heading, Paragraph, Sheet, Table
from armslength.language.check_texts import POOL_SIZE, compare, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from armslength.desk.books import Books
    from armslength.desk.check_changes import Held
    from armslength.desk.prepared import Prepared

Json = dict[str, Any]

when = service_read.when

LISTED: Final = 50
"""Checks in one answer when nobody says how many."""

TIES_MAX: Final = 16
"""Records of one planned check or instant that are looked at beyond the page."""

LISTED_MAX: Final = 200
"""Checks in one answer at most; `before` of the last one asks for the next page."""

DAYS_MAX: Final = 366
"""Days of one strip or calendar: a year and its leap day."""

STRIP_DAYS: Final = 30
"""Days of a strip when nobody says how many."""

CALENDAR_MAX: Final = 5_000
"""Events of one calendar file: more than any calendar program shows."""

LETTERS: Final[Mapping[Result, str]] = {
    Result.ANSWERED: "A",
    Result.NO_MESSAGE: "M",
    Result.LATE: "L",
    Result.NO_ANSWER: "N",
    Result.GARBLED: "G",
    Result.NOT_MADE: "X",
}
"""One letter a check in the strip; a dot for a day without any, a question mark for what is due or to come today."""

KEY: Final = "A answered, M answered and no message, L late, N no answer, G garbled, X not made, ? open, . none planned"

DAY_NAMES: Final = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")


# --- plans ------------------------------------------------------------------------------------------------------------


def read_plans(books: Books, query: Mapping[str, Any]) -> list[Json]:
    """Return every plan in short, with where its checks stand."""
    del query
    return [plan_json(books, one) for one in check_changes.every(books.unit)]


def read_plan(books: Books, name: str, query: Mapping[str, Any]) -> Json:
    """Return one plan, whole.

    Raises:
        LocalError: CHECK-PLAN-UNKNOWN.
    """
    del query
    found = checking_lines.plan_of(books, name)
    days = found.plan.days
    return {
        **plan_json(books, found),
        "ours": _calendar_json(days.ours),
        "theirs": _calendar_json(days.theirs),
        "early_s": found.plan.early_s,
        "answer_s": found.plan.answer_s,
        "late_s": found.plan.late_s,
        "officer": found.officer,
        "entry": found.entry,
    }


def _calendar_json(calendar: Calendar) -> Json:
    return {
        "weekdays": [DAY_NAMES[day - 1] for day in calendar.weekdays],
        "holidays": [list(pair) for pair in calendar.holidays],
    }


def plan_json(books: Books, one: Held) -> Json:
    """Return a plan in short: cadence, who calls, what is due and next, streaks, and how the channel stands."""
    plan, state = one.plan, one.state
    return {
        "channel": plan.channel,
        "times": [_clock(minute) for minute in plan.times],
        "every_min": plan.every_min,
        "zone": plan.zone,
        "rule": plan.days.rule.value,
        "on": [DAY_NAMES[day - 1] for day in plan.days.weekdays],
        "turns": plan.turns.value,
        "first": plan.first.value,
        "from": when(plan.from_at),
        "until": when(plan.until_at),
        "languages": list(plan.languages),
        "with_text": plan.with_text,
        "automatic": plan.automatic,
        "status": state.status.value,
        "due": None if state.due is None else _planned_json(state.due, plan),
        "next": None if state.next is None else _planned_json(state.next, plan),
        **standing_json(books, one),
    }


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _planned_json(check: line_checks.Planned, plan: CheckPlan) -> Json:
    return {"at": when(check.at), "local": local_text(check.at, plan.zone), "caller": check.caller.value}


def standing_json(books: Books, one: Held) -> Json:
    """Return streaks and state: silence is counted, and only a person's statement in the book says more."""
    streak = one.state.streak
    if streak.unanswered:
        state = State.UNANSWERED.value
    else:
        state = "ANSWERED" if streak.answered or streak.counts[list(Result).index(Result.GARBLED)] else "UNKNOWN"
    observed = channel_book.standing(books, one.plan.channel).observed
    since = streak.unanswered_since
    cut = observed is not None and observed.state is State.CUT and since is not None and observed.since_at >= since
    return {
        "state": State.CUT.value if cut else state,
        "judged": None if observed is None else observed.state.value,
        "judged_since": None if observed is None else when(observed.since_at),
        **streak_json(streak),
    }


def streak_json(streak: Streak) -> Json:
    """Return a streak."""
    return {
        "answered": streak.answered,
        "answered_longest": streak.answered_longest,
        "unanswered": streak.unanswered,
        "unanswered_days": streak.unanswered_days,
        "unanswered_since": when(streak.unanswered_since),
        "unanswered_longest": streak.unanswered_longest,
        "missed": streak.missed,
        "answered_at": when(streak.answered_at),
        "beside_plan": streak.attempts,
        "counts": {result.value: number for result, number in zip(Result, streak.counts, strict=True)},
    }


# --- checks -----------------------------------------------------------------------------------------------------------


def read_checks(books: Books, query: Mapping[str, Any]) -> list[Json]:
    """Return records of checks, the newest first: of one channel or all, before an instant, so many.

    Raises:
        LocalError: CHANNEL-UNKNOWN.
    """
    most = max(1, min(int(query.get("limit") or LISTED), LISTED_MAX))
    before = None if query.get("before") is None else instant_of(str(query["before"]))
    names = [booking.channel(books, str(query["channel"])).channel_id] if query.get("channel") else _names(books)
    found: list[tuple[bytes, str, views.Row]] = []
    for name in names:
        prefix = name.encode() + b"\x00"
        after = None if before is None else prefix + before.to_bytes(8, "big")
        for key, value in books.unit.scan(views.LINE_CHECKS, prefix, after=after, limit=most + TIES_MAX, reverse=True):
            found.append((key[len(prefix) :], name, dict(value)))  # type: ignore[arg-type]  # rows are maps
    found.sort(key=lambda one: one[0], reverse=True)
    # What falls at one instant stays on one page, so that `before` skips nothing.
    ties = [one for one in found[most:] if one[0][:8] == found[most - 1][0][:8]]
    return [check_json(name, row) for _, name, row in (*found[:most], *ties)]


def _names(books: Books) -> list[str]:
    return [one.channel_id for one in booking.every_channel(books)]


def check_json(channel: str, row: views.Row) -> Json:
    """Return one record of a check."""
    number, received, tag = row[8], row[9], row[10]
    differences = [] if None in {number, received, tag} else compare(text_of(number, tag), received)
    return {
        "channel": channel,
        "planned": when(row[1]),
        "made": when(row[2]),
        "result": row[3],
        "reason": row[4],
        "caller": row[5],
        "officer": row[6],
        "entry": row[7],
        "text": None if number is None else number + 1,
        "language": tag,
        "received": received,
        "differences": [
            {"position": one.position, "expected": one.expected, "got": one.got, "note": one.note}
            for one in differences
        ],
        "note": row[11],
        "corrects": row[12],
    }


def read_text(books: Books, name: str, query: Mapping[str, Any]) -> Json:
    """Return the text of the check that is due or comes next, in each language of the plan.

    Raises:
        LocalError: CHECK-PLAN-UNKNOWN, CHECK-TEXT-UNKNOWN where the plan has no text or has ended.
    """
    del query
    found = checking_lines.plan_of(books, name)
    check = found.state.due or found.state.next
    number = None if check is None else found.number_for(check.at)
    if check is None or number is None:
        raise LocalError("CHECK-TEXT-UNKNOWN", channel=found.plan.channel, expected="a plan with texts that goes on")
    return {
        "channel": found.plan.channel,
        "check": _planned_json(check, found.plan),
        "due": found.state.due is not None,
        "number": number + 1,
        "of": POOL_SIZE,
        "texts": [{"language": tag, "text": text_of(number, tag)} for tag in found.plan.languages],
    }


def read_next(books: Books, query: Mapping[str, Any]) -> list[Json]:
    """Return the planned checks of the next days, of one channel or all, the next first."""
    days = _days(query, 7)
    return [
        {"channel": one.plan.channel, **_planned_json(check, one.plan), "automatic": one.plan.automatic}
        for check, one in _coming(books, query, days)[:LISTED_MAX]
    ]


def _coming(books: Books, query: Mapping[str, Any], days: int) -> list[tuple[line_checks.Planned, Held]]:
    until = Instant(books.now + days * DAY_US)
    name = query.get("channel")
    held = [checking_lines.plan_of(books, str(name))] if name else check_changes.every(books.unit)
    coming = [(check, one) for one in held for check in line_checks.planned(one.plan, books.now, until)]
    return sorted(coming, key=lambda pair: (pair[0].at, pair[1].plan.channel))[:CALENDAR_MAX]


def _days(query: Mapping[str, Any], usual: int) -> int:
    asked = query.get("days")
    days = usual if asked is None else int(asked)
    if not 1 <= days <= DAYS_MAX:
        raise LocalError("CHECK-VALUE", field="days", expected=f"1 to {DAYS_MAX}", got=days)
    return days


def read_calendar(books: Books, query: Mapping[str, Any]) -> Json:
    """Return the planned checks of the next days as a calendar file (RFC 5545)."""
    events = []
    for check, one in _coming(books, query, _days(query, 31)):
        plan = one.plan
        who = "we call" if check.caller is Caller.OURS else "they call"
        events.append(
            ics.Event(
                uid=f"check-{plan.channel}-{check.at}@{books.party.lower()}.{books.realm.value.lower()}",
                at=check.at,
                until=Instant(check.at + plan.answer_s * 1_000_000),
                summary=f"{books.realm.value}: line check {plan.channel}, {who}",
                description=f"{local_text(check.at, plan.zone)}. An answer is in time for {plan.answer_s // 60} min.",
            )
        )
    text = ics.calendar(f"Line checks of {books.party}", events, books.now, product="Arm's Length//line checks")
    return {"events": len(events), "ics": text}


CSV_HEAD: Final = (
    *("channel", "planned", "made", "result", "reason", "caller", "officer", "text", "language"),
    *("received", "note", "corrects", "entry"),
)


def read_export(books: Books, name: str, query: Mapping[str, Any]) -> Json:
    """Return every record of a channel's checks as CSV, the oldest first.

    Raises:
        LocalError: CHANNEL-UNKNOWN.
    """
    del query
    channel = booking.channel(books, name).channel_id
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(CSV_HEAD)
    rows = 0
    for _, row in views.rows(books.unit, views.LINE_CHECKS, channel.encode() + b"\x00"):
        number = None if row[8] is None else row[8] + 1
        cells = (channel, when(row[1]), when(row[2]), *(row[n] for n in range(3, 7)), number, row[10], row[9], row[11])
        writer.writerow([csv_safe(cell) if isinstance(cell, str) else cell for cell in (*cells, row[12], row[7])])
        rows += 1
    return {"channel": channel, "rows": rows, "csv": out.getvalue()}


# --- the strip --------------------------------------------------------------------------------------------------------


def read_strip(books: Books, name: str, query: Mapping[str, Any]) -> Json:
    """Return the last days of a channel's checks, one letter each, with streaks.

    Raises:
        LocalError: CHECK-PLAN-UNKNOWN, CHECK-VALUE.
    """
    found = checking_lines.plan_of(books, name)
    return {
        "channel": found.plan.channel,
        "zone": found.plan.zone,
        "key": KEY,
        "days": strip(books, found, _days(query, STRIP_DAYS)),
        **standing_json(books, found),
    }


def strip(books: Books, found: Held, days: int) -> list[Json]:
    """Return the last days, the oldest first: date, letters, and why a day has none."""
    plan = found.plan
    today = wall_clock(books.now, plan.zone).date()
    first = today - timedelta(days=days - 1)
    start = from_wall_clock(first, 0, plan.zone)
    end = Instant(from_wall_clock(today + timedelta(days=1), 0, plan.zone) - 1)
    results = _results(books, plan.channel, start, end)
    for check in line_checks.planned(plan, Instant(start - 1), end):
        results.setdefault(check.at, None)
    letters: dict[date, str] = {}
    for at in sorted(results):
        day, result = wall_clock(Instant(at), plan.zone).date(), results[at]
        letters[day] = letters.get(day, "") + ("?" if result is None else LETTERS[result])
    return [_day(plan, first + timedelta(days=place), letters) for place in range(days)]


def _results(books: Books, channel: str, start: Instant, end: Instant) -> dict[int, Result | None]:
    prefix = channel.encode() + b"\x00"
    found: dict[int, Result | None] = {}
    # The last key before the first instant: nothing of an earlier day is read.
    after = prefix + (start - 1).to_bytes(8, "big") + b"\xff" * 8
    for _, value in books.unit.scan(views.LINE_CHECKS, prefix, after=after):
        row: Any = value
        if row[1] is not None and row[1] <= end:
            found[row[1]] = settled(found.get(row[1]), Result(row[3]), corrects=row[12])
    return found


def _day(plan: CheckPlan, day: date, letters: Mapping[date, str]) -> Json:
    codes = letters.get(day, "")
    return {
        "day": day.isoformat(),
        "weekday": DAY_NAMES[day.isoweekday() - 1],
        "checks": codes or ".",
        "none": "" if codes else plan.days.why_not(day),
    }


def sheet_strip(books: Books, name: str, query: Mapping[str, Any]) -> Sheet:
    """Return the overview of a month as a sheet to print.

    Raises:
        LocalError: CHECK-PLAN-UNKNOWN, CHECK-VALUE.
    """
    found = checking_lines.plan_of(books, name)
    days = strip(books, found, _days(query, 31))
    stands, streak = standing_json(books, found), found.state.streak
    since = "" if streak.unanswered_since is None else f", since {local_text(streak.unanswered_since, found.plan.zone)}"
    return Sheet(
        title="Line checks",
        subtitle=f"{found.plan.channel}, {days[0]['day']} to {days[-1]['day']}, {found.plan.zone}",
        realm=books.realm,
        made_at=books.now,
        one_page=True,
        parts=(
            Fields(
                pairs=(
                    ("State", stands["state"]),
                    ("Answered in a row", f"{streak.answered} (most: {streak.answered_longest})"),
                    ("Unanswered in a row", f"{streak.unanswered} (most: {streak.unanswered_longest}){since}"),
                    ("Last planned one answered", stands["answered_at"] or "never"),
                )
            ),
            Heading(text="Days"),
            Table(
                head=("Day", "", "Checks", "Why none"),
                rows=tuple((one["day"], one["weekday"], one["checks"], one["none"]) for one in days),
                widths=(2, 1, 4, 4),
            ),
            Paragraph(text=f"{KEY}."),
            Paragraph(text="UNANSWERED is counted. Only a person says that a channel is CUT.", strong=True),
        ),
    )


# --- preparing --------------------------------------------------------------------------------------------------------


def _plan(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    return checking_lines.prepare_plan(books, officer, _plan_of(books, given), str(given["reason"]))


def _plan_of(books: Books, given: Mapping[str, Any]) -> CheckPlan:
    channel = booking.channel(books, str(given["channel"]))
    ours_to_ask = channel.medium is Medium.OUR_LINE and bool(channel.line_peer)
    automatic = given.get("automatic", ours_to_ask) is True
    if automatic and not ours_to_ask:
        raise LocalError(CODE, field="automatic", expected="a channel that is our own line", got=channel.medium.value)
    more: Json = {
        name: int(given[name]) for name in ("early_s", "answer_s", "late_s", "every_min") if given.get(name) is not None
    }
    return CheckPlan(
        channel=channel.channel_id,
        times=tuple(sorted(_minute(str(one)) for one in given.get("times") or ())),
        zone=str(given.get("zone") or channel.time_zone),
        days=Days(
            rule=_code(DayRule, given.get("rule") or DayRule.EVERY_DAY.value, "rule"),
            ours=_calendar(given.get("ours") or {}),
            theirs=_calendar(given.get("theirs") or {}),
            weekdays=_weekdays(given.get("on") or WEEK),
        ),
        turns=_code(Turns, given.get("turns") or Turns.OURS.value, "turns"),
        first=_code(Caller, given.get("first") or Caller.OURS.value, "first"),
        from_at=instant_of(str(given["from"])) if given.get("from") else _this_minute(books),
        until_at=instant_of(str(given["until"])) if given.get("until") else None,
        languages=tuple(str(one) for one in given.get("languages") or channel.languages),
        with_text=given.get("with_text", True) is True,
        line_peer=channel.line_peer if automatic else "",
        **more,
    )


def _this_minute(books: Books) -> Instant:
    # A plan of minutes counts from here: whole minutes are what people read.
    return Instant(books.now - books.now % 60_000_000)


def _minute(text: str) -> int:
    hour, colon, minute = text.partition(":")
    if not colon or not (hour + minute).isdecimal() or not (hour + minute).isascii() or len(minute) != len("00"):
        raise LocalError(CODE, field="times", expected="a time of day such as 09:00", got=text)
    found = int(hour) * 60 + int(minute)
    if int(minute) >= len(range(60)) or found >= len(range(24 * 60)):
        raise LocalError(CODE, field="times", expected="00:00 to 23:59", got=text)
    return found


def _code(kind: Any, text: object, name: str) -> Any:  # noqa: ANN401 - a member of one of three vocabularies
    found = next((one for one in kind if one.value == str(text).upper()), None)
    if found is None:
        raise LocalError(CODE, field=name, expected=", ".join(one.value for one in kind), got=text)
    return found


def _calendar(given: Mapping[str, Any]) -> Calendar:
    holidays = [(str(day), str(name)) for day, name in given.get("holidays") or ()]
    return Calendar(weekdays=_weekdays(given.get("weekdays") or WORKING_WEEK), holidays=tuple(sorted(holidays)))


def _weekdays(given: Any) -> tuple[int, ...]:  # noqa: ANN401 - what a face was given: names or numbers
    names = {name: number for number, name in enumerate(DAY_NAMES, 1)}
    found = [names.get(one.upper(), 0) if isinstance(one, str) else int(one) for one in given]
    return tuple(sorted(found))


def _check(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    return checking_lines.prepare_check(
        books,
        officer,
        str(given["channel"]),
        str(given["result"]).upper(),
        made_at=instant_of(str(given["at"])) if given.get("at") else None,
        reason=str(given["reason"]).upper() if given.get("reason") else None,
        received=str(given["received"]) if given.get("received") else None,
        language=str(given["language"]) if given.get("language") else None,
        note=str(given["note"]) if given.get("note") else None,
        corrects=given.get("corrects") is True,
    )


MAKERS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Prepared]]] = {
    "check-plan": _plan,
    "line-check": _check,
}
"""Kinds of `Service.prepare_local` that this file adds."""

READS: Final[dict[str, Callable[[Books, Mapping[str, Any]], Any]]] = {
    "check-plans": read_plans,
    "line-checks": read_checks,
    "check-next": read_next,
    "check-calendar": read_calendar,
}
"""Word of `Client.read` -> what is read, with the query."""

READS_ONE: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Any]]] = {
    "check-plans": read_plan,
    "check-strip": read_strip,
    "check-text": read_text,
    "check-export": read_export,
}
"""Word of `Client.read` -> one thing by its name, with the query."""

SHEETS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Sheet]]] = {"check-strip": sheet_strip}
"""Kind of printed sheet -> its contents, by name and query (`language` and what the kind asks for)."""
