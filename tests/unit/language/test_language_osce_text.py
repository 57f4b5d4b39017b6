"""Numbered text in the OSCE layout: it comes back as it was sent, and whatever else is pasted in names its line."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.adapters.format_fluent import load_renderer
from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339
from armslength.core.realm import Realm
from armslength.language.osce_text import OSCE_CHARS_MAX, OsceMessage, parse_osce, to_osce
from armslength.language.paper import PaperMessage
from armslength.line import fields as no
from armslength.line.forms import FORMS
from unit.line.message_values import HASH, ZNPP, example, messages

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue

CATALOGUE = load_renderer().catalogue
SPEC = Path(__file__).parents[3] / "docs" / "spec" / "forms.md"

NOTICE = """\
EXERCISE EXERCISE EXERCISE
PRECEDENCE: ROUTINE
FROM: EUCOM
TO: NDMC
INFO: IAEA
SUBJECT: EXERCISE ACTIVITY-NOTICE 1 LANGUAGE en
1. MESSAGE NUMBER: EUCOM/22/7
2. DATE AND TIME: 2022-11-20 09:15Z (200915Z NOV 22)
3. TREATY REFERENCE: INCSEA-1972
4. MESSAGE REFERENCE: NONE
5. CONTENT:
A. VALID-UNTIL: 2022-11-20 12:00Z (201200Z NOV 22)
B. TAKES-EFFECT-AT: 2022-11-19 16:00Z (191600Z NOV 22)
C. NOTICE-ID: N-2022-0003
D. HAZARDOUS-ACTIVITY: 01 (GUN-FIRING)
E. AREA: 01 47.5122000 N 034.5858000 E 10 M R 9000 (CIRCLE)
F. ACTIVITY-WINDOW: 2022-11-19 16:00Z > 2022-11-20 08:00Z (191600Z NOV 22 > 200800Z NOV 22)
G. RADIO-FREQUENCIES: 2
(1) 121.5 MHz
(2) 4125 kHz
H. CONTACT-AT-ANY-HOUR: 1
(1) Duty officer, +00 000 0000
I. HEIGHT-UP-TO: 3000
6. REMARKS: NONE
7. END OF MESSAGE NUMBER: EUCOM/22/7
EXERCISE EXERCISE EXERCISE
"""


def sent(code: str, values: dict[int, CborValue] | None = None, realm: Realm = Realm.EXERCISE) -> OsceMessage:
    return OsceMessage(
        message=PaperMessage(
            realm=realm,
            author="EUCOM",
            addressees=("NDMC",),
            number=7,
            stated_at=parse_rfc3339("2022-11-20T09:15:00Z"),
            values=example(code) | (values or {}),
        ),
        info=("IAEA",),
    )


def test_a_notice_looks_as_a_notification_does() -> None:
    assert to_osce(CATALOGUE, sent("ACTIVITY-NOTICE")) == NOTICE
    assert parse_osce(CATALOGUE, NOTICE) == sent("ACTIVITY-NOTICE")


def test_the_text_of_the_specification_is_read_and_made_again() -> None:
    section = SPEC.read_text(encoding="utf-8").partition("## Numbered text\n\n")[2].partition("\n## ")[0]
    text = "".join(f"{line[4:]}\n" for line in section.split("\n") if line.startswith("    "))
    assert to_osce(CATALOGUE, parse_osce(CATALOGUE, text)) == text


@pytest.mark.parametrize("realm", Realm)
@pytest.mark.parametrize("code", FORMS)
def test_every_form_comes_back(code: str, realm: Realm) -> None:
    message = sent(code, {no.FREE_TEXT: "One.\n\n  Two (2).\n7. END OF MESSAGE NUMBER: 8"}, realm)
    assert parse_osce(CATALOGUE, to_osce(CATALOGUE, message)) == message


@given(messages(), st.sampled_from(Realm), st.one_of(st.none(), st.integers(0, 10**9 - 1)))
def test_any_valid_message_comes_back(
    case: tuple[object, dict[int, CborValue]], realm: Realm, number: int | None
) -> None:
    whole = sent("STOP", realm=realm)
    message = replace(whole, message=replace(whole.message, values=case[1], number=number))
    assert parse_osce(CATALOGUE, to_osce(CATALOGUE, message)) == message


@pytest.mark.parametrize("agreement", ["NONE", "[U+004E]ONE", "Договор 1972", " x", 7, ""])
def test_an_agreement_of_any_name_comes_back(agreement: CborValue) -> None:
    message = sent("STOP", {no.AGREEMENT: agreement})
    assert parse_osce(CATALOGUE, to_osce(CATALOGUE, message)) == message


def test_a_message_of_a_newer_node_comes_back() -> None:
    newer = sent("STOP", {no.FORM_CODE: "WEATHER-NOTICE", 100: 5, 250: {1: ("x", None)}, 251: b"\xff"})
    assert parse_osce(CATALOGUE, to_osce(CATALOGUE, newer)) == newer
    odd = sent("STOP", {no.PLACE: "somewhere", no.AGREEMENT: 7, 250: -(2**63)})
    assert parse_osce(CATALOGUE, to_osce(CATALOGUE, odd)) == odd


@pytest.mark.parametrize(
    "changed",
    [{no.PRECEDENCE: 4}, {no.FORM_CODE: ""}, {no.FORM_VERSION: -1}, {no.LANGUAGE: 7}, {70_000: 1}, {250: "\ud800"}],
)
def test_what_could_not_be_given_back_is_not_written(changed: dict[int, CborValue]) -> None:
    with pytest.raises(LocalError, match="OSCE-VALUE"):
        to_osce(CATALOGUE, sent("STOP", changed))


@pytest.mark.parametrize("party", ["", "eucom", "EU COM", "NONE"])
def test_a_party_that_is_none_is_not_written(party: str) -> None:
    whole = sent("STOP")
    with pytest.raises(LocalError, match="OSCE-VALUE"):
        to_osce(CATALOGUE, replace(whole, message=replace(whole.message, author=party)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("PRECEDENCE: ROUTINE", "PRECEDENCE: 0"),
        ("PRECEDENCE: ROUTINE", "ROUTINE"),
        ("FROM: EUCOM", "FROM: NONE"),
        ("FROM: EUCOM", "FROM: EUCOM NDMC"),
        ("FROM: EUCOM", "FROM: eucom"),
        ("INFO: IAEA", "INFO:"),
        ("SUBJECT: EXERCISE", "SUBJECT: REAL"),
        ("LANGUAGE en", "LANGUAGE"),
        ("LANGUAGE en", "LANGUAGE [U+FFFFFF]"),
        ("NUMBER: EUCOM/22/7\n2.", "NUMBER: EUCOM/23/7\n2."),
        ("NUMBER: EUCOM/22/7\n2.", "NUMBER: NDMC/22/7\n2."),
        ("NUMBER: EUCOM/22/7\n2.", "NUMBER: 7\n2."),
        ("MESSAGE NUMBER: EUCOM/22/7\nEX", "MESSAGE NUMBER: EUCOM/22/8\nEX"),
        ("2022-11-20 09:15Z", "2022-11-31 09:15Z"),
        ("REFERENCE: INCSEA-1972", "REFERENCE:"),
        ("4. MESSAGE REFERENCE: NONE", "4. MESSAGE REFERENCE:"),
        ("4. MESSAGE REFERENCE: NONE", "4. MESSAGE REFERENCE: A"),
        ("5. CONTENT:", "5. CONTENT: NONE"),
        ("A. VALID-UNTIL", "B. VALID-UNTIL"),
        ("A. VALID-UNTIL", "VALID-UNTIL"),
        ("A. VALID-UNTIL", "A. PRECEDENCE"),
        ("A. VALID-UNTIL", "A. AGREEMENT"),
        ("A. VALID-UNTIL", "A. TAKES-EFFECT-AT"),
        ("A. VALID-UNTIL", "A. UNHEARD-OF"),
        ("A. VALID-UNTIL: 2022-11-20 12:00Z (201200Z NOV 22)", "A. FIELD-7-RAW: 01"),
        ("A. VALID-UNTIL: 2022-11-20 12:00Z (201200Z NOV 22)", "A. FIELD-99999-RAW: 01"),
        ("A. VALID-UNTIL: 2022-11-20 12:00Z (201200Z NOV 22)", "A. FIELD-250-RAW: FF"),
        ("D. HAZARDOUS-ACTIVITY: 01", "D. HAZARDOUS-ACTIVITY: 99"),
        ("G. RADIO-FREQUENCIES: 2", "G. RADIO-FREQUENCIES: 3"),
        ("(1) 121.5 MHz", "(2) 121.5 MHz"),
        ("(1) 121.5 MHz", "(one) 121.5 MHz"),
        ("(1) 121.5 MHz", "(1+) 121.5 MHz"),
        ("(1) 121.5 MHz", "(1) [U+110000]"),
    ],
)
def test_what_is_wrong_is_refused_by_its_line(old: str, new: str) -> None:
    assert old in NOTICE
    with pytest.raises(LocalError, match="OSCE-LINE") as caught:
        parse_osce(CATALOGUE, NOTICE.replace(old, new, 1))
    assert isinstance(caught.value.details["line"], int)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "EXERCISE EXERCISE EXERCISE",
        NOTICE.removesuffix("EXERCISE EXERCISE EXERCISE\n"),
        NOTICE.replace("6. REMARKS: NONE\n", ""),
        "A" * (OSCE_CHARS_MAX + 1),
        "\n" * 20_000,
    ],
)
def test_what_is_no_such_text_is_refused(text: str) -> None:
    with pytest.raises(LocalError, match="OSCE-INCOMPLETE"):
        parse_osce(CATALOGUE, text)


def test_loose_lines_of_a_mail_program_are_read() -> None:
    loose = "\r\n\r\n".join(f"   {line} " for line in NOTICE.splitlines())
    assert parse_osce(CATALOGUE, loose) == sent("ACTIVITY-NOTICE")


@given(st.data())
def test_whatever_is_pasted_in_is_refused_or_read(data: st.DataObject) -> None:
    text = to_osce(CATALOGUE, sent("CONCERN", {no.ANSWERS: HASH, no.PLACE: ZNPP, 250: 1}))
    marks = ["NONE", "0", " (", ": ", "\n", "[U+", "-RAW", "\n(1) ", "A. ", "5. CONTENT:"]
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(text)))
        piece = data.draw(st.one_of(st.text(max_size=3), st.sampled_from(marks)))
        text = text[:place] + piece + text[place + data.draw(st.integers(0, 5)) :]
    with contextlib.suppress(LocalError):
        parse_osce(CATALOGUE, text)
