"""A brief of one article: within its budget, understood by itself, in the article's order."""

import pytest

from summaries import Doc, summarise
from summaries.article import choose
from summaries.budget import Budget
from summaries.candidate import leaves_open, read
from summaries.rank import RANKERS
from summaries.vectors import Weights

FERRY = (
    "The harbour of Port Elin was closed on Monday after the ferry Aurora ran aground near the lighthouse. "
    "All 212 passengers of the ferry were taken off by lifeboats before noon. "
    "Nobody was hurt. "
    "The captain, Nils Aker, told the harbour master that the rudder of the ferry had failed. "
    "He said that he had reported the fault to the owners in March. "
    "Was the ferry fit to sail? "
    '"We had no such report," the owners said. '
    "Divers will look at the hull of the Aurora on Tuesday, and the harbour may open again by Friday. "
    "Fishermen in Port Elin fear that the closed harbour will cost them a week's catch. "
    "The lighthouse was built in 1871."
)


def test_the_budget_of_words_is_kept() -> None:
    for words in range(1, 90, 7):
        assert len(summarise(FERRY, words=words).summary.split()) <= words


def test_the_budget_of_sentences_is_kept_and_three_is_the_default() -> None:
    assert len(summarise(FERRY, sentences=2).sentences) == 2
    assert len(summarise(FERRY).sentences) == 3
    assert len(summarise(FERRY, sentences=5, words=40).summary.split()) <= 40


def test_a_sentence_longer_than_the_budget_is_passed_over_and_never_cut() -> None:
    brief = summarise(FERRY, words=13)
    assert [s.text for s in brief.sentences] == [
        "All 212 passengers of the ferry were taken off by lifeboats before noon."
    ]
    none = summarise("This is the only sentence of the text and it is too long to be shown.", words=5)
    assert not none.sentences
    assert none.reason == "No sentence fits: the shortest that can stand alone has 16 words."


def test_sentences_come_in_the_order_of_the_article() -> None:
    starts = [s.start for s in summarise(FERRY, sentences=4).sentences]
    assert starts == sorted(starts)


def test_a_hanging_sentence_brings_along_the_one_before_it() -> None:
    for words in range(20, 120, 5):
        shown = [s.text for s in summarise(FERRY, words=words).sentences]
        hanging = [i for i, text in enumerate(shown) if text.startswith("He said")]
        assert all(i and shown[i - 1].startswith("The captain") for i in hanging)


def test_questions_and_broken_quotes_are_not_chosen() -> None:
    text = FERRY.replace('report," the', "report, the")
    shown = summarise(text, sentences=10).summary
    assert "fit to sail" not in shown
    assert "no such report" not in shown


def test_the_same_news_is_told_once() -> None:
    again = (
        "The harbour of Port Elin was closed on Monday after the ferry Aurora ran aground at the lighthouse."
    )
    twice = f"{FERRY} {again}"
    assert summarise(twice, sentences=8).summary.count("ran aground") == 1


def test_a_headline_draws_its_sentence() -> None:
    with_title = summarise(FERRY, title="Fishermen fear for their catch", sentences=1, explain=True)
    parts = with_title.sentences[0].parts
    assert parts is not None
    assert set(parts) == {"position", "lexrank", "substance", "title", "speech", "pairs"}
    assert summarise(FERRY, sentences=1).sentences[0].parts is None


@pytest.mark.parametrize("ranker", RANKERS)
def test_every_ranker_gives_a_brief(ranker: str) -> None:
    assert len(summarise(FERRY, ranker=ranker).sentences) == 3


def test_an_unknown_ranker_is_named() -> None:
    with pytest.raises(ValueError, match="No ranker is called 'magic'"):
        summarise(FERRY, ranker="magic")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "There is no text."),
        (" \n\t ", "There is no text."),
        ("Read more: Seven ways to sleep better", "There are no sentences"),
        ("Why did the ferry leave the port at all?", "There is no sentence that can stand alone"),
    ],
)
def test_an_empty_brief_says_why(text: str, reason: str) -> None:
    brief = summarise(text)
    assert not brief.sentences
    assert brief.reason is not None
    assert brief.reason.startswith(reason)


def test_one_short_sentence_is_its_own_brief() -> None:
    assert summarise("Nobody was hurt.").summary == "Nobody was hurt."
    assert summarise("nobody was hurt in the harbour today").summary
    assert summarise("NOBODY WAS HURT IN THE HARBOUR. THE FERRY SANK AT NOON ON MONDAY.").summary


def test_a_given_language_is_used() -> None:
    assert summarise(FERRY, language="en-GB").language == "en"
    assert summarise("Ordføreren sier at broen åpner i mai.", language="nb").language == "no"


def test_a_hanging_sentence_is_left_out_when_the_one_before_cannot_be_shown() -> None:
    text = (
        "The harbour of Port Elin was closed on Monday for repairs to the pier. "
        "Was the ferry Aurora fit to sail with all those people on board? "
        "He said that the owners of the ferry Aurora had known of the fault since March."
    )
    assert [s.text[:11] for s in summarise(text, sentences=3).sentences] == ["The harbour"]


