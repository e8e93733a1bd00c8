"""Stories and articles as lines of Discord markdown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from bot.model import words
from bot.model.view import Hit, RelatedItem, Sentence, Source, StoryCard
from bot.platforms.discord import custom_id, markdown
from bot.platforms.discord.markdown import Atoms
from bot.platforms.discord.page import Block

_MARKS = {"new": "**New** · ", "update": "**Update** · "}
_NO_HEADLINE = "(no headline)"

DRAWN = 128
"""Stories kept as they were drawn: in the morning many channels are told the same."""


@lru_cache(maxsize=DRAWN)
def story(card: StoryCard, number: int | None = None) -> Block:
    """Return a story told in full: headline, sentences each with its source, all sources, its id."""
    place = f"{number} · " if number else ""
    lines = markdown.lines("### ", [place, *_headline(card)])
    for told in card.sentences:
        lines += markdown.lines("> ", sentence(told))
    lines += markdown.lines("-# ", [_MARKS.get(card.mark, ""), *sources(card.sources), *named(card.id)])
    return Block(tuple(lines), custom_id.Related(card.id), "Related", apart=True)


def opening(card: StoryCard) -> Block:
    """Return a story's headline and sentences; its sources stand elsewhere."""
    lines = markdown.lines("### ", [*_headline(card), *named(card.id)])
    for told in card.sentences:
        lines += markdown.lines("> ", sentence(told))
    return Block(tuple(lines), custom_id.Related(card.id), "Related", apart=True)


@lru_cache(maxsize=DRAWN)
def headline(card: StoryCard) -> Block:
    """Return a story as its headline and its sources only."""
    shown = [_MARKS.get(card.mark, ""), *_headline(card), " — ", *sources(card.sources), *named(card.id)]
    return Block(tuple(markdown.lines("- ", shown)))


def article(source: Source, zone: str, first: datetime) -> Block:
    """Return an article of a story, as its headline, publication and time, and how much later it came."""
    shown = _described(source, zone)
    behind = [part for part in (words.later(source, first), words.copied(source)) if part]
    for part in behind:
        shown += [" · ", *markdown.plain(part)]
    return Block(tuple(markdown.lines("- ", shown)))


def related(item: RelatedItem, zone: str) -> Block:
    """Return a related article with the reasons why it is one."""
    lines = markdown.lines("### ", _title(item.source))
    lines += markdown.lines("-# ", [*_published(item.source, zone), *named(item.story_id)])
    lines += markdown.lines("", ["**Why:** ", *markdown.plain(words.reasons(item.reasons))])
    for other in item.also:
        lines += markdown.lines("- ", ["also: ", *_described(other, zone)])
    query = item.story_id or item.source.article_id
    return Block(tuple(lines), custom_id.Related(query), "Related", apart=True)


def hit(found: Hit, zone: str) -> Block:
    """Return a search result, with what was asked for in bold."""
    lines = markdown.lines("### ", _title(found.source))
    if found.snippet.strip():
        lines += markdown.lines("> ", marked(found.snippet, found.marks))
    lines += markdown.lines("-# ", [*_published(found.source, zone), *named(found.story_id)])
    query = found.story_id or found.source.article_id
    return Block(tuple(lines), custom_id.Related(query), "Related", apart=True)


def marked(snippet: str, marks: Sequence[tuple[int, int]]) -> Atoms:
    """Return a text with parts of it in bold; parts that overlap or lie outside are left out."""
    atoms: Atoms = []
    at = 0
    for start, end in marks:
        if not at <= start < end <= len(snippet):
            continue
        atoms += [*markdown.plain(snippet[at:start]), *markdown.bold(snippet[start:end])]
        at = end
    return [*atoms, *markdown.plain(snippet[at:])]


def sources(of: Sequence[Source]) -> Atoms:
    """Return the publications of a story, each leading to its article."""
    atoms: Atoms = []
    for source in of:
        atoms += [" · "] if atoms else []
        atoms += markdown.link(_name(source.name), source.url)
        atoms += [" (", *markdown.plain(words.copied(source)), ")"] if source.copy else []
    return atoms


def sentence(of: Sentence) -> Atoms:
    """Return a sentence with where it stands, as a link that scrolls to it."""
    atoms = [*markdown.plain(of.text), " — ", *markdown.link(_name(of.source), of.url)]
    if of.agreed_by > 1:
        atoms.append(f" · in {words.count(of.agreed_by, 'article')}")
    return atoms


def _headline(card: StoryCard) -> Atoms:
    return markdown.link(card.title if card.title.strip() else _NO_HEADLINE, card.url)


def _title(source: Source) -> Atoms:
    return markdown.link(source.title if source.title.strip() else _NO_HEADLINE, source.url)


def _described(source: Source, zone: str) -> Atoms:
    return [*_title(source), " — ", *_published(source, zone)]


def _published(source: Source, zone: str) -> Atoms:
    when = words.published(source, zone)
    return [*markdown.plain(_name(source.name)), *([f", {when}"] if when else [])]


def named(story_id: str | None) -> Atoms:
    """Return the id of a story, set behind something."""
    return [" · ", *markdown.plain(story_id)] if story_id and story_id.strip() else []


def _name(name: str) -> str:
    return name if name.strip() else words.UNKNOWN_SOURCE
