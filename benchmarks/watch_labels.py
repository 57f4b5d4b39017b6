"""Score the default rules of the watch against the labels of 2022: precision and recall on the even months, as JSON.

    python benchmarks/watch_labels.py

A labelled day is right when the facility was flagged or corroborated on it. The odd months are printed too, apart:
rules were set on them. Stratum K, the known answers, is in neither (tests/labels/RULE.md).
"""

from __future__ import annotations

import csv
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]

from armslength.register.flag_types import Act  # noqa: E402 - the paths above come first
from armslength.register.rules import DEFAULT_RULES  # noqa: E402
from builders.watch_replay import day_number, replayed  # noqa: E402

if TYPE_CHECKING:
    from armslength.register.whatif import Replay

LABELS = ROOT / "tests" / "labels" / "watch_2022.csv"
WATCHES_A_DAY = 3


def labels() -> list[dict[str, str]]:
    with LABELS.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["stratum"] != "K"]


def score(rows: list[dict[str, str]], hits: frozenset[tuple[str, int]]) -> dict[str, object]:
    counts = {"right": 0, "false": 0, "missed": 0, "quiet": 0}
    for row in rows:
        hit, wanted = (row["facility_id"], day_number(row["date"])) in hits, row["label"] == "1"
        counts["right" if hit and wanted else "false" if hit else "missed" if wanted else "quiet"] += 1
    found, wanted = counts["right"] + counts["false"], counts["right"] + counts["missed"]
    return {
        **counts,
        "precision": round(counts["right"] / found, 3) if found else None,
        "recall": round(counts["right"] / wanted, 3) if wanted else None,
    }


def scores(rows: list[dict[str, str]], hits: frozenset[tuple[str, int]]) -> dict[str, object]:
    strata = sorted({row["stratum"] for row in rows})
    return {
        "labels": len(rows),
        "all": score(rows, hits),
        "without_A2": score([row for row in rows if row["stratum"] != "A2"], hits),
        "by_stratum": {name: score([row for row in rows if row["stratum"] == name], hits) for name in strata},
    }


def load(replay: Replay) -> dict[str, object]:
    # The sets give dates only: all of a day is counted as one watch of eight hours, and as three with two empty.
    counts = sorted(replay.flagged_by_watch.values())
    three = sorted([0] * (WATCHES_A_DAY - 1) * len(counts) + counts)
    return {
        "flagged_in_the_year": sum(counts),
        "corroborated_days": len(replay.days(Act.CORROBORATE)),
        "all_of_a_day_in_one_watch": {"median": counts[len(counts) // 2], "worst": counts[-1]},
        "median_of_all_watches": three[len(three) // 2],
    }


def measured() -> dict[str, object]:
    started = time.perf_counter()
    replay = replayed()
    hits = replay.days(Act.FLAG, Act.CORROBORATE)
    rows = labels()
    even = [row for row in rows if int(row["date"][5:7]) % 2 == 0]
    odd = [row for row in rows if int(row["date"][5:7]) % 2 == 1]
    return {
        "rules": DEFAULT_RULES.version,
        "even_months": scores(even, hits),
        "odd_months_rules_were_set_on": scores(odd, hits),
        "load": load(replay),
        "seconds": round(time.perf_counter() - started, 1),
    }


if __name__ == "__main__":
    print(json.dumps(measured(), indent=1))
