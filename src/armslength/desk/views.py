"""The views: tables made from the journal, each named once here, and the keys of their rows.

Truth is the journal's entries plus their contents; `armslength rebuild` makes every view again from them. What is
*not* made from the journal - keys, tokens, own settings, the high-water mark - is a setting of the store and no view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.desk.ports import Unit

CLOSED_READS: Final = "closed-reads"
"""hash of officer, subject and why -> {1: hour since 1970, 2: entry index} of the last read that was noted."""
PARTIES: Final = "parties"
"""party code -> {1: sequence, 2: manifest hash, 3: root key id, 4: pinned at, 5: pinned by, 6: ours}."""
MANIFESTS: Final = "manifests"
"""party code, zero byte, sequence -> manifest bytes."""
LINES: Final = "lines"
"""line id -> {1: peer, 2: charter hash, 3: our assent, 4: theirs, 5: charter, 6: opened, 7: frozen, 8: our entry}."""
SESSIONS: Final = "sessions"
"""line id -> session value."""
DIRECTIONS: Final = "directions"
"""line id, "o" or "i" -> direction value of the braid."""
NUMBERS: Final = "numbers"
"""line id, "o" or "i", number -> envelope hash."""
MESSAGES: Final = "messages"
"""envelope hash -> summary of a numbered record (see projection)."""
EXCHANGES: Final = "exchanges"
"""envelope hash -> exchange value; due at its next deadline."""
RECORD_IDS: Final = "record-ids"
"""line id, record id -> envelope hash; record id alone of what stays at home -> {1: entry index, 2: body hash}."""
OUTBOX: Final = "outbox"
"""line id, 3 - precedence, number -> {1: envelope hash, 2: entry index}; lives until the peer's R0 is journalled."""
ISSUED: Final = "issued"
"""envelope hash of a record received -> entry index of the R0 that we issued for it."""
DRAFTS: Final = "drafts"
"""body hash -> draft summary."""
ALARMS: Final = "alarms"
"""alarm id -> alarm (see alarm_state); due when its bell is to ring."""
ALARMS_OPEN: Final = "alarms-open"
"""urgency, raised at, alarm id -> alarm id: those that nobody accepted."""
CONDITIONS: Final = "conditions"
"""kind of alarm, zero byte, line id -> (id of the last alarm of something that lasts, whether it lasts now)."""
GAPS: Final = "gaps"
"""line id -> {1: first missing, 2: last missing, 3: since}; due when it alarms."""
WITNESS: Final = "witness"
"""line id -> {1: size, 2: root} of the peer's journal that we last cosigned; 3: newest note seen."""
COSIGNED: Final = "cosigned"
"""line id -> {1: size, 2: root, 3: note with the peer's cosignatures} of our own journal."""
REPORTS: Final = "reports"
"""record id of a report entered singly -> {1: entry index, 2: at, 3: entry of the batch that it was cited out of,
4: report id, 5: earliest, 6: latest}."""
REPORT_BATCHES: Final = "report-batches"
"""entry index -> {1: entry index, 2: at, 3: rows, 4: source, 5: earliest, 6: latest, 7: id hashes ascending, 8: under,
9: the row of each of these hashes}."""
IMPORTS: Final = "imports"
"""record id -> {1: entry, 2: what, 3: reader, 4: rows, 5: batches, 6: entered, 7: rows entered, 8: file hash, 9: by,
10: at, 11: file name, 12: read, 13: refused, 14: entries of its batches}."""
FACILITIES: Final = "facilities"
"""facility id -> {1: entry, 2: at, 3: row of a batch, 4: lat, 5: lon, 6: site radius, 7: rings, 8: kind,
9: has a shape, 10: precision, 11: names, 12: needs, 13: life, 14: towns, 15: special sign, 16: has facts,
17: some version of it holds from a date only}."""
FACILITY_VERSIONS: Final = "facility-versions"
"""facility id, zero byte, instant from which it applies, entry, row -> {1: entry, 2: at, 3: row of a batch}."""
REGISTER_CHANGES: Final = "register-changes"
"""entry index -> ids of the facilities that it changed; null of many."""
WATCH: Final = "watch"
"""What the watch works with: `REGISTER_VERSION` -> entry index of the newest change of the register; `RULES` -> the
rules in force as text; "w", watch -> concerns flagged in it; "c", year -> the newest number of its concerns."""
WATCH_PASSES: Final = "watch-passes"
"""entry index of a pass -> {1: at}."""
WATCHED: Final = "watched"
"""facility id -> what the watch remembers of it (see watch_state)."""
MAP_LAYERS: Final = "map-layers"
"""name -> a layer of borders, places or waters (see map_layers)."""

