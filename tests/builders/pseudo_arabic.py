"""A language for tests that is written right to left: the package's English, its letters exchanged for Arabic ones.

It is no Arabic; it proves that a folder is enough for a language, and that nothing in it is written the wrong way.
Words in capitals stay (EXERCISE, UTC, R2), since codes are read alike in every language.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fluent.syntax import FluentParser, FluentSerializer, ast
from fluent.syntax.visitor import Transformer

if TYPE_CHECKING:
    from pathlib import Path

TAG = "ar"
FILES = ("forms.ftl", "vocabulary.ftl", "receipts.ftl", "phrases.ftl", "codebook.ftl")
_ARABIC = dict(zip("abcdefghijklmnopqrstuvwxyz", "ابثدجفغهيحكلمنوقصرستعطظشزذ", strict=True))
_WORD = re.compile(r"[A-Za-z]+")


def word(match: re.Match[str]) -> str:
    """Return a word in Arabic letters, unless it is all capitals."""
    text = match.group()
    return text if text.isupper() and len(text) > 1 else "".join(_ARABIC[char] for char in text.lower())


class _Letters(Transformer):
    def visit_TextElement(self, node: Any) -> Any:  # noqa: N802 - named by the parser's own classes
        node.value = _WORD.sub(word, node.value)
        return node


def translated(text: str) -> str:
    """Return a Fluent resource with its texts in Arabic letters; ids, arguments and selectors stay."""
    resource: Any = FluentParser().parse(text)
    resource.body = [entry for entry in resource.body if isinstance(entry, ast.Message | ast.Term)]
    visitor: Any = _Letters()
    return FluentSerializer().serialize(visitor.visit(resource))


def resources() -> dict[str, str]:
    """Return file name to text of the whole language."""
    folder = files("armslength.language").joinpath("ftl", "en")
    return {name: translated(folder.joinpath(name).read_text(encoding="utf-8")) for name in FILES}


def write(languages: Path, *, tag: str = TAG, without: str = "") -> Path:
    """Write the language's folder below a site's languages; ``without`` leaves one file out."""
    folder = languages / tag
    folder.mkdir(parents=True)
    for name, text in resources().items():
        if name != without:
            (folder / name).write_text(text, encoding="utf-8")
    return folder
