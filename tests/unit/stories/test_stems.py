"""Stems that are told without the stemmer are the stemmer's own."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.stories.stems import _evident, stem_of
from summaries.language import stem

ENDINGS = [
    "",
    "s",
    "y",
    "ys",
    "ss",
    "us",
    "ies",
    "ly",
    "li",
    "ing",
    "ed",
    "e",
    "er",
    "sses",
    "ful",
    "ity",
    "'s",
    "s's",
]


@settings(max_examples=600, deadline=None)
@example("yts", "")
@example("skies", "")
@example("by", "s")
@example("y", "ys")
@given(st.text("aeiouybcdnst", min_size=1, max_size=6), st.sampled_from(ENDINGS))
def test_a_stem_is_the_stemmers(start: str, ending: str) -> None:
    word = start + ending
    assert stem_of(word, "en") == stem(word, "en")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=12).map(str.lower))
def test_any_word_has_the_stemmers_stem(word: str) -> None:
    assert stem_of(word, "en") == stem(word, "en")
    assert stem_of(word, "de") == stem(word, "de")


def test_names_need_no_stemmer() -> None:
    told = {
        word: _evident(word) for word in ("quist", "quists", "tolm's", "city", "senn", "ferries", "running")
    }
    assert told == {
        "quist": "quist", "quists": "quist", "tolm's": "tolm", "city": None, "senn": "senn", "ferries": None,
        "running": None,
    }  # fmt: skip
