"""What leans on the sentence before, and what only looks so, in English and in its neighbours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.ahead import begins, points_ahead
from summaries.brief import Doc
from summaries.candidate import read
from summaries.fragments import is_fragment
from summaries.language import words
from summaries.openers import hangs

LEANS = [
    ("en", "Several other harbours were closed, and none of them by snow."),
    ("en", "One was with him, standing next to Ida Holm, at noon."),
    ("en", "One day they’re a delight, full of salt and fish."),
    ("en", "There is the harbour, in both senses of the word."),
    ("en", "Nobody saw the ferry leave, either."),
    ("en", "The county should instead build a bridge at Port Elin."),
    ("en", "Although its new ferry looked different, it was as slow as ever."),
    ("en", "Increasingly it is used by teachers and clerks."),
    ("en", "In the years since, Port Elin has grown to a town."),
    ("en", "Like the fishermen, the clerks of Port Elin went home."),
    ("en", "When you give it salt, the road is safe again."),
    ("en", "Not just small boats like those at home, but large ferries too."),
    ("en", "Not exactly the quiet harbour that Port Elin has been for a century."),
    ("en", "It is supposed to be a bridge for all of Norway."),
    ("en", "As a result, Port Elin Council has closed the pier until May."),
    ("en", "In addition, the Port Elin Observatory for Storms has lost its mast."),
    ("en", "Holm's other songs are known in every harbour of Norway."),
    ("en", "Harbour clerks use it to tell the boats apart."),
    ("en", "Ida Holm will hope not, after two ferries turned back on Monday."),
    ("en", "Many in Port Elin will deplore that decision and go on strike."),
    ("en", "If no party passes that threshold, the council of Port Elin votes again."),
    ("en", "The board of Port Elin denies that it knew of these practices."),
    ("en", "In any case Port Elin has a pier of its own."),
    ("en", "As many as 80 people were also wounded."),
    ("en", "The former is a clerk in Port Elin."),
    ("en", "Ten other Norwegian clerks are expected to join the strike."),
    ("en", "At least two other pupils of Port Elin later went to sea."),
    ("en", "There are two further reasons to close the pier."),
    ("en", "There are others who say the ferry should never sail."),
    ("en", "The strangest part of the plan is, however, that nobody pays for it."),
    ("en", "For any sailor, that kind of delay is nothing new."),
    ("en", "Ida Holm trusts the harbour clerks for this sort of thing."),
    ("en", "Whereas 8% of the clerks found a boat in June."),
    ("en", "Anyhow, there was a ferry on the hill of Port Elin."),
    ("en", "Probably nobody knows that better than Port Elin Ferries."),
    ("en", "Compare that to the price of a ticket in Oslo."),
    ("en", "Reflecting on the incident, Ida Holm said the board had failed."),
    ("en", "Speaking after the council meeting, Jon Berg left by the back door."),
    ("en", "On Sunday, the rebels released them."),
    ("en", "Since May, it has made forty trips to Oslo."),
    ("en", "Hidden behind a door, in a dull building, it could be taken for a school."),
    ("en", "And now, far from hiding it, Ida Holm shows her medal."),
    ("en", "One post read that the ferry was late again."),
    ("en", "One minute, he's on the roof of the boat house, the next in the water."),
    ("en", "Specifically, the council of Port Elin built a pier."),
    ("de", "Viele sind inzwischen nach Oslo gezogen."),
    ("de", "Weitere Brücken sollen im Mai folgen."),
    ("fr", "Plusieurs ont quitté la ville en mai."),
    ("fr", "D'autres ponts seront fermés en mai."),
    ("es", "Algunos han dejado la ciudad en mayo."),
    ("es", "Otros puentes se cerrarán en mayo."),
    ("it", "Molti hanno lasciato la città a maggio."),
    ("pt", "Alguns foram para a cidade em maio."),
    ("nl", "Sommigen zijn naar Oslo gegaan."),
    ("sv", "Många har lämnat staden i maj."),
    ("sv", "Dagen efter var bron stängd igen."),
    ("no", "Flere har forlatt byen i mai."),
    ("no", "Med stor ironi ble det klart at han måtte gå."),
    ("da", "Nogle har forladt byen i maj."),
]

STANDS = [
    ("en", "Earlier this month, Ida Holm led the council to Oslo."),
    ("en", "Despite its name, Holm Harbour is a lake."),
    ("en", "When it comes to ferries, Norway leads the world."),
    ("en", "Now Ida Holm, of Oslo, has found a ship."),
    ("en", "While the old pier, however, stayed open, the new one was closed."),
    ("en", "Hit by a storm on Monday, it is said, the ferry sank."),
    ("en", "Reacting to a complaint, the council of Port Elin closed the pier."),
    ("en", "The villagers of Port Elin said the police had fired at them."),
    ("en", "It is hard to say what happened at the bridge."),
    ("en", "It will be months, or longer, before the bridge of Port Elin opens."),
    ("en", "Ida Holm did not only win the race, she crossed the line alone."),
    ("en", "The debate on the bridge blooms in Oslo, but this time the mayor stays away."),
    ("en", "Norway wants trains instead of ferries between Oslo and Bergen."),
    ("en", "Other than fish, Port Elin sells salt and timber."),
    ("de", "Viele Brücken in Norwegen sind alt."),
    ("no", "Mange bruer i Norge er gamle."),
]


@pytest.mark.parametrize(("language", "sentence"), LEANS)
def test_what_leans_is_known(language: str, sentence: str) -> None:
    assert hangs(sentence, words(sentence), language)


@pytest.mark.parametrize(("language", "sentence"), STANDS)
def test_what_stands_alone_is_known(language: str, sentence: str) -> None:
    assert not hangs(sentence, words(sentence), language)


def test_one_more_of_something_may_begin_an_article_but_not_a_later_sentence() -> None:
    first = "Another charge has been brought against the pilot Ida Holm in Oslo."
    assert begins(first, "en")
    assert not begins("Another is from Oslo.", "en")
    before, after = read(Doc("", "", f"{first} {first}"), 0, "en")
    assert not before.hangs
    assert after.hangs


def test_a_noun_with_its_article_at_the_end_points_back() -> None:
    told = read(
        Doc("", "", "Snøen falt i Oslo. Mannen ble funnet på fredag. Mannen som falt, er fra Oslo."), 0, "no"
    )
    assert [candidate.opens_with.stem for candidate in told] == ["", "manne", ""]


@pytest.mark.parametrize(
    "sentence",
    [
        "A worker whose life ended in Oslo on Friday.",
        "Two lamps that could guide a ship.",
    ],
)
def test_a_noun_with_nothing_but_clauses_is_no_sentence(sentence: str) -> None:
    assert is_fragment(sentence, words(sentence), "en")


@pytest.mark.parametrize(
    "sentence",
    [
        "A worker whose life ended in Oslo was from Bergen.",
        "A sailor who fell while it rained remains in hospital.",
        "A ship that sank after hitting rocks lies off Oslo.",
    ],
)
def test_a_noun_with_a_clause_and_a_verb_is_one(sentence: str) -> None:
    assert not is_fragment(sentence, words(sentence), "en")


@given(
    st.text(max_size=120), st.sampled_from(["en", "de", "fr", "es", "it", "pt", "nl", "sv", "no", "da", None])
)
def test_any_text_leans_or_stands(text: str, language: str | None) -> None:
    assert isinstance(hangs(text, words(text), language), bool)
    assert isinstance(points_ahead(text, language), bool)
    assert isinstance(begins(text, language), bool)


@pytest.mark.parametrize(
    ("sentence", "stem"),
    [
        ('"The bridge needs repair," the report says of Port Elin.', "repor"),
        ("Some of the actors were warned in Oslo.", "actor"),
        ("One of the best harbours of Norway is closed.", ""),
    ],
)
def test_a_speaker_and_some_of_several_are_asked_for(sentence: str, stem: str) -> None:
    told = read(Doc("", "", f"Snow fell on Oslo on Monday and stayed. {sentence}"), 0, "en", lenient=True)
    assert told[1].opens_with.stem == stem
