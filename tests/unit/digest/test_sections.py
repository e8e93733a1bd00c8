"""Stories under headings: each under one, small ones together, none lost."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from bot.digest.card import card
from bot.digest.sections import LEAST, OTHER, Told, sectioned
from bot.model.channel import ChannelSettings
from bot.model.story import Story
from tests.unit.digest.test_select import NOW


def told(
    name: str, *, keywords: Sequence[str] = (), source: str = "Post", title: str = "", text: str = ""
) -> Told:
    from bot.model.article import Article

    one = Article(
        id=name, title=title or name, text=text, seen_at=NOW, source=source, keywords=tuple(keywords)
    )
    story = Story(id=name, articles=(one,))
    return Told(card(story, ()), story)


def divided(stories: Sequence[Told], settings: ChannelSettings) -> list[tuple[str, list[str]]]:
    cards, sections = sectioned(stories, settings)
    rest = [one.id for one in cards]
    found = []
    for part in sections:
        found.append((part.name, rest[: part.stories]))
        rest = rest[part.stories :]
    return found if sections else [("", rest)]


TOPIC, SOURCE = ChannelSettings(sections="topic"), ChannelSettings(sections="source")


def test_no_headings_unless_asked_for() -> None:
    stories = [told("a", keywords=["sport"]), told("b", keywords=["sport"]), told("c")]
    assert divided(stories, ChannelSettings()) == [("", ["a", "b", "c"])]


def test_a_topic_is_a_keyword_that_stories_share_the_widest_first() -> None:
    stories = [
        told("a", keywords=["harbour", "politics"]),
        told("b", keywords=["football", "Sport"]),
        told("c", keywords=["politics", "harbour"]),
        told("d", keywords=["sport"]),
        told("e", keywords=["Politics"]),
        told("f", keywords=["weather"]),
    ]
    assert divided(stories, TOPIC) == [("Politics", ["a", "c", "e"]), ("Sport", ["b", "d"]), (OTHER, ["f"])]


def test_of_equals_the_topic_of_the_more_important_story_and_its_better_word() -> None:
    stories = [
        told("a", keywords=["ferry", "coast"]),
        told("b", keywords=["coast", "ferry"]),
        told("c", keywords=["rail"]),
        told("d", keywords=["rail"]),
    ]
    assert [name for name, _ in divided(stories, TOPIC)] == ["Ferry", "Rail"]


def test_what_all_stories_share_divides_nothing() -> None:
    stories = [
        told("a", keywords=["news", "sport"]),
        told("b", keywords=["news", "rail"]),
        told("c", keywords=["news", "sport"]),
    ]
    assert divided(stories, TOPIC) == [("Sport", ["a", "c"]), (OTHER, ["b"])]
    same = [told("a", keywords=["news"]), told("b", keywords=["news"])]
    assert divided(same, TOPIC) == [("", ["a", "b"])]


def test_the_words_that_a_channel_chose_are_its_topics_the_headline_before_the_text() -> None:
    settings = ChannelSettings(sections="topic", include=("ferr*", "EU"))
    stories = [
        told("a", title="Ferries stop"),
        told("b", title="The EU meets", text="about a ferry"),
        told("c", title="Talks", text="of the ferry and the EU"),
        told("d", title="More of the EU"),
        told("e", title="Else"),
    ]
    assert divided(stories, settings) == [("Ferr", ["a", "c"]), ("EU", ["b", "d"]), (OTHER, ["e"])]


def test_a_publication_is_the_one_whose_headline_is_shown() -> None:
    stories = [told("a"), told("b", source="Courier"), told("c"), told("d", source="Echo")]
    assert divided(stories, SOURCE) == [("Post", ["a", "c"]), (OTHER, ["b", "d"])]


def test_a_topic_called_like_the_rest_stands_with_the_rest() -> None:
    stories = [told("a", keywords=["other"]), told("b"), told("c", keywords=["other"])]
    assert divided(stories, TOPIC) == [("", ["a", "b", "c"])]


@given(
    keywords=st.lists(st.lists(st.sampled_from("abcdefÄä"), max_size=4), max_size=9),
    sources=st.lists(st.sampled_from(["Post", "Echo", "Other", ""]), min_size=9, max_size=9),
    kind=st.sampled_from(["none", "topic", "source"]),
    include=st.lists(st.sampled_from(["s1", "s*", "x"]), max_size=2),
)
def test_no_story_is_lost_or_told_twice(
    keywords: list[list[str]], sources: list[str], kind: str, include: list[str]
) -> None:
    stories = [
        told(f"s{number}", keywords=words, source=sources[number]) for number, words in enumerate(keywords)
    ]
    settings = ChannelSettings(sections=kind, include=tuple(include))
    cards, sections = sectioned(stories, settings)
    assert sorted(one.id for one in cards) == [one.card.id for one in stories]
    assert not sections or sum(part.stories for part in sections) == len(stories)
    names = [part.name for part in sections]
    assert len(names) == len(set(names))
    assert all(part.stories >= LEAST for part in sections if part.name != OTHER)
    assert OTHER not in names[:-1]
    for number, part in enumerate(sections):
        start = sum(other.stories for other in sections[:number])
        members = [one.id for one in cards[start : start + part.stories]]
        assert members == sorted(members), "within a section the order of importance stays"
    assert sectioned(stories, settings) == (cards, sections)
