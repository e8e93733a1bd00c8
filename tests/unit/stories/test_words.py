"""Words of every script become stems that the index takes as they are, and vectors survive packing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.stories.lexicon import LONGEST_WORD, REMEMBERED, Lexicon
from bot.stories.terms import STEMMED_BEHIND, WORD, places, terms
from bot.stories.vector import NAME, NUMBER, Vector, read_words


def stems(text: str, language: str | None = "en") -> list[str]:
    return [term.stem for term in terms(text, language)]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["en", "de", "vi", "zh", "ar", None]))
def test_a_term_stands_at_its_offsets_and_its_stem_is_one_token(text: str, language: str | None) -> None:
    last = 0
    for term in terms(text, language):
        assert 0 <= term.start < term.end <= len(text)
        assert term.start >= last - 1  # pairs of characters overlap by one
        last = term.end
        assert term.stem
        assert not any(c.isspace() or (c.isascii() and not c.isalnum()) for c in term.stem)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("elections", "election", "en"),
        ("Egypt's", "Egypt", "en"),
        ("1,000", "1000", "en"),
        ("Müller", "muller", "de"),
        ("Wahlen", "Wahl", "de"),
    ],
)
def test_spellings_of_one_word_are_one(one: str, other: str, language: str) -> None:
    assert stems(one, language) == stems(other, language)


def test_vietnamese_keeps_its_accents_and_chinese_gives_pairs() -> None:
    assert stems("má", "vi") != stems("ma", "vi")
    assert stems("北京大学", "zh") == ["北京", "京大", "大学"]


def test_us_is_no_pronoun() -> None:
    assert terms("U.S. forces", "en")[0].content
    assert not terms("us forces", "en")[0].content


def flagged(text: str, flag: int, language: str = "en") -> set[str]:
    words = read_words("", text, language)
    chosen = words.vector.keys[(words.vector.flags & flag) > 0]
    return {words.stems[int(key)] for key in chosen}


def test_names_are_told_from_words_at_the_start_of_a_sentence() -> None:
    found = flagged("Officials said Ada Quist left. Quist gave no reason. Nobody saw officials later.", NAME)
    assert found == set(stems("Ada Quist"))


def test_german_nouns_are_no_names_unless_two_stand_together() -> None:
    found = flagged("Die Wahl gewann Grit Osterloh mit großer Mehrheit.", NAME, "de")
    assert found == set(stems("Grit Osterloh", "de"))


def test_numbers_are_flagged() -> None:
    assert flagged("It cost 1,250 crowns in 2019.", NUMBER) == {"1250", "2019"}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=400))
def test_a_vector_is_sorted_and_survives_packing(title: str, text: str) -> None:
    vector = read_words(title, text, "en").vector
    assert (np.diff(vector.keys.astype(np.int64)) > 0).all()
    again = Vector.unpack(vector.pack())
    assert (again.keys == vector.keys).all()
    assert (again.counts == vector.counts).all()
    assert (again.flags == vector.flags).all()


def content(text: str, language: str = "en") -> list[str]:
    return [text[term.start : term.end] for term in terms(text, language) if term.content]


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        (
            "On Tuesday, May 20, at 7:05 the Arrow sank with 20 aboard.",
            "en",
            ["Arrow", "sank", "20", "aboard"],
        ),
        (
            "They march on the 20th of the month; in March they rest.",
            "en",
            ["march", "20th", "month", "rest"],
        ),
        ("Am 3. Oktober um 18:30 Uhr siegte Borne 3:2.", "de", ["Uhr", "siegte", "Borne", "3", "2"]),
        ("Le 14 juillet, 6,3 millions de litres.", "fr", ["6,3", "millions", "litres"]),
        ("05 Tolm 1,000.5", "en", ["Tolm", "1,000.5"]),
    ],
)
def test_when_is_not_what(text: str, language: str, told: list[str]) -> None:
    assert content(text, language) == told


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=200))
def test_ascii_is_parted_like_any_text(text: str) -> None:
    parted = [match.span() for match in WORD.finditer(text) if len(match[0]) <= LONGEST_WORD]
    assert [(term.start, term.end) for term in terms(text, "en")] == parted


def test_what_is_remembered_stays_within_bounds() -> None:
    words = Lexicon("en")
    for number in range(2 * REMEMBERED + 5):
        assert words[f"w{number}"][1] == f"w{number}"
    assert len(words) <= REMEMBERED
    assert words["w5"][1] == "w5"
    assert words["x" * 1_000][1] == ""
    assert "x" * 1_000 not in words


WRITTEN = st.one_of(
    st.text(max_size=200),
    st.lists(st.text("abcdeghijklmnorstuyvß'’_.,0159ÄÉTHSDİΣ", min_size=1, max_size=9), max_size=30).map(
        " ".join
    ),
)


@settings(max_examples=150, deadline=None)
@example("l'un, d'or", "fr")
@example("dying", "en")
@example("poetic", "de")
@example("XXIII", "fi")
@example("THE 20TH, 21St: İSTANBUL; ΟΔΟΣ.ΑΒΓ", "en")
@example("ΟΔΟΣ.ΑΒΓ, 3RD", None)
@given(WRITTEN, st.sampled_from(["zh", "id", "nl", "sr", None, *sorted(STEMMED_BEHIND)]))
def test_places_are_those_of_the_terms(text: str, language: str | None) -> None:
    read = terms(text, language)
    wanted = read[::7]
    keys = frozenset(term.key for term in wanted)
    found = [(t.start, t.end, t.key) for t in read if t.key in keys]
    assert list(places(text, keys, language)) == found
    assert list(places(text, keys, language, frozenset(t.stem for t in wanted))) == found
