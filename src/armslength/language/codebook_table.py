"""The codebook's entries: number, meaning, arguments and the answers that may be expected; phrases are Fluent texts.

The columns are those of the 1989 agreement on dangerous military activities: number, meaning, phrase, pronunciation,
required response (domain.md section 3). A number is never used for another meaning, and a change of any entry or phrase
is a new version: both sides' linguists approve a version by its digest, and a test holds the digest to the files.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION: Final = 1
"""Of the entries and phrases together."""

DIGEST: Final = bytes.fromhex("f1bff53eb9a1679a4256338a7ded724f28d213d23596db52077b483a330e664d")
"""SHA-256 of this version (see `codebook.Codebook`); the phrases of a file that was altered are not used."""

LANGUAGES: Final = ("en", "ru", "uk")
"""The languages of the codebook itself. A language that a site adds renders it too and is no part of the digest."""

DIGEST_SHOWN_CHARS: Final = 8
"""Hexadecimal digits of the digest in a message: what one can read aloud, against mistakes; approvals carry it all."""


class ArgumentKind(StrEnum):
    """What stands in a phrase's gap."""

    MINUTES = "minutes"
    """Whole minutes."""
    NUMBER = "number"
    """A number: of a message, of a pillar, of people."""
    PERSONS = "persons"
    """How many people."""
    METRES = "metres"
    """Whole metres."""
    TIME = "time"
    """An instant."""
    PLACE = "place"
    """[latitude, longitude, precision]."""
    FACILITY = "facility"
    """[name, language tag, FACILITY_KIND code]."""
    ZONE = "zone"
    """The name of a zone, as both sides know it."""
    NAME = "name"
    """A name: of a person, a channel, an office, a route."""


