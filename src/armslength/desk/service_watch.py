"""What the faces read of the watch: reports, concerns with their reasons, rules, and what others would have done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.errors import LocalError
from armslength.core.instants import DAY_US, Instant, rfc3339
from armslength.core.places import degrees_text, mgrs_text
from armslength.core.record import NO_LINE, SEED_BYTES, parse_item
from armslength.desk import register_cache, report_lookup, views, watch_state, watching
from armslength.desk.prepared import Prepared
from armslength.desk.service_read import when
from armslength.desk.watch_findings import finding_from_value
from armslength.register import versions, whatif
from armslength.register.default_rules import DEFAULT_RULES_TOML
from armslength.register.facility_document import facility_document
from armslength.register.flag_rules import instant_of
from armslength.register.flag_types import Act, Facts
from armslength.register.observations import observations_from_value
from armslength.register.rules import DEFAULT_RULES, read_rules
from armslength.register.vocabularies import AIR_ALERT, HOT_SPOT

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.register.concerns import Concern
    from armslength.register.facilities import Facility
    from armslength.register.facility_parts import Hazard
    from armslength.register.observations import Observation
    from armslength.register.reports import Report
    from armslength.register.rules import Rules

Json = dict[str, Any]

RULES_BYTES_MAX: Final = 40_000
"""A rule file signed as one record: the shipped one has 15,000 bytes."""

SUPPRESSED_MAX: Final = 200
"""Findings that raised nothing, in one answer."""

REQUEST_OF: Final = {
    "CUTTING-OF-POWER": ("RESTORE-POWER", "EXAMINE-AND-ANSWER"),
    "CUTTING-OF-WATER": ("RESTORE-WATER", "EXAMINE-AND-ANSWER"),
    "PRESSURE-ON-STAFF": ("PROTECT-STAFF", "EXAMINE-AND-ANSWER"),
    "DENIAL-OF-ACCESS": ("GIVE-ACCESS-TO-MONITORS", "EXAMINE-AND-ANSWER"),
    "EMPLACEMENT-OF-WEAPONS": ("WITHDRAW-WEAPONS", "EXAMINE-AND-ANSWER"),
    "TROOPS-AT-SITE": ("WITHDRAW-TROOPS", "EXAMINE-AND-ANSWER"),
}
"""What a draft proposes to ask for, by activity; people change it before anything is released."""

HAZARD_OF: Final = {
    "NUCLEAR-POWER-PLANT": ("RELEASE-OF-RADIATION",),
    "NUCLEAR-INSTALLATION": ("RELEASE-OF-RADIATION",),
    "DAM": ("FLOODING",),
    "DYKE": ("FLOODING",),
    "HYDRO-POWER-PLANT": ("FLOODING", "LOSS-OF-POWER"),
    "PUMPED-STORAGE-PLANT": ("FLOODING", "LOSS-OF-POWER"),
    "RESERVOIR": ("FLOODING",),
    "CHEMICAL-PLANT": ("TOXIC-RELEASE",),
    "WATER-WORKS": ("LOSS-OF-WATER",),
    "PUMPING-STATION": ("LOSS-OF-WATER",),
    "HOSPITAL": ("LOSS-OF-MEDICAL-CARE",),
}
"""What may follow, by kind of facility; otherwise loss of power and harm to civilians."""

LAW_OF: Final = {
    "NUCLEAR-POWER-PLANT": ("AP-I-ARTICLE-56", "CUSTOMARY-RULE-42"),
    "DAM": ("AP-I-ARTICLE-56", "CUSTOMARY-RULE-42"),
    "DYKE": ("AP-I-ARTICLE-56", "CUSTOMARY-RULE-42"),
    "HYDRO-POWER-PLANT": ("AP-I-ARTICLE-56", "CUSTOMARY-RULE-42"),
    "HOSPITAL": ("GC-IV-ARTICLE-18", "CUSTOMARY-RULE-28"),
    "WATER-WORKS": ("AP-I-ARTICLE-54", "CUSTOMARY-RULE-54"),
}
"""The law that a draft proposes where the register cites none; the legal adviser ticks it or changes it."""

TOPIC_OF: Final = {
    "NUCLEAR-POWER-PLANT": "nuclear-safety",
    "NUCLEAR-INSTALLATION": "nuclear-safety",
    "DAM": "dams-and-water",
    "DYKE": "dams-and-water",
    "RESERVOIR": "dams-and-water",
    "HYDRO-POWER-PLANT": "dams-and-water",
    "WATER-WORKS": "dams-and-water",
    "SUBSTATION": "energy-system",
    "POWER-LINE": "energy-system",
    "THERMAL-POWER-PLANT": "energy-system",
}
"""The topic of a charter that a draft names, by kind of facility; otherwise critical infrastructure."""


# --- facilities -------------------------------------------------------------------------------------------------------


def known(books: Books, name: str, at: Instant | None = None) -> Facility:
    """Return a facility by its id, as of an instant when one is given.

    Raises:
        LocalError: FACILITY-UNKNOWN.
    """
    found = register_cache.Cache(books).facility(name, at)
    if found is None:
        raise LocalError("FACILITY-UNKNOWN", asked=name)
    return found


def read_facility(books: Books, name: str, at: Instant | None = None) -> Json:
    """Return everything that the register says of a facility, each with its source and date."""
    one = known(books, name, at)
    return {
        "facility_id": one.facility_id,
        "names": [{"language": language, "name": text} for language, text in one.names],
        "kind": one.kind,
        "place": degrees_text(one.place),
        "mgrs": mgrs_text(one.place),
        "precision_m": one.place.precision_m,
        "site_radius_m": one.site_radius_m,
        "rings_m": list(one.rings_m),
        "special_sign": one.special_sign,
        "disclosure": one.disclosure,
        "record_source": one.record_source,
        "applies_from": when(one.applies_from_at),
        "review_due": when(one.review_due_at),
        "positions": [
            {"place": degrees_text(p.place), "source": p.source, "as_of": when(p.as_of)} for p in one.positions
        ],
        "shape": None if one.shape is None else {"kind": one.shape.kind, "source": one.shape.source},
        "operator_de_jure": [{"who": h.who, "since": when(h.since), "source": h.source} for h in one.operator_de_jure],
        "controlling_force_de_facto": [
            {"who": h.who, "since": when(h.since), "source": h.source} for h in one.controlling_force_de_facto
        ],
        "protected_status": [{"basis": s.basis, "party": s.party, "note": s.note} for s in one.protected_status],
        "dependencies": [{"on": d.on, "kind": d.kind, "note": d.note, "source": d.source} for d in one.dependencies],
        "components": [
            {"component_id": c.component_id, "name": c.name, "kind": c.kind, "source": c.source} for c in one.components
        ],
        "hazards": [_hazard(h) for h in one.hazards],
        "pillars": [
            {"pillar": p.pillar, "status": p.status, "note": p.note, "source": p.source, "as_of": when(p.as_of)}
            for p in one.pillars
        ],
        "monitors": [
            {"who": m.who, "access": m.access, "since": when(m.since), "note": m.note, "source": m.source}
            for m in one.monitors
        ],
        "consequences": [
            {
                "kind": c.kind,
                "low": c.low,
                "high": c.high,
                "unit": c.unit,
                "note": c.note,
                "source": c.source,
                "as_of": when(c.as_of),
                "restored_at": when(c.restored_at),
            }
            for c in one.consequences
        ],
        "life": [{"from": when(e.from_at), "until": when(e.until_at), "source": e.source} for e in one.life],
        "agreements": [
            {"name": a.name, "party": a.party, "note": a.note, "source": a.source, "since": when(a.since)}
            for a in one.agreements
        ],
        "facts": [
            {"text": f.text, "value": f.value, "unit": f.unit, "source": f.source, "as_of": when(f.as_of)}
            for f in one.facts
        ],
        "versions": len(register_cache.Cache(books).versions(name)),
        "needed_by": [{"facility_id": other, "kind": kind} for other, kind in watch_state.needs_of(books.unit, one)],
        "document": facility_document(one),
    }


def _hazard(one: Hazard) -> Json:
    return {
        "kind": one.kind,
        "value": one.value,
        "unit": one.unit,
        "note": one.note,
        "source": one.source,
        "as_of": when(one.as_of),
    }


def read_versions(books: Books, name: str) -> list[Json]:
    """Return what each version of a facility changed against the one before, the first one with nothing."""
    held = register_cache.Cache(books).versions(name)
    if not held:
        raise LocalError("FACILITY-UNKNOWN", asked=name)
    found = []
    for number, one in enumerate(held):
        changes = versions.diff(held[number - 1], one) if number else ()
        found.append(
            {
                "version": number + 1,
                "applies_from": when(one.applies_from_at),
                "source": one.record_source,
                "changes": [{"field": c.field, "before": c.before, "after": c.after} for c in changes],
            }
        )
    return found


# --- reports ----------------------------------------------------------------------------------------------------------


def report_json(report: Report, index: int) -> Json:
    """Return a report as plain values, with both clocks: when it happened and when it reached us."""
    return {
        "report_id": report.report_id,
        "kind": report.kind.value,
        "what": report.what,
        "from": rfc3339(report.from_at),
        "until": rfc3339(report.until_at),
        "received_at": rfc3339(report.received_at),
        "place": degrees_text(report.place),
        "place_name": report.place_name,
        "uncertainty_m": report.uncertainty_m,
        "located_by": report.located_by,
        "who_says": report.who_says,
        "acknowledged_by": [{"who": a.who, "at": when(a.at), "source": a.source} for a in report.acknowledged_by],
        "source": report.source,
        "address": report.address,
        "grade": report.grade.short,
        "text": report.text,
        "language": report.language,
        "links": [{"kind": kind, "report_id": other} for kind, other in report.links],
        "stands_for": report.stands_for,
        "entry": index,
    }


def read_report(books: Books, report_id: str) -> Json:
    """Return one report, and the concerns that cite it with the instant at which they were flagged."""
    report, index = report_lookup.find(books, report_id)
    cited = [one for one in concerns_json(books) if report_id in one["evidence"]]
    return {
        **report_json(report, index),
        "concerns": [{"id": one["id"], "flagged_at": one["flagged_at"]} for one in cited],
    }


def read_reports(books: Books, since: Instant | None, until: Instant | None, limit: int) -> list[Json]:
    """Return reports of what happened in an interval; the last day without one."""
    end = until if until is not None else books.now
    begin = since if since is not None else Instant(end - DAY_US)
    return [report_json(report, index) for report, index in report_lookup.listed(books, begin, end, limit)]


# --- concerns ---------------------------------------------------------------------------------------------------------


def concerns_json(books: Books) -> list[Json]:
    """Return every concern with what the rules said for and against it, the highest rank first."""
    from armslength.desk.service_read import read_concerns  # noqa: PLC0415 - the two modules read one another's rows

    found = []
    for one in read_concerns(books):
        row = views.row(books.unit, views.CONCERN_DETAILS, one["id"].encode()) or {}
        day = row.get(3)
        found.append(
            {
                **one,
                "rank": row.get(1, 0),
                "certainty": row.get(2),
                "day": None if day is None else rfc3339(Instant(day * DAY_US))[:10],
                "against": list(row.get(4, ())),
                "rules": list(row.get(5, ())),
            }
        )
    return sorted(found, key=lambda one: (-one["rank"], one["flagged_at"]))


def read_concern(books: Books, concern_id: str) -> Json:
    """Return one concern: why it is here, on what evidence, and what speaks against it.

    Raises:
        LocalError: CONCERN-UNKNOWN.
    """
    asked = concern_id.upper()
    found = next((one for one in concerns_json(books) if one["id"] == asked), None)
    if found is None:
        raise LocalError("CONCERN-UNKNOWN", asked=concern_id)
    asked = found["evidence"][:SUPPRESSED_MAX]
    held = report_lookup.find_all(books, asked)
    reports = [report_json(*held[report_id]) for report_id in asked if report_id in held]
    facility = register_cache.Cache(books).facility(found["facility"])
    name = found["facility"] if facility is None else facility.name(books.manifest().languages[0])
    return {**found, "facility_name": name, "reports": reports}


def concern_form(books: Books, concern_id: str) -> Json:
    """Return the fields of a CONCERN that a concern's evidence fills, for people to complete, check and release.

    Nothing is drafted by this. Attribution is never filled in, and what is asked for is a proposal.

    Raises:
        LocalError: CONCERN-UNKNOWN, FACILITY-UNKNOWN, CONCERN-EVIDENCE when no report of it can be read.
    """
    state = watching.concern(books, concern_id)
    facility = known(books, state.facility_id)
    held = [report for report, _ in report_lookup.find_all(books, state.evidence).values()]
    spoken = [one for one in held if one.what not in _NO_ACTIVITY]
    activity = spoken[0].what if spoken else "OTHER-ACTIVITY"
    begin, end = _window(books, state, held)
    sources = {one.source for one in held}
    own = books.manifest().languages[0]
    language = own if any(tag == own for tag, _ in facility.names) else facility.names[0][0]
    cited = [one.basis for one in facility.protected_status if one.basis != "NOT-CITED"]
    law = tuple(dict.fromkeys(cited)) or LAW_OF.get(facility.kind, ("CUSTOMARY-RULE-15",))
    stated = [one for one in sorted(facility.pillars, key=lambda one: one.as_of) if one.pillar in _FORM_PILLARS]
    pillars = {one.pillar: one.status for one in stated}
    pillar_sources = {one.source for one in stated}
    values: Json = {
        "facility-id": facility.facility_id,
        "facility": [facility.name(language), language, facility.kind],
        "place": degrees_text(facility.place),
        "activity": activity,
        "activity-window": [rfc3339(begin), rfc3339(end)],
        "hazards": list(HAZARD_OF.get(facility.kind, ("LOSS-OF-POWER", "HARM-TO-CIVILIANS"))),
        "requested-action": list(REQUEST_OF.get(activity, ("REFRAIN-FROM-ATTACK", "EXAMINE-AND-ANSWER"))),
        "basis-of-knowledge": _knowledge([one.who_says for one in held] or list(pillar_sources), held),
        "evidence-level": "SEVERAL-SOURCES" if len(sources) > 1 else "ONE-SOURCE",
        "legal-basis": list(law),
        "attribution": "NO-ATTRIBUTION",
        "topic": TOPIC_OF.get(facility.kind, "critical-infrastructure"),
        "case-reference": state.concern_id,
    }
    if pillars:
        values["pillars"] = [[pillar, status] for pillar, status in sorted(pillars.items())]
    return values


_NO_ACTIVITY: Final = frozenset({HOT_SPOT, AIR_ALERT})
"""What a report may say and a CONCERN has no code for: context, and nobody's act."""

