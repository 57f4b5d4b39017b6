"""What short texts speak of, in three languages; the texts are our own."""

from __future__ import annotations

import pytest

from armslength.register.reports import ReportKind
from armslength.register.vocabularies import ACTIVITIES
from armslength.register.wording import _STEMS, read_wording


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Станцію обстріляли вночі", "SHELLING"),
        ("Обстріл міста тривав годину", "SHELLING"),
        ("Ракетный удар по подстанции", "MISSILE-STRIKE"),
        ("Drone hits a substation", "UNCREWED-AIRCRAFT-STRIKE"),
        ("Після ракетного удару місто знеструмлене", "CUTTING-OF-POWER"),
        ("Город остался без электричества", "CUTTING-OF-POWER"),
        ("Місто без тепла: пошкоджено магістраль", "CUTTING-OF-POWER"),
        ("Residents are without any water after the strike", "CUTTING-OF-WATER"),
        ("Вибухи чути на околиці", "UNKNOWN-EXPLOSIONS"),
        ("Армия захватила станцию", "TROOPS-AT-SITE"),
        ("Міст замінували", "MINING"),
        ("Відновили роботу підстанції, пошкодженої ударом", "OTHER-ACTIVITY"),
        ("Підстанцію пошкоджено ударом, роботу відновили", "UNKNOWN-EXPLOSIONS"),
        ("Суд засудив агента, який навів ракету", "OTHER-ACTIVITY"),
        ("The minister met the director", "OTHER-ACTIVITY"),
        ("", "OTHER-ACTIVITY"),
    ],
)
def test_the_telling_word_decides(text: str, what: str) -> None:
    assert read_wording(text).what == what


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Міністерство спростувало удар по станції", ReportKind.DENIAL),
        ("Ми не маємо нічого, що вказує на удар", ReportKind.DENIAL),
        ("Officials denied that the dam was mined", ReportKind.DENIAL),
        ("Ворог планує підірвати греблю", ReportKind.FEARED_ACT),
        ("Удар по греблі", ReportKind.EVENT),
        ("Не працює жодна лінія після удару", ReportKind.EVENT),
    ],
)
def test_a_denial_and_a_fear_are_told_apart(text: str, kind: ReportKind) -> None:
    assert read_wording(text).kind is kind


def test_every_code_is_of_the_vocabulary() -> None:
    assert set(_STEMS) <= ACTIVITIES


def test_a_long_text_is_read_at_its_beginning_only() -> None:
    assert read_wording("word " * 1_000 + "explosion").what == "OTHER-ACTIVITY"
