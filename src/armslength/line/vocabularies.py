"""The closed vocabularies of the message forms: stable codes with the numbers used on paper and by voice.

A code or number is never renamed, renumbered or reused. A code is added only together with a new version of every form
that uses the vocabulary, so that a receiver of a known version knows every code of it (docs/spec/versions.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """One closed table.

    Args:
        name: the table's name, as forms cite it.
        codes: code to its number for voice, from 1, in ascending order.
    """

    name: str
    codes: Mapping[str, int]


def _table(name: str, *codes: str) -> Vocabulary:
    """Number the codes in the order written; new codes go to the end, so that no number ever moves."""
    return Vocabulary(name=name, codes=MappingProxyType({code: n for n, code in enumerate(codes, start=1)}))


ACTIVITY: Final = _table(
    "ACTIVITY",
    "SHELLING",
    "ROCKET-FIRE",
    "MISSILE-STRIKE",
    "AIR-STRIKE",
    "UNCREWED-AIRCRAFT-STRIKE",
    "SMALL-ARMS-FIRE",
    "OVERFLIGHT",
    "UNCREWED-AIRCRAFT-OVERFLIGHT",
    "MINING",
    "EMPLACEMENT-OF-WEAPONS",
    "FIRING-FROM-SITE",
    "TROOPS-AT-SITE",
    "MOVEMENT-NEAR-SITE",
    "CUTTING-OF-POWER",
    "CUTTING-OF-WATER",
    "PRESSURE-ON-STAFF",
    "DENIAL-OF-ACCESS",
    "JAMMING",
    "NAVAL-ACTIVITY",
    "UNKNOWN-EXPLOSIONS",
    "OTHER-ACTIVITY",
)
"""What is being done, without saying by whom."""

HAZARD: Final = _table(
    "HAZARD",
    "RELEASE-OF-RADIATION",
    "FLOODING",
    "TOXIC-RELEASE",
    "FIRE-OR-EXPLOSION",
    "LOSS-OF-POWER",
    "LOSS-OF-WATER",
    "LOSS-OF-MEDICAL-CARE",
    "HARM-TO-CIVILIANS",
    "COLLISION-OR-MISCALCULATION",
    "OTHER-HAZARD",
)
"""What may follow from it."""

PILLAR: Final = _table(
    "PILLAR",
    "PHYSICAL-INTEGRITY",
    "SAFETY-AND-SECURITY-SYSTEMS",
    "OPERATING-STAFF",
    "OFF-SITE-POWER",
    "LOGISTICAL-SUPPLY",
    "RADIATION-MONITORING",
    "COMMUNICATIONS",
)
"""The IAEA's seven indispensable pillars of nuclear safety and security in armed conflict, in its order."""

PILLAR_STATUS: Final = _table("PILLAR_STATUS", "HELD", "ENDANGERED", "COMPROMISED", "LOST", "NOT-KNOWN")
"""How a pillar stands."""

REQUESTED_ACTION: Final = _table(
    "REQUESTED_ACTION",
    "CEASE-FIRE-AT-PLACE",
    "REFRAIN-FROM-ATTACK",
    "KEEP-DISTANCE",
    "WITHDRAW-WEAPONS",
    "WITHDRAW-TROOPS",
    "RESTORE-POWER",
    "RESTORE-WATER",
    "GIVE-ACCESS-TO-MONITORS",
    "GIVE-ACCESS-TO-REPAIR",
    "PROTECT-STAFF",
    "PASS-TO-COMMAND",
    "EXPLAIN-ACTIVITY",
    "EXAMINE-AND-ANSWER",
    "NO-ACTION-REQUESTED",
)
"""What is asked of the receiver."""

KNOWLEDGE: Final = _table(
    "KNOWLEDGE",
    "OWN-OBSERVATION",
    "INTERNATIONAL-MONITOR",
    "OPERATOR-OF-SITE",
    "OTHER-GOVERNMENT",
    "RELIEF-ORGANISATION",
    "OPEN-SOURCES",
    "PUBLIC-SATELLITE-DATA",
    "NOT-DISCLOSED",
)
"""The class of the source, never the source itself: the line carries no intelligence."""