COUNTED: Final = frozenset({ArgumentKind.MINUTES, ArgumentKind.PERSONS, ArgumentKind.METRES})
"""Kinds whose word takes the plural form of the number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One gap of a phrase: its name in the Fluent texts and what fills it."""

    name: str
    kind: ArgumentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry.

    Args:
        number: what is said and sent, 1 to 999; three digits when written.
        meaning: stable key.
        arguments: gaps of the phrase, in the order in which they are sent and said.
        answers: numbers of which one may be expected in answer; empty, none is.
    """

    number: int
    meaning: str
    arguments: tuple[Argument, ...]
    answers: tuple[int, ...]

    @property
    def digits(self) -> str:
        """The number as it is written and said."""
        return f"{self.number:03}"

    @property
    def group(self) -> int:
        """The ten to which it belongs."""
        return self.number // GROUP


GROUP: Final = 10
"""Numbers of one group; a gap in a group is for later versions."""


def _row(number: int, meaning: str, arguments: tuple[tuple[str, ArgumentKind], ...], answers: tuple[int, ...]) -> Entry:
    gaps = tuple(Argument(name=name, kind=kind) for name, kind in arguments)
    return Entry(number=number, meaning=meaning, arguments=gaps, answers=answers)


_ENTRIES: Final = (
    # 000: The line and its checks.
    _row(1, "line-check-no-message", (), (2, 3, 4)),
    _row(2, "heard-well", (), ()),
    _row(3, "text-complete", (), ()),
    _row(4, "heard-badly", (), (102,)),
    _row(5, "line-check-message-follows", (), (6, 7)),
    _row(6, "ready-to-receive", (), ()),
    _row(7, "wait", (("minutes", ArgumentKind.MINUTES),), (8,)),
    _row(8, "waiting", (), ()),
    _row(9, "next-line-check", (("time", ArgumentKind.TIME),), (49,)),
    # 010: Stop and fire.
    _row(10, "cease-fire-protected-site", (), (11, 12, 15)),
    _row(11, "passed-to-command", (("minutes", ArgumentKind.MINUTES),), (40, 41)),
    _row(12, "not-our-forces", (), (20, 22)),
    _row(13, "cease-fire-at-place", (("place", ArgumentKind.PLACE),), (11, 12, 15)),
    _row(14, "cease-fire-at-facility", (("facility", ArgumentKind.FACILITY),), (11, 12, 15)),
    _row(15, "order-to-cease-fire-given", (("time", ArgumentKind.TIME),), (16, 17, 22)),
    _row(16, "fire-stopped", (("time", ArgumentKind.TIME),), (22,)),
    _row(17, "fire-continues", (), (11, 12, 15)),
    _row(18, "people-in-danger", (("persons", ArgumentKind.PERSONS), ("place", ArgumentKind.PLACE)), (11,)),
    _row(19, "rescuers-at-work", (("place", ArgumentKind.PLACE),), (11,)),
    # 020: Concern and clarification.
    _row(20, "explanation-asked", (("place", ArgumentKind.PLACE), ("time", ArgumentKind.TIME)), (11, 12)),
    _row(21, "concern-facility", (("facility", ArgumentKind.FACILITY),), (22,)),
    _row(22, "received-not-agreement", (), ()),
    _row(23, "concern-place", (("place", ArgumentKind.PLACE),), (22,)),
    _row(24, "no-attribution", (), (22,)),
    _row(25, "purpose-asked", (), (11, 26, 27)),
    _row(26, "activity-is-exercise", (("time", ArgumentKind.TIME),), (22,)),
    _row(27, "activity-not-against-you", (), (22,)),
    _row(28, "activity-ended", (("time", ArgumentKind.TIME),), (22,)),
    _row(29, "knowledge-asked", (("place", ArgumentKind.PLACE),), (11, 12)),
    # 030: Windows of silence and assurances.
    _row(
        30,
        "window-proposed",
        (("zone", ArgumentKind.ZONE), ("from", ArgumentKind.TIME), ("until", ArgumentKind.TIME)),
        (31, 32, 34),
    ),
    _row(31, "assurance-given", (), (22, 33)),
    _row(32, "assurance-refused", (), (22,)),
    _row(33, "violation-observed", (("place", ArgumentKind.PLACE),), (11, 12)),
    _row(34, "other-time-proposed", (("from", ArgumentKind.TIME), ("until", ArgumentKind.TIME)), (31, 32)),
    _row(35, "window-begun", (("zone", ArgumentKind.ZONE),), (22,)),
    _row(36, "window-ended", (("zone", ArgumentKind.ZONE),), (22,)),
    _row(37, "assurance-withdrawn", (("time", ArgumentKind.TIME),), (22, 38)),
    _row(38, "crews-leaving", (("minutes", ArgumentKind.MINUTES),), (22,)),
    _row(39, "crews-in-zone", (("zone", ArgumentKind.ZONE), ("persons", ArgumentKind.PERSONS)), (22,)),
    # 040: Answers, delays, corrections, read-back.
    _row(40, "answer-follows", (), (22,)),
    _row(41, "answer-delayed", (("minutes", ArgumentKind.MINUTES),), (22,)),
    _row(42, "no-answer-yet", (("number", ArgumentKind.NUMBER),), (11, 40, 41)),
    _row(43, "correction-follows", (("number", ArgumentKind.NUMBER),), (22,)),
    _row(44, "message-cancelled", (("number", ArgumentKind.NUMBER),), (22,)),
    _row(45, "read-back-asked", (), (46,)),
    _row(46, "read-back-follows", (), (47, 48)),
    _row(47, "read-back-right", (), ()),
    _row(48, "read-back-wrong", (), (46,)),
    _row(49, "understood", (), ()),
    # 050: Calls, presence, interpreter.
    _row(50, "call-asked", (("minutes", ArgumentKind.MINUTES),), (51, 52, 53)),
    _row(51, "call-request-passed-on", (("minutes", ArgumentKind.MINUTES),), (49,)),
    _row(52, "call-accepted", (("time", ArgumentKind.TIME),), (49,)),
    _row(53, "call-not-possible", (), (49,)),
    _row(54, "presence-asked", (), (55, 56)),
    _row(55, "presence-yes", (("minutes", ArgumentKind.MINUTES),), (49,)),
    _row(56, "presence-no", (), (49,)),
    _row(57, "interpreter-needed", (("minutes", ArgumentKind.MINUTES),), (8,)),
    _row(58, "interpreter-present", (), (49,)),
    _row(59, "call-back", (), (8,)),
    # 060: Exercise.
    _row(60, "exercise", (), (61,)),
    _row(61, "exercise-understood", (), ()),
    _row(62, "exercise-begins", (("time", ArgumentKind.TIME),), (61,)),
    _row(63, "exercise-ended", (("time", ArgumentKind.TIME),), (49,)),
    _row(64, "message-is-real", (), (22,)),
    _row(65, "stop-exercise", (), (66,)),
    _row(66, "exercise-stopped", (), ()),
    _row(67, "exercise-proposed", (("from", ArgumentKind.TIME), ("until", ArgumentKind.TIME)), (68, 69)),
    _row(68, "exercise-agreed", (), ()),
    _row(69, "exercise-refused", (), ()),
    # 070: Notices.
    _row(70, "site-notice", (("facility", ArgumentKind.FACILITY), ("place", ArgumentKind.PLACE)), (22,)),
    _row(
        71,
        "movement-notice",
        (
            ("persons", ArgumentKind.PERSONS),
            ("name", ArgumentKind.NAME),
            ("from", ArgumentKind.TIME),
            ("until", ArgumentKind.TIME),
        ),
        (22,),
    ),
    _row(72, "movement-delayed", (("minutes", ArgumentKind.MINUTES),), (22,)),
    _row(73, "movement-completed", (("time", ArgumentKind.TIME),), (49,)),
    _row(74, "movement-cancelled", (), (49,)),
    _row(
        75,
        "launch-notice",
        (("zone", ArgumentKind.ZONE), ("from", ArgumentKind.TIME), ("until", ArgumentKind.TIME)),
        (22,),
    ),
    _row(76, "launch-cancelled", (), (49,)),
    _row(
        77,
        "activity-notice",
        (("zone", ArgumentKind.ZONE), ("from", ArgumentKind.TIME), ("until", ArgumentKind.TIME)),
        (22,),
    ),
    _row(78, "daily-plan-follows", (), (22,)),
    _row(79, "no-movements-planned", (), (49,)),
    # 080: Incidents, radiation, evacuation, medical.
    _row(80, "incident", (("place", ArgumentKind.PLACE), ("time", ArgumentKind.TIME)), (11, 20, 22)),
    _row(81, "site-hit", (("facility", ArgumentKind.FACILITY), ("time", ArgumentKind.TIME)), (11, 12)),
    _row(82, "radiation-normal", (("facility", ArgumentKind.FACILITY),), (22,)),
    _row(83, "radiation-raised", (("facility", ArgumentKind.FACILITY),), (11, 22)),
    _row(84, "off-site-power-lost", (("facility", ArgumentKind.FACILITY), ("time", ArgumentKind.TIME)), (11, 22)),
    _row(85, "off-site-power-restored", (("facility", ArgumentKind.FACILITY), ("time", ArgumentKind.TIME)), (22,)),
    _row(86, "structure-breached", (("facility", ArgumentKind.FACILITY),), (11, 22)),
    _row(87, "evacuation", (("persons", ArgumentKind.PERSONS), ("place", ArgumentKind.PLACE)), (11, 22)),
    _row(
        88,
        "medical-access-asked",
        (("place", ArgumentKind.PLACE), ("from", ArgumentKind.TIME), ("until", ArgumentKind.TIME)),
        (11, 31, 32),
    ),
    _row(89, "casualties", (("killed", ArgumentKind.NUMBER), ("injured", ArgumentKind.NUMBER)), (22,)),
    # 090: State of the line.
    _row(90, "line-suspended", (("time", ArgumentKind.TIME),), (22,)),
    _row(91, "line-resumed", (("time", ArgumentKind.TIME),), (1, 22)),
    _row(92, "planned-outage", (("from", ArgumentKind.TIME), ("until", ArgumentKind.TIME)), (49,)),
    _row(93, "fault-here", (), (49,)),
    _row(94, "fault-there", (), (93, 95)),
    _row(95, "no-fault-here", (), (49,)),
    _row(96, "message-missing", (("number", ArgumentKind.NUMBER),), (97,)),
    _row(97, "message-sent-again", (("number", ArgumentKind.NUMBER),), (22,)),
    _row(98, "clocks-differ", (("minutes", ArgumentKind.MINUTES),), (93, 95)),
    _row(99, "duty-officer-changed", (), (49,)),
    # 100: Numbers, times, places, spelling.
    _row(100, "spelling", (), (46,)),
    _row(101, "digits", (), (46,)),
    _row(102, "repeating-slowly", (), (2, 46)),
    _row(103, "times-are-utc", (), (49,)),
    _row(104, "order-of-dates", (), (49,)),
    _row(105, "order-of-coordinates", (), (49,)),
    _row(106, "coordinates-not-understood", (), (101, 107)),
    _row(107, "place-is", (("place", ArgumentKind.PLACE),), (46,)),
    _row(108, "time-is", (("time", ArgumentKind.TIME),), (46,)),
    _row(109, "places-differ", (("metres", ArgumentKind.METRES),), (46,)),
    # 110: Public wording.
    _row(110, "statement-intended", (("time", ArgumentKind.TIME),), (22, 111, 112)),
    _row(111, "no-objection-to-statement", (), ()),
    _row(112, "not-public-asked", (), (22, 113)),
    _row(113, "not-made-public", (), ()),
    _row(114, "wording-follows", (), (115, 116)),
    _row(115, "wording-agreed", (), ()),
    _row(116, "wording-refused", (), (114,)),
    _row(117, "statement-differs", (("time", ArgumentKind.TIME),), (11, 22)),
    _row(118, "third-party-informed", (("name", ArgumentKind.NAME),), (22,)),
    _row(119, "no-public-comment", (), (49,)),
    # 120: Channels and third parties.
    _row(120, "other-channel-asked", (("name", ArgumentKind.NAME),), (121, 122)),
    _row(121, "changing-channel", (("name", ArgumentKind.NAME),), (2,)),
    _row(122, "channel-not-available", (("name", ArgumentKind.NAME),), (120,)),
    _row(123, "same-matter", (("number", ArgumentKind.NUMBER),), (49,)),
    _row(124, "matter-passed-to-third-party", (("name", ArgumentKind.NAME),), (22,)),
    _row(125, "observer-proposed", (("name", ArgumentKind.NAME),), (126, 127)),
    _row(126, "observer-agreed", (), ()),
    _row(127, "observer-refused", (), ()),
    _row(128, "matter-not-of-this-line", (), (22,)),
    _row(129, "identity-asked", (), (140,)),
    # 130: Nuclear safety, power, water, dangerous substances.
    _row(130, "pillar-compromised", (("number", ArgumentKind.NUMBER), ("facility", ArgumentKind.FACILITY)), (11, 22)),
    _row(131, "pillar-held", (("number", ArgumentKind.NUMBER), ("facility", ArgumentKind.FACILITY)), (22,)),
    _row(132, "cooling-water-low", (("facility", ArgumentKind.FACILITY),), (11, 22)),
    _row(133, "on-emergency-generators", (("facility", ArgumentKind.FACILITY),), (11, 22)),
    _row(
        134,
        "fuel-passage-asked",
        (("facility", ArgumentKind.FACILITY), ("from", ArgumentKind.TIME), ("until", ArgumentKind.TIME)),
        (11, 31, 32),
    ),
    _row(
        135,
        "power-line-repair-asked",
        (("name", ArgumentKind.NAME), ("from", ArgumentKind.TIME), ("until", ArgumentKind.TIME)),
        (11, 31, 32),
    ),
    _row(136, "water-rising", (("place", ArgumentKind.PLACE),), (11, 22)),
    _row(137, "dangerous-release", (("facility", ArgumentKind.FACILITY),), (11, 22)),
    _row(138, "site-burning", (("facility", ArgumentKind.FACILITY),), (11, 22)),
    _row(139, "site-fire-out", (("facility", ArgumentKind.FACILITY),), (22,)),
    # 140: Persons and verification.
    _row(140, "duty-officer-speaking", (("name", ArgumentKind.NAME),), (22, 49, 59, 141)),
    _row(141, "agreed-word-asked", (), (142,)),
    _row(142, "agreed-word", (("name", ArgumentKind.NAME),), (49, 143)),
    _row(143, "not-verified", (), (59,)),
)

ENTRIES: Final[Mapping[int, Entry]] = MappingProxyType({entry.number: entry for entry in _ENTRIES})
"""Number -> entry, in ascending order."""

FIRST: Final = _ENTRIES[0].number
LAST: Final = _ENTRIES[-1].number
