"""Many texts read at once are read as each alone, whatever stands between their words."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.stories import pieces as module
from bot.stories.lexicon import CAPITAL, LONGEST_WORD
from bot.stories.pieces import Pieces, pieces
from bot.stories.terms import BESIDE, tokens
from bot.stories.vector import read_many, read_words

SIGNS = [
    " ",
    "  ",
    "\n",
    "\n\n",
    " \n",
    "\n ",
    "\t",
    "\r\n",
    "\u00a0",
    ". ",
    ": ",
    ":",
    ", ",
    "-",
    " - ",
    " (",
    '" ',
]
PLAIN = ["Ada", "Quist", "said", "the", "May", "20", "7:05", "05", "U.S.", "U.S.-led", "a.b", "Egypt's"]
ODD = ["l'un", "ä", "“Quist”", "’", "北京大学", "_x", "1,000.5", "20th", "x" * (LONGEST_WORD + 1)]
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(st.sampled_from(SIGNS + PLAIN + ODD), max_size=30).map("".join)
)


@settings(max_examples=300, deadline=None)
@example(["Ada\nQuist", "\nAda", "Ada \n Quist: 7:05 ", "(Ada", "", " "], "en")
@given(st.lists(TEXTS, max_size=4), st.sampled_from(["en", "de", "zh", None]))
def test_texts_are_read_like_each_alone(texts: list[str], language: str | None) -> None:
    read = pieces(language or "").read(texts)
    assert len(read.stemmed) == len(texts)
    for number, text in enumerate(texts):
        alone = tokens(text, language)
        mine = read.texts == number
        assert read.stemmed[number] == " ".join(alone.stems)
        assert read.keys[mine].tolist() == [*alone.keys.tolist(), 0]
        assert read.flags[mine].tolist() == [*alone.flags.tolist(), 0]
        # Whether anything is beside the first word is never asked.
        assert (read.gaps[mine][1:-1] == alone.gaps[1:]).all()
        assert [read.stems[key] for key in alone.keys.tolist()] == list(alone.stems)
        assert read.places[mine].tolist() == list(range(len(alone.keys) + 1))


def test_texts_do_not_touch() -> None:
    read = pieces("en").read(["It was Ada", "Quist left in May", "20 remained"])
    ada, quist = np.flatnonzero(read.having(CAPITAL))[1:3]
    assert quist == ada + 2
    assert not read.gaps[quist] & BESIDE
    articles = [("Ada", "It was in May"), ("20 left", "The rest stayed")]
    together = read_many(articles, "en")
    for words, (title, text) in zip(
        together, [("Ada", "It was in May"), ("20 left", "The rest stayed")], strict=True
    ):
        alone = read_words(title, text, "en")
        assert (words.title, words.text, words.sketch) == (alone.title, alone.text, alone.sketch)
        assert words.vector.pack() == alone.vector.pack()


def test_what_is_remembered_stays_within_bounds() -> None:
    known = Pieces("en")
    known.read([" ".join(f"w{number}" for number in range(module.REMEMBERED + 1))])
    assert len(known) > module.REMEMBERED
    again = known.read(["w5 w6,", "w7"])
    assert again.stemmed == ["w5 w6", "w7"]
    assert len(known) < 10