EVIDENCE_LEVEL: Final = _table(
    "EVIDENCE_LEVEL", "UNCONFIRMED", "ONE-SOURCE", "SEVERAL-SOURCES", "CONFIRMED-BY-MONITOR", "NOT-STATED"
)
"""How well what is stated is supported, in the author's own judgement."""

LEGAL_BASIS: Final = _table(
    "LEGAL_BASIS",
    "AP-I-ARTICLE-56",
    "AP-II-ARTICLE-15",
    "CUSTOMARY-RULE-42",
    "AP-I-ARTICLE-57",
    "CUSTOMARY-RULE-15",
    "AP-I-ARTICLE-52",
    "GC-IV-ARTICLE-18",
    "CUSTOMARY-RULE-28",
    "AP-I-ARTICLE-54",
    "CUSTOMARY-RULE-54",
    "IAEA-SEVEN-PILLARS",
    "IAEA-FIVE-PRINCIPLES",
    "AGREEMENT-OF-THE-CHARTER",
    "NOT-CITED",
)
"""The rule cited. Citing one does not state that either party is bound by it (legal positions differ)."""

ATTRIBUTION: Final = _table("ATTRIBUTION", "NO-ATTRIBUTION", "ATTRIBUTED-TO-RECEIVER", "ATTRIBUTED-TO-OTHERS")
"""Whether the message says whose forces acted; NO-ATTRIBUTION unless the releaser chose otherwise."""

VERB: Final = _table("VERB", "confirm", "comply", "reject", "not-ours", "being-examined", "answer-follows")
"""The verbs of an answer, spelt as in docs/spec/receipts.md; none of them is consent."""

RELATION_VERB: Final = _table("RELATION_VERB", "recalls", "updates", "adds", "discontinues", "relates")
"""How a message stands to an earlier one; a new message has no relation field."""

REPLY_REASON: Final = _table(
    "REPLY_REASON",
    "NO-REASON-GIVEN",
    "FACTS-DISPUTED",
    "OTHER-PARTY-RESPONSIBLE",
    "NOT-UNDER-OUR-COMMAND",
    "REJECTED-AS-PRETEXT",
    "OUTSIDE-THE-CHARTER",
    "MORE-DETAIL-NEEDED",
    "FACTS-BEING-ESTABLISHED",
)
"""Why the answer is what it is."""

STATED_ACTION: Final = _table(
    "STATED_ACTION",
    "PASSED-TO-COMMAND",
    "FIRE-CEASED",
    "ORDER-GIVEN",
    "WEAPONS-WITHDRAWN",
    "TROOPS-WITHDRAWN",
    "ACCESS-GIVEN",
    "EXAMINATION-BEGUN",
    "NO-ACTION-TAKEN",
)
"""What the answering side says it did; only somebody's own observation shows what was done."""

QUESTION: Final = _table(
    "QUESTION",
    "PURPOSE-OF-ACTIVITY",
    "EXACT-PLACE",
    "TIME-OF-END",
    "UNITS-INVOLVED",
    "SUBORDINATION",
    "NUMBERS-AND-TYPES",
    "MEANING-OF-MESSAGE",
    "PLACE-OR-TIME-IN-DOUBT",
    "STATUS-OF-FACILITY",
    "CASUALTIES",
)
"""What is asked; the first six are the items of the Vienna Document's chapter III (B6)."""

NOT_OURS_SUBJECT: Final = _table(
    "NOT_OURS_SUBJECT",
    "GROUND-FORCES",
    "FIRE",
    "AIRCRAFT",
    "UNCREWED-AIRCRAFT",
    "VESSEL",
    "MUNITION",
    "ACTIVITY",
)
"""What a party says is not its own."""

INCIDENT_KIND: Final = _table(
    "INCIDENT_KIND",
    "IMPACT-AT-SITE",
    "IMPACT-NEAR-SITE",
    "FIRE-AT-SITE",
    "LOSS-OF-OFF-SITE-POWER",
    "LOSS-OF-COOLING",
    "BREACH-OF-DAM",
    "RELEASE-OF-DANGEROUS-SUBSTANCE",
    "DANGEROUS-APPROACH",
    "COLLISION",
    "LOSS-OF-AIRCRAFT",
    "BORDER-CROSSED",
    "MUNITION-OUT-OF-CONTROL",
    "STAFF-DETAINED",
    "OTHER-INCIDENT",
)
"""What happened."""

