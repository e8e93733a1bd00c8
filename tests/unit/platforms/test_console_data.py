"""A view as JSON: total, exact, and told in UTC."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from bot.model.view import DigestView, View
from bot.platforms.console.data import data
from tests.contract.recipes import VIEWS
from tests.contract.views import EXAMPLES, card, digest, sentence


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_view_is_one_json_object(name: str) -> None:
    told = data(EXAMPLES[name])
    assert json.loads(json.dumps(told)) == told


@settings(max_examples=50)
@given(view=VIEWS)
def test_any_view_is_json_and_its_sentences_are_verbatim(view: View) -> None:
    told = json.loads(json.dumps(data(view)))
    if isinstance(view, DigestView):
        sentences = [each for story in (*told["stories"], *told["also"]) for each in story["sentences"]]
        expected = [each for one in (*view.stories, *view.brief) for each in one.sentences]
        assert [(each["text"], each["doc"], each["start"], each["end"]) for each in sentences] == [
            (each.text, each.article_id, each.start, each.end) for each in expected
        ]


def test_a_digest_in_full() -> None:
    told = data(digest(card(sentences=(sentence("It was so.", agreed_by=2),), mark="new"), quiet=None))
    stories = told.pop("stories")
    assert told == {
        "channel": "harbour",
        "date": "2026-05-12",
        "zone": "Europe/Berlin",
        "minutes": 0,
        "also": [],
        "coverage": {
            "articles": 212,
            "sources": 18,
            "failing": 2,
            "since": "2026-05-11T10:00:00Z",
            "until": "2026-05-12T10:00:00Z",
        },
        "late_since": None,
        "quiet": None,
    }
    assert isinstance(stories, list)
    story = stories[0]
    assert isinstance(story, dict)
    articles = story.pop("articles")
    assert isinstance(articles, list)
    assert articles[3] == {
        "id": "a4",
        "source": "Radio Ellery",
        "title": "212 taken off stranded ferry",
        "url": "https://news.example/4",
        "published_at": "2026-05-12T06:00:00Z",
        "approximate": False,
        "copy": True,
        "agency": None,
    }
    assert story == {
        "id": "S-4F2K",
        "title": "Ferry aground off Port Ellery, all 212 aboard are safe",
        "mark": "new",
        "section": None,
        "sentences": [
            {
                "text": "It was so.",
                "doc": "a1",
                "start": 0,
                "end": 10,
                "source": "Harbour Post",
                "url": "https://news.example/1#:~:text=It",
                "agreed_by": 2,
            }
        ],
        "keywords": ["Isa Marrin", "Port Ellery"],
        "first_at": "2026-05-12T04:00:00Z",
        "last_at": "2026-05-12T08:00:00Z",
    }
