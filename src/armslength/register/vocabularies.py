"""The closed vocabularies of the register.

Codes that a message form has too are spelt as the form spells them, so that the desk passes them on unchanged; a test
holds the two rooms equal, since neither may import the other.
"""

from __future__ import annotations

from typing import Final

FACILITY_KINDS: Final = frozenset(
    {
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
    }
)
"""What kind of facility."""

PROTECTION_BASES: Final = frozenset(
    {
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
    }
)
"""The rule that protects a facility; whether a party is bound by it is noted per party."""

SPECIAL_SIGNS: Final = frozenset({"DISPLAYED", "NOT-DISPLAYED", "NOT-KNOWN"})
"""Whether the sign of three orange circles is shown (AP I, annex I, article 17); its absence lifts no protection."""

DEPENDENCY_KINDS: Final = frozenset({"OFF-SITE-POWER", "COOLING-WATER", "WATER-LEVEL", "SUPPLY", "STAFF", "OTHER"})
"""What a facility needs from elsewhere."""

DISCLOSURES: Final = frozenset({"private"})
"""Who may know the record; nothing but private until a subset was released for a line (F1)."""

PILLARS: Final = frozenset(
    {
        "PHYSICAL-INTEGRITY",
        "SAFETY-AND-SECURITY-SYSTEMS",
        "OPERATING-STAFF",
        "OFF-SITE-POWER",
        "LOGISTICAL-SUPPLY",
        "RADIATION-MONITORING",
        "COMMUNICATIONS",
        "NO-ATTACK-FROM-OR-AGAINST",
        "NO-HEAVY-WEAPONS-OR-MILITARY-BASE",
        "OFF-SITE-POWER-NOT-AT-RISK",
        "ESSENTIAL-STRUCTURES-PROTECTED",
        "NO-UNDERMINING-ACTION",
    }
)
"""The IAEA's seven pillars (March 2022) and five principles for the Zaporizhzhia plant (30 May 2023)."""

PILLAR_STATUSES: Final = frozenset({"HELD", "ENDANGERED", "COMPROMISED", "LOST", "NOT-KNOWN"})
"""How a pillar or principle stands."""

MONITOR_ACCESS: Final = frozenset({"GRANTED", "LIMITED", "DENIED", "NOT-KNOWN"})
"""What access an external monitor has."""

HAZARD_KINDS: Final = frozenset(
    {
        "RADIOACTIVE-INVENTORY",
        "SPENT-FUEL",
        "THERMAL-POWER",
        "ELECTRIC-POWER",
        "STORED-WATER",
        "WATER-HEAD",
        "CHEMICALS",
        "FUEL",
        "AMMUNITION",
        "OTHER-HAZARD",
    }
)
"""What dangerous forces a facility holds."""

CONSEQUENCE_KINDS: Final = frozenset(
    {
        "PEOPLE-DOWNSTREAM",
        "PEOPLE-WITHOUT-POWER",
        "PEOPLE-WITHOUT-HEATING",
        "PEOPLE-WITHOUT-WATER",
        "PEOPLE-EVACUATED",
        "KILLED",
        "INJURED",
        "MISSING",
        "CAPACITY-LOST",
        "AREA-FLOODED",
        "OTHER-CONSEQUENCE",
    }
)
"""What people suffer or would suffer when a facility is hit."""

HOT_SPOT: Final = "HOT-SPOT"
"""A hot pixel seen from orbit: fire, industry or a flare; by itself no sign of an attack."""

AIR_ALERT: Final = "AIR-ALERT"
"""An air-raid alarm: context for what else is reported, never a sign of a strike at a place."""

ACTIVITIES: Final = frozenset(
    {
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
        HOT_SPOT,
        AIR_ALERT,
    }
)
"""What a report speaks of, without saying by whom: the activities of a CONCERN, the hot spot and the alarm."""

LOCATED_BY: Final = frozenset(
    {
        "MEASURED",
        "PIXEL",
        "SITE",
        "ADDRESS",
        "SETTLEMENT",
        "DISTRICT",
        "REGION",
        "COUNTRY",
        "UNSTATED",
    }
)
"""How a report's coordinates came about: measured there, a satellite's pixel, or the middle of something named."""

LINK_KINDS: Final = frozenset({"SAME-TEXT", "SAME-ADDRESS", "SAME-EVENT", "SAME-DETECTION", "UPDATES", "DENIES"})
"""Why two reports are linked; both are kept."""
