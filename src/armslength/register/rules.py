"""The rules of the watch as a document that a person can read and change, checked before it is used.

    name = "default"
    [watch]                       how much is shown, and what continues what
    [rules.<id>]                  sentence, rank, and on = false to switch it off
    [rules.<id>.parameters]       key = { value = ..., unit = "...", why = "..." }

The same document in JSON is read alike. Which rules and keys there are is fixed by the program, since a key misspelt
would otherwise be a rule that does not hold; a parameter left out keeps its default. Values are whole numbers and lists
of texts: no fractions, so that two nodes hash the same document alike.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from types import MappingProxyType
from typing import Final, TypeAlias

from armslength.core import cbor
from armslength.core.errors import LocalError
from armslength.core.text import check_text
from armslength.register.default_rules import DEFAULT_RULES_TOML

DOCUMENT_CHARS_MAX: Final = 200_000
"""Characters of a rule document: the shipped one has 11,000."""

NUMBER_MAX: Final = 10_000_000
"""The largest number a parameter takes: metres around half the earth."""

LIST_MAX: Final = 200
"""Entries of one list."""

TEXT_BYTES_MAX: Final = 2_000
"""Bytes of one sentence or reason."""

WATCH: Final = "watch"
"""The rule that holds for all others."""

Value: TypeAlias = int | tuple[str, ...]
"""What a parameter holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One number or list, its unit, and why it is that."""

    value: Value
    unit: str
    why: str

    @property
    def shown(self) -> str:
        """The value as people read it, with its unit."""
        shown = f"{self.value:,}" if isinstance(self.value, int) else ", ".join(self.value)
        return f"{shown} {self.unit}" if isinstance(self.value, int) else f"{shown} ({self.unit})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: its id, whether it is asked, its sentence, its rank and its parameters by key."""

    rule_id: str
    on: bool
    sentence: str
    rank: int
    parameters: Mapping[str, Parameter]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A checked rule document: every rule that the program knows, in the order of the shipped document.

    Args:
        name: what the document calls itself.
        by_id: rule id to rule; `WATCH` is among them.
        version: the first 12 hexadecimal digits of the hash over all rules and values; sentences, units and reasons
            are in it too, since a person goes by them.
    """

    name: str
    by_id: Mapping[str, Rule]
    version: str

    def on(self, rule_id: str) -> bool:
        """Tell whether a rule is asked."""
        return self.by_id[rule_id].on

    def rank(self, rule_id: str) -> int:
        """Return the rank of a rule."""
        return self.by_id[rule_id].rank

    def number(self, rule_id: str, key: str) -> int:
        """Return a number.

        Raises:
            LocalError: RULES-VALUE, the program asks for a number where the rule has a list.
        """
        value = self.by_id[rule_id].parameters[key].value
        if not isinstance(value, int):
            raise LocalError("RULES-VALUE", key=f"{rule_id}.{key}", expected="a number", got="a list")
        return value

    def texts(self, rule_id: str, key: str) -> tuple[str, ...]:
        """Return a list of texts.

        Raises:
            LocalError: RULES-VALUE, the program asks for a list where the rule has a number.
        """
        value = self.by_id[rule_id].parameters[key].value
        if isinstance(value, int):
            raise LocalError("RULES-VALUE", key=f"{rule_id}.{key}", expected="a list", got="a number")
        return value

    @property
    def reach_m(self) -> int:
        """Metres around a facility within which the watch needs its reports, whatever rings it shows."""
        return max(self.number("hot-spot-burst", "around_m"), self.number("text-near", "within_m"))

    def explain(self) -> list[str]:
        """Return the rules in plain sentences, one line for each rule and each parameter."""
        lines = [f"Rules “{self.name}”, version {self.version}."]
        for rule in self.by_id.values():
            state = "" if rule.on else " (switched off)"
            rank = "" if rule.rule_id == WATCH else f" Rank {rule.rank}."
            lines.append(f"{rule.rule_id}{state}: {rule.sentence}{rank}")
            lines += [f"  {key}: {one.shown}: {one.why}." for key, one in rule.parameters.items()]
        return lines


def parse_rules(document: Mapping[str, object]) -> Rules:
    """Return the rules of a decoded document (TOML or JSON); what it leaves out keeps its default.

    Raises:
        LocalError: RULES-UNKNOWN (a key the program does not know), RULES-VALUE (a value of the wrong sort or size),
            RULES-MISSING (a parameter without its value, unit or reason), or a text error.
    """
    return _parsed(document, DEFAULT_RULES)


def read_rules(text: str) -> Rules:
    """Return the rules of a TOML text.

    Raises:
        LocalError: RULES-FORM, and those of `parse_rules`.
    """
    return parse_rules(_decoded(text))


def changed(rules: Rules, changes: Mapping[str, Value]) -> Rules:
    """Return rules with some values changed, for a what-if: ``{"hot-spot-burst.hood_count": 12}``.

    Raises:
        LocalError: RULES-UNKNOWN, RULES-VALUE.
    """
    by_id = dict(rules.by_id)
    for path, value in changes.items():
        rule_id, _, key = path.partition(".")
        rule = by_id.get(rule_id)
        if rule is None or key not in rule.parameters:
            raise LocalError("RULES-UNKNOWN", key=path)
        old = rule.parameters[key]
        given = value if isinstance(value, int) else list(value)
        parameter = replace(old, value=_value(given, old.value, path))
        by_id[rule_id] = replace(rule, parameters=MappingProxyType({**rule.parameters, key: parameter}))
    return _rules(rules.name, by_id)


# --- reading ----------------------------------------------------------------------------------------------------------


def _decoded(text: str) -> Mapping[str, object]:
    if len(text) > DOCUMENT_CHARS_MAX:
        raise LocalError("RULES-FORM", expected=f"at most {DOCUMENT_CHARS_MAX} characters", got=len(text))
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise LocalError("RULES-FORM", expected="TOML", got=str(error)[:200]) from None


def _parsed(document: object, base: Rules | None) -> Rules:
    read = _table(document, "document")
    for key in read:
        if key not in {"name", WATCH, "rules"}:
            raise LocalError("RULES-UNKNOWN", key=key)
    sections = {WATCH: read[WATCH]} if WATCH in read else {}
    sections.update(_table(read.get("rules", {}), "rules"))
    known = None if base is None else base.by_id
    for rule_id in sections:
        if known is not None and rule_id not in known:
            raise LocalError("RULES-UNKNOWN", key=rule_id)
    order = sections if known is None else known
    rules = {
        rule_id: _rule(rule_id, sections[rule_id], None if known is None else known[rule_id])
        if known is None or rule_id in sections
        else known[rule_id]
        for rule_id in order
    }
    return _rules(_text(read.get("name", "unnamed"), "name"), rules)


def _rule(rule_id: str, section: object, base: Rule | None) -> Rule:
    read = _table(section, rule_id)
    for key in read:
        if key not in {"sentence", "rank", "on", "parameters"}:
            raise LocalError("RULES-UNKNOWN", key=f"{rule_id}.{key}")
    parameters = {} if base is None else dict(base.parameters)
    for key, given in _table(read.get("parameters", {}), f"{rule_id}.parameters").items():
        path = f"{rule_id}.{key}"
        if base is not None and key not in base.parameters:
            raise LocalError("RULES-UNKNOWN", key=path)
        parameters[key] = _parameter(given, None if base is None else base.parameters[key], path)
    on = read.get("on", True if base is None else base.on)
    if not isinstance(on, bool):
        raise LocalError("RULES-VALUE", key=f"{rule_id}.on", expected="true or false", got=type(on).__name__)
    rank = read.get("rank", 0 if base is None else base.rank)
    if type(rank) is not int or not 0 <= rank <= 100:
        raise LocalError("RULES-VALUE", key=f"{rule_id}.rank", expected="0 to 100", got=rank)
    sentence = _text(read.get("sentence", "" if base is None else base.sentence), f"{rule_id}.sentence")
    return Rule(rule_id=rule_id, on=on, sentence=sentence, rank=rank, parameters=MappingProxyType(parameters))


def _parameter(given: object, base: Parameter | None, path: str) -> Parameter:
    read = _table(given, path)
    for key in read:
        if key not in {"value", "unit", "why"}:
            raise LocalError("RULES-UNKNOWN", key=f"{path}.{key}")
    for key in ("value", "unit", "why"):
        if key not in read:
            raise LocalError("RULES-MISSING", key=f"{path}.{key}")
    unit, why = _text(read["unit"], f"{path}.unit"), _text(read["why"], f"{path}.why")
    if base is not None and unit != base.unit:
        # A number in another unit is another number; the unit is not a person's to change.
        raise LocalError("RULES-VALUE", key=f"{path}.unit", expected=base.unit, got=unit)
    return Parameter(value=_value(read["value"], None if base is None else base.value, path), unit=unit, why=why)


def _value(given: object, like: Value | None, path: str) -> Value:
    if isinstance(given, list) and not isinstance(like, int):
        if len(given) > LIST_MAX:
            raise LocalError("RULES-VALUE", key=path, expected=f"at most {LIST_MAX} entries", got=len(given))
        return tuple(_text(one, path) for one in given)
    if type(given) is int and not isinstance(like, tuple):
        if not 0 <= given <= NUMBER_MAX:
            raise LocalError("RULES-VALUE", key=path, expected=f"0 to {NUMBER_MAX}", got=given)
        return given
    expected = "a list of texts" if isinstance(like, tuple) else "a whole number"
    raise LocalError("RULES-VALUE", key=path, expected=expected, got=type(given).__name__)


def _table(value: object, path: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping) or any(type(key) is not str for key in value):
        raise LocalError("RULES-VALUE", key=path, expected="a table", got=type(value).__name__)
    return value


def _text(value: object, path: str) -> str:
    if type(value) is not str or not value.strip():
        raise LocalError("RULES-VALUE", key=path, expected="a text", got=type(value).__name__)
    return check_text(value, bytes_max=TEXT_BYTES_MAX)


def _rules(name: str, by_id: Mapping[str, Rule]) -> Rules:
    rows = tuple(
        (rule.rule_id, rule.on, rule.sentence, rule.rank, key, one.value, one.unit, one.why)
        for rule in by_id.values()
        for key, one in rule.parameters.items()
    )
    version = sha256(cbor.encode((name, rows))).hexdigest()[:12]
    return Rules(name=name, by_id=MappingProxyType(dict(by_id)), version=version)


DEFAULT_RULES: Final = _parsed(_decoded(DEFAULT_RULES_TOML), None)
"""The shipped rules."""
