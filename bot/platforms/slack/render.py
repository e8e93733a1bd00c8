"""Views drawn with Block Kit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from bot.model import words
from bot.model.delivery import JSON, Payload
from bot.model.request import FindRequest, Request
from bot.model.view import (
    BriefView,
    Coverage,
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
from bot.platforms.slack import buttons, cards, lists, mrkdwn, stories
from bot.platforms.slack.blocks import Block, actions, button, context, header, marked, section, verbatim
from bot.platforms.slack.pages import Group, paged


def render(view: View, *, share: Request | None = None) -> tuple[Payload, ...]:
    """Draw a view as Slack messages, in order, each within Slack's limits.

    Args:
        view: what is meant; its texts are raw and escaped here.
        share: the request it answers, when the reader may show the answer to the channel: adds the button.

    Returns:
        At least one message: arguments of chat.postMessage without a channel. The same view gives the same
        messages.
    """
    title, groups = _drawn(view)
    row = _buttons(view, share)
    return paged(title, groups, last=[actions(row)] if row else [])


def _drawn(view: View) -> tuple[str, list[Group]]:  # noqa: C901 - a case for each kind of view
    """Return the title for notifications, and the groups."""
    match view:
        case DigestView():
            return _digest(view)
        case BriefView():
            return _brief(view)
        case RelatedView():
            return f"Related to: {view.query}", lists.related(view)
        case StoryView():
            return "Story", stories.story(view)
        case WhyView():
            return "Why", stories.why(view)
        case SavedView():
            return "Saved", _saved(view)
        case SearchView():
            return f"Found for: {view.words}", lists.found(view)
        case SourcesView():
            return "Sources", lists.sources(view)
        case Help(lines=lines):
            return "What I can do", lists.help_lines(lines)
        case Notice(title=title, lines=lines):
            return title, [Group(tuple(verbatim(mrkdwn.clean("\n".join([title, *lines]))) or [_blank()]))]
        case Problem(what=what, next=next_step):
            return what, [Group((*_said(what), *_said(next_step)))]
        case _:
            assert_never(view)


def _digest(view: DigestView) -> tuple[str, list[Group]]:
    title = f"{words.day(view.day)} · {view.channel}" if view.channel else words.day(view.day)
    opening: list[Block] = [header(title)]
    if words.extent(view):
        opening.append(context(words.extent(view)))
    if view.late_since is not None:
        due = words.clock_time(view.late_since, view.zone)
        opening.append(context(f"This digest comes late: it was due on {mrkdwn.escape(due)}."))
    if view.quiet:
        opening += _said(view.quiet)
    groups = [Group(tuple(opening))]
    for number, (heading, card) in enumerate(view.headed(), 1):
        told = cards.told(card, view.zone, number)
        # In one group, so that no heading stands alone at the end of a message.
        groups.append(Group((*cards.heading(heading), *told.blocks), told.headline))
    if view.brief:
        groups.append(Group((section(marked("*In brief*")),)))
        groups += cards.in_brief(view.brief)
    return title, [*groups, _coverage(view.coverage, view.zone)]


def _brief(view: BriefView) -> tuple[str, list[Group]]:
    title = f"Brief: {view.topic}" if view.topic else "Brief"
    groups = [Group((header(title),))]
    if view.nothing:
        groups.append(Group(tuple(_said(view.nothing))))
    groups += [cards.told(card, view.zone, number) for number, card in enumerate(view.stories, 1)]
    return title, [*groups, _coverage(view.coverage, view.zone)]


def _saved(view: SavedView) -> list[Group]:
    groups = [Group((header("Saved"),))]
    if view.nothing:
        groups.append(Group(tuple(_said(view.nothing))))
    groups += cards.in_brief(view.stories)
    return [*groups, Group(tuple(_said(view.note)))] if view.note else groups


def _coverage(of: Coverage, zone: str) -> Group:
    since, until = words.clock_time(of.since, zone), words.clock_time(of.until, zone)
    return Group((context(mrkdwn.escape(f"{words.coverage(of)}  ·  {since} – {until} ({zone})")),))


def _said(text: str) -> list[Block]:
    """Return a sentence of ours, which may quote text from outside."""
    return verbatim(mrkdwn.clean(text)) or [_blank()]


def _blank() -> Block:
    return section(marked("–"))


def _buttons(view: View, share: Request | None) -> Sequence[dict[str, JSON]]:
    """Return the buttons under the whole answer."""
    row: list[dict[str, JSON]] = []
    if isinstance(view, SearchView) and view.more:
        onward = buttons.encode(FindRequest(view.words, view.page + 1))
        if onward:
            row.append(button("More results", f"{buttons.ASK}:more", onward))
    if isinstance(view, StoryView | WhyView):
        row += stories.onward(view)
    if share is not None and not isinstance(view, Problem | Help):
        shared = buttons.encode(share)
        if shared:
            row.append(button("Share in channel", buttons.SHARE, shared))
    return row
