"""Lists as Slack shows them: related articles, search results, sources, help."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import words
from bot.model.view import Hit, RelatedItem, RelatedView, SearchView, SourceState, SourcesView
from bot.platforms.slack import cards, limits, mrkdwn
from bot.platforms.slack.blocks import Block, context, header, joined, marked, plain, section, verbatim
from bot.platforms.slack.pages import Group

_FACES = {"fresh": "🟢", "slow": "🟡", "failing": "🟠", "dead": "🔴", "blocked": "🔴"}


def related(view: RelatedView) -> list[Group]:
    """Return the results of /related under what they are related to: same event first, as given."""
    opening: list[Block] = [context("Related to")]
    opening.append(cards.headline(view.query, view.query_url))
    if view.nothing:
        opening += verbatim(mrkdwn.clean(view.nothing))
    groups = [Group(tuple(opening))]
    for number, item in enumerate(view.results, 1):
        if number == 1 or item.same_event != view.results[number - 2].same_event:
            label = "*The same event*" if item.same_event else "*The same affair*"
            groups.append(Group((section(marked(label)),)))
        groups.append(_related_item(item, view.zone, number))
    return groups


def _related_item(item: RelatedItem, zone: str, number: int) -> Group:
    story = item.story_id
    accessory = cards.story_button(story, number) if story else None
    why = _label(words.reasons(item.reasons), limits.TEXT // 2)
    blocks = [
        cards.headline(item.source.title, item.source.url, accessory=accessory),
        *cards.source_lines([item.source], zone, lead=cards.identity(story or "")),
        context(f"Why: {why}"),
    ]
    if item.also:
        blocks += cards.source_lines(item.also, zone, before="Also:")
    return Group(tuple(blocks), item.source.title)


def found(view: SearchView) -> list[Group]:
    """Return a page of the results of /find, with the words that match in bold where the text allows."""
    title = f"Found for: {view.words}" if view.page == 1 else f"Found for: {view.words} (page {view.page})"
    opening: list[Block] = [header(title)]
    if view.nothing:
        opening += verbatim(mrkdwn.clean(view.nothing))
    return [Group(tuple(opening)), *(_hit(hit, view.zone, number) for number, hit in enumerate(view.hits, 1))]


def _hit(hit: Hit, zone: str, number: int) -> Group:
    story = hit.story_id
    accessory = cards.related_button(story, number) if story else None
    blocks = [
        cards.headline(hit.source.title, hit.source.url, accessory=accessory),
        *snippet(hit.snippet, hit.marks),
        *cards.source_lines([hit.source], zone, lead=cards.identity(story or "")),
    ]
    return Group(tuple(blocks), hit.source.title)


def snippet(text: str, marks: Sequence[tuple[int, int]]) -> list[Block]:
    """Return a snippet with its marks in bold; without them when its own characters would format."""
    bold = mrkdwn.escape(mrkdwn.clean(text)) if not marks else _bold(text, marks)
    if mrkdwn.is_calm(mrkdwn.clean(text)) and bold.strip() and mrkdwn.size(bold) <= limits.TEXT:
        return [section(marked(bold))]
    return verbatim(mrkdwn.clean(text))


def _bold(text: str, marks: Sequence[tuple[int, int]]) -> str:
    """Set marked parts between asterisks where Slack reads them: on their own, with no space inside."""
    parts: list[str] = []
    end = 0
    for start, stop in marks:
        before, match = text[end:start], text[start:stop]
        parts.append(mrkdwn.escape(mrkdwn.clean(before)))
        apart = not text[start - 1 : start].isalnum() and not text[stop : stop + 1].isalnum()
        safe = mrkdwn.escape(mrkdwn.clean(match))
        parts.append(f"*{safe}*" if apart and match and match == match.strip() else safe)
        end = stop
    parts.append(mrkdwn.escape(mrkdwn.clean(text[end:])))
    return "".join(parts)


def sources(view: SourcesView) -> list[Group]:
    """Return how the feeds fare, those in trouble with what to do."""
    count = words.count(len(view.feeds), "source")
    opening = Group((header(f"{count}, {words.count(view.articles, 'article')}"),))
    if not view.feeds:
        empty = "Nothing is read yet. A manager adds a feed with “/nutgraf feed add https://…”."
        return [opening, Group((section(plain(empty)),))]
    texts = joined([_feed(feed, view.zone) for feed in view.feeds], "\n", limits.TEXT // 2)
    return [opening, *(Group((section(marked(text)),)) for text in texts)]


def _feed(feed: SourceState, zone: str) -> str:
    name = mrkdwn.calmed(mrkdwn.cut(mrkdwn.line(feed.name) or feed.url, cards.NAME))
    facts = [f"{_FACES.get(feed.state, '⚪')} {mrkdwn.link(feed.url, name)}", mrkdwn.calmed(feed.state[:40])]
    if feed.since is not None:
        facts.append(f"since {mrkdwn.escape(words.clock_time(feed.since, zone))}")
    if brought := words.brought(feed, zone):
        facts.append(mrkdwn.escape(brought))
    shown = "  ·  ".join(facts)
    for detail in (feed.reason, feed.what_to_do):
        if detail.strip():
            shown += f"\n      {_label(detail, 500)}"
    return shown


def help_lines(lines: Sequence[tuple[str, str]]) -> list[Group]:
    """Return the commands, one a line."""
    shown = [f"*/{_label(usage, 300)}*\n{_label(does, 500)}" for usage, does in lines]
    groups = [Group((header("What I can do"),))]
    return groups + [Group((section(marked(text)),)) for text in joined(shown, "\n", limits.TEXT)]


def _label(text: str, limit: int) -> str:
    """Return a text of ours that may quote foreign words: safe, on one line, at most `limit` units."""
    return mrkdwn.calmed(mrkdwn.cut(mrkdwn.line(text), limit))