RADIATION: Final = _table("RADIATION", "NORMAL-LEVELS", "ELEVATED-LEVELS", "LEVELS-NOT-KNOWN", "MONITORING-LOST")
"""Radiation levels as last reported."""

STOP_REASON: Final = _table(
    "STOP_REASON",
    "PROTECTED-SITE-UNDER-FIRE",
    "CIVILIANS-UNDER-FIRE",
    "MEDICAL-SITE-UNDER-FIRE",
    "RELIEF-CONVOY-UNDER-FIRE",
    "OUR-FORCES-UNDER-FIRE",
    "OTHER-REASON",
)
"""Why fire must stop now."""

SERVICE_CODE: Final = _table(
    "SERVICE_CODE",
    "PLANNED-OUTAGE",
    "OUTAGE",
    "SERVICE-RESTORED",
    "BEARER-ADDED",
    "BEARER-WITHDRAWN",
    "KEYS-WILL-CHANGE",
    "CLOCK-IN-DOUBT",
    "NUMBERS-MISSING",
    "TEXT-GARBLED",
    "LANGUAGE-NOT-COVERED",
    "LANGUAGE-COVERED",
    "OFFICER-ON-WATCH-CHANGED",
    "EXERCISE-BEGINS",
    "EXERCISE-ENDS",
    "LINE-SUSPENDED",
    "LINE-RESUMED",
)
"""News about the line itself."""

BEARER: Final = _table("BEARER", "HTTPS", "SMTP", "FOLDER", "QR", "VOICE")
"""How the line is carried."""

RECEIPT_LEVEL: Final = _table("RECEIPT_LEVEL", "NONE", "R0", "R1", "R2", "R3", "R4")
"""The receipt held."""

RECEIPT_STATUS: Final = _table("RECEIPT_STATUS", "ACCEPTED", "AHEAD")
"""How an envelope stands in the braid, as R0 says it."""

TOPIC: Final = _table(
    "TOPIC",
    "critical-infrastructure",
    "nuclear-safety",
    "dams-and-water",
    "energy-system",
    "incident",
    "air-and-sea-safety",
    "humanitarian",
    "service",
    "targeting",
    "intelligence",
    "command-of-forces",
    "permission-for-aid",
)
"""Topics of a charter, spelt as in docs/spec/charter.md; the last four are those a charter excludes by default."""

FACILITY_KIND: Final = _table(
    "FACILITY_KIND",
    "NUCLEAR-POWER-PLANT",
    "NUCLEAR-INSTALLATION",
    "DAM",
    "DYKE",
    "SUBSTATION",
    "POWER-LINE",
    "REFINERY",
    "PUMPING-STATION",
    "WATER-WORKS",
    "HOSPITAL",
    "PORT",
    "CHEMICAL-PLANT",
    "OTHER-FACILITY",
    "THERMAL-POWER-PLANT",
    "HYDRO-POWER-PLANT",
    "PUMPED-STORAGE-PLANT",
    "WIND-POWER-PLANT",
    "SOLAR-POWER-PLANT",
    "POWER-PLANT",
    "PIPELINE",
    "FUEL-STORE",
    "RESERVOIR",
    "SETTLEMENT",
    "BORDER-STRIP",
    "TERRITORY",
)
"""What kind of facility."""

WORKS: Final = _table(
    "WORKS",
    "REPAIR-OF-POWER-LINE",
    "REPAIR-OF-POWER-PLANT",
    "REPAIR-OF-WATER-SUPPLY",
    "REPAIR-OF-DAM",
    "REPAIR-OF-COMMUNICATIONS",
    "DEMINING",
    "SURVEY-OF-DAMAGE",
    "FIREFIGHTING",
    "ROTATION-OF-STAFF",
    "DELIVERY-OF-SUPPLIES",
    "MEDICAL-EVACUATION",
    "RECOVERY-OF-THE-DEAD",
    "OTHER-WORKS",
)
"""What is done in a window of silence."""