FEEDS: Final = "feeds"
"""feed name -> its newest record and what became of it (see projection_feeds)."""
FEED_RECORDS: Final = "feed-records"
"""record id of a feed -> its name."""
FEED_FILES: Final = "feed-files"
"""feed name, zero byte, file name -> {1: entry, 2: at, 3: SHA-256 or None, 4: mark}."""
DEAD_LETTERS: Final = "dead-letters"
"""feed name, zero byte, entry, row -> {1: file, 2: row, 3: code, 4: reason, 5: at}."""
WATCH_AGES: Final = "watch-ages"
"""id of a facility with a monitor or a review date -> {1: when its monitor last spoke, or None without one,
2: when its record was entered, 3: when it is to be reviewed, or None}."""
WATCH_DAY: Final = "watch-day"
"""`DAY` -> {1: instant of the last daily judging, or None}; due on the next day, while any facility has an age."""
CAMPAIGNS: Final = "campaigns"
"""system -> {1: sightings, 2: findings that count, 3: campaigns told of} of the last weeks (see watch_campaigns)."""
NEEDS: Final = "needs"
"""what is needed in small letters, zero byte, facility id, zero byte, kind -> (facility id, kind of dependency)."""
REPORT_IDS: Final = "report-ids"
"""report id of a report entered singly -> entry index."""
CONCERN_DETAILS: Final = "concern-details"
"""concern id -> {1: rank, 2: certainty, 3: day, 4: what speaks against it, 5: rules that spoke for it}."""
CONCERNS: Final = "concerns"
CONTACTS: Final = "contacts"
DECISIONS: Final = "decisions"
DELEGATIONS: Final = "delegations"
"""record id -> delegation; due while a countersignature is owed."""
WINDOWS: Final = "windows"
"""window id -> {1: state, 2: line ids, 3: pairs of line id and hash of its WINDOW}; due at its next deadline."""
WINDOW_MESSAGES: Final = "window-messages"
"""envelope hash of a WINDOW, ASSURANCE or WINDOW-STATUS -> {1: window id, 2: form}."""
LISTS: Final = "lists"
"""line id, year -> {1: exchange, 2: entry index of our list}; due at its next deadline."""
DISCLOSURES: Final = "disclosures"
"""envelope hash of a SITE-NOTICE -> who was told what of which facility, and whether it was taken back."""
CHANNELS: Final = "channels"
"""channel id -> the channel as its newest record has it (see projection_book)."""
CHANNEL_VERSIONS: Final = "channel-versions"
"""channel id, zero byte, entry -> {1: entry, 2: at}: every record of a channel."""
CHANNEL_STATES: Final = "channel-states"
"""channel id, zero byte, entry -> one statement of its state, declared or observed."""
LADDERS: Final = "ladders"
"""subject -> the ladder in force."""
RUNGS: Final = "rungs"
"""id of a proposal -> the proposal and its answer; due when the rung that is tried has had its time."""
CONTACT_NUMBERS: Final = "contact-numbers"
"""contact or decision number, for example CT-2022-0001 -> record id."""
CHECK_PLANS: Final = "check-plans"
"""channel id -> the plan of its line checks and where they stand; due when the next one is, or the due one is over."""
LINE_CHECKS: Final = "line-checks"
"""channel id, zero byte, instant for which it was planned, entry -> the check with its result; zero byte, line id ->
{1: channel, 2: check id, 3: text, 4: planned for} that our node asks on that line now."""
CALLS: Final = "calls"
"""call number -> {1: entry, 2: what its record holds, 3: pairs of a step and its entry's time}; due when its call-back
is."""
CASES: Final = "cases"
"""case number -> the case as its steps left it."""
CASE_LINKS: Final = "case-links"
"""kind and reference of what is joined, zero byte, case number -> {1: entry}."""
LOG: Final = "log"
"""instant, entry -> a line of the running log."""
ROSTERS: Final = "rosters"
"""entry -> a roster of watches."""
SHIFTS: Final = "shifts"
"""entry -> a hand-over or a taking over; `NOW` -> who has the watch."""
DRILLS: Final = "drills"
"""drill number -> the drill."""
CODEBOOKS: Final = "codebooks"
"""version -> the codebook's entries with who signed each; see projection_codebook."""
TRANSLATIONS: Final = "translations"
"""subject, zero byte, its hash or number, zero byte, language -> its versions, who read which and who has yet to read
one (see translation_records)."""
TERMS: Final = "terms"
"""language, zero byte, folded term, zero byte, entry, row -> a term; zero byte, "rule", zero byte, peer -> the rule for
names and back-translations of its line."""
NOTICE_BATCHES: Final = "notice-batches"
"""batch number -> {1: entry, 2: at, 3: officer, 4: file, 5: its hash, 6: rows, 7: refused, 8: rows entered, 9: chunks,
10: chunks entered, 11: its first new number, 12: record id}."""
NOTICES: Final = "notices"
"""notice number -> {1: batch, 2: entry, 3: row, 4: version, 5: kind, 6: reference, 7: name, 8: organisation,
9: urgency, 10: from, 11: until, 12: valid until, 13: recipients, 14: withdrawn, 15: at, 17: form,
18: parties told of it that it is no longer for, 19: key of its due, 20: key}."""
NOTICE_VERSIONS: Final = "notice-versions"
"""notice number, zero byte, version -> {1: entry, 2: row of it, 3: at, 4: withdrawn, 5: batch}."""
NOTICE_REFERENCES: Final = "notice-references"
"""what names a notice across files -> its number."""
NOTICE_PLACES: Final = "notice-places"
"""kind, day and cell -> number of the first notice there."""
NOTICE_BATCH_ROWS: Final = "notice-batch-rows"
"""batch number, zero byte, notice number -> version."""
NOTICE_PARTIES: Final = "notice-parties"
"""party, zero byte, notice number -> how far it was told (`channels.notices.told_value`), 10: hash of the draft."""
NOTICE_OWED: Final = "notice-owed"
"""party, zero byte, notice number of those of which somebody must still tell it, or it say that it read them."""
NOTICE_LINKS: Final = "notice-links"
""""d", hash of a draft or "m", envelope hash -> (notice number, party, version)."""
NOTICE_DUES: Final = "notice-dues"
"""hour in which notices lapse, batch number -> {1: how many, 2: whether that they do was said}; due then."""
OFFICER_CHANGES: Final = "officer-changes"
"""number -> a change of officers or their keys and what became of it (see projection_officers)."""
OFFICER_WAITING: Final = "officer-waiting"
"""number of an approved change that no manifest of ours holds yet -> {1: entry of its approval}."""
OFFICER_CREDENTIALS: Final = "officer-credentials"
"""officer, zero byte, key id of a passkey -> its credential id."""
OFFICER_CODES: Final = "officer-codes"
"""hash of an enrolment code that was not used -> number of the change that it is for."""
MANIFEST_ENTRIES: Final = "manifest-entries"
"""party code, zero byte, sequence of a manifest of ours -> its entry."""
SUSPECTS: Final = "suspects"
"""hash -> what was refused or in conflict, by entry index."""

