"""Every kind of view on every platform: accepted as it is drawn, nothing lost, no foreign word obeyed."""

from __future__ import annotations

import json
from dataclasses import replace
from unicodedata import category

import pytest
from hypothesis import HealthCheck, given, settings

from bot.model.view import (
    BriefView,
    DigestView,
    Help,
    RelatedView,
    SavedView,
    SearchView,
    SourcesView,
    StoryCard,
    StoryView,
    View,
    WhyView,
)
from tests.contract.recipes import VIEWS, every_kind
from tests.contract.stages import Stage
from tests.contract.views import EXAMPLES

TAME = "harmless words"

HOSTILE = {
    "everyone": "@everyone",
    "here, in Slack's way": "<!here>",
    "channel, in Slack's way": "<!channel|harmless>",
    "a person": "<@U0ANNA> <@5001> <@&77>",
    "a channel": "<#C0NEWS> <#77>",
    "link in Slack's way": "<https://evil.example|the bank>",
    "link in Discord's way": "[the bank](https://evil.example)",
    "link in HTML": '<a href="https://evil.example">the bank</a>',
    "link of a terminal": "\x1b]8;;https://evil.example\x07the bank\x1b]8;;\x07",
    "link of rich": "[link=https://evil.example]the bank[/link] [bold]x[/bold]",
    "bold and italic": "**bold** *bold* _it_ __it__ ***both***",
    "struck and hidden": "~~gone~~ ~gone~ ||hidden||",
    "code": "`code` ```block```",
    "quote": "> quoted",
    "quote after a line": "one\n> two\n>>> three",
    "heading": "# heading",
    "heading after a line": "one\n## two\n-# three",
    "list": "- one\n1. two",
    "picture": "a :smile: b :fire:",
    "time": "<t:0:R> <!date^0^{date}|x>",
    "entities": "&lt;!here&gt; &amp; &#64;everyone",
    "script": "<script>alert(1)</script>",
    "colour and clearing": "\x1b[31mred\x1b[2J\x1b[H\x9b31m",
    "bell and backspace": "a\x07b\x08\x08c\x7f",
    "overwriting": "a\rb\x0bc\x0cd",
    "reversed": "\u202egnp.exe \u2067and so on",
    "nothing": "a\x00b",
    "half a sign": "a\ud83db",
    "lone marks": "* _ ~ ` | < > & \\",
    "marks at the end": "harmless\\",
}


def squeezed(text: str) -> str:
    """Return letters and digits alone: what must be there however lines are broken and marks escaped.

    Modifier letters do not count: some are look-alikes that a platform may put in the place of marks.
    """
    return "".join(sign for sign in text if sign.isalnum() and category(sign) != "Lm")


@pytest.mark.parametrize("name", EXAMPLES)
async def test_every_example_is_accepted(stage: Stage, name: str) -> None:
    seen = await stage.post(EXAMPLES[name])
    assert seen.text.strip()
    assert not seen.pings
    assert not seen.faults


@pytest.mark.parametrize("name", EXAMPLES)
def test_drawing_is_pure_and_plain_json(stage: Stage, name: str) -> None:
    drawn = stage.platform.render(EXAMPLES[name])
    assert drawn == stage.platform.render(EXAMPLES[name])
    assert drawn
    assert json.loads(json.dumps(drawn)) == list(drawn)


