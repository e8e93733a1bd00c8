"""What is remembered of a piece of text is what searching the whole sentence would give."""

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries import vocabulary as room
from summaries.clutter import phrases, read_page
from summaries.language import roots, words
from summaries.vocabulary import Vocabulary

PIECES = st.sampled_from(
    ["The", "U.S.-led", "(CNN)", "don't", "home.Then", "“Café”", "1,200", "x", "人口は", "l’été", "İstanbul"]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=12), st.sampled_from(["en", "fr", "ja", None]))
def test_the_roots_of_the_pieces_are_those_of_the_sentence(parts: list[str], language: str | None) -> None:
    text = " ".join(parts)
    known = Vocabulary(language)
    expected = roots([word.lower() for word in words(text)], language)
    assert known.roots(text.split()) == expected
    assert known.roots(text.split()) == expected  # from memory


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "KNOWN", 10)
    known = Vocabulary("en")
    known.roots(f"word{number}" for number in range(50))
    known.roots(["x" * 50])
    assert len(known) <= 10
    assert "x" * 50 not in known


@pytest.mark.parametrize("kind", ["anywhere", "short"])
def test_every_phrase_of_clutter_is_found_in_a_text_that_has_it(kind: str) -> None:
    for phrase in chain.from_iterable(getattr(phrases(), kind).values()):
        line = f"Aa {phrase.text} bb."
        page = read_page(line, [line], [line.split()])
        assert phrase.text in getattr(page, kind), phrase.text


def test_a_phrase_glued_to_the_word_before_it_is_found() -> None:
    line = "FacebookClick here to read."
    assert "click here" not in read_page(line, [line], [line.split()]).short
    line = "PostSign up for our letters."
    assert "sign up for our" in read_page(line, [line], [line.split()]).anywhere
