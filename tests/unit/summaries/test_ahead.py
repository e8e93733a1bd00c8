"""Sentences that open like a pointer back, and say themselves what they point at."""

from __future__ import annotations

import pytest

from summaries import summarise
from summaries.ahead import points_ahead
from summaries.language import words
from summaries.openers import hangs


@pytest.mark.parametrize(
    "sentence",
    [
        "Two years after she left the harbour board, the pilot Ida Holm has won her seat back.",
        "When he was four, Jon Berg went to sea.",
        "He may be the smallest of the crew, but Jon Berg lifts the anchor alone.",
        "It is now widely accepted that the mate Ida Holm steered the ferry onto the rocks.",
        "It was time for owners and crews to end the dispute.",
        "This weekend marked the opening of the new pier.",
        "Both Holm and Berg are at sea this week.",
        "Even following the storm of Monday, the Port Elin ferry left on time.",
        "The council said that decision makers were in Oslo, and that fish and salt were short.",
        "Either the harbour board staged a coup, or the clerks lost count.",
        "One sailor died and another was hurt when the mast fell.",
        "One of the country's oldest piers will be closed today.",
        "No deal is better than a bad one, say the fishermen.",
        "Even as large ports close, a small one could stay open, an official said.",
        "Previously secret letters between the board and the owners are to be published.",
        "The next time a ferry is late, do not blame the crew.",
        "A cleaner who feared that a parcel he found was a bomb had found a clock.",
        "Harbour officials said on Monday they found the missing boat.",
    ],
)
def test_what_points_ahead_leans_on_nothing(sentence: str) -> None:
    assert not hangs(sentence, words(sentence), "en")


@pytest.mark.parametrize(
    "sentence",
    [
        "Two years after she left the board, she won the seat back.",
        "When he was four, the family moved to Port Elin.",
        "It was the largest ship that anyone had seen.",
        "It is a country that has few harbours.",
        "This year they have caught little.",
        "One is from Oslo and the other from Bergen.",
        "One of the boats sank at noon.",
        "Both were found on the pier.",
        "Some discover it at school.",
        "Two managed to swim ashore.",
        "Reports say the two met at sea.",
        "The first is that the pier is too short.",
        "To cite one example, the pier is too short.",
        "Leading the list was a trawler from Bergen.",
        "Speaking to the Daily Courier, he claimed that he saw the whale from the pier.",
        "On board the Aurora Borealis, she slept well.",
        "No doubt he will sail.",
        "Charges against both were dropped on Monday.",
        "Storms have raged there for four years.",
        "In terms of price, it's a rival to older ferries.",
    ],
)
def test_what_points_back_still_leans(sentence: str) -> None:
    assert hangs(sentence, words(sentence), "en")


def test_of_other_languages_nothing_is_said() -> None:
    assert not points_ahead("This weekend marked the opening of the new pier.", "de")
    assert not points_ahead("", "en")


def test_a_question_comes_with_its_answer_and_with_nothing_else() -> None:
    opening = "To sail or not to sail on a Monday in winter? "
    answer = "That is what the skipper Ida Holm asked the harbour board of Port Elin on Friday."
    told = "The owner of the ferry line spoke to the harbour board of Port Elin on Friday."
    assert summarise(opening + answer, sentences=2).summary == opening + answer
    assert summarise(opening + told, sentences=2).summary == told
