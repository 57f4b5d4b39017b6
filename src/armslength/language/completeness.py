"""Whether the texts of a language that a site brings can take the place of the package's own.

A language is offered whole or not at all: a text that is missing, or that leaves out what English says with an argument
(the time, the place, the number), would be found by a tired officer in the middle of a crisis.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class _References(Visitor):
    """Gathers the arguments and messages that one message refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.arguments: set[str] = set()
        self.messages: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - named by the parser's own classes
        self.arguments.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 - as above
        self.messages.add(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:  # noqa: N802 - as above
        self.messages.add(f"-{node.id.name}")


def arguments_of(resources: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the arguments that every message of some Fluent texts takes, through the messages it refers to."""
    found: dict[str, _References] = {}
    for entry in (entry for text in resources for entry in FluentParser().parse(text).body):
        if isinstance(entry, ast.Message | ast.Term):
            gathered = _References()
            visited: Any = gathered
            visited.visit(entry)
            found[f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name] = gathered
    return {name: frozenset(_through(name, found, set())) for name in found}


def _through(name: str, found: Mapping[str, _References], seen: set[str]) -> set[str]:
    if name in seen or name not in found:
        return set()
    seen.add(name)
    arguments = set(found[name].arguments)
    for other in found[name].messages:
        arguments |= _through(other, found, seen)
    return arguments


def differences(resources: Sequence[str], model: Sequence[str], needed: Iterable[str] | None = None) -> tuple[str, ...]:
    """Return what is wrong with a language's texts beside those of a model, each in words.

    Args:
        resources: the texts of its Fluent files.
        model: the same files of a language that is known to be whole.
        needed: message ids that it must have; every one of the model's when not given.
    """
    own, whole = arguments_of(resources), arguments_of(model)
    wanted = tuple(whole) if needed is None else tuple(needed)
    found = [f"broken: {_first_line(junk)}" for text in resources for junk in _junk(text)]
    found += [f"missing: {name}" for name in wanted if name not in own and not name.startswith("-")]
    for name in wanted:
        if name in own and own[name] != whole.get(name, own[name]):
            found.append(f"arguments of {name}: {_listed(own[name])} instead of {_listed(whole[name])}")
    return tuple(found)


def _junk(text: str) -> list[str]:
    return [entry.content or "" for entry in FluentParser().parse(text).body if isinstance(entry, ast.Junk)]


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else "nothing"


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "none"