REGISTER_VERSION: Final = b"register"
RULES: Final = b"rules"
DAY: Final = b"day"

OUT: Final = b"o"
IN: Final = b"i"

Row = dict[int, Any]

_SINCE_BIAS: Final = 1 << 62
"""Makes instants before 1970 sort before those after."""


def row(unit: Unit, view: str, key: bytes) -> Row | None:
    """Return a row that is a map, or None."""
    value = unit.get(view, key)
    return None if value is None else dict(cast("Mapping[int, Any]", value))


def rows(unit: Unit, view: str, prefix: bytes = b"") -> list[tuple[bytes, Row]]:
    """Return all rows below a prefix, in key order."""
    return [(key, dict(cast("Mapping[int, Any]", value))) for key, value in unit.scan(view, prefix)]


def number_key(line: bytes, direction: bytes, number: int) -> bytes:
    """Return the key of a number in a direction."""
    return line + direction + number.to_bytes(8, "big")


def outbox_key(line: bytes, precedence: int, number: int) -> bytes:
    """Return the outbox key: FLASH sorts first, then by number."""
    return line + bytes((3 - precedence,)) + number.to_bytes(8, "big")


def hash_at(unit: Unit, line: bytes, direction: bytes, number: int) -> bytes | None:
    """Return the envelope hash at a number, or None."""
    value = unit.get(NUMBERS, number_key(line, direction, number))
    return cast("bytes | None", value)


def version_key(facility: bytes, applies_from: int | None, index: int, row: int | None) -> bytes:
    """Return the key of one version of a facility: they sort by the instant from which they apply, then as entered."""
    since = 0 if applies_from is None else applies_from + _SINCE_BIAS
    return facility + b"\x00" + since.to_bytes(8, "big") + index.to_bytes(8, "big") + (row or 0).to_bytes(4, "big")


def applies_from(key: bytes) -> int:
    """Return the instant of a version's key; earlier than any instant where it applies from ever."""
    return int.from_bytes(key[-20:-12], "big") - _SINCE_BIAS


def manifest_key(party: str, sequence: int) -> bytes:
    """Return the key of one manifest of a party."""
    return party.encode() + b"\x00" + sequence.to_bytes(4, "big")
