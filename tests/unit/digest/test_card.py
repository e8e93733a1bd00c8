"""A story's headline is the one that tells it best, and leads to the article that bears it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.digest.card import card, headline
from bot.model.article import Article, Quote
from bot.model.story import Story

NOW = datetime(2026, 5, 12, 6, 0, tzinfo=UTC)

TITLES = {
    "round-up": "“She belonged to everybody”",
    "news": "Harbour pilot Ada Brandt dies aged 84",
    "look back": "Ada Brandt’s long way from a tin cannery to the bridge of the pilot boat",
    "weather": "Gale warning for the outer skerries",
}


def story(*names: str) -> Story:
    return Story(
        id="S-1",
        articles=tuple(
            Article(
                id=name,
                title=TITLES[name],
                text="It was said.",
                seen_at=NOW + timedelta(hours=hours),
                url=f"https://post.example/{hours}",
                language="en",
            )
            for hours, name in enumerate(names)
        ),
    )


def said(name: str) -> Quote:
    return Quote(text="It was said.", article_id=name, start=0, end=12)


def test_the_headline_is_one_that_the_others_agree_with() -> None:
    assert headline(story("round-up", "news", "look back", "weather"), ()) == TITLES["news"]


def test_a_quoted_article_gives_the_headline_though_another_has_more_in_common() -> None:
    told = story("news", "look back", "round-up")
    assert headline(told, (said("round-up"), said("round-up"))) == TITLES["round-up"]
    assert headline(told, (said("round-up"), said("round-up"), said("look back"))) == TITLES["look back"]


def test_what_readers_know_gives_no_headline_while_there_is_news() -> None:
    told = story("news", "look back", "weather")
    assert headline(told, (), frozenset({"news", "look back"})) == TITLES["weather"]


def test_a_headline_leads_to_its_own_article() -> None:
    shown = card(story("weather", "news", "look back"), ())
    assert (shown.title, shown.url) == (TITLES["news"], "https://post.example/1")


def test_a_story_without_any_headline_leads_to_its_first_article() -> None:
    untitled = Story(
        id="S-1", articles=(Article(id="a", title="", text="x", seen_at=NOW, url="https://post.example/"),)
    )
    shown = card(untitled, ())
    assert (shown.title, shown.url) == ("Untitled", "https://post.example/")
