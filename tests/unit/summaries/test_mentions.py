"""Who was introduced before is known; asking so of a long text takes no longer than reading it."""

import pytest

from summaries import summarise
from summaries.article import choose
from summaries.brief import Doc
from summaries.budget import Budget
from summaries.candidate import leaves_asking, leaves_open, read
from summaries.mentions import REMEMBERED, Introduced
from summaries.vectors import Weights


class Watched(str):
    """A sentence that counts how often a name is looked for in it."""

    __slots__ = ()
    looked = 0

    def __contains__(self, name: object) -> bool:
        Watched.looked += 1
        return isinstance(name, str) and str(self).find(name) >= 0


def told(*sentences: str) -> Introduced:
    article = Introduced("en")
    for sentence in sentences:
        article.tell(sentence, [])
    return article


def test_a_name_that_every_sentence_opens_with_is_looked_for_once_in_each() -> None:
    Watched.looked = 0
    count = 10 * REMEMBERED
    article = told(*[Watched("Holm went from the harbour to the old town at noon.")] * count)
    assert not any(article.opens(order).stem for order in range(count))
    assert 0 < Watched.looked <= 2 * count


@pytest.mark.parametrize("between", [0, 1, REMEMBERED - 2, REMEMBERED - 1, REMEMBERED])
@pytest.mark.parametrize("before", [0, 1, REMEMBERED - 1, REMEMBERED])
def test_a_surname_points_back_at_a_full_name_so_many_sentences_ago(before: int, between: int) -> None:
    weather = "It rained in the morning."
    article = told(
        *[weather] * before,
        "The harbour was closed by Ida Holm on the first day.",
        *[weather] * between,
        "Holm went home at noon.",
    )
    opens = article.opens(before + between + 1)
    assert (opens.stem == "holm") is (between < REMEMBERED)


FERRY = (
    "A ferry ran aground off Port Elin on Monday after a message from ashore. "
    "Roy Holm had sent it to his friends, the line said, and to a group of hackers in Oslo. "
    "Fishermen of Port Elin met at noon to talk of cod. "
    "On a page of the county, several notes to Roy stood for a week. "
    "A second ferry stayed in port since the hackers threatened its crew. "
    "Notes to Roy Holm, the skipper of the ferry and the hackers of Oslo were found on Friday. "
    "Divers say that the weather and the government saved the day. "
    "The push came from the owner of a third line."
)


def test_names_and_nouns_within_a_sentence_ask_for_the_one_that_gave_them() -> None:
    candidates = read(Doc("", "", FERRY), 0, "en")
    within = [candidate.names_within for candidate in candidates]
    assert within == [(), ("line",), (), ("roy",), ("hacke",), ("ferry",), (), ()]
    assert leaves_asking(candidates, [3], {0})
    assert not leaves_asking(candidates, [3], {1})
    assert leaves_asking(candidates, [3], {5})
    assert leaves_asking(candidates, [4], {0})
    assert not leaves_asking(candidates, [3, 4], {1})


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Footage of Monday shows the driver.", ("drive",)),
        ("No storm was seen during the plane's flight to Rome.", ("plane",)),
        ("Fishermen wrote to the government.", ()),
        ("A driver and a cook met, and the driver fell.", ()),
    ],
)
def test_a_noun_within_asks_unless_there_is_one_of_its_kind_alone(
    sentence: str, asked: tuple[str, ...]
) -> None:
    text = f"A plane of the government of Norway left Oslo for Rome. {sentence}"
    assert read(Doc("", "", text), 0, "en", lenient=True)[1].names_within == asked


def test_a_brief_under_a_headline_may_speak_of_whom_it_names() -> None:
    text = (
        "Was Roy Holm the driver of a cart of cod on that day in May? "
        "Notes to Roy stood on a page of the county for a week. "
        "Fishermen of Port Elin met at noon to talk of cod for an hour."
    )
    shown = [
        summarise(text, title=title, sentences=1).summary[:5]
        for title in ("Roy, fishermen", "Boy, fishermen")
    ]
    assert shown == ["Notes", "Fishe"]