ASSURANCE_STATE: Final = _table("ASSURANCE_STATE", "GIVEN", "NOT-GIVEN", "WITHDRAWN")
"""What a party says of its assurance; saying nothing is not giving it."""

WINDOW_STATUS: Final = _table("WINDOW_STATUS", "GREEN", "NOT-GREEN", "VIOLATED", "ABORTED", "CLOSED")
"""How a window of silence stands."""

WINDOW_REASON: Final = _table(
    "WINDOW_REASON",
    "ALL-ASSURANCES-HELD",
    "ASSURANCE-MISSING",
    "ASSURANCE-REFUSED",
    "ASSURANCE-WITHDRAWN",
    "ASSURANCE-EXPIRED",
    "VIOLATION-OBSERVED",
    "SAFETY-OF-CREWS",
    "WEATHER",
    "WORKS-DONE",
    "WORKS-NOT-DONE",
    "TIME-PASSED",
    "OTHER-WINDOW-REASON",
)
"""Why a window stands as it does."""

SPECIAL_SIGN: Final = _table("SPECIAL_SIGN", "DISPLAYED", "NOT-DISPLAYED", "NOT-KNOWN")
"""Whether the sign of three orange circles is shown (AP I, annex I, article 17); its absence lifts no protection."""

LIST_STAGE: Final = _table("LIST_STAGE", "COMMIT", "REVEAL")
"""First each side binds itself to its list, then both show them."""

HAZARDOUS_ACTIVITY: Final = _table(
    "HAZARDOUS_ACTIVITY",
    "GUN-FIRING",
    "MISSILE-OR-ROCKET-FIRING",
    "BOMBING-PRACTICE",
    "AIR-EXERCISE",
    "NAVAL-EXERCISE",
    "SUBMARINE-ACTIVITY",
    "LAND-EXERCISE",
    "UNCREWED-AIRCRAFT-FLIGHTS",
    "LASER-USE",
    "RADIO-INTERFERENCE",
    "BLASTING-OR-MINE-CLEARANCE",
    "WORKS-AT-SEA",
    "SEARCH-AND-RESCUE",
    "OTHER-HAZARDOUS-ACTIVITY",
)
"""What may endanger ships, aircraft and people, after the agreements of 1972 and 1989 (domain.md 3)."""

LAUNCH_KIND: Final = _table(
    "LAUNCH_KIND",
    "LAND-BASED-BALLISTIC-MISSILE",
    "SEA-BASED-BALLISTIC-MISSILE",
    "SPACE-ROCKET",
    "SOUNDING-ROCKET",
    "OTHER-LAUNCH",
)
"""What is launched; the first two are those of the agreement of 1988."""

MOVE_FUNCTION: Final = _table(
    "MOVE_FUNCTION",
    "DELIVERY-OF-RELIEF",
    "EVACUATION-OF-CIVILIANS",
    "EVACUATION-OF-SICK-AND-WOUNDED",
    "MOVEMENT-OF-STAFF",
    "ASSESSMENT",
    "REPAIR-OF-SERVICES",
    "HUMANITARIAN-DEMINING",
    "RETURN-OF-THE-DEAD",
    "MONITORING-MISSION",
    "OTHER-MOVEMENT",
)
"""What a movement is for."""

NOTICE_URGENCY: Final = _table("NOTICE_URGENCY", "EMERGENCY", "URGENT", "ROUTINE")
"""How a movement is flagged; it is no precedence, and asks for a shorter lead time only."""

MARKING: Final = _table(
    "MARKING",
    "RED-CROSS-OR-RED-CRESCENT",
    "UNITED-NATIONS",
    "EMBLEM-OF-ORGANISATION",
    "WHITE-FLAG",
    "NOT-MARKED",
    "OTHER-MARKING",
)
"""What vehicles and vessels show; its absence lifts no protection."""

CARGO: Final = _table(
    "CARGO",
    "FOOD",
    "WATER",
    "MEDICAL-SUPPLIES",
    "FUEL",
    "SHELTER-AND-CLOTHING",
    "TOOLS-AND-SPARE-PARTS",
    "DANGEROUS-GOODS",
    "PERSONS-ONLY",
    "NO-CARGO",
    "OTHER-CARGO",
)
"""What is carried."""