_FORM_PILLARS: Final = frozenset(
    {
        "PHYSICAL-INTEGRITY",
        "SAFETY-AND-SECURITY-SYSTEMS",
        "OPERATING-STAFF",
        "OFF-SITE-POWER",
        "LOGISTICAL-SUPPLY",
        "RADIATION-MONITORING",
        "COMMUNICATIONS",
    }
)


def _window(books: Books, state: Concern, held: list[Report]) -> tuple[Instant, Instant]:
    """Return the time of what a concern's reports tell; of one that rests on the register alone, its day."""
    if held:
        return Instant(min(one.from_at for one in held)), Instant(max(one.until_at for one in held))
    row = views.row(books.unit, views.CONCERN_DETAILS, state.concern_id.encode()) or {}
    if row.get(3) is None or not any(one.startswith(_REGISTER) for one in state.evidence):
        raise LocalError("CONCERN-EVIDENCE", expected="a report that can be read", got=state.concern_id)
    return Instant(row[3] * DAY_US), instant_of(row[3])


def _knowledge(said_by: list[str], held: list[Report]) -> str:
    """Return the class of the source, never the source itself: the line carries no intelligence."""
    if any("IAEA" in one for one in said_by):
        return "INTERNATIONAL-MONITOR"
    if held and all(one.what == HOT_SPOT for one in held):
        return "PUBLIC-SATELLITE-DATA"
    return "OPEN-SOURCES"


