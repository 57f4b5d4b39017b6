"""The browser signs by the command line's tables: the file that it carries is made of them."""

from __future__ import annotations

from tidy.console_tables import PATH, text


def test_the_console_signs_by_the_tables_of_the_command_line() -> None:
    assert PATH.read_text(encoding="utf-8") == text(), "run .venv/bin/python tests/tidy/console_tables.py"
