from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings

from bot.model.delivery import Payload
from bot.model.view import BriefView, DigestView, Hit, RelatedView, SearchView, Source, StoryCard, View
from bot.platforms.discord import markdown, page
from bot.platforms.discord.render import render
from tests.contract.views import EXAMPLES, card, digest
from tests.fakes import discord_hostile, discord_rules
from tests.fakes.discord_markdown import Seen, read

SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
OURS = {"heading", "small", "quote", "list", "bold"}


def seen(messages: tuple[Payload, ...]) -> Seen:
    return read("\n".join(_contents(messages)))


def squeezed(text: str) -> str:
    """Text without what lines may change: spaces and the invisible one."""
    return re.sub(r"[\s\u200b]", "", markdown.clean(text))


def titles(view: View) -> list[str]:
    match view:
        case DigestView():
            return [told.title for told in (*view.stories, *view.brief)]
        case BriefView():
            return [told.title for told in view.stories]
        case RelatedView():
            return [
                item.source.title
                for same in (True, False)
                for item in view.results
                if item.same_event is same
            ]
        case SearchView():
            return [found.source.title for found in view.hits]
        case _:
            return []


@SLOW
@given(discord_hostile.VIEW)
def test_any_view_of_any_text_is_taken_by_discord_and_pings_nobody(view: View) -> None:
    messages = render(view)
    for message in messages:
        assert discord_rules.fault(page.with_share(message)) is None
        assert message["allowed_mentions"] == {"parse": []}
    shown = seen(messages)
    assert shown.found <= OURS
    raw = "\n".join(_contents(messages))
    assert not re.search(r"@everyone|@here|<(@[!&]?|#)\d+>", raw, re.IGNORECASE)


@SLOW
@given(discord_hostile.VIEW)
def test_no_story_and_no_headline_is_lost(view: View) -> None:
    numbers = re.compile(r"^\d+ of \d+$", re.MULTILINE)
    shown = squeezed(numbers.sub("", seen(render(view)).text))
    at = 0
    for title in titles(view):
        at = shown.find(squeezed(title), at)
        assert at >= 0, title
        at += len(squeezed(title))


@settings(SLOW, max_examples=15)
@given(discord_hostile.DIGEST)
def test_as_many_stories_are_shown_as_there_are(view: DigestView) -> None:
    messages = render(view)
    numbered = re.findall(r"^### (\d+) · ", "\n".join(_contents(messages)), re.MULTILINE)
    assert list(dict.fromkeys(numbered)) == [str(number) for number in range(1, len(view.stories) + 1)]


def _contents(messages: tuple[Payload, ...]) -> list[str]:
    return [
        part["content"]
        for message in messages
        for part in discord_rules.walk(message["components"])
        if part["type"] == 10
    ]


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_fit_one_message(name: str) -> None:
    assert [discord_rules.fault(message) for message in render(EXAMPLES[name])] == [None]


def test_thirty_stories_are_paged_in_order_and_numbered() -> None:
    stories: tuple[StoryCard, ...] = tuple(
        card(f"Story {number}", id=f"S-{number:04}") for number in range(30)
    )
    messages = render(digest(*stories))
    assert len(messages) > 1
    assert _contents(messages[:1])[-1] == f"-# 1 of {len(messages)}"
    ids = re.findall(r"n1:related:\d+:(S-\d{4})", str(messages))
    assert ids == [story.id for story in stories]


def test_every_headline_in_brief_is_there_with_its_sources() -> None:
    brief = tuple(card(f"Headline {number}", id=f"S-{number:04}") for number in range(40))
    text = seen(render(digest(card(id="S-MAIN"), brief=brief))).text
    assert re.findall(r"Headline (\d+) — Harbour Post", text) == [str(number) for number in range(40)]
    assert re.findall(r"S-\d{4}", text) == [told.id for told in brief]
    assert text.count("Radio Ellery (copy)") == 41


def test_many_short_results_leave_room_for_the_buttons_below() -> None:
    hits = tuple(Hit(source=Source(article_id=f"a{n}", name="N", title="T"), snippet="s") for n in range(40))
    messages = render(SearchView(words="w", zone="UTC", hits=hits, more=True))
    assert len(messages) > 3
    assert [discord_rules.fault(page.with_share(message)) for message in messages] == [None] * len(messages)
    assert "n1:more:0:2:w" in str(messages[-1])


def test_share_is_added_and_taken_away_again() -> None:
    (message,) = render(EXAMPLES["search"])
    shared = page.with_share(message)
    assert "n1:share:0" in str(shared)
    components = shared["components"]
    assert isinstance(components, list)
    assert page.without_share(components) == message["components"]


def test_a_sentence_leads_to_its_place_in_the_source() -> None:
    links = dict(seen(render(EXAMPLES["digest"])).links)
    assert links["Coastwire"] in ("https://news.example/2", "https://news.example/2#:~:text=All")
    assert "#:~:text=" in str(render(EXAMPLES["digest"]))
