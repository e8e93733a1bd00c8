"""More than one message holds: nothing is lost, the order stays, every sentence is complete."""

from __future__ import annotations

import re

import pytest

from bot.model.view import (
    BriefView,
    Help,
    Hit,
    Notice,
    RelatedItem,
    RelatedView,
    SearchView,
    SourceState,
    SourcesView,
    StoryView,
)
from tests.contract.stages import Stage
from tests.contract.test_views import squeezed
from tests.contract.views import COVERAGE, EVENT, ZONE, card, digest, sentence, source

SYLLABLES = ("ka", "lo", "mi", "ren", "tu", "sa", "vel", "or")


def prose(seed: int, size: int) -> str:
    """Return a made-up sentence of about so many characters that no other seed gives."""
    text, number = f"Sentence{seed}x", seed * 7919 + 1
    while len(text) < size:
        number = number * 1_103_515_245 + 12_345 & 0x7FFFFFFF
        text += f" {SYLLABLES[number >> 8 & 7]}{SYLLABLES[number >> 12 & 7] * (number >> 16 & 1)}"
    return f"{text}."


def in_order(text: str, parts: list[str]) -> None:
    """Check that all parts stand in a text, whole and one after the other."""
    at, whole = 0, squeezed(text)
    for part in parts:
        found = whole.find(squeezed(part), at)
        assert found >= 0, f"lost or out of order: {part[:80]}"
        at = found + len(squeezed(part))


FORTY = tuple(
    card(
        f"Headline {number} {prose(1000 + number, 60)}",
        id=f"S-{number:04}",
        sentences=tuple(sentence(prose(number * 10 + part, 400), number=number) for part in range(3)),
    )
    for number in range(40)
)


async def test_forty_stories_in_a_digest(stage: Stage) -> None:
    seen = await stage.post(digest(*FORTY))
    in_order(seen.text, [part for told in FORTY for part in (told.title, *(s.text for s in told.sentences))])
    shown = re.findall(r"S-\d{4}", seen.text)
    assert list(dict.fromkeys(shown)) == [told.id for told in FORTY]
    assert not seen.faults


async def test_forty_stories_in_a_brief(stage: Stage) -> None:
    seen = await stage.post(BriefView(topic=None, zone=ZONE, stories=FORTY, coverage=COVERAGE))
    in_order(seen.text, [part for told in FORTY for part in (told.title, *(s.text for s in told.sentences))])


async def test_eighty_further_stories(stage: Stage) -> None:
    further = tuple(
        card(f"Further {number} {prose(number, 80)}", id=f"S-{number:04}") for number in range(80)
    )
    seen = await stage.post(digest(FORTY[0], brief=further))
    in_order(seen.text, [FORTY[0].title, *(told.title for told in further)])


@pytest.mark.parametrize("size", [2_990, 4_200, 20_000])
@pytest.mark.parametrize("sign", ["", "&<>", "*_`", "😀"])
async def test_a_sentence_longer_than_a_message(stage: Stage, size: int, sign: str) -> None:
    text = prose(1, size).replace(" ka ", f" ka{sign} ")
    seen = await stage.post(digest(card(sentences=(sentence(text), sentence("The last one.")))))
    in_order(seen.text, [text, "The last one."])
    assert not seen.faults


async def test_a_story_of_many_sentences_and_sources(stage: Stage) -> None:
    told = card(
        sentences=tuple(sentence(prose(number, 300), number=number) for number in range(60)),
        sources=tuple(source(f"Paper {number}", prose(number, 90), number=number) for number in range(70)),
    )
    seen = await stage.post(StoryView(story=told, zone=ZONE))
    in_order(seen.text, [each.text for each in told.sentences])
    in_order(seen.text, [each.name for each in told.sources])
    assert {each.url for each in told.sources} <= set(seen.links)


async def test_fifty_related_articles(stage: Stage) -> None:
    results = tuple(
        RelatedItem(
            source=source("Coastwire", f"Result {number} {prose(number, 120)}", number=number),
            score=1 - number / 100,
            same_event=number < 20,
            reasons=EVENT,
            also=tuple(source(f"Paper {other}", number=other) for other in range(number % 4)),
            story_id=f"S-{number:04}",
        )
        for number in range(50)
    )
    seen = await stage.post(RelatedView(query=prose(0, 600), zone=ZONE, results=results))
    in_order(seen.text, [item.source.title for item in results])


async def test_fifty_hits(stage: Stage) -> None:
    hits = tuple(
        Hit(source=source("Coastwire", f"Hit {number} x", number=number), snippet=prose(number, 300))
        for number in range(50)
    )
    seen = await stage.post(SearchView(words="sandbank", zone=ZONE, hits=hits))
    in_order(seen.text, [part for hit in hits for part in (hit.source.title, hit.snippet)])


async def test_ninety_sources(stage: Stage) -> None:
    feeds = tuple(
        SourceState(
            name=f"Paper {number} {prose(number, 40)}",
            url=f"https://news.example/{number}",
            state="failing",
            reason=prose(number, 100),
            what_to_do=prose(100 + number, 100),
        )
        for number in range(90)
    )
    seen = await stage.post(SourcesView(feeds=feeds, zone=ZONE))
    in_order(seen.text, [part for feed in feeds for part in (feed.name, feed.reason, feed.what_to_do)])


async def test_a_long_help_and_a_long_notice(stage: Stage) -> None:
    lines = tuple((f"command{number}", prose(number, 100)) for number in range(120))
    seen = await stage.post(Help(lines=lines))
    in_order(seen.text, [part for line in lines for part in line])
    seen = await stage.post(Notice(title=prose(0, 200), lines=tuple(text for _, text in lines)))
    in_order(seen.text, [prose(0, 200), *(text for _, text in lines)])
