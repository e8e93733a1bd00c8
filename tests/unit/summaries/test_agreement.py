"""What is taken first across articles: what most agree on, what stands by itself, and then what is left."""

from summaries import Doc, summarise_many

MAYOR = "The mayor cancelled a concert of brass bands, and the bakers of the old town kept their shops shut."
TRUCKS = (
    "Insurance for trucks grew dearer by a tenth this year after floods in the northern valleys and islands."
)
DRIVER = "The driver, taken to hospital, lost two front teeth and one shoe."


def articles(*texts: tuple[str, ...]) -> list[Doc]:
    return [Doc(str(number), "", "\n".join(text)) for number, text in enumerate(texts)]


def test_what_three_articles_say_goes_before_more_that_two_say() -> None:
    bell = "Divers found the ship's bell in deep water beside the wreck."
    pumps = "Engineers blamed two rusty pumps below lower decks."
    fees = "Harbour fees rise in March by nine crowns a day for every vessel under sail."
    docs = articles((pumps, bell, MAYOR), (pumps, bell, TRUCKS), (fees, bell))
    assert summarise_many(docs, words=11).summary == bell


def test_of_two_told_alike_the_one_that_asks_what_driver_gives_way() -> None:
    lorry = "A lorry fell into the harbour of Velm at noon."
    docs = articles((DRIVER, lorry, MAYOR), (DRIVER, lorry, TRUCKS))
    assert summarise_many(docs, words=13).summary == lorry


def test_but_not_to_what_a_single_article_says() -> None:
    concert = "A concert of brass bands in Velm fell through, the mayor told bakers."
    flour = "Bakers of the northern valleys said little about the price of flour at present."
    docs = articles((DRIVER, MAYOR, concert), (DRIVER, TRUCKS, flour))
    assert summarise_many(docs, words=14).summary == DRIVER


def test_what_resembles_something_told_comes_last_if_it_adds_to_it() -> None:
    opened = "The town of Velm opened its harbour on Tuesday after 3 years of work."
    ribbon = (
        "Velm opened its harbour on Tuesday after work, and the mayor cut a ribbon before bakers, sailors "
        "and dancers."
    )
    docs = articles(
        (
            opened,
            "Insurance for lorries grew dearer by a tenth this year.",
            "Floods washed away a northern bridge.",
        ),
        (ribbon, "Rail fares rise by nine crowns in March.", "Snow kept schoolchildren home for days."),
    )
    full = {sentence.text for sentence in summarise_many(docs, sentences=6).sentences}
    assert {opened, ribbon} <= full
    short = {sentence.text for sentence in summarise_many(docs, sentences=3).sentences}
    assert len(short) == 3
    assert not {opened, ribbon} <= short
