"""Reading time is reckoned in any script, and bounds a digest."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.budget import WORDS_A_MINUTE, Budget, minutes_to_read, word_count
from bot.digest.select import BRIEF_LINES
from bot.model.article import Quote
from tests.unit.digest.test_select import WANTS, article, brief, chosen, full, story


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("… — !", 0),
        ("The ferry, all 212 aboard.", 5),
        ("今日の東京", 5),
        ("東京 2026 news", 4),
        ("สวัสดีชาว", 2),
        ("서울 날씨", 2),
        ("यह हिन्दी है", 3),
    ],
)
def test_words_of_any_script_are_counted(text: str, words: int) -> None:
    assert word_count([text]) == words
    assert word_count([text, text]) == 2 * words


@pytest.mark.parametrize(("words", "minutes"), [(0, 0), (1, 1), (WORDS_A_MINUTE, 1), (WORDS_A_MINUTE + 1, 2)])
def test_minutes_are_rounded_up(words: int, minutes: int) -> None:
    assert minutes_to_read(words) == minutes


def test_the_last_word_fits_and_one_more_does_not() -> None:
    for words, fits in ((WORDS_A_MINUTE - 100, True), (WORDS_A_MINUTE - 99, False)):
        budget = Budget(minutes=1)
        assert budget.take(100)
        assert budget.take(words) is fits
        assert budget.words == (WORDS_A_MINUTE if fits else 100)


def said(words: int) -> tuple[Quote, ...]:
    text = " ".join(["word"] * (words - 2))  # "A title" is read too
    return (Quote(text=text, article_id="x", start=0, end=len(text)),)


STORIES = [story(f"s{number}", article(f"a{number}", hours_ago=20 - number)) for number in range(12)]
MANY = replace(WANTS, stories=10)


def test_minutes_and_stories_both_bound() -> None:
    a_third = said(WORDS_A_MINUTE // 3)
    assert len(chosen(STORIES, replace(MANY, minutes=1), quotes=a_third).full) == 3
    assert len(chosen(STORIES, replace(MANY, minutes=2), quotes=a_third).full) == 6
    assert len(chosen(STORIES, replace(MANY, minutes=2, stories=4), quotes=a_third).full) == 4
    assert len(chosen(STORIES, MANY, quotes=a_third).full) == 10


def test_what_no_longer_fits_follows_as_headlines_as_far_as_they_fit() -> None:
    found = chosen(STORIES, replace(MANY, minutes=1), quotes=said(100))
    assert full(found) == ["s0", "s1"]
    assert brief(found) == ["s2", "s3", "s4", "s5", "s6"]
    assert len(found.brief) == BRIEF_LINES
    assert found.words == 210
    tight = chosen(STORIES, replace(MANY, minutes=1), quotes=said(117))
    assert (full(tight), brief(tight)) == (["s0", "s1"], ["s2", "s3"])
    assert tight.words == WORDS_A_MINUTE


def test_the_first_story_is_told_however_long() -> None:
    found = chosen(STORIES, replace(MANY, minutes=1), quotes=said(1000))
    assert (full(found), brief(found)) == (["s0"], [])


@given(minutes=st.integers(1, 5), length=st.integers(3, 300), stories=st.integers(1, 12))
def test_no_digest_of_more_than_one_story_is_longer_than_its_minutes(
    minutes: int, length: int, stories: int
) -> None:
    found = chosen(STORIES, replace(MANY, minutes=minutes, stories=stories), quotes=said(length))
    assert len(found.full) <= stories
    assert found.words <= minutes * WORDS_A_MINUTE or len(found.full) == 1
    assert found.words == length * len(found.full) + 2 * len(found.brief)
