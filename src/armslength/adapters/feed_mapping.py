"""A mapping file for reports: which column of somebody's table, or property of somebody's map, is which field.

    source = "Name of the data set, its licence"
    language = "en"               # of the texts; without it told from their letters
    grade = "C3"                  # Admiralty grade of every row
    zone = "Europe/Kyiv"          # of times that state none
    id_prefix = "acled"

    [fields]                      # field of the report = column of the file
    id = "event_id"
    from = "event_date"
    text = "notes"
    what = "sub_event_type"
    uncertainty_m = "radius"

    [what]                        # the file's words for what happened
    "Shelling/artillery/missile attack" = "SHELLING"

    [fixed]                       # the same in every row
    uncertainty_m = 3000
    located_by = "SETTLEMENT"

Without a column for what happened it is told from the text. What the points are worth must be said, by a column, by
``fixed`` or by areas drawn: a map of exact-looking points is the commonest trap of all.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from armslength.adapters.feed_places import Extent, known_within
from armslength.adapters.feed_reading import address_of, day_local, line_of, minute_local, place_of, record_id, wrong
from armslength.adapters.format_lines import ENCODINGS
from armslength.adapters.format_rows import clean_cell
from armslength.adapters.format_table import Dialect, Layout
from armslength.core.errors import LocalError
from armslength.core.instants import check_zone, instant, parse_rfc3339
from armslength.language.detect import detect
from armslength.register.admin_names import unit_of
from armslength.register.reports import Grade, Reliability, Report, ReportKind
from armslength.register.texts import LANGUAGE_TAG
from armslength.register.vocabularies import ACTIVITIES, LOCATED_BY
from armslength.register.wording import Reading, read_wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.adapters.feed_reading import FeedOptions
    from armslength.core.instants import Instant

    Cell: TypeAlias = Callable[[str], str]

MAPPING_CHARS_MAX: Final = 65_536
"""Characters of a mapping file."""

FIELDS: Final = frozenset(
    {
        *("id", "from", "until", "text", "what", "kind", "who_says", "latitude", "longitude"),
        *("uncertainty_m", "place_name", "region", "address"),
    }
)
"""Fields that a column may fill."""

FIXED: Final = frozenset({"what", "kind", "who_says", "uncertainty_m", "located_by"})
"""Fields that one value may fill for every row."""

_KEYS: Final = frozenset(
    {"source", "language", "grade", "zone", "id_prefix", "fields", "what", "kinds", "fixed", "table"}
)
_TABLE: Final = frozenset({"separator", "encoding", "sheet", "rows_before"})
_NEEDED: Final = ("from", "text")
_PREFIX: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,15}")
_GRADE: Final = re.compile(r"[A-F][1-6]")
_DAY: Final = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}")
_CLOCK: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:\.[0-9]{1,9})?)?")
_EPOCH_MS: Final = re.compile(r"-?[0-9]{12,13}")
_METRES: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_CODE: Final = "FEED-MAPPING"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMapping:
    """A mapping file that was read.

    Args:
        source: name and licence.
        language: tag of every text, empty to tell it from the letters.
        grade: of every row.
        zone: of times that state none.
        id_prefix: of the identifiers.
        columns: field to column.
        what: the file's word, in small letters, to a code of ACTIVITIES.
        kinds: the file's word, in small letters, to a kind of report.
        fixed: field to the value of every row.
        layout: how a table is written.
    """

    source: str
    language: str
    grade: Grade
    zone: str
    id_prefix: str
    columns: Mapping[str, str]
    what: Mapping[str, str]
    kinds: Mapping[str, str]
    fixed: Mapping[str, Any]
    layout: Layout = field(default_factory=Layout)


def _refuse(key: str, expected: str, got: object) -> LocalError:
    return LocalError(_CODE, key=key, expected=expected, got=got)


def read_mapping(text: str) -> FeedMapping:
    """Return the mapping of a TOML text.

    Raises:
        LocalError: FEED-MAPPING, TIME-ZONE-UNKNOWN.
    """
    if not text.strip():
        raise _refuse("file", "a mapping file for a file of this form", "none")
    if len(text) > MAPPING_CHARS_MAX:
        raise _refuse("file", f"at most {MAPPING_CHARS_MAX} characters", len(text))
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise _refuse("file", "TOML", str(error)[:120]) from None
    _known(found, _KEYS, "file")
    columns = _texts(found, "fields", FIELDS)
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        raise _refuse("fields", f"a column for {missing[0]}", "none")
    return FeedMapping(
        source=_text(found, "source"),
        language=_matching(found, "language", LANGUAGE_TAG, ""),
        grade=_grade(_matching(found, "grade", _GRADE, "F6")),
        zone=check_zone(_text(found, "zone", "UTC")),
        id_prefix=_matching(found, "id_prefix", _PREFIX, "feed"),
        columns=MappingProxyType(columns),
        what=_codes(found, "what", ACTIVITIES),
        kinds=_codes(found, "kinds", frozenset(ReportKind)),
        fixed=MappingProxyType(_fixed(found)),
        layout=_layout(found, tuple(columns.values())),
    )


def _known(found: Mapping[str, Any], keys: frozenset[str], where: str) -> None:
    unknown = sorted(set(found) - keys)
    if unknown:
        raise _refuse(where, ", ".join(sorted(keys)), unknown[0])


def _table(found: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = found.get(key, {})
    if not isinstance(value, dict):
        raise _refuse(key, "a table", type(value).__name__)
    return value


def _texts(found: Mapping[str, Any], key: str, keys: frozenset[str] | None = None) -> dict[str, str]:
    table = _table(found, key)
    if keys is not None:
        _known(table, keys, key)
    for name, value in table.items():
        if not isinstance(value, str) or not value:
            raise _refuse(f"{key}.{name}", "a text", value)
    return dict(table)


def _text(found: Mapping[str, Any], key: str, default: str | None = None) -> str:
    value = found.get(key, default)
    if not isinstance(value, str) or not value.strip():
        raise _refuse(key, "a text", value)
    return value


def _matching(found: Mapping[str, Any], key: str, pattern: re.Pattern[str], default: str) -> str:
    value = found.get(key, default)
    if not isinstance(value, str) or (value != default and not pattern.fullmatch(value)):
        raise _refuse(key, f"the form {pattern.pattern}", value)
    return value


def _grade(text: str) -> Grade:
    return Grade(reliability=Reliability(text[0]), credibility=int(text[1]))


def _codes(found: Mapping[str, Any], key: str, codes: frozenset[str]) -> Mapping[str, str]:
    table = _texts(found, key)
    for code in table.values():
        if code not in codes:
            raise _refuse(key, ", ".join(sorted(codes)), code)
    return MappingProxyType({word.lower(): code for word, code in table.items()})


def _fixed(found: Mapping[str, Any]) -> dict[str, Any]:
    table = _table(found, "fixed")
    _known(table, FIXED, "fixed")
    allowed = {"what": ACTIVITIES, "kind": frozenset(ReportKind), "located_by": LOCATED_BY}
    for name, codes in allowed.items():
        if name in table and table[name] not in codes:
            raise _refuse(f"fixed.{name}", ", ".join(sorted(codes)), table[name])
    if type(table.get("uncertainty_m", 0)) is not int or not isinstance(table.get("who_says", ""), str):
        raise _refuse("fixed", "uncertainty_m in whole metres and who_says in words", table)
    return table


def _layout(found: Mapping[str, Any], columns: tuple[str, ...]) -> Layout:
    table = _table(found, "table")
    _known(table, _TABLE, "table")
    separator, rows = table.get("separator"), table.get("rows_before", 0)
    if separator is not None and (not isinstance(separator, str) or len(separator) != 1 or separator in '"\r\n'):
        raise _refuse("table.separator", "one character", separator)
    if type(rows) is not int or not 0 <= rows <= 1_000:
        raise _refuse("table.rows_before", "0 to 1000", rows)
    encoding, sheet = table.get("encoding", "utf-8"), table.get("sheet")
    if encoding not in ENCODINGS:
        raise _refuse("table.encoding", ", ".join(sorted(ENCODINGS)), encoding)
    return Layout(
        required=tuple(dict.fromkeys(columns)),
        dialect=None if separator is None else Dialect(separator=separator),
        encoding=encoding,
        sheet=sheet if isinstance(sheet, str) else None,
        rows_before=rows,
    )


# --- one row ----------------------------------------------------------------------------------------------------------


def mapped_report(mapping: FeedMapping, cell: Cell, options: FeedOptions, number: int, area: Extent | None) -> Report:
    """Return the report of one row or feature.

    Args:
        mapping: the mapping.
        cell: gives the text of a column or property as it stands in the file, empty when there is none.
        options: what is said of the file.
        number: the row's number, which stands for an id where the file has none.
        area: where it was drawn, None to read latitude and longitude.

    Raises:
        LocalError: ROW-VALUE and what a report refuses.
    """

    def value(name: str) -> str:
        column = mapping.columns.get(name)
        return "" if column is None else clean_cell(cell(column))

    # What is said stays as it came, hidden characters and all: it is evidence.
    text = cell(mapping.columns["text"])
    if not text.strip():
        raise wrong("text", "a text", "nothing")
    from_at, until_at = _interval(mapping, value("from"), value("until"))
    place = place_of(value("latitude"), value("longitude")) if area is None else area.middle
    reading = _reading(mapping, value("what"), value("kind"), text)
    unit = unit_of(value("region"))
    return Report(
        report_id=record_id(mapping.id_prefix, value("id") or f"row-{number}"),
        kind=reading.kind,
        from_at=from_at,
        until_at=until_at,
        place=place,
        uncertainty_m=_uncertainty(mapping, value("uncertainty_m"), area),
        what=reading.what,
        who_says=line_of(value("who_says") or mapping.fixed.get("who_says", "")) or line_of(mapping.source),
        source=line_of(mapping.source),
        received_at=options.received_at,
        text=text,
        language=mapping.language or detect(text).value,
        grade=mapping.grade,
        place_name=line_of(value("place_name")),
        located_by=str(mapping.fixed.get("located_by", "UNSTATED")),
        region="" if unit is None else unit.iso,
        address=address_of(value("address")),
    )


def _reading(mapping: FeedMapping, what: str, kind: str, text: str) -> Reading:
    told = read_wording(text)
    return Reading(
        ReportKind(_coded("kind", kind, mapping.kinds, frozenset(ReportKind), mapping.fixed.get("kind", told.kind))),
        _coded("what", what, mapping.what, ACTIVITIES, mapping.fixed.get("what", told.what)),
    )


def _coded(name: str, word: str, meanings: Mapping[str, str], codes: frozenset[str], otherwise: str) -> str:
    if not word:
        return otherwise
    code = meanings.get(word.lower(), word)
    if code not in codes:
        raise wrong(name, f"a word that [{'kinds' if name == 'kind' else name}] of the mapping knows", word)
    return code


def _uncertainty(mapping: FeedMapping, text: str, area: Extent | None) -> int:
    drawn = 0 if area is None else area.reach_m
    if text:
        if not _METRES.fullmatch(text):
            raise wrong("uncertainty_m", "metres", text)
        return known_within(max(float(text), drawn))
    fixed = mapping.fixed.get("uncertainty_m")
    if fixed is None and not drawn:
        raise wrong("uncertainty_m", "how far the place is known, by a column or by [fixed]", "nothing")
    return known_within(max(fixed or 0, drawn))


def _interval(mapping: FeedMapping, first: str, last: str) -> tuple[Instant, Instant]:
    from_at, until_at = _time(mapping, "from", first)
    if last:
        until_at = _time(mapping, "until", last)[1]
    if until_at < from_at:
        raise wrong("until", "a time not before the beginning", last)
    return from_at, until_at


def _time(mapping: FeedMapping, name: str, text: str) -> tuple[Instant, Instant]:
    if _DAY.fullmatch(text):
        return day_local(text, mapping.zone)
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        return minute_local(clock[1], clock[2], mapping.zone)
    if _EPOCH_MS.fullmatch(text):
        at = instant(int(text) * 1000)
        return at, at
    try:
        at = parse_rfc3339(text.replace(" ", "T", 1))
    except LocalError:
        raise wrong(name, "a date, or a time such as 2022-08-23T10:15:00Z", text or "nothing") from None
    return at, at
