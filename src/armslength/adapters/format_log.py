"""What a node tells about itself: log lines and metrics that hold no contents, by construction and not by care.

A log entry is made of a closed list of keys, and a value is a short visible line, a number or an identifier; a key that
is not in the list never reaches the file. Metrics are counts by form, kind and level, never by subject or person.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, Final, TypeAlias

from armslength.core.instants import rfc3339
from armslength.core.text import visible_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from armslength.desk.ports import Clock

LOG_KEYS: Final = frozenset(
    {
        "attempt",
        "bearer",
        "bytes",
        "code",
        "count",
        "direction",
        "envelope",
        "error",
        "form",
        "host",
        "index",
        "line",
        "ms",
        "number",
        "officer",
        "party",
        "pin",
        "port",
        "precedence",
        "realm",
        "receipt",
        "role",
        "size",
        "state",
        "status",
        "version",
    }
)
"""Everything that an entry may say beside time, level and event; none of these can hold a text of a message."""
LEVELS: Final = ("debug", "info", "warning", "error")

VALUE_CHARS_MAX: Final = 120
"""A code, a host, a form's name; what is longer is a text, and texts do not belong here."""
BYTES_SHOWN_MAX: Final = 32
"""A hash; longer bytes would be a content."""

LogValue: TypeAlias = str | int | bool | bytes | None

_EVENT = re.compile(r"[a-z][a-z0-9-]{0,63}")


class JsonLog:
    """A log of one JSON object a line.

    Args:
        write: takes one finished line with its line feed; a stream's or file's own ``write``.
        clock: stamps every entry.
        level: the least level that is written.
    """

    def __init__(self, write: Callable[[str], object], clock: Clock, level: str = "info") -> None:
        self._write = write
        self._clock = clock
        self._least = LEVELS.index(level)

    def __call__(self, level: str, event: str, /, **values: LogValue) -> None:
        """Write an entry.

        A key outside `LOG_KEYS` is left out and counted in `withheld`: a log call on a rare path must neither stop a
        node nor leak what it was given.

        Args:
            level: one of `LEVELS`; anything else counts as an error.
            event: what happened, as words joined by hyphens.
            values: entries of `LOG_KEYS`.
        """
        known = level if level in LEVELS else "error"
        if LEVELS.index(known) < self._least:
            return
        entry: dict[str, str | int | bool | None] = {
            "at": rfc3339(self._clock.now()),
            "level": known,
            "event": event if _EVENT.fullmatch(event) else "unnamed",
        }
        entry |= {key: _value(value) for key, value in sorted(values.items()) if key in LOG_KEYS}
        withheld = sum(key not in LOG_KEYS for key in values)
        if withheld:
            entry["withheld"] = withheld
        self._write(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n")


def _value(value: object) -> str | int | bool | None:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        # JSON readers keep integers of 53 bits exact (RFC 8259, 6); a larger one is shown as text.
        return int(value) if abs(value) < 1 << 53 else hex(value)[:VALUE_CHARS_MAX]
    if isinstance(value, bytes):
        return value.hex() if len(value) <= BYTES_SHOWN_MAX else f"{len(value)} bytes"
    if isinstance(value, str):
        return visible_line(value) if len(value) <= VALUE_CHARS_MAX else f"{len(value)} characters"
    return type(value).__name__


# --- metrics ----------------------------------------------------------------------------------------------------------

COUNTERS: Final = {
    "messages_sent": "Messages released and put into the outbox, by form.",
    "messages_received": "Messages verified and committed, by form.",
    "receipts_sent": "Receipts signed here, by level.",
    "receipts_received": "Receipts verified, by level.",
    "refusals": "Transports and items refused, by code.",
    "bearer_failures": "Attempts that did not carry, by code.",
    "alarms": "Alarms raised, by kind.",
    "notify_failures": "Runs of the notification command that failed, by kind.",
}
"""Counters, each with one label `kind`."""
GAUGES: Final = {
    "outbox_depth": "Messages whose peer's receipt is not yet in the journal.",
    "journal_size": "Entries in the journal.",
    "alarms_open": "Alarms that nobody has accepted.",
}
HISTOGRAMS: Final = {"receipt_latency_seconds": "From release to the peer's node receipt."}
BUCKETS_MS: Final = (10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000, 30_000, 120_000, 600_000)
"""Upper bounds: from a line inside one building to the ten minutes of a ROUTINE receipt."""

KINDS_MAX: Final = 100
"""Values of one label; a peer that invents codes must not fill the memory, so the rest is counted as `other`."""
OTHER: Final = "other"

_KIND = re.compile(r"[A-Za-z0-9-]{1,40}")


class Metrics:
    """Counts of one node since its start, as text for Prometheus (exposition format 0.0.4).

    A name that is not in the tables above is a fault of the caller and raises KeyError.
    """

    def __init__(self) -> None:
        self._counters: dict[str, Counter[str]] = {name: Counter() for name in COUNTERS}
        self._gauges: dict[str, int] = dict.fromkeys(GAUGES, 0)
        self._buckets: dict[str, list[int]] = {name: [0] * (len(BUCKETS_MS) + 1) for name in HISTOGRAMS}
        self._sums_ms: dict[str, int] = dict.fromkeys(HISTOGRAMS, 0)

    def count(self, name: str, kind: str, by: int = 1) -> None:
        """Add to a counter; ``kind`` is a form, level or code."""
        counter = self._counters[name]
        plain = kind if _KIND.fullmatch(kind) else OTHER
        counter[plain if plain in counter or len(counter) < KINDS_MAX else OTHER] += by

    def set(self, name: str, value: int) -> None:
        """Set a gauge."""
        if name not in self._gauges:
            raise KeyError(name)
        self._gauges[name] = value

    def observe_ms(self, name: str, ms: int) -> None:
        """Add one duration (milliseconds) to a histogram; a negative one, of a clock set back, counts as zero."""
        bounded = max(0, ms)
        self._buckets[name][bisect_left(BUCKETS_MS, bounded)] += 1
        self._sums_ms[name] += bounded

    def render(self) -> str:
        """Return everything as text."""
        lines: list[str] = []
        for name, about in COUNTERS.items():
            lines += _head(f"{name}_total", "counter", about)
            lines += [
                f'armslength_{name}_total{{kind="{kind}"}} {value}'
                for kind, value in sorted(self._counters[name].items())
            ]
        for name, about in GAUGES.items():
            lines += [*_head(name, "gauge", about), f"armslength_{name} {self._gauges[name]}"]
        for name, about in HISTOGRAMS.items():
            lines += [*_head(name, "histogram", about), *self._histogram(name)]
        return "\n".join(lines) + "\n"

    def _histogram(self, name: str) -> list[str]:
        lines: list[str] = []
        total = 0
        for bound, value in zip((*BUCKETS_MS, None), self._buckets[name], strict=True):
            total += value
            upper = "+Inf" if bound is None else f"{bound / 1_000:g}"
            lines.append(f'armslength_{name}_bucket{{le="{upper}"}} {total}')
        return [*lines, f"armslength_{name}_sum {self._sums_ms[name] / 1_000:g}", f"armslength_{name}_count {total}"]


def _head(name: str, kind: str, about: str) -> list[str]:
    return [f"# HELP armslength_{name} {about}", f"# TYPE armslength_{name} {kind}"]
