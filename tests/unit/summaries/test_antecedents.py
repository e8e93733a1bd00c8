"""Whom a noun inside a sentence means is found in that sentence, where it is told there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.antecedents import beside_names, is_named, may_mean
from summaries.brief import Doc
from summaries.candidate import read
from summaries.language import words

PEOPLE = {"hackers", "victim", "teens"}


@pytest.mark.parametrize(
    "before",
    [
        "A video shows three schoolgirls in Oslo where",
        "Ida Holm went home when",
        "ISIS said that",
        "Many hackers said",
    ],
)
def test_somebody_new_in_the_sentence_may_be_meant(before: str) -> None:
    assert may_mean(before.split(), PEOPLE, somebody=True)


@pytest.mark.parametrize(
    "before",
    ["On Friday", "At the San Francisco court", "In Port Elin", "It rained when", "The council said that"],
)
def test_where_nobody_is_told_of_nobody_can_be_meant(before: str) -> None:
    assert not may_mean(before.split(), PEOPLE, somebody=True)


def test_people_are_not_what_a_thing_may_mean() -> None:
    assert not may_mean(["Images", "of", "three", "teens", "regarding"], PEOPLE, somebody=False)
    assert not may_mean(["One", "of", "the", "hackers", "lit"], PEOPLE, somebody=True)


def test_a_name_stands_for_people_only_and_a_title_for_things_only() -> None:
    assert not may_mean(["Ida", "Holm", "saw"], PEOPLE, somebody=False)
    assert may_mean(["Ida", "Holm", "saw", "a", "video", "and"], PEOPLE, somebody=False)
    assert is_named("Police know the victim, Ida Holm, and her son.", "victim", somebody=True)
    assert not is_named("Police know the victim, and her son.", "victim", somebody=True)
    assert is_named('Sony held back "The Ferry" since the film was feared.', "film", somebody=False)
    assert not is_named("Speaking of the crash, Ida Holm said no.", "crash", somebody=False)


def test_what_stands_beside_a_name_is_told_by_it() -> None:
    assert beside_names("Ida Holm, the former pilot slain on Friday, was") == "former pilot slain"
    assert beside_names("The pilot, a friend, was") == ""


WITHIN = [
    ("Police know the victim, Ida Holm, and her son.", ()),
    ("A film shows three schoolgirls, and the teens look well.", ()),
    ("Oslo Port, the company that lost, and police saw the attack.", ("attac",)),
    ("Divers of Oslo found the weapon.", ("weapo",)),
    ("Divers of Oslo found the weapon used by Jon Berg.", ()),
    ("Fishermen of Oslo said that Mr Holm was at sea.", ("holm",)),
]


@pytest.mark.parametrize(("sentence", "asks"), WITHIN)
def test_only_what_the_sentence_does_not_tell_is_asked_for(sentence: str, asks: tuple[str, ...]) -> None:
    assert read(Doc("", "", sentence), 0, "en", lenient=True)[0].names_within == asks


@given(st.text(max_size=80), st.text(max_size=10), st.booleans())
def test_any_text_is_answered(text: str, noun: str, somebody: bool) -> None:
    found = words(text)
    assert isinstance(may_mean(found, PEOPLE, somebody=somebody), bool)
    assert isinstance(is_named(text, noun, somebody=somebody), bool)
    assert set(beside_names(text).split()) <= set(text.lower().split()) | set(words(text.lower())) | {""}