ESCORT: Final = _table("ESCORT", "NO-ESCORT", "UNARMED-ESCORT", "ARMED-ESCORT")
"""Who goes along: an escort that was not notified made a convoy unrecognisable (domain.md 4)."""

PLAN_STAGE: Final = _table("PLAN_STAGE", "PROPOSED", "AS-BOTH-HOLD-IT", "AS-CARRIED-OUT")
"""Where a daily plan stands; the middle one is the plan that comes back, and no permission."""

CALL_MEDIUM: Final = _table("CALL_MEDIUM", "TELEPHONE", "VIDEO", "MEETING", "OTHER-MEDIUM")
"""How people talk."""

RECORDING: Final = _table("RECORDING", "NOT-RECORDED", "RECORDED-BY-AUTHOR", "RECORDED-BY-BOTH")
"""Whether a call was recorded, as the author says; the charter says whether it may be."""

SUSPENSION_REASON: Final = _table(
    "SUSPENSION_REASON",
    "DECISION-OF-AUTHORITIES",
    "SECURITY-OF-THE-LINE",
    "TECHNICAL-REASON",
    "AN-ACT-OF-THE-OTHER-SIDE",
    "REVIEW-OF-THE-CHARTER",
    "REASON-NOT-STATED",
)
"""Why a line is suspended."""

STAYS_OPEN: Final = _table(
    "STAYS_OPEN", "STOPS-AND-RECEIPTS", "SERVICE-MESSAGES", "REGULAR-CHECKS", "NAMED-AGREEMENTS", "ANOTHER-CHANNEL"
)
"""What goes on while a line is suspended."""

WORDING_STATE: Final = _table("WORDING_STATE", "WORDING-PROPOSED", "AGREED-TO", "NO-OBJECTION", "OBJECTED-TO")
"""How a wording for the public stands with the author of the message."""

WORDING_ASKED: Final = _table("WORDING_ASKED", "AGREEMENT-ASKED", "NO-OBJECTION-ASKED", "COMMENTS-ASKED")
"""What is asked about a proposed wording; silence is none of it."""

PRESENCE_STATE: Final = _table(
    "PRESENCE_STATE", "REACHABLE-NOW", "REACHABLE-LATER", "NOT-REACHABLE", "DEPUTY-REACHABLE", "NOT-DISCLOSED"
)
"""Whether a principal can be reached; where the principal is, nobody asks."""

AREA_SHAPE: Final = _table("AREA_SHAPE", "CIRCLE", "POLYGON", "ROUTE")
"""How an area is given."""

VOCABULARIES: Final[Mapping[str, Vocabulary]] = MappingProxyType(
    {
        table.name: table
        for table in (
            ACTIVITY,
            AREA_SHAPE,
            ASSURANCE_STATE,
            ATTRIBUTION,
            BEARER,
            CALL_MEDIUM,
            CARGO,
            ESCORT,
            EVIDENCE_LEVEL,
            FACILITY_KIND,
            HAZARD,
            HAZARDOUS_ACTIVITY,
            INCIDENT_KIND,
            KNOWLEDGE,
            LAUNCH_KIND,
            LEGAL_BASIS,
            LIST_STAGE,
            MARKING,
            MOVE_FUNCTION,
            NOTICE_URGENCY,
            NOT_OURS_SUBJECT,
            PILLAR,
            PILLAR_STATUS,
            PLAN_STAGE,
            PRESENCE_STATE,
            QUESTION,
            RADIATION,
            RECEIPT_LEVEL,
            RECEIPT_STATUS,
            RECORDING,
            RELATION_VERB,
            REPLY_REASON,
            REQUESTED_ACTION,
            SERVICE_CODE,
            SPECIAL_SIGN,
            STATED_ACTION,
            STAYS_OPEN,
            STOP_REASON,
            SUSPENSION_REASON,
            TOPIC,
            VERB,
            WINDOW_REASON,
            WINDOW_STATUS,
            WORDING_ASKED,
            WORDING_STATE,
            WORKS,
        )
    }
)
"""Every table by its name."""
