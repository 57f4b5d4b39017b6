"""Logs and metrics hold no contents, whatever they are given."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.adapters.format_log import BUCKETS_MS, KINDS_MAX, LOG_KEYS, JsonLog, Metrics
from armslength.core.instants import Instant

AT = Instant(1_668_960_000_000_000)


class FixedClock:
    def now(self) -> Instant:
        return AT


def logged(level: str, event: str, least: str = "debug", **values: Any) -> list[str]:
    lines: list[str] = []
    JsonLog(lines.append, FixedClock(), least)(level, event, **values)
    return lines


def entry(**values: Any) -> dict[str, Any]:
    (line,) = logged("info", "message-sent", **values)
    found: dict[str, Any] = json.loads(line)
    return found


def test_an_entry_is_one_line_of_json_in_a_fixed_order() -> None:
    (line,) = logged("info", "message-sent", number=7, line=bytes(4), form="CONCERN", ms=12)
    assert line == (
        '{"at":"2022-11-20T16:00:00Z","level":"info","event":"message-sent",'
        '"form":"CONCERN","line":"00000000","ms":12,"number":7}\n'
    )


def test_keys_outside_the_list_are_withheld_and_counted() -> None:
    found = entry(text="the training building", number=7, subject="Zaporizhzhia", body=b"x")
    assert found["number"] == 7
    assert found["withheld"] == 3
    assert not {"text", "subject", "body"} & set(found)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("CONCERN", "CONCERN"),
        ("a\x1b[2J\nb\u202e", "a[U+001B][2J[U+000A]b[U+202E]"),
        ("x" * 121, "121 characters"),
        (b"\x00\xff", "00ff"),
        (bytes(33), "33 bytes"),
        (5, 5),
        (True, True),
        (None, None),
        (2**53, "0x20000000000000"),
        (-(2**64), "-0x10000000000000000"),
        (1.5, "float"),
        (ValueError("a secret"), "ValueError"),
        (["a", "secret"], "list"),
    ],
)
def test_a_value_is_short_visible_and_plain(value: Any, shown: Any) -> None:
    assert entry(code=value)["code"] == shown


@given(st.dictionaries(st.sampled_from(sorted(LOG_KEYS)), st.text() | st.binary() | st.integers()), st.text())
def test_no_value_breaks_out_of_its_line(values: dict[str, Any], event: str) -> None:
    (line,) = logged("warning", event, **values)
    assert line.endswith("}\n")
    assert line.count("\n") == 1
    assert all(char.isprintable() or ord(char) > 127 for char in line[:-1])
    found = json.loads(line)
    assert set(found) == {"at", "level", "event", *values}


@pytest.mark.parametrize(
    ("level", "least", "written"),
    [("debug", "info", 0), ("info", "info", 1), ("warning", "error", 0), ("error", "error", 1), ("odd", "error", 1)],
)
def test_a_level_below_the_least_is_not_written(level: str, least: str, written: int) -> None:
    assert len(logged(level, "x", least)) == written


@pytest.mark.parametrize("event", ["", "Message Sent", "a\nb", "x" * 65])
def test_an_event_is_a_name_and_no_text(event: str) -> None:
    (line,) = logged("info", event)
    assert json.loads(line)["event"] == "unnamed"


# --- metrics ----------------------------------------------------------------------------------------------------------


def samples(metrics: Metrics) -> dict[str, float]:
    """Read the text back as Prometheus would: every line a comment or a name and a number."""
    found: dict[str, float] = {}
    for line in metrics.render().splitlines():
        if not line.startswith("# HELP ") and not line.startswith("# TYPE "):
            name, _, value = line.rpartition(" ")
            assert name not in found
            found[name] = float(value)
    return found


def test_counts_gauges_and_histograms_come_out_as_they_went_in() -> None:
    metrics = Metrics()
    metrics.count("messages_sent", "CONCERN")
    metrics.count("messages_sent", "CONCERN", 2)
    metrics.count("receipts_received", "R0")
    metrics.set("outbox_depth", 3)
    metrics.set("journal_size", 1_000_000)
    for ms in (10, 11, 600_001, -5):
        metrics.observe_ms("receipt_latency_seconds", ms)
    found = samples(metrics)
    assert found['armslength_messages_sent_total{kind="CONCERN"}'] == 3
    assert found['armslength_receipts_received_total{kind="R0"}'] == 1
    assert found["armslength_outbox_depth"] == 3
    assert found["armslength_journal_size"] == 1_000_000
    assert found['armslength_receipt_latency_seconds_bucket{le="0.01"}'] == 2
    assert found['armslength_receipt_latency_seconds_bucket{le="0.025"}'] == 3
    assert found['armslength_receipt_latency_seconds_bucket{le="600"}'] == 3
    assert found['armslength_receipt_latency_seconds_bucket{le="+Inf"}'] == 4
    assert found["armslength_receipt_latency_seconds_count"] == 4
    assert found["armslength_receipt_latency_seconds_sum"] == pytest.approx(600.022)


@given(st.lists(st.integers(-10, 10**7), max_size=50))
def test_buckets_only_rise_and_end_at_the_count(durations: list[int]) -> None:
    metrics = Metrics()
    for ms in durations:
        metrics.observe_ms("receipt_latency_seconds", ms)
    found = [value for name, value in samples(metrics).items() if "_bucket" in name]
    assert len(found) == len(BUCKETS_MS) + 1
    assert found == sorted(found)
    assert found[-1] == len(durations)


def test_a_hostile_kind_is_other_and_kinds_are_bounded() -> None:
    metrics = Metrics()
    for kind in ('"} 1\nfake 1', "a text of a message", "", "x" * 41):
        metrics.count("refusals", kind)
    for number in range(1000):
        metrics.count("refusals", f"CODE-{number}")
    kinds = {name: value for name, value in samples(metrics).items() if name.startswith("armslength_refusals")}
    assert len(kinds) == KINDS_MAX
    assert sum(kinds.values()) == 1004
    assert kinds['armslength_refusals_total{kind="other"}'] == 4 + 1000 - (KINDS_MAX - 1)


@pytest.mark.parametrize("call", [("count", "new", "x"), ("set", "new", 1), ("observe_ms", "new", 1)])
def test_a_name_outside_the_list_is_our_own_fault(call: tuple[Any, ...]) -> None:
    with pytest.raises(KeyError):
        getattr(Metrics(), call[0])(*call[1:])
