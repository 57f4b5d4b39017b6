"""Answers in the count: who calls back after an attempt that reached nobody has spoken, and is no "never"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.core.errors import LocalError
from armslength.desk import contact_counts, service_contacts
from builders.contact_desk import alone, channel, contact, count, enter

if TYPE_CHECKING:
    from builders.two_nodes import Party


@pytest.fixture
def party() -> Party:
    found = alone()
    enter(found, "channel", channel())
    enter(found, "channel", channel("cjcs-cgs"))
    return found


def numbers(party: Party, **query: str) -> tuple[int, int]:
    found = count(party, **query)
    return found["certain"], found["possible"]


@pytest.mark.parametrize(
    ("outcome", "answered", "before", "after"),
    [
        ("REACHED", {}, (1, 0), (1, 0)),
        ("NO-ANSWER", {}, (0, 0), (1, 0)),
        ("BUSY", {}, (0, 0), (1, 0)),
        ("LEFT-WORD", {}, (0, 1), (1, 0)),
        ("CUT-OFF", {"certain": False}, (0, 1), (0, 1)),
        ("LEFT-WORD", {"outcome": "NO-ANSWER"}, (0, 1), (0, 1)),
    ],
)
def test_an_answer_stands_for_the_matter_when_what_it_answers_does_not(
    party: Party, outcome: str, answered: dict[str, object], before: tuple[int, int], after: tuple[int, int]
) -> None:
    enter(party, "contact", contact(outcome=outcome))
    assert numbers(party) == before
    call_back = {"initiated_by": "RU", "answers": "CT-2022-000001", **answered}
    enter(party, "contact", contact("2022-11-18T11:00:00Z", **call_back))
    assert numbers(party) == after


def test_an_answer_by_another_channel_to_nobody_reached_counts_there(party: Party) -> None:
    enter(party, "contact", contact(channel="cjcs-cgs", outcome="NO-ANSWER"))
    enter(party, "contact", contact("2022-11-18T11:00:00Z", initiated_by="RU", answers="CT-2022-000001"))
    assert numbers(party, channel="eucom-ndmc") == (1, 0)
    assert numbers(party, channel="cjcs-cgs") == (0, 0)


def test_a_certificate_holds_after_what_was_answered_is_corrected(party: Party) -> None:
    enter(party, "contact", contact(outcome="NO-ANSWER"))
    enter(party, "contact", contact("2022-11-18T11:00:00Z", initiated_by="RU", answers="CT-2022-000001"))
    with party.write() as books:
        made = service_contacts.read_certificate(books, {"as_of": "2022-11-28"})
    enter(party, "contact", contact(corrects="CT-2022-000001", because="he did answer"))
    assert numbers(party) == (1, 0)
    assert [one["number"] for one in count(party)["contacts"]] == ["CT-2022-000003"]
    with party.write() as books:
        assert contact_counts.check_certificate(books, made).certain == 1


def test_days_the_wrong_way_round_are_refused_and_no_zero(party: Party) -> None:
    enter(party, "contact", contact())
    with pytest.raises(LocalError) as refused:
        count(party, since="2022-12-01")
    assert refused.value.code == "OPTION-VALUE"
    assert numbers(party, since="2022-11-28") == (0, 0)


def test_a_party_at_no_end_is_said_and_makes_doubt(party: Party) -> None:
    enter(party, "contact", contact(initiated_by="UA"))
    for asked in ("US", "RU"):
        found = count(party, initiated_by=asked)
        assert (found["certain"], found["possible"]) == (0, 1)
        assert "no end of this channel" in found["contacts"][0]["because"]
    assert "XX stands at no end of what is counted; those who do: EUCOM, RU, US." in str(
        count(party, initiated_by="XX")["completeness"]["text"]
    )
    assert "stands at no end of what" not in str(count(party, initiated_by="EUCOM")["completeness"]["text"])


def test_a_list_of_a_channel_that_is_none_is_refused(party: Party) -> None:
    for read in (service_contacts.read_contacts, service_contacts.read_decisions):
        with party.read() as books, pytest.raises(LocalError) as refused:
            read(books, {"channel": "eucom-ndcm"})
        assert refused.value.code == "CHANNEL-UNKNOWN"
