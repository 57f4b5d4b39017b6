"""The feed that the examples show runs as it stands there."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from armslength.adapters.feed_reading import FeedOptions
from armslength.adapters.format_unpack import open_file
from armslength.core.instants import parse_rfc3339, rfc3339

FOLDER = Path(__file__).parents[3] / "examples" / "feed"


def test_the_example_gives_a_report_a_reason_and_a_refusal() -> None:
    spec = spec_from_file_location("dose_rates", FOLDER / "dose_rates.py")
    assert spec is not None
    assert spec.loader is not None
    example = module_from_spec(spec)
    spec.loader.exec_module(example)
    received_at = parse_rfc3339("2022-08-25T08:00:00Z")
    with open_file(FOLDER / "dose_rates.csv") as file:
        run = example.read_dose_rates(file, FeedOptions(received_at=received_at))
    (report,) = run.accepted
    assert (rfc3339(report.from_at), report.text) == ("2022-08-25T07:00:00Z", "1840 nSv/h at S-1.")
    assert (report.located_by, report.uncertainty_m, report.grade.short) == ("MEASURED", 10, "B2")
    assert run.skipped == (("as usual", 1),)
    assert [(row.row, row.code) for row in run.refused] == [(4, "ROW-VALUE")]
    assert (run.rows_read, run.refused_count, len(run.file_hash)) == (3, 1, 32)


def test_it_keeps_to_forty_lines() -> None:
    lines = (FOLDER / "dose_rates.py").read_text(encoding="utf-8").splitlines()
    code = [line for line in lines if line.strip() and not line.startswith(("from __future__", '"""'))]
    assert len(code) <= 40
