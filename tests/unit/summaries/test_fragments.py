"""Sentences without a verb are in no brief."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries import summarise
from summaries.fragments import is_fragment
from summaries.language import words


@pytest.mark.parametrize(
    "sentence",
    [
        "A durable bench with several settings, offering great value.",
        "Circling around an idea without ever getting to the heart of it.",
        "Enabling you to control the lamps of your boat from the pier.",
        "Dials, buttons, and other round knobs.",
        "A journal about growth and boats, guided by our staff.",
        "Port Elin (3-0): Ida Holm 3 goals, 1 assist.",
        "Not the council or the board.",
        "is a project of the board of Port Elin for the past few months.",
        "Just in case the board needed more bad news...",
        "Two lamps that could send a signal to the port.",
        "Ida Holm and her crew serve food during a party on the pier in May 2011.",
        "Quite a lot of rope to get there from the pier.",
        "A man arrested during a storm in Port Elin.",
        "The most powerful ship's lamp ever made.",
        "A picture of pirates sailing off the coast of Norway in May.",
    ],
)
def test_without_a_verb(sentence: str) -> None:
    assert is_fragment(sentence, words(sentence), "en")


@pytest.mark.parametrize(
    "sentence",
    [
        "The harbour of Port Elin was closed on Monday.",
        "A new engine powers the ferry for eight hours.",
        "Gales battered yachts off Port Elin on Monday.",
        "Fishermen expect to lose a week's catch of cod.",
        "Divers warn of cold water.",
        "The board refused to pay.",
        "The board upheld the ban.",
        "Berg agrees, with some doubts.",
        "They therefore describe him as entirely healthy.",
        "It's nothing new in Port Elin.",
        "eBay opened an office in Port Elin.",
        "A man who was arrested has died.",
        "A report said that boats sank.",
        "A harbour clerk, Ida Holm, underwent surgery to get well.",
        "Mayor Ida Holm attends to little else, said her aide in May 2011.",
    ],
)
def test_with_a_verb(sentence: str) -> None:
    assert not is_fragment(sentence, words(sentence), "en")


def test_of_other_languages_nothing_is_said() -> None:
    assert not is_fragment("Ein haltbares Boot.", ["Ein", "haltbares", "Boot"], "de")
    assert not is_fragment("", [], "en")


def test_a_brief_has_no_fragment() -> None:
    bench = "A durable bench for the ferry Aurora with several settings, offering great value on the pier. "
    news = "The ferry Aurora of Port Elin has new benches on its upper deck since Monday. "
    assert summarise(bench + news, sentences=2).summary == news.strip()


@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    assert is_fragment(text, words(text), "en") in (True, False)
