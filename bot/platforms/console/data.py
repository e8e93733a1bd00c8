"""A view as one JSON object, for programs that read what people see."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import assert_never

from bot.model.delivery import JSON
from bot.model.story import Life, Reason
from bot.model.view import (
    BriefView,
    Coverage,
    DigestView,
    Help,
    Notice,
    Problem,
    RelatedItem,
    RelatedView,
    SavedView,
    SearchView,
    Sentence,
    Source,
    SourceState,
    SourcesView,
    StoryCard,
    StoryView,
    View,
    WhyView,
)


def data(view: View) -> dict[str, JSON]:  # noqa: C901 - a case for each kind of view
    """Return a view as JSON: text raw as stored, times ISO 8601 in UTC with a Z, absent values null.

    A sentence's `doc` is the id of the article it stands in, `start` and `end` count characters of its text.
    """
    match view:
        case DigestView():
            return _digest(view)
        case BriefView():
            return {
                "topic": view.topic,
                "zone": view.zone,
                "stories": [_story(card) for card in view.stories],
                "coverage": _coverage(view.coverage),
                "nothing": view.nothing,
            }
        case RelatedView():
            return {
                "query": view.query,
                "url": view.query_url,
                "zone": view.zone,
                "results": [_result(item) for item in view.results],
                "nothing": view.nothing,
            }
        case StoryView():
            return _one_story(view)
        case WhyView():
            return _why(view)
        case SavedView():
            return {
                "stories": [_story(card) for card in view.stories],
                "note": view.note,
                "nothing": view.nothing,
            }
        case SearchView():
            return _search(view)
        case SourcesView():
            return {
                "zone": view.zone,
                "articles": view.articles,
                "feeds": [_feed(feed) for feed in view.feeds],
            }
        case Help():
            return {"commands": [{"usage": usage, "what": what} for usage, what in view.lines]}
        case Notice():
            return {"title": view.title, "lines": list(view.lines)}
        case Problem():
            return {"problem": view.what, "next": view.next}
        case _:
            assert_never(view)


def moment(when: datetime | None) -> str | None:
    """Return a moment as ISO 8601 in UTC, such as "2026-05-12T06:00:00Z"."""
    return None if when is None else when.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _digest(view: DigestView) -> dict[str, JSON]:
    sections = [part.name for part in view.sections for _ in range(part.stories)]
    sections += [""] * (len(view.stories) - len(sections))
    return {
        "channel": view.channel,
        "date": view.day.isoformat(),
        "zone": view.zone,
        "minutes": view.minutes,
        "stories": [
            {**_story(card), "section": name or None}
            for name, card in zip(sections, view.stories, strict=True)
        ],
        "also": [_story(card) for card in view.brief],
        "coverage": _coverage(view.coverage),
        "late_since": moment(view.late_since),
        "quiet": view.quiet,
    }


def _story(card: StoryCard) -> dict[str, JSON]:
    return {
        "id": card.id,
        "title": card.title,
        "mark": card.mark,
        "sentences": [_sentence(sentence) for sentence in card.sentences],
        "articles": [_article(source) for source in card.sources],
        "keywords": list(card.keywords),
        "first_at": moment(card.first_at),
        "last_at": moment(card.last_at),
    }


def _one_story(view: StoryView) -> dict[str, JSON]:
    return {
        "zone": view.zone,
        "view": view.view,
        "story": _story(view.story),
        "life": life(view.life) if view.life else None,
        "note": view.note,
        "days": [
            {"date": day.day.isoformat(), "sentences": [_sentence(one) for one in day.sentences]}
            for day in view.days
        ],
        "disputes": [
            {
                "counted": dispute.counted,
                "claims": [
                    {"text": claim.text, "sentences": [_sentence(one) for one in claim.sentences]}
                    for claim in dispute.claims
                ],
            }
            for dispute in view.disputes
        ],
        "alone": [_sentence(one) for one in view.alone],
        "nothing": view.nothing,
    }


def _why(view: WhyView) -> dict[str, JSON]:
    return {
        "story": view.story_id,
        "title": view.title,
        "url": view.url,
        "life": life(view.life),
        "points": view.points,
        "parts": [
            {"name": part.name, "points": part.points, "of": part.of, "said": part.said}
            for part in view.parts
        ],
    }


def life(of: Life) -> dict[str, JSON]:
    """Return where a story stands."""
    return {
        "stage": of.stage,
        "sources": of.sources,
        "joined": of.joined,
        "reports": of.reports,
        "silent_hours": round(of.silent_hours, 2),
    }


def _sentence(sentence: Sentence) -> dict[str, JSON]:
    return {
        "text": sentence.text,
        "doc": sentence.article_id,
        "start": sentence.start,
        "end": sentence.end,
        "source": sentence.source,
        "url": sentence.url,
        "agreed_by": sentence.agreed_by,
    }


def _article(source: Source) -> dict[str, JSON]:
    return {
        "id": source.article_id,
        "source": source.name,
        "title": source.title,
        "url": source.url,
        "published_at": moment(source.published_at),
        "approximate": source.approximate,
        "copy": source.copy,
        "agency": source.agency,
    }


def _result(item: RelatedItem) -> dict[str, JSON]:
    return {
        **_article(item.source),
        "score": item.score,
        "same_event": item.same_event,
        "reasons": [_reason(why) for why in item.reasons],
        "also": [_article(source) for source in item.also],
        "story": item.story_id,
    }


def _reason(why: Reason) -> dict[str, JSON]:
    return {"kind": why.kind, "words": list(why.words), "hours": why.hours}


def _search(view: SearchView) -> dict[str, JSON]:
    return {
        "words": view.words,
        "zone": view.zone,
        "page": view.page,
        "more": view.more,
        "results": [
            {
                **_article(hit.source),
                "snippet": hit.snippet,
                "marks": [[start, end] for start, end in hit.marks],
                "story": hit.story_id,
            }
            for hit in view.hits
        ],
        "nothing": view.nothing,
    }


def _feed(feed: SourceState) -> dict[str, JSON]:
    return {
        "source": feed.name,
        "url": feed.url,
        "state": feed.state,
        "reason": feed.reason,
        "since": moment(feed.since),
        "what_to_do": feed.what_to_do,
        "articles": feed.articles,
        "last_article_at": moment(feed.last_article_at),
        "last_ok_at": moment(feed.last_ok_at),
        "next_poll_at": moment(feed.next_poll_at),
        "pushed": feed.pushed,
    }


def _coverage(coverage: Coverage) -> dict[str, JSON]:
    return {
        "articles": coverage.articles,
        "sources": coverage.sources,
        "failing": coverage.failing,
        "since": moment(coverage.since),
        "until": moment(coverage.until),
    }