def test_a_sentence_in_a_chain_asks_who_it_opens_with() -> None:
    text = "Ida Holm leads the county. People still have rights. Holm, meanwhile, wants a vote on them."
    candidates = read(Doc("", "", text), 0, "en")
    assert candidates[2].hangs
    assert leaves_asking(candidates, [1, 2], ())
    assert not leaves_asking(candidates, [1, 2], {0})


def test_a_bare_noun_before_its_verb_points_back_but_not_at_the_top_of_the_article() -> None:
    candidates = read(Doc("", "", FERRY), 0, "en")
    assert candidates[7].opens_with.stem == "push"
    first = "The push came from the owner of a third line. The government will answer on Friday in Oslo."
    assert [candidate.opens_with.stem for candidate in read(Doc("", "", first), 0, "en")] == ["", ""]


def test_whom_the_headline_names_is_introduced() -> None:
    candidates = read(Doc("", "", FERRY), 0, "en", headline=["roy", "push"])
    assert not leaves_asking(candidates, [3], ())
    assert not leaves_open(candidates, [7], ())
    assert leaves_asking(candidates, [4], ())


def test_of_two_sentences_as_good_the_one_that_asks_for_nobody_is_shown() -> None:
    candidates = read(Doc("", "", FERRY), 0, "en")
    weights = Weights([candidate.stems for candidate in candidates])
    worth = [0.0, 0.0, 1.0, 1.5, 0.0, 0.0, 0.0, 0.0]
    assert choose(candidates, weights, worth, Budget(1, None)) == [2]
    worth[3] = 9.0
    assert choose(candidates, weights, worth, Budget(1, None)) == [3]


def test_a_name_given_later_or_in_the_same_sentence_points_at_nothing_before() -> None:
    article = told("Holm went home at noon.", "The harbour was closed by Ida Holm on the first day.")
    assert not article.opens(0).stem
    assert not told("Holm saw a certain Ida Holm at noon.").opens(0).stem


def test_where_somebody_is_from_does_not_say_who() -> None:
    assert told("The 23-year-old from Oslo finished second on Monday.").opens(0).stem
    assert not told("The 23-year-old who won in Oslo finished second on Monday.").opens(0).stem
    assert told("There were rumours that the 23-year-old had left the town.").within(0)
    assert not told("Ida Holm left, and so the 23-year-old was second.").within(0)


@pytest.mark.parametrize(
    "sentence", ["Holm, now 27, won the race in Oslo.", "Holm, who won in Oslo, went home."]
)
def test_somebody_with_one_name_and_an_age_was_introduced_before(sentence: str) -> None:
    assert told(sentence).opens(0).stem == "holm"
    assert not told(f"Ida {sentence}").opens(0).stem


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        ("The rescue workers of Port Elin went home.", ""),
        ("The rescue workers went home.", "worke"),
        ("The luggage, which was stolen on Monday, held a sextant.", "lugga"),
        ("The sun, which rose at six, burned the deck.", ""),
        ("According to the owner Jon Berg, the deal is not signed yet.", "deal"),
    ],
)
def test_a_noun_that_is_told_of_as_known_asks_for_its_sentence(sentence: str, asks: str) -> None:
    assert told("It rained in Port Elin.", sentence).opens(1).stem == asks


def test_an_article_may_begin_with_its_author() -> None:
    text = "I have sailed with Ida Holm for years. You would never guess it. I was there, too, in May."
    leaning = [candidate.hangs for candidate in read(Doc("", "", text), 0, "en", lenient=True)]
    assert leaning == [False, True, True]


def test_an_article_may_begin_with_whom_it_names_later_in_the_sentence() -> None:
    first = "In his teens there was little to set Jon Berg apart. In his teens Jon Berg was at sea."
    assert [candidate.hangs for candidate in read(Doc("", "", first), 0, "en", lenient=True)] == [False, True]


def test_a_first_sentence_that_asks_loses_less_than_a_later_one() -> None:
    text = "Roy Holm knew the attack was coming. Two ferries left. Jon Berg knew the attack was coming."
    candidates = read(Doc("", "", text), 0, "en", lenient=True)
    weights = Weights([candidate.stems for candidate in candidates])
    assert choose(candidates, weights, [3.5, 0.0, 0.0], Budget(1, None), 0) == [0]
    assert choose(candidates, weights, [0.0, 0.5, 3.5], Budget(1, None), 0) == [1]