def test_what_opens_with_somebody_not_introduced_gives_way() -> None:
    text = (
        "A bus fell into the harbour of Port Elin on Monday morning after its brakes failed. "
        "Police said a driver from Oslo had been at the wheel since four in the morning. "
        "The driver swam ashore and was taken to hospital with a broken arm. "
        "Divers found the bus at a depth of twelve metres beside the old pier."
    )
    shown = [s.text for s in summarise(text, sentences=2).sentences]
    assert not any(text.startswith("The driver") for text in shown)
    candidates = read(Doc("", "", text), 0, "en")
    assert [candidate.opens_with.stem for candidate in candidates] == ["", "", "drive", ""]
    assert leaves_open(candidates, [2], {0})
    assert not leaves_open(candidates, [2], {1})
    assert leaves_open(candidates, [2], {3})


def test_a_surname_asks_for_the_sentence_that_gave_the_first_name() -> None:
    text = (
        "A bus fell into the harbour of Port Elin on Monday morning after its brakes failed. "
        "The driver, Ida Holm, had been at the wheel since four in the morning. "
        "Not wanting to wait for the boats, Holm swam ashore with a broken arm. "
        "When Ms Holm reached the pier, the harbour master gave her his coat. "
        "Divers under Ida Holm and Jon Berg found the bus at a depth of twelve metres."
    )
    candidates = read(Doc("", "", text), 0, "en")
    assert [candidate.opens_with.stem for candidate in candidates] == ["", "", "holm", "holm", ""]


def test_what_points_at_nothing_told_gives_way() -> None:
    text = (
        "The harbour of Port Elin was closed on Monday after a ferry ran aground. "
        "The decision angered fishermen of Port Elin, who fear for their catch of cod. "
        "The Scottish skipper of the ferry had been at the wheel since four in the morning. "
        "The Swede on the bridge of the ferry had warned of the rocks. "
        "The 61-year-old said on Tuesday that the rudder of the ferry had failed. "
        "While the blaze went on, divers looked at the hull of the ferry near the pier. "
        '"Nobody saw the rocks at all," said Holm on Tuesday. '
        "The boss of the line, Ida Holm, has been told of all that."
    )
    candidates = read(Doc("", "", text), 0, "en")
    opens = [candidate.opens_with for candidate in candidates]
    assert [opening.stem for opening in opens] == ["", "decis", "", "swede", "61-year-old", "blaze", "", ""]
    assert leaves_open(candidates, [1], ())
    assert not leaves_open(candidates, [1], {0})
    assert leaves_open(candidates, [1], {3})


def test_a_pointer_gives_way_to_what_stands_later() -> None:
    text = (
        "Ferries to Port Elin were full on Monday. "
        "The decision angered ferry captains of Port Elin, who fear for ferry trade in Port Elin. "
        "Buses to Oslo were empty all week long, as drivers were ill."
    )
    candidates = read(Doc("", "", text), 0, "en")
    weights = Weights([candidate.stems for candidate in candidates])
    scores = [1.0, 1.5, 0.8]
    assert choose(candidates, weights, scores, Budget(1, None)) == [0]
    assert choose(candidates, weights, scores, Budget(2, None)) == [0, 1]


def test_what_repeats_waits_until_all_else_had_its_turn() -> None:
    text = (
        "The harbour of Port Elin was closed on Monday after a ferry ran aground. "
        "The harbour of Port Elin was closed on Monday, while bakers, dancers, clerks and sailors sang. "
        "Divers looked at rusty rudders of old boats in Oslo. "
        "Nurses asked parliament for better wages again. "
        "Schools teach chess to small children since autumn."
    )
    candidates = read(Doc("", "", text), 0, "en")
    weights = Weights([candidate.stems for candidate in candidates])
    scores = [3.0, 2.0, 1.0, 0.5, 0.4]
    assert choose(candidates, weights, scores, Budget(2, None)) == [0, 2]
    assert choose(candidates, weights, scores, Budget(5, None)) == [0, 1, 2, 3, 4]


def test_a_speaker_by_surname_asks_who_that_is() -> None:
    text = (
        "The harbour master, Ida Holm, closed the harbour of Port Elin on Monday. "
        '"Nobody saw the rocks at all," said Holm on Tuesday. '
        '"Nobody saw the rocks at all," said Ida Holm on Tuesday.'
    )
    candidates = read(Doc("", "", text), 0, "en")
    assert [candidate.opens_with.stem for candidate in candidates] == ["", "holm", ""]


def test_what_happened_goes_before_what_was_said_of_it() -> None:
    text = (
        "The harbour of Port Elin was closed on Monday. "
        '"The ferry Aurora hit the rocks near the harbour of Port Elin," the harbour master said. '
        "The ferry Aurora hit the rocks in the fog near the lighthouse, the master of the line said."
    )
    parts = [s.parts or {} for s in summarise(text, sentences=3, explain=True).sentences]
    assert [part["speech"] < -0.5 for part in parts] == [False, True, False]
    assert parts[0]["speech"] == parts[2]["speech"] == 0
    assert sum(parts[2].values()) > sum(parts[1].values())
