"""The site's own program that translates: marked, bounded, without a shell, and nothing where there is none."""

from __future__ import annotations

import asyncio
import sys

import pytest

from armslength.adapters.translate_command import CommandTranslator, marked
from armslength.core.errors import LocalError
from armslength.language.translations import MACHINE_MARK

ECHO = "import json,sys; a=json.load(sys.stdin); print(a['from'], a['to'], a['text'].upper())"


def asked(code: str, text: str = "Плотина", *, timeout_s: float = 20.0) -> str:
    translator = CommandTranslator((sys.executable, "-I", "-X", "utf8", "-c", code), timeout_s=timeout_s)
    return asyncio.run(translator.translate(text, "ru", "en"))


def test_what_it_writes_stands_between_its_marks() -> None:
    assert asked(ECHO) == f"{MACHINE_MARK}\nru en ПЛОТИНА\n{MACHINE_MARK}"
    assert marked(f"{MACHINE_MARK} x ") == f"{MACHINE_MARK}\nx\n{MACHINE_MARK}"


def test_it_is_named_without_its_folder() -> None:
    assert CommandTranslator(("/opt/site/mt", "--cpu")).name == "mt"
    assert CommandTranslator().name == ""


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("fails", "raise SystemExit(3)"),
        ("says nothing", "pass"),
        ("no text", "import sys; sys.stdout.buffer.write(bytes([255, 254]))"),
        ("says too much", "print('x' * 100_000)"),
        ("reads nothing", "print('')"),
    ],
)
def test_a_program_that_does_not_do_its_work_gives_nothing(case: str, code: str) -> None:
    with pytest.raises(LocalError) as refused:
        asked(code, "a" * 9_000)
    assert refused.value.code == "MACHINE-FAILED", case


def test_a_program_that_hangs_is_ended() -> None:
    with pytest.raises(LocalError) as refused:
        asked("import signal; signal.pause()", timeout_s=0.3)
    assert refused.value.code == "MACHINE-FAILED"


def test_secrets_of_our_environment_are_not_its_business(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARMSLENGTH_PASSPHRASE", "secret")
    assert "None" in asked("import os; print(os.environ.get('ARMSLENGTH_PASSPHRASE'))")


@pytest.mark.parametrize(
    ("command", "text", "source", "code"),
    [
        ((), "x", "ru", "MACHINE-NONE"),
        (("/does/not/exist",), "x", "ru", "MACHINE-FAILED"),
        (("x",), "a" * 20_000, "ru", "TEXT-SIZE"),
        (("x",), "x", "русский", "TRANSLATION-VALUE"),
    ],
)
def test_what_cannot_be_asked(command: tuple[str, ...], text: str, source: str, code: str) -> None:
    with pytest.raises(LocalError) as refused:
        asyncio.run(CommandTranslator(command).translate(text, source, "en"))
    assert refused.value.code == code


def test_a_command_is_a_list_of_words() -> None:
    for wrong in ("mt --cpu", ("a\0b",)):
        with pytest.raises(LocalError):
            CommandTranslator(wrong)
