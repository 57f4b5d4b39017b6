"""The term base: what ships is whole, words are found in any ending and either script, the site's own word stands."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.errors import LocalError
from armslength.language.terms import SHIPPED, Status, Term, TermBase, check_term, shipped_terms, status_of

BASE = TermBase(shipped_terms())
LANGUAGES = ("en", "ru", "uk")


def test_what_ships_is_whole_and_says_that_nobody_reviewed_it() -> None:
    concepts = {one.concept for one in shipped_terms()}
    assert len(concepts) >= 150
    for concept in concepts:
        for language in LANGUAGES:
            preferred = [one for one in BASE.of(concept, language) if one.status is Status.PREFERRED]
            assert len(preferred) == 1, (concept, language)
        assert BASE.of(concept, "en")[0].definition.endswith(".")
    assert {one.source for one in shipped_terms()} == {SHIPPED}
    assert all(check_term(one) == one for one in shipped_terms())
    keys = [(one.concept, one.language, one.term) for one in shipped_terms()]
    assert len(keys) == len(set(keys))
    # A noun of Russian or Ukrainian has a gender, without which nobody can bend it.
    assert [one.term for one in shipped_terms() if one.language != "en" and one.part == "n" and not one.gender] == [
        "ответ просим дать до",
        "відповідь просимо надати до",
        "без указания виновной стороны",
        "без зазначення винної сторони",
        "дата и время сообщения",
        "дата і час повідомлення",
        "аварийная готовность и реагирование",
        "аварійна готовність і реагування",
    ]


@pytest.mark.parametrize(
    ("asked", "concept"),
    [
        ("plotina", "dam"),
        ("hreblia", "dam"),
        ("плот", "dam"),
        ("ZAVERENIE", "assurance"),
        ("cease", "cease-fire"),
        ("режиму тиші", "window-of-silence"),
        ("щось зовсім інше", ""),
        ("режим тиш", "window-of-silence"),
        ("nuclear-p", "nuclear-power-plant"),
    ],
)
def test_a_term_is_found_in_either_script(asked: str, concept: str) -> None:
    found = BASE.find(asked)
    assert (found[0].concept if found else "") == concept


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("ru", "у плотины, под плотиной и плотин", ["плотины", "плотиной", "плотин"]),
        ("ru", "атомной электростанцией", ["атомной электростанцией"]),
        ("uk", "біля атомної електростанції", ["атомної електростанції"]),
        ("uk", "запобіжних заходів", ["запобіжних заходів"]),
        ("en", "spent fuel pools and the dams", ["spent fuel pools", "dams"]),
        ("en", "damage, damn, attackers", []),
        ("en", "reply. Requested by", ["reply"]),
        ("ru", "плотник", []),
    ],
)
def test_words_are_matched_in_any_ending_and_the_longest_first(language: str, text: str, found: list[str]) -> None:
    assert [hit.text for hit in BASE.match(text, language)] == found


def test_a_translation_is_held_against_the_preferred_words() -> None:
    source = "We ask for an assurance for the repair crew at the dam."
    good = "Просим дать заверение для ремонтной бригады у плотины."
    assert BASE.check_translation(source, "en", good, "ru") == ()
    bad = "Просим дать гарантию для ремонтной бригады у дамбы."
    assert [(one.code, one.concept) for one in BASE.check_translation(source, "en", bad, "ru")] == [
        ("TERM-MISSING", "assurance"),
        ("TERM-MISSING", "dam"),
        ("TERM-DEPRECATED", "assurance"),
    ]
    found = BASE.check_translation("дежурный офицер", "ru", "the watch officer", "en")
    assert [(one.code, one.preferred) for one in found] == [("TERM-ADMITTED", "duty officer")]


def test_the_site_s_own_word_takes_the_place_of_the_shipped_one() -> None:
    own = Term(concept="dam", language="en", term="weir dam", own=True)
    base = TermBase((*shipped_terms(), own))
    assert [(one.term, one.status) for one in base.of("dam", "en")] == [
        ("weir dam", Status.PREFERRED),
        ("dam", Status.ADMITTED),
    ]
    again = TermBase((*shipped_terms(), own, replace(own, status=Status.DEPRECATED)))
    assert again.of("dam", "en")[-1].status is Status.DEPRECATED


@pytest.mark.parametrize(
    "wrong",
    [
        {"concept": "Dam"},
        {"concept": "-x"},
        {"language": "english!"},
        {"term": ""},
        {"term": "..."},
        {"term": "x" * 400},
        {"term": "a\u202eb"},
        {"definition": "x" * 3_000},
        {"part": "thing"},
        {"gender": "x"},
    ],
)
def test_a_value_out_of_bounds_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(LocalError):
        check_term(replace(Term(concept="dam", language="en", term="dam"), **wrong))  # type: ignore[arg-type]


def test_statuses_are_a_closed_list() -> None:
    assert status_of("admitted") is Status.ADMITTED
    with pytest.raises(LocalError):
        status_of("best")


@given(st.text(max_size=400), st.sampled_from(LANGUAGES))
def test_any_text_is_matched_within_itself(text: str, language: str) -> None:
    for hit in BASE.match(text, language):
        assert text[hit.start : hit.end] == hit.text


def test_the_longest_text_is_matched_whole_and_at_no_quadratic_cost() -> None:
    text = "у плотины атомной электростанции " * 600
    begun = process_time()
    assert len(BASE.match(text, "ru")) == 1_200
    assert process_time() - begun < 60  # a quadratic takes hours
