"""The rules that the watch begins with, as the document that a person reads and changes.

Every number says its unit and why it is that number. The numbers of the hot spots and the words of the texts were set
on the odd months of 2022 (tests/labels/RULE.md); `docs/watch.md` has the figures on the even ones.
"""

from __future__ import annotations

from typing import Final

DEFAULT_RULES_TOML: Final = """
# Rules of the watch. Change a value, keep its unit, say why. Then: armslength rules check FILE,
# and armslength rules what-if FILE shows what the change would have done. A rule with on = false is asked nothing.
# A higher rank is shown first, and is the last to be held back when there is too much.
name = "default"

[watch]
sentence = "What is flagged is counted, so that a person can look at each, and what continues is added to what is open."
[watch.parameters]
continues_days = { value = 7, unit = "days", why = "a strike, its fire and the statements about it stay within a week" }
renewed_days = { value = 21, unit = "days", why = "a concern open for three weeks is put before a person again" }
flags_per_day = { value = 1, unit = "a facility", why = "one place and day is one thing to look at" }
corroborations_per_day = { value = 3, unit = "a facility", why = "further reports are counted, not shown one by one" }
flags_per_watch = { value = 20, unit = "a watch", why = "more than twenty in eight hours nobody looks at with care" }
never_held_rank = { value = 80, unit = "rank", why = "loss of power or a strike named at a nuclear plant or dam always passes" }
evidence_max = { value = 40, unit = "reports", why = "the nearest forty tell what four hundred tell" }
together_m = { value = 5000, unit = "m", why = "two sites so near lie in each other's zones, and one event touches both" }
together_percent = { value = 50, unit = "percent", why = "half of the reports being the same is one event; a single one in common may be chance" }
rank_kinds = { value = ["NUCLEAR-POWER-PLANT", "NUCLEAR-INSTALLATION", "DAM", "HYDRO-POWER-PLANT", "PUMPED-STORAGE-PLANT"], unit = "kinds", why = "works that contain dangerous forces stand first (AP I, article 56)" }
rank_added = { value = 20, unit = "rank", why = "puts any concern of such works before the same concern of others" }

[rules.text-named]
sentence = "A text names the facility, its switchyard, substation or dam, and tells of an attack, damage, weapons, troops or power lost."
rank = 60
[rules.text-named.parameters]
acts = { value = ["SHELLING", "ROCKET-FIRE", "MISSILE-STRIKE", "AIR-STRIKE", "UNCREWED-AIRCRAFT-STRIKE", "SMALL-ARMS-FIRE", "UNCREWED-AIRCRAFT-OVERFLIGHT", "MINING", "EMPLACEMENT-OF-WEAPONS", "FIRING-FROM-SITE", "TROOPS-AT-SITE", "CUTTING-OF-POWER", "CUTTING-OF-WATER", "PRESSURE-ON-STAFF", "DENIAL-OF-ACCESS", "NAVAL-ACTIVITY", "UNKNOWN-EXPLOSIONS"], unit = "activities", why = "what threatens the site or what it depends on; talks, visits and verdicts do not" }
possible_within_m = { value = 30000, unit = "m", why = "words that may mean another site count only where the report is placed near this one" }

[rules.text-settlement]
sentence = "A text names the town that was built for the facility, and tells of an attack, weapons or troops there, or of power, water or heat lost."
rank = 45
[rules.text-settlement.parameters]
acts = { value = ["SHELLING", "ROCKET-FIRE", "MISSILE-STRIKE", "AIR-STRIKE", "UNCREWED-AIRCRAFT-STRIKE", "MINING", "EMPLACEMENT-OF-WEAPONS", "FIRING-FROM-SITE", "TROOPS-AT-SITE", "CUTTING-OF-POWER", "CUTTING-OF-WATER", "UNKNOWN-EXPLOSIONS"], unit = "activities", why = "what happens in the town beside the site reaches its staff, its lines and its gates" }

[rules.text-near]
sentence = "A text tells of an attack that is placed near the site, and its place is known well enough to say so."
rank = 50
[rules.text-near.parameters]
acts = { value = ["SHELLING", "ROCKET-FIRE", "MISSILE-STRIKE", "AIR-STRIKE", "UNCREWED-AIRCRAFT-STRIKE", "MINING", "EMPLACEMENT-OF-WEAPONS", "FIRING-FROM-SITE", "TROOPS-AT-SITE", "UNKNOWN-EXPLOSIONS"], unit = "activities", why = "as for a text that names the facility, without what only its name can tie to it" }
within_m = { value = 5000, unit = "m", why = "the emergency zone of a plant; farther off it is another place's report" }
uncertainty_m = { value = 2000, unit = "m", why = "a place known worse is the middle of a town, and says nothing about a site in it" }
located_by = { value = ["MEASURED", "SITE", "ADDRESS"], unit = "how placed", why = "the middle of a settlement, district or region is no place of an event" }

[rules.hot-spot-burst]
sentence = "Many more hot spots than the place ever has, on the site or beside it, and far thicker than in the ring around."
rank = 40
[rules.hot-spot-burst.parameters]
site_m = { value = 1000, unit = "m", why = "the site itself and its fence" }
core_m = { value = 2000, unit = "m", why = "near enough to reach the site within the hour" }
hood_m = { value = 3000, unit = "m", why = "the immediate neighbourhood of a plant or substation" }
hood_wide_m = { value = 5000, unit = "m", why = "the emergency zone of a nuclear plant; dams have switchyards and gates as far off" }
wide_kinds = { value = ["NUCLEAR-POWER-PLANT", "NUCLEAR-INSTALLATION", "DAM", "HYDRO-POWER-PLANT", "PUMPED-STORAGE-PLANT"], unit = "kinds", why = "works that contain dangerous forces (AP I, article 56)" }
around_m = { value = 30000, unit = "m", why = "the surroundings that are compared: 35 times the area of the widest neighbourhood" }
site_count = { value = 3, unit = "hot spots", why = "one or two lone ones are a pixel seen by two satellites" }
core_count = { value = 4, unit = "hot spots", why = "two satellites pass twice a day, so that three may be one small fire" }
hood_count = { value = 8, unit = "hot spots", why = "a field burns with fewer" }
past_days = { value = 28, unit = "days", why = "four weeks: long enough for a mean and short enough for the season" }
past_percent = { value = 300, unit = "% of the mean", why = "three times what the place has on a mean day" }
around_percent = { value = 600, unit = "% of the density", why = "six times as thick as around: stubble burns evenly, a fire on a site does not" }
widespread_count = { value = 50, unit = "hot spots around", why = "on such days the fields burn, and only fires at the site itself tell anything" }
continues_count = { value = 3, unit = "hot spots", why = "a fire that goes on is seen with fewer" }
young_days = { value = 14, unit = "days", why = "a place watched for less has no past to be compared with" }
young_percent = { value = 200, unit = "% of the counts", why = "so twice as many are asked for until then" }

[rules.static-heat]
sentence = "Hot spots of a cell that burns all the year are industry or a flare, and are counted for nothing."
rank = 0
[rules.static-heat.parameters]
within_m = { value = 6000, unit = "m", why = "a kilometre more than the widest neighbourhood" }
window_days = { value = 90, unit = "days", why = "a season" }
days_min = { value = 12, unit = "days", why = "fields, a battle or a forest are seldom seen burning on twelve days at one place" }
spread_days = { value = 30, unit = "days", why = "a fire that lasts a fortnight is an event, what lasts for months is a furnace" }

[rules.power-lost]
sentence = "The plant has lost its off-site power, or all lines but the last, or is reported to have."
rank = 90
[rules.power-lost.parameters]
kinds = { value = ["NUCLEAR-POWER-PLANT", "NUCLEAR-INSTALLATION"], unit = "kinds", why = "without off-site power a reactor is cooled by diesels alone" }
lines_left = { value = 1, unit = "lines", why = "on the last line the next hit is a loss" }
counted_days = { value = 365, unit = "days", why = "how often it was lost in a year is said with it" }

[rules.pillar-changed]
sentence = "One of the seven pillars of nuclear safety, or of the five principles, is now reported lost or compromised."
rank = 85
[rules.pillar-changed.parameters]
statuses = { value = ["LOST", "COMPROMISED"], unit = "statuses", why = "endangered is what every day of the war is" }

[rules.report-age]
sentence = "Nothing new is known: the monitor or the register has been silent for too long."
rank = 20
[rules.report-age.parameters]
monitor_days = { value = 3, unit = "days", why = "monitors at a plant in a war report every day or two" }
register_days = { value = 400, unit = "days", why = "the register is reviewed once a year" }
again_days = { value = 7, unit = "days", why = "silence that goes on is said once a week" }

[rules.dependency]
sentence = "What the facility depends on was hit: the dam that holds its cooling water, the line that brings its power."
rank = 55
[rules.dependency.parameters]
kinds = { value = ["OFF-SITE-POWER", "COOLING-WATER", "WATER-LEVEL"], unit = "dependencies", why = "what fails within hours or days when it is hit" }
from_rules = { value = ["text-named", "power-lost", "pillar-changed"], unit = "rules", why = "only what is said of it by name; a fire near a dam does not reach the plant" }

[rules.campaign]
sentence = "Strikes on many sites of one system in one window are one concern."
rank = 75
[rules.campaign.parameters]
window_hours = { value = 24, unit = "hours", why = "one wave of missiles and what is told of it on the day" }
places_min = { value = 3, unit = "places", why = "two may be chance" }
texts_min = { value = 3, unit = "different texts", why = "one round-up is placed on each of the towns that it names" }
apart_m = { value = 50000, unit = "m", why = "nearer ones are one place told of twice" }
continues_days = { value = 1, unit = "days", why = "the reports of the night come on the next morning" }
from_rules = { value = ["text-named", "text-near", "power-lost"], unit = "rules", why = "findings that tell of a strike; a fire alone does not" }
words = { value = ["підстанц", "подстанц", "електростанц", "электростанц", "енергет", "энергет", "енергооб", "энергооб", "енергосистем", "энергосистем", "знеструм", "обесточ", "теплоелектро", "теплоэлектро", "substation", "power plant", "power station", "power grid"], unit = "beginnings of words", why = "what says that the energy system was hit" }
abbreviations = { value = ["ТЕЦ", "ТЭЦ", "ТЕС", "ТЭС", "ГЕС", "ГЭС"], unit = "words", why = "plants that are called by initials" }
"""  # noqa: E501 - one parameter stands on one line, to be read and changed as one
"""The document in TOML; `armslength.register.rules` reads it, and a changed one, by the same checks."""
