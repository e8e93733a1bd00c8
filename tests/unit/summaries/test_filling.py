"""A brief is filled with what is new, however short the text; only what is told already is left out."""

import pytest

from summaries import Doc, summarise, summarise_many
from summaries.candidate import adds, read

VELM = (
    "The town of Velm opened its harbour on Tuesday after 3 years of work.\n"
    "The harbour cost 11 million crowns, the council said."
)
AGAIN = "The town of Velm opened its new harbour on Tuesday after 3 years of work."


def test_two_sentences_that_share_a_word_are_both_told() -> None:
    assert len(summarise(VELM, sentences=3).sentences) == 2


def test_so_they_are_across_articles() -> None:
    first, second = VELM.split("\n")
    brief = summarise_many([Doc("a", "", first), Doc("b", "", second)], sentences=3)
    assert len(brief.sentences) == 2
    assert len(summarise_many([Doc("a", "", VELM)], sentences=3).sentences) == 2


def test_one_that_tells_something_beside_what_is_told_fills_what_is_left() -> None:
    ribbon = "Velm opened its harbour on Tuesday, and the mayor cut a ribbon before a small crowd of bakers."
    assert len(summarise(f"{VELM}\n{ribbon}", sentences=3).sentences) == 3
    docs = [Doc(str(n), "", text) for n, text in enumerate((*VELM.split("\n"), ribbon))]
    assert len(summarise_many(docs, sentences=3).sentences) == 3


@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_is_told_already_is_left_out_of_a_short_text_too(count: int) -> None:
    brief = summarise(f"{VELM}\n{AGAIN}", sentences=count)
    assert len(brief.sentences) == min(count, 2)
    assert len([s for s in brief.sentences if "3 years of work" in s.text]) == 1


def test_where_one_sentence_may_be_shown_it_tells_what_the_article_comes_back_to() -> None:
    text = (
        "A cold wind blew across the empty square at seven in the morning. "
        "Velm's new harbour, paid for by the town council, took its first ferry on Tuesday. "
        "The ferry to the harbour was full, the council said. "
        "Fishermen of Velm had asked the council for a harbour since 1990. "
        "A second ferry to Velm will use the harbour from May."
    )
    assert summarise(text, sentences=1).summary.startswith("Velm's new harbour")
    assert summarise(text, words=20).summary.startswith("Velm's new harbour")


@pytest.mark.parametrize(
    ("new", "worth_telling"),
    [
        ("Velm opened its harbour before bakers, dancers, sailors.", False),
        ("Velm opened its harbour before bakers, dancers, sailors, singers.", True),
        ("Velm opened its harbour to 40.", True),
        ("The town of Velm opened its harbour on Tuesday after 3 years of work at last.", False),
    ],
)
def test_four_words_or_a_number_beside_what_is_told_are_worth_telling(
    new: str, *, worth_telling: bool
) -> None:
    told, one = read(Doc("", "", f"{VELM.splitlines()[0]} {new}"), 0, "en")
    assert adds([one], [told]) is worth_telling


def test_a_budget_of_words_is_used_up_to_three_quarters() -> None:
    assert len(summarise(VELM, words=30).sentences) == 2
    long = "The mayor of Velm cut a ribbon before {} bakers, sailors, clerks and children of the town on {}."
    text = " ".join(
        (VELM, long.format("forty", "Friday"), "Fishermen sold cod beside the pier afterwards there.")
    )
    assert [len(summarise(text, words=words).sentences) for words in (55, 56)] == [3, 4]