@settings(
    max_examples=60,
    deadline=None,  # it posts over a socket
    # One stage serves all examples: each looks at its own messages only.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(view=VIEWS)
async def test_any_view_is_accepted_whole_and_wakes_nobody(stage: Stage, view: View) -> None:
    seen = await stage.post(view)
    text = squeezed(seen.text)
    for sentence in (sentence for card in cards(view) for sentence in card.sentences):
        assert squeezed(sentence.text) in text
    assert not seen.pings
    assert not seen.faults
    assert all(link.startswith(("http://", "https://")) for link in seen.links)


def titles(view: View) -> list[str]:
    """Return what must stand in a drawn view, in order: its stories, results, feeds or commands."""
    match view:
        case DigestView():
            headed = [words for heading, card in view.headed() for words in (heading, *told(card))]
            return [*headed, *(words for card in view.brief for words in told(card))]
        case BriefView():
            return [words for card in view.stories for words in told(card)]
        case SavedView():
            return [*(card.title for card in view.stories), *([view.note] if view.note else [])]
        case StoryView():
            said = [sentence.text for day in view.days for sentence in day.sentences]
            claims = [claim for one in view.disputes for claim in one.claims]
            numbers = [claim.text for claim in claims]
            quoted = [s.text for claim in claims for s in claim.sentences] if view.view != "brief" else []
            alone = [sentence.text for sentence in view.alone]
            sources = [source.name for source in view.story.sources]
            return [*told(view.story), *said, *numbers, *quoted, *alone, *sources]
        case WhyView():
            return [view.title, *(words for part in view.parts for words in (part.name, part.said))]
        case RelatedView():
            return [item.source.title for item in view.results]
        case SearchView():
            return [words for hit in view.hits for words in (hit.source.title, hit.snippet)]
        case SourcesView():
            return [feed.name for feed in view.feeds]
        case Help():
            return [words for line in view.lines for words in line]
        case _:
            return []


def cards(view: View) -> tuple[StoryCard, ...]:
    """Return the stories that a view tells in sentences."""
    match view:
        case DigestView() | BriefView():
            return view.stories
        case StoryView():
            said = [day.sentences for day in view.days] + [view.alone]
            if view.view != "brief":
                said += [claim.sentences for one in view.disputes for claim in one.claims]
            return (view.story, *(replace(view.story, sentences=sentences) for sentences in said))
        case _:
            return ()


def told(card: StoryCard) -> list[str]:
    return [card.title, *(sentence.text for sentence in card.sentences)]


@pytest.mark.parametrize("name", [name for name in EXAMPLES if titles(EXAMPLES[name])])
async def test_nothing_is_lost_and_the_order_stays(stage: Stage, name: str) -> None:
    text, at = squeezed((await stage.post(EXAMPLES[name])).text), 0
    for words in titles(EXAMPLES[name]):
        at = text.find(squeezed(words), at)
        assert at >= 0, words
        at += len(squeezed(words))


@pytest.mark.parametrize("name", every_kind(TAME))
async def test_every_story_can_be_asked_about(stage: Stage, name: str) -> None:
    if "S-4F2K" in str(every_kind(TAME)[name]):
        assert "S-4F2K" in (await stage.post(every_kind(TAME)[name])).text


def more(formats: dict[str, int], expected: dict[str, int]) -> dict[str, int]:
    """Return the formats that stand more often in a message than in the one with harmless words."""
    return {kind: times for kind, times in formats.items() if times > expected.get(kind, 0)}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
async def test_foreign_words_are_shown_and_not_obeyed(stage: Stage, hostile: str) -> None:
    kinds, tame = every_kind(hostile), every_kind(TAME)
    for name, view in kinds.items():
        seen, expected = await stage.post(view), await stage.post(tame[name])
        assert not seen.pings, name
        assert not seen.faults, name
        assert set(seen.links) <= set(expected.links), name
        assert more(seen.formats, expected.formats) == {}, name
        assert squeezed(hostile.replace("\ud83d", "")) in squeezed(seen.text), name


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)//https://news.example",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "slack://open",
        "discord://-/settings",
        "//evil.example",
        "https://",
        "not an address",
        "https://[::1",
        " ",
    ],
)
async def test_only_links_into_the_web_are_offered(stage: Stage, url: str) -> None:
    without = every_kind(TAME, None)
    for name, view in every_kind(TAME, url).items():
        seen = await stage.post(view)
        assert seen.links == (await stage.post(without[name])).links, name


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/a b",
        "https://news.example/a)b(c",
        "https://news.example/a|b>c<d",
        'https://news.example/"quoted"',
        "https://news.example/\x1b]8;;https://evil.example\x07",
        "https://news.example/ünïcödé/漢字",
        "https://news.example/*bold*_it_",
        "https://news.example/@everyone",
        "https://news.example/?a=1&b=<!here>",
    ],
)
async def test_odd_addresses_stay_addresses(stage: Stage, url: str) -> None:
    for name, view in every_kind(TAME, url).items():
        seen, expected = await stage.post(view), await stage.post(every_kind(TAME)[name])
        assert not seen.pings, name
        assert not seen.faults, name
        assert seen.formats == expected.formats, name
        assert len(seen.links) == len(expected.links), name
        assert all(link.startswith("https://news.example/") for link in seen.links), name
        assert all(link.isprintable() and " " not in link for link in seen.links), name
