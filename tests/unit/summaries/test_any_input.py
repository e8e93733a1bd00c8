"""No text is too bad: a brief or an empty one with its reason, never an exception, never over the budget."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries import (
    Doc,
    detect_language,
    keywords,
    similarity,
    split_sentences,
    summarise,
    summarise_many,
)

WRAPPED = "and the quick brown fox went over the hills and far away\n" * 9
CHARACTERS = st.one_of(
    st.characters(exclude_categories=()),
    st.sampled_from(" \n.!?\"'“”„«»「」()…:;-–—|•@#/\\,0\x00\ud800\u0301\u202e\U0001f600"),
)
NEWS = [
    "The harbour of Port Elin was closed on Monday. ",
    "He said so. ",
    '"We won," said Ida. ',
    "Why? ",
    "Read more: ",
    "(CNN)",
    "该港口星期一关闭。",
    "مرحبا بكم في بغداد. ",
    "A. B. C. ",
    "U.S. ",
    "\n\n",
    "4.5 ",
]
PIECES = st.lists(st.one_of(st.text(CHARACTERS, max_size=40), st.sampled_from(NEWS)), max_size=25).map(
    "".join
)


def check(text: str, words: int | None, sentences: int | None) -> None:
    brief = summarise(text, words=words, sentences=sentences, title=text[:30])
    assert all(s.text == text[s.start : s.end] and s.text for s in brief.sentences)
    assert bool(brief.sentences) != bool(brief.reason)
    if words is not None:
        assert sum(len(s.text.split()) for s in brief.sentences) <= words
    if sentences is not None:
        assert len(brief.sentences) <= sentences


@settings(max_examples=150, deadline=None)
@given(PIECES, st.one_of(st.none(), st.integers(0, 60)), st.one_of(st.none(), st.integers(0, 6)))
def test_any_text_any_budget(text: str, words: int | None, sentences: int | None) -> None:
    check(text, words, sentences)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(PIECES, st.one_of(st.none(), st.floats(0, 2e9))), max_size=4), st.integers(0, 60))
def test_any_articles(articles: list[tuple[str, float | None]], words: int) -> None:
    docs = [Doc(str(number), text[:20], text, when) for number, (text, when) in enumerate(articles)]
    for since in (None, 1e9):
        brief = summarise_many(docs, words=words, since=since)
        assert all(s.text == docs[int(s.doc)].text[s.start : s.end] for s in brief.sentences)
        assert sum(len(s.text.split()) for s in brief.sentences) <= words
        assert bool(brief.sentences) != bool(brief.reason)


@pytest.mark.parametrize(
    "text",
    [
        "word " * 10_000,
        "x" * 50_000,
        "A long sentence " * 3_125 + ".",
        "no full stop anywhere in this text at all\n" * 50,
        "ALL OF THIS IS WRITTEN IN CAPITALS. IT GOES ON LIKE THIS. THE HARBOUR WAS CLOSED ON MONDAY.",
        "👍🏽 👩‍👩‍👧 🎉. e\u0301e\u0301 n\u0303. " * 20,
        "\u202eمرحبا\u202c hello שלום. " * 30,
        "The harbour was closed. 港口关闭了。Гавань закрыта. " * 20,
        "\x00\x01\x02 The harbour was \x00 closed on Monday by order. " * 5,
        "\ud800\udfff The harbour was closed \udfff on Monday by order. " * 5,
        '"' * 3_000,
        "(" * 3_000 + "." * 3_000,
        "'a " * 3_000,
        "a.b." * 5_000,
        "A-" * 5_000,
        "AB " * 5_000 + "(",
        "| " * 3_000,
        "\n" * 10_000,
        "INTERNATIONALISIERUNGSBESTREBUNGENDESHAFENS gingen weiter.",
        "By INTERNATIONALISIERUNGSBESTREBUNGENDESHAFENS!",
    ],
)
def test_monsters(text: str) -> None:
    check(text, 30, None)
    check(text, None, 3)


def test_a_text_of_many_sentences_is_read_in_one_go() -> None:
    text = " ".join(f"Harbour number {n} was closed on day {n % 31} by master {n * 7}." for n in range(4_000))
    check(text, 60, None)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("the The the " * 10_000, id="a sentence glued on at every third word"),
        pytest.param("The harbour was closed. And " * 10_000, id="the same sentence again"),
        pytest.param("Berg Holm left. Berg left the town of Holm today. " * 4_000, id="the same name again"),
        pytest.param('"' * 200_000, id="quotation marks"),
        pytest.param("A. " * 30_000, id="initials"),
        pytest.param("( " * 200_000, id="brackets"),
        pytest.param("!)" * 50_000, id="stops and brackets"),
        pytest.param("«„\"'(" * 20_000, id="quotations in quotations"),
        pytest.param("ABCDEFGHIJ" * 20_000, id="one word in capitals"),
        pytest.param("。" * 200_000, id="wide stops"),
        pytest.param("?!" * 200_000, id="doubt"),
        pytest.param("\u202e" * 200_000, id="turns from right to left"),
        pytest.param("e\u0301\u0302" * 200_000, id="combining marks"),
        pytest.param("http://" * 100_000, id="links"),
        pytest.param("." * 200_000, id="stops without a space"),
        pytest.param("„a " * 150_000, id="quotations that never close"),
        pytest.param(". " * 200_000, id="stops"),
        pytest.param("\n" * 1_000_000, id="line ends"),
        pytest.param(WRAPPED + "\n " * 300_000, id="line ends behind lines with a margin"),
        pytest.param("a" * 1_000_000, id="one word"),
        pytest.param("\uff21" * 400_000, id="one wide word"),
        pytest.param("John said " * 60_000, id="no stop"),
        pytest.param("\U0001f468\u200d\U0001f469\u200d\U0001f467\U0001f44d\U0001f3fd" * 60_000, id="emoji"),
    ],
)
def test_a_text_so_long_that_only_work_in_proportion_to_it_ends(text: str) -> None:
    """Where work grows with the square, this does not come to its end."""
    check(text, 30, None)
    assert len(keywords(text)) <= 10
    docs = [Doc("0", "", text), Doc("1", "", text[: len(text) // 2])]
    assert len(summarise_many(docs, sentences=3).sentences) <= 3


def test_no_more_sentences_are_read_than_asked_for_though_one_piece_holds_them_all() -> None:
    text = "the The the " * 1_000
    assert len(split_sentences(text, "en")) > 500
    assert len(split_sentences(text, "en", most=50)) == 50


@settings(max_examples=40, deadline=None)
@given(PIECES, PIECES)
def test_likeness_is_between_0_and_1_and_the_same_both_ways(a: str, b: str) -> None:
    likeness = similarity(a, b, language="en")
    assert 0 <= likeness <= 1
    assert likeness == pytest.approx(similarity(b, a, language="en"))


@settings(max_examples=40, deadline=None)
@given(PIECES)
def test_a_language_or_none(text: str) -> None:
    found = detect_language(text)
    assert found is None or (found.isalpha() and found.islower() and 2 <= len(found) <= 3)
