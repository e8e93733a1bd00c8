"""Views drawn as Discord messages: plain JSON with Components V2."""

from __future__ import annotations

from typing import assert_never

from bot.model import words
from bot.model.delivery import Payload
from bot.model.view import (
    BriefView,
    DigestView,
    Help,
    Notice,
    Problem,
    RelatedView,
    SavedView,
    SearchView,
    SourcesView,
    StoryView,
    View,
    WhyView,
)
from bot.platforms.discord import cards, custom_id, markdown, page, stories
from bot.platforms.discord.page import Block


def render(view: View) -> tuple[Payload, ...]:  # noqa: C901 - a case for each kind of view
    """Draw a view as messages in order, each within the limits of `bot.platforms.discord.limits`."""
    match view:
        case DigestView():
            return page.pack(_digest(view))
        case BriefView():
            return page.pack(_brief(view))
        case RelatedView():
            return page.pack(_related(view))
        case StoryView():
            return page.pack(stories.story(view))
        case WhyView():
            return page.pack(stories.why(view))
        case SavedView():
            return page.pack(_saved(view))
        case SearchView():
            return _search(view)
        case SourcesView():
            return page.pack(_sources(view))
        case Help():
            return page.pack(_help(view))
        case Notice():
            return page.pack(_notice(view))
        case Problem():
            return page.pack(_problem(view), colour=page.ALARM)
    assert_never(view)


def _block(prefix: str, *texts: str, apart: bool = False) -> Block:
    atoms = [atom for text in texts for atom in markdown.plain(text)]
    return Block(tuple(markdown.lines(prefix, atoms)), apart=apart)


def _digest(view: DigestView) -> list[Block]:
    blocks = [_block("## ", view.channel, ": ", words.day(view.day))]
    if words.extent(view):
        blocks.append(_block("-# ", f"{words.extent(view)}."))
    if view.late_since:
        due = words.clock_time(view.late_since, view.zone)
        blocks.append(_block("", f"This digest is late: it was due on {due}."))
    if view.quiet or not (view.stories or view.brief):
        blocks.append(_block("", view.quiet or "There is nothing new."))
    for number, (heading, card) in enumerate(view.headed(), 1):
        if heading.strip():
            blocks.append(_block("## ", heading, apart=True))
        blocks.append(cards.story(card, number))
    if view.brief:
        blocks.append(Block(("### In brief",), apart=True))
        blocks += [cards.headline(card) for card in view.brief]
    blocks.append(_block("-# ", f"{words.coverage(view.coverage)}. Times: {view.zone}.", apart=True))
    return blocks


def _saved(view: SavedView) -> list[Block]:
    blocks = [Block(("## Saved",))]
    if view.nothing:
        blocks.append(_block("", view.nothing))
    blocks += [cards.headline(card) for card in view.stories]
    if view.note:
        blocks.append(_block("-# ", view.note, apart=True))
    return blocks


def _brief(view: BriefView) -> list[Block]:
    blocks = [_block("## ", "Brief: ", view.topic) if view.topic else Block(("## Brief",))]
    if view.nothing or not view.stories:
        blocks.append(_block("", view.nothing or "There is nothing to tell."))
    blocks += [cards.story(card, number) for number, card in enumerate(view.stories, 1)]
    since = words.clock_time(view.coverage.since, view.zone)
    until = words.clock_time(view.coverage.until, view.zone)
    span = f"From {since} to {until} ({view.zone})"
    blocks.append(_block("-# ", f"{span}: {words.coverage(view.coverage)}.", apart=True))
    return blocks


def _related(view: RelatedView) -> list[Block]:
    blocks = [
        Block(
            tuple(
                markdown.lines(
                    "## ", ["Related to: ", *markdown.link(words.short(view.query), view.query_url)]
                )
            )
        )
    ]
    if view.nothing or not view.results:
        blocks.append(_block("", view.nothing or "Nothing is close enough."))
    for title, same in (("The same event", True), ("The same affair", False)):
        chosen = [item for item in view.results if item.same_event is same]
        if chosen:
            blocks.append(Block((f"**{title}**",), apart=True))
            blocks += [cards.related(item, view.zone) for item in chosen]
    return blocks


def _search(view: SearchView) -> tuple[Payload, ...]:
    title = _block("## ", "Search: ", words.short(view.words), f", page {view.page}" if view.page > 1 else "")
    blocks = [title, *(cards.hit(found, view.zone) for found in view.hits)]
    if view.nothing or not view.hits:
        blocks.append(_block("", view.nothing or "Nothing was found."))
    if not view.more:
        return page.pack(blocks)
    more = custom_id.More(view.words, view.page + 1)
    if custom_id.write(more) is None:
        blocks.append(_block("-# ", "There is more; fewer words in the question find it."))
    return page.pack(blocks, below=more, label="More")


def _sources(view: SourcesView) -> list[Block]:
    total = f"{words.count(len(view.feeds), 'source')}, {words.count(view.articles, 'article')}"
    blocks = [Block((f"## {total}",))]
    if not view.feeds:
        blocks.append(Block(("Nothing is read yet. A manager adds a source with “/nutgraf feed add”.",)))
    for feed in view.feeds:
        atoms = [*markdown.bold(feed.state), ": ", *markdown.link(feed.name.strip() or feed.url, feed.url)]
        if feed.since:
            atoms += [f", since {words.clock_time(feed.since, view.zone)}"]
        if feed.reason:
            atoms += [" — ", *markdown.plain(feed.reason)]
        if brought := words.brought(feed, view.zone):
            atoms += [f" ({brought})"]
        lines = markdown.lines("- ", atoms)
        if feed.what_to_do:
            lines += markdown.lines("-# ", ["To do: ", *markdown.plain(feed.what_to_do)])
        blocks.append(Block(tuple(lines)))
    return blocks


def _help(view: Help) -> list[Block]:
    blocks = [Block(("## What you can ask for",))]
    for usage, meaning in view.lines:
        atoms = [*markdown.bold(f"/{usage}"), " — ", *markdown.plain(meaning)]
        blocks.append(Block(tuple(markdown.lines("- ", atoms))))
    return blocks


def _notice(view: Notice) -> list[Block]:
    return [_block("### ", view.title), *(_block("- ", line) for line in view.lines)]


def _problem(view: Problem) -> list[Block]:
    return [_block("### ", view.what), _block("", view.next)]