_REGISTER: Final = ("entry-", "register:")
"""How evidence begins that is a record of the register and no report."""


# --- rules ------------------------------------------------------------------------------------------------------------


def read_rules_in_force(books: Books) -> Json:
    """Return the rules in force: version, a sentence for each rule, whether they are the shipped ones, the text."""
    text = books.unit.get(views.WATCH, views.RULES)
    return {
        **rules_json(watch_state.rules(books.unit)),
        "text": text if isinstance(text, str) else DEFAULT_RULES_TOML.lstrip(),
    }


def rules_json(rules: Rules) -> Json:
    """Return rules as plain values."""
    return {
        "name": rules.name,
        "version": rules.version,
        "shipped": rules.version == DEFAULT_RULES.version,
        "sentences": rules.explain(),
    }


def check_rules(text: str) -> Json:
    """Return what a rule file says, when it can be read.

    Raises:
        LocalError: RULES-... naming the key; RULES-SIZE.
    """
    if len(text.encode()) > RULES_BYTES_MAX:
        raise LocalError("RULES-SIZE", expected=f"at most {RULES_BYTES_MAX} bytes", got=len(text.encode()))
    return rules_json(read_rules(text))


def prepare_rules(books: Books, officer: str, text: str, reason: str) -> Prepared:
    """Return the body that puts rules in force, for the signature of who answers for them."""
    check_rules(text)
    body: dict[int, CborValue] = {**books.common(officer), 20: text, 21: reason}
    return Prepared(type="rules", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def what_if(books: Books, text: str) -> Json:
    """Judge everything that the watch ever saw by other rules, and say what they would have flagged instead.

    Raises:
        LocalError: RULES-...
    """
    other = read_rules(text)
    in_force = watch_state.rules(books.unit)
    batches, facts = _past(books)
    compared = whatif.what_if(in_force, other, batches, facts)
    return {
        "in_force": in_force.version,
        "other": other.version,
        "sentences": compared.sentences(),
        "only_in_force": _days(compared.only_a),
        "only_other": _days(compared.only_b),
        "both": len(compared.both),
    }


def _days(pairs: tuple[tuple[str, int], ...]) -> list[Json]:
    return [{"facility": facility, "day": rfc3339(Instant(day * DAY_US))[:10]} for facility, day in pairs]


def _past(books: Books) -> tuple[list[whatif.Batch], list[Facts]]:
    """Return what every pass saw, by the day of what was reported, and what the register says of who was seen."""
    by_day: dict[int, dict[str, list[Observation]]] = {}
    for key, _ in views.rows(books.unit, views.WATCH_PASSES):
        held = books.unit.content(int.from_bytes(key, "big"))
        if held is None:
            continue
        for one in observations_from_value(parse_item(held[1]).body[24]):
            by_day.setdefault(one.day, {}).setdefault(one.facility_id, []).append(one)
    facts = [
        watch_state.facts_of(books, facility_id, watch_state.FacilityState(), (), ())
        for facility_id in sorted({facility for day in by_day.values() for facility in day})
    ]
    batches = [
        whatif.Batch(now=Instant((day + 1) * DAY_US - 1), watch=day, observations=by_day[day]) for day in sorted(by_day)
    ]
    return batches, facts


def read_findings(books: Books, facility_id: str, limit: int = SUPPRESSED_MAX) -> list[Json]:
    """Return what the newest passes found of a facility, what was held back included: why a person was not told."""
    found: list[Json] = []
    for key, _ in reversed(views.rows(books.unit, views.WATCH_PASSES)):
        held = books.unit.content(int.from_bytes(key, "big"))
        if held is None:
            continue
        body = parse_item(held[1]).body
        for value in cast("tuple[Any, ...]", body[25]):
            one = finding_from_value(value)
            if one.facility_id == facility_id:
                found.append(
                    {
                        "day": rfc3339(Instant(one.day * DAY_US))[:10],
                        "act": one.act.value,
                        "rule": one.rule_id,
                        "reason": one.reason,
                        "against": list(one.counter_evidence),
                        "evidence": list(one.evidence),
                        "rank": one.rank,
                        "raised": one.act is not Act.SUPPRESS,
                        "rules": body[21],
                        "entry": int.from_bytes(key, "big"),
                    }
                )
        if len(found) >= limit:
            break
    return found[:limit]
