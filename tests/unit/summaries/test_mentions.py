"""Who was introduced before is known; asking so of a long text takes no longer than reading it."""

import pytest

from summaries.mentions import REMEMBERED, Introduced


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


def test_a_name_given_later_or_in_the_same_sentence_points_at_nothing_before() -> None:
    article = told("Holm went home at noon.", "The harbour was closed by Ida Holm on the first day.")
    assert not article.opens(0).stem
    assert not told("Holm saw a certain Ida Holm at noon.").opens(0).stem
