"""Any view, whatever its texts: within Slack's limits, complete, and harmless."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model.delivery import Payload
from bot.model.request import FindRequest, RelatedRequest, Request
from bot.model.view import DigestView, Hit, SearchView, StoryCard, StoryView, View
from bot.platforms.slack import limits, mrkdwn
from bot.platforms.slack.render import render
from tests.contract.views import EXAMPLES, HITS, card, digest, sentence
from tests.fakes import slack_hostile as hostile
from tests.fakes.slack_markup import Reading, read, shown, text_objects
from tests.fakes.slack_rules import refusal, units

some = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
OURS = re.compile(r"new|update|The same (event|affair)|In brief|/.*", re.DOTALL)
shares: st.SearchStrategy[Request | None] = st.one_of(
    st.none(), st.builds(RelatedRequest, hostile.text), st.builds(FindRequest, hostile.text)
)


def readings(messages: tuple[Payload, ...]) -> list[Reading]:
    return [read(part) for message in messages for part in text_objects(message["blocks"])]


@some
@given(hostile.views, shares)
def test_slack_takes_every_message(view: View, share: Request | None) -> None:
    messages = render(view, share=share)
    assert messages
    for message in messages:
        assert refusal(message) is None
        assert 1 <= units(str(message["text"])) < 4000
        json.dumps(message, ensure_ascii=False).encode()  # no half of a surrogate pair anywhere


@some
@given(hostile.views, shares)
def test_no_text_pings_breaks_out_or_formats(view: View, share: Request | None) -> None:
    messages = render(view, share=share)
    found = readings(messages)
    found += [read({"type": "mrkdwn", "text": m["text"], "verbatim": True}) for m in messages]
    for reading in found:
        assert reading.pings == []
        assert reading.faults == []
        for label, address in ((label, address) for address, label in reading.links):
            assert re.match(r"https?://", address, re.IGNORECASE), label
            assert not re.search(r"[|<>\s]", address)


@pytest.mark.parametrize("words", ["> The gates hung.", "\x08> The gates hung.", " \x00 > The gates hung."])
def test_what_is_left_when_signs_are_taken_out_makes_no_quotation(words: str) -> None:
    told = digest(card(sentences=(sentence(words),)))
    found = SearchView(
        words="gates", zone="UTC", hits=(dataclasses.replace(HITS[0], snippet=words, marks=()),)
    )
    for view in (told, found):
        assert not any(">" in part for reading in readings(render(view)) for part in reading.formatted)


@some
@given(hostile.digests)
def test_foreign_text_formats_nothing(view: DigestView) -> None:
    """In a digest only the headline as a whole and our own marks are formatted."""
    titles = {mrkdwn.cut(mrkdwn.line(c.title) or "(no headline)", 400) for c in (*view.stories, *view.brief)}
    for reading in readings(render(view)):
        for part in reading.formatted:
            assert part in titles or OURS.fullmatch(part), part


@some
@given(hostile.digests)
def test_no_story_is_lost(view: DigestView) -> None:
    numbered = dataclasses.replace(
        view,
        stories=tuple(dataclasses.replace(c, id=f"S-A{n:03}") for n, c in enumerate(view.stories)),
        brief=tuple(dataclasses.replace(c, id=f"S-B{n:03}") for n, c in enumerate(view.brief)),
    )
    messages = render(numbered)
    seen = re.findall(r"S-[AB]\d{3}", "\n".join(shown(m["blocks"]) for m in messages))
    assert seen == [c.id for c in (*numbered.stories, *numbered.brief)]
    asked = re.findall(r"S-A\d{3}", "".join(str(b) for b in _values(messages)))
    assert asked == [c.id for c in numbered.stories]


def _values(messages: tuple[Payload, ...]) -> list[str]:
    text = json.dumps(messages)
    return re.findall(r'"value": "((?:[^"\\]|\\.)*)"', text)


@some
@given(st.lists(hostile.sentence, min_size=1, max_size=3))
def test_every_sentence_is_shown_character_for_character(sentences: list[object]) -> None:
    told = [s for s in sentences if s.text.strip()]  # type: ignore[attr-defined]  # drawn from the recipe
    story = dataclasses.replace(card(), sentences=tuple(told))  # type: ignore[arg-type]
    visible = "".join(shown(m["blocks"]) for m in render(StoryView(story=story, zone="UTC")))
    for one in told:
        text = mrkdwn.clean(one.text)  # type: ignore[attr-defined]
        for part in mrkdwn.pieces(text, limits.TEXT):
            assert not part.strip() or part in visible


@given(hostile.views)
@settings(some, max_examples=15)
def test_the_same_view_gives_the_same_messages(view: View) -> None:
    assert render(view) == render(view)


@pytest.mark.parametrize("view", EXAMPLES.values(), ids=EXAMPLES)
def test_every_example_is_one_message(view: View) -> None:
    [message] = render(view, share=RelatedRequest("x"))
    assert refusal(message) is None


def test_stories_stay_whole_when_they_can() -> None:
    stories: tuple[StoryCard, ...] = tuple(
        card(id=f"S-{n:04}", sentences=(sentence("Sand. " * 200),)) for n in range(30)
    )
    messages = render(digest(*stories))
    assert len(messages) > 3
    for number, message in enumerate(messages, 1):
        text = shown(message["blocks"])
        assert text.count("Related") == text.count("  ·  3 sources")
        assert f"({number} of {len(messages)})" in str(message["text"])


def test_share_is_offered_for_what_can_be_asked_again_only() -> None:
    def labels(view: View, request: Request | None) -> list[str]:
        return re.findall(r"Share in channel", json.dumps(render(view, share=request)))

    assert labels(EXAMPLES["related"], RelatedRequest("ferry"))
    assert not labels(EXAMPLES["related"], None)
    assert not labels(EXAMPLES["related"], RelatedRequest("ferry " * 500))
    assert not labels(EXAMPLES["problem"], RelatedRequest("ferry"))


def test_many_small_stories_are_divided_by_the_number_of_blocks() -> None:
    messages = render(digest(*(card(id=f"S-{n:04}", sentences=(), sources=()) for n in range(60))))
    assert [refusal(message) for message in messages] == [None] * len(messages)
    assert len(messages) == 3
    assert sum(shown(message["blocks"]).count("S-") for message in messages) == 60


def test_long_headlines_do_not_lengthen_the_notification_without_end() -> None:
    stories = (card("Sand " * 50, id=f"S-{n:04}", sentences=(), sources=()) for n in range(25))
    [first, *_] = render(digest(*stories))
    assert 3000 < units(str(first["text"])) < 4000


LIVELY = (
    "*bold*",
    "an _aside_",
    "~no~",
    "`code`",
    ":smile: so",
    "> quote",
    "  > quote",
    "a\n> quote",
    "a\nb",
)


@pytest.mark.parametrize("text", LIVELY)
def test_a_sentence_that_would_format_is_shown_as_plain_text(text: str) -> None:
    story = card(sentences=(sentence("Calm."), sentence(text), sentence("Calm again.")))
    found = readings(render(StoryView(story=story, zone="UTC")))
    assert text in [reading.shown for reading in found]
    assert not [part for reading in found for part in reading.formatted if part != story.title]


@pytest.mark.parametrize("text", LIVELY)
def test_a_snippet_that_would_format_is_shown_as_plain_text(text: str) -> None:
    source = dataclasses.replace(HITS[0].source, title="Calm")
    for marks in ((), ((0, 1),)):
        hit = Hit(source=source, snippet=text, marks=marks)
        found = readings(render(SearchView(words="x", zone="UTC", hits=(hit,))))
        assert text in [reading.shown for reading in found]
        assert [part for reading in found for part in reading.formatted] == ["Calm"]


def test_what_matches_is_bold() -> None:
    [message] = render(SearchView(words="sandbank", zone="UTC", hits=HITS))
    bold = [part for reading in readings((message,)) for part in reading.formatted]
    assert [part for part in bold if part not in {hit.source.title for hit in HITS}] == [
        "Isa Marrin",
        "sandbank",
        "sandbank",
    ]
