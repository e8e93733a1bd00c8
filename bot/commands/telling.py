"""One story: /story from all its sources, or one aspect of it, and /why it is told where it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.commands.context import Context, scope_of
from bot.digest.brief import sentences
from bot.digest.card import card, sentence, source
from bot.model.article import Article, Quote
from bot.model.request import Asker, StoryRequest, WhyRequest
from bot.model.story import Life, Story
from bot.model.view import (
    Claim,
    Dispute,
    Problem,
    ScorePart,
    Sentence,
    StoryCard,
    StoryDay,
    StoryView,
    View,
    WhyView,
)
from bot.model.words import count, parted, span
from bot.store import follows
from bot.stories.agencies import agencies
from bot.stories.alone import alone
from bot.stories.codes import story_id
from bot.stories.disputes import disputes
from bot.stories.importance import FAST_HOURS, Importance, importance, points
from bot.stories.life import life
from bot.stories.timeline import days

SENTENCES = 8
"""Sentences of a story, and of its timeline as far as each day has room for `FEW` to `MANY`."""

FEW, MANY = 2, 4

ONE_SOURCE = "Only one source reports this on its own, so there is nothing to compare yet."

NOTHING = {
    "timeline": "No source of this story may be quoted; “/story {id} sources” lists its headlines.",
    "differences": "The sources of this story give no numbers that disagree, and none reports something that "
    "no other has, as far as can be told.",
}


async def story(context: Context, asker: Asker, request: StoryRequest) -> View:
    """Answer with one story, told from all its sources, or with the aspect of it that was asked for."""
    found = await context.archive.story(request.story, scope_of(asker))
    if found is None:
        return no_story(request.story)
    zone = await context.zone(asker)
    view = await context.compute(_told, found, request.view, zone, context.clock.now())
    asked = story_id(request.story)
    notes = [f"{asked} is part of this story now."] if asked != found.id else []
    notes += [parted(one, zone) for one in await context.archive.partings(found.id, scope_of(asker))]
    return replace(view, note=" ".join(notes) or None)


async def why(context: Context, asker: Asker, request: WhyRequest) -> View:
    """Answer why a story is told where it is: where it stands, and the parts of its importance."""
    found = await context.archive.story(request.story, scope_of(asker))
    if found is None:
        return no_story(request.story)
    topics = await _topics(context, asker)
    now = context.clock.now()
    matters = await context.compute(importance, found, now=now, topics=topics)
    stands = await context.compute(life, found, now)
    first = source(found.articles[0])
    return WhyView(
        story_id=found.id,
        title=first.title,
        url=first.url,
        life=stands,
        parts=_parts(matters, len(found.copies), topics),
    )


async def _topics(context: Context, asker: Asker) -> tuple[str, ...]:
    """Return what the asker's channel asked for: the words of its filter, and what it follows."""
    channel = await context.channel(asker)
    if channel is None:
        return ()
    async with context.database.read() as connection:
        followed = await follows.follows_of(connection, channel.id)
    own = [word.rstrip("* ") for word in channel.settings.include]
    return tuple(dict.fromkeys([*own, *(" ".join(one.words) for one in followed)]))


def _parts(matters: Importance, copies: int, topics: Sequence[str]) -> tuple[ScorePart, ...]:
    copied = f"; {count(copies, 'copy', 'copies')} counted with what they copy" if copies else ""
    said = {
        "sources": f"{count(matters.sources, 'independent source')}{copied}",
        "freshness": f"the latest report is {span(matters.silent_hours)} old",
        "speed": f"{count(matters.early, 'source')} within {FAST_HOURS:.0f} hours of the first report",
        "topics": f"it is about “{matters.topic}”, which this channel asked for"
        if matters.topic
        else "about nothing that this channel asked for"
        if topics
        else "this channel asked for no topics",
    }
    return tuple(
        ScorePart(name=name, points=gained, of=most, said=said[name])
        for name, (gained, most) in points(matters).items()
    )


def _told(found: Story, view: str, zone: str, now: datetime) -> StoryView:
    """Return what was asked for of a story; this computes, and runs beside the event loop."""
    quotes = sentences(found, SENTENCES)
    whole = _with_agencies(card(found, quotes), agencies(found))
    if view != "brief":
        whole = replace(whole, sentences=())  # its headline is the same, whatever is shown of it
    stands = life(found, now)
    spoken = _Speaking({article.id: article for article in found.articles})
    match view:
        case "timeline":
            dated = days(found, zone)
            each = max(FEW, min(MANY, SENTENCES // len(dated)))
            shown = tuple(
                StoryDay(day=day.day, sentences=spoken.all(chosen))
                for day in dated
                if (chosen := sentences(day.told, each, day.known))
            )
            return _view(replace(whole, sources=()), zone, view, stands, days=shown)
        case "sources":
            return _view(whole, zone, view, stands)
        case "differences":
            return _view(
                replace(whole, sources=()),
                zone,
                view,
                stands,
                disputes=spoken.disputes(found),
                alone=spoken.all(alone(found)),
            )
        case _:
            return _view(whole, zone, "brief", stands, disputes=spoken.disputes(found))


def _view(
    whole: StoryCard,
    zone: str,
    view: str,
    stands: Life,
    *,
    days: tuple[StoryDay, ...] = (),
    disputes: tuple[Dispute, ...] = (),
    alone: tuple[Sentence, ...] = (),
) -> StoryView:
    empty = view in NOTHING and not (days or disputes or alone)
    why = ONE_SOURCE if view == "differences" and stands.sources == 1 else NOTHING.get(view, "")
    return StoryView(
        story=whole,
        zone=zone,
        view=view,
        life=stands,
        days=days,
        disputes=disputes,
        alone=alone,
        nothing=why.format(id=whole.id) if empty else None,
    )


def _with_agencies(whole: StoryCard, named: Mapping[str, str]) -> StoryCard:
    """Return a story whose copies say which agency they are from."""
    sources = tuple(
        replace(one, agency=named.get(one.article_id)) if one.copy else one for one in whole.sources
    )
    return replace(whole, sources=sources)


@dataclass(frozen=True, slots=True)
class _Speaking:
    """Turns quotes into sentences that know their source."""

    articles: Mapping[str, Article]

    def all(self, quotes: Sequence[Quote]) -> tuple[Sentence, ...]:
        return tuple(sentence(quote, self.articles) for quote in quotes)

    def disputes(self, found: Story) -> tuple[Dispute, ...]:
        return tuple(
            Dispute(
                counted=one.counted,
                claims=tuple(Claim(text=c.text, sentences=self.all(c.quotes)) for c in one.claims),
            )
            for one in disputes(found)
        )


def no_story(name: str) -> Problem:
    """Say that no story has that id here."""
    return Problem(
        what=f"There is no story “{name[:40]}” here.",
        next="The digest shows each story's id, such as S-4F2K; “/find” searches by words.",
    )
