"""A rule document is read whole or refused with the key named; the shipped one is read by the same checks."""

from __future__ import annotations

import json
import tomllib

import pytest

from armslength.core.errors import LocalError
from armslength.register.default_rules import DEFAULT_RULES_TOML
from armslength.register.rules import DEFAULT_RULES, DOCUMENT_CHARS_MAX, changed, parse_rules, read_rules


def document(section: str, **values: object) -> dict[str, object]:
    return {"rules": {section: values}}


def hood(**values: object) -> dict[str, object]:
    return document("hot-spot-burst", parameters={"hood_count": values})


def test_the_shipped_document_reads_as_itself() -> None:
    assert read_rules(DEFAULT_RULES_TOML) == DEFAULT_RULES


def test_json_and_toml_of_the_same_rules_are_the_same_rules() -> None:
    again = json.loads(json.dumps(tomllib.loads(DEFAULT_RULES_TOML)))
    assert parse_rules(again).version == DEFAULT_RULES.version


def test_what_a_document_leaves_out_keeps_its_default() -> None:
    rules = parse_rules(hood(value=12, unit="hot spots", why="our fields burn thickly"))
    assert rules.number("hot-spot-burst", "hood_count") == 12
    assert rules.by_id["text-named"] == DEFAULT_RULES.by_id["text-named"]
    assert rules.version != DEFAULT_RULES.version


def test_a_rule_is_switched_off_by_one_line() -> None:
    assert not read_rules("[rules.text-near]\non = false").on("text-near")


def test_the_version_follows_every_value_and_every_reason() -> None:
    versions = {
        DEFAULT_RULES.version,
        parse_rules(hood(value=8, unit="hot spots", why="another reason")).version,
        parse_rules(document("text-near", rank=51)).version,
        parse_rules(document("text-near", on=False)).version,
        changed(DEFAULT_RULES, {"watch.continues_days": 8}).version,
    }
    assert len(versions) == 5
    assert all(len(version) == 12 for version in versions)


@pytest.mark.parametrize(
    ("given", "code", "key"),
    [
        (document("hot-spot-brust", on=False), "RULES-UNKNOWN", "hot-spot-brust"),
        ({"rule": {}}, "RULES-UNKNOWN", "rule"),
        (document("text-near", weight=3), "RULES-UNKNOWN", "text-near.weight"),
        (document("text-near", parameters={"within": {}}), "RULES-UNKNOWN", "text-near.within"),
        (hood(value=3, unit="hot spots", why="so", since=1), "RULES-UNKNOWN", "hot-spot-burst.hood_count.since"),
        (hood(value=3, unit="hot spots"), "RULES-MISSING", "hot-spot-burst.hood_count.why"),
        (hood(unit="hot spots", why="so"), "RULES-MISSING", "hot-spot-burst.hood_count.value"),
        (hood(value=3, unit="km", why="so"), "RULES-VALUE", "hot-spot-burst.hood_count.unit"),
        (hood(value=-1, unit="hot spots", why="so"), "RULES-VALUE", "hot-spot-burst.hood_count"),
        (hood(value=1 << 80, unit="hot spots", why="so"), "RULES-VALUE", "hot-spot-burst.hood_count"),
        (hood(value=3.5, unit="hot spots", why="so"), "RULES-VALUE", "hot-spot-burst.hood_count"),
        (hood(value=True, unit="hot spots", why="so"), "RULES-VALUE", "hot-spot-burst.hood_count"),
        (hood(value=["8"], unit="hot spots", why="so"), "RULES-VALUE", "hot-spot-burst.hood_count"),
        (hood(value=8, unit="hot spots", why=" "), "RULES-VALUE", "hot-spot-burst.hood_count.why"),
        (document("text-near", on="no"), "RULES-VALUE", "text-near.on"),
        (document("text-near", rank=101), "RULES-VALUE", "text-near.rank"),
        (document("text-near", sentence=""), "RULES-VALUE", "text-near.sentence"),
        ({"rules": []}, "RULES-VALUE", "rules"),
        ({"watch": 1}, "RULES-VALUE", "watch"),
        ({"name": 7}, "RULES-VALUE", "name"),
    ],
)
def test_a_wrong_document_is_refused_with_its_key(given: dict[str, object], code: str, key: str) -> None:
    with pytest.raises(LocalError) as refused:
        parse_rules(given)
    assert (refused.value.code, refused.value.details["key"]) == (code, key)


@pytest.mark.parametrize("text", ["[rules", "a = ", "x" * (DOCUMENT_CHARS_MAX + 1), "a = " + "[" * 5_000])
def test_a_text_that_is_no_toml_is_refused(text: str) -> None:
    with pytest.raises(LocalError) as refused:
        read_rules(text)
    assert refused.value.code == "RULES-FORM"


def test_every_parameter_says_its_unit_and_why_in_the_explanation() -> None:
    lines = DEFAULT_RULES.explain()
    for rule in DEFAULT_RULES.by_id.values():
        assert any(rule.sentence in line for line in lines)
        for key, one in rule.parameters.items():
            assert any(line.strip().startswith(f"{key}: ") and one.why in line and one.unit in line for line in lines)
    assert any("switched off" in line for line in read_rules("[rules.text-near]\non = false").explain())


@pytest.mark.parametrize("path", ["watch.x", "nothing.at_all", "watch"])
def test_a_change_of_what_is_not_there_is_refused(path: str) -> None:
    with pytest.raises(LocalError, match="RULES-UNKNOWN"):
        changed(DEFAULT_RULES, {path: 1})


def test_a_number_is_never_taken_for_a_list() -> None:
    with pytest.raises(LocalError, match="RULES-VALUE"):
        DEFAULT_RULES.number("text-near", "acts")
    with pytest.raises(LocalError, match="RULES-VALUE"):
        DEFAULT_RULES.texts("text-near", "within_m")
    with pytest.raises(LocalError, match="RULES-VALUE"):
        changed(DEFAULT_RULES, {"text-near.acts": 3})
