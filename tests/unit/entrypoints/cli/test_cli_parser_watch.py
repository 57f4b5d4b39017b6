"""The commands of register and watch: every step of the machines can be typed, every format is named."""

from __future__ import annotations

import pytest

from armslength.adapters.readers import FileReaders
from armslength.desk.importing import FACILITIES, REPORTS
from armslength.desk.windowing import STEPS
from armslength.entrypoints.cli import parser_watch
from armslength.entrypoints.cli.parser import parse
from armslength.register.disclosing import DISCLOSABLE


def test_every_step_of_a_window_has_a_command() -> None:
    assert {kind for *_, kind in parser_watch._STEPS} == {kind.value for kind in STEPS}


@pytest.mark.parametrize(
    ("what", "named"),
    [(FACILITIES, parser_watch.FACILITY_FORMATS), (REPORTS, parser_watch.REPORT_FORMATS)],
    ids=("facilities", "reports"),
)
def test_the_help_names_every_format(what: str, named: str) -> None:
    assert set(named.split(", ")) == set(FileReaders().names(what))


def test_the_help_names_everything_that_can_be_told() -> None:
    assert set(parser_watch.TELL.split(", ")) - {"kind"} == DISCLOSABLE


def test_a_step_of_a_concern_can_be_typed_in_two_ways() -> None:
    first = parse(["concern", "assess", "C-1", "hold", "--reason", "r"])
    second = parse(["concern", "hold", "C-1", "--reason", "r"])
    assert (first.step, first.call) == (second.step, second.call)
