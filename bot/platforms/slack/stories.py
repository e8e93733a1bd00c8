"""One story as Slack shows it: from all its sources, by days, where they differ, and why it is told."""

from __future__ import annotations

from collections.abc import Iterable

from bot.model import words
from bot.model.delivery import JSON
from bot.model.request import STORY_VIEWS, SavedRequest, StoryRequest, WhyRequest
from bot.model.view import Dispute, Sentence, StoryView, WhyView
from bot.platforms.slack import buttons, cards, limits, mrkdwn
from bot.platforms.slack.blocks import Block, button, context, joined, marked, section, verbatim
from bot.platforms.slack.pages import Group

_LABELS = {"brief": "Brief", "timeline": "Timeline", "sources": "Sources", "differences": "Differences"}


def story(view: StoryView) -> list[Group]:
    """Return a story, or the aspect of it that was asked for."""
    card = view.story
    lead = [cards.identity(card.id), mrkdwn.escape(words.life(view.life)) if view.life else ""]
    if view.note:
        lead.append(_label(view.note))
    accessory = cards.related_button(card.id, 1)
    opening: list[Block] = [cards.headline(card.title, card.url, accessory=accessory)]
    opening += [context(text) for text in joined([part for part in lead if part], "  ·  ")]
    groups = [Group((*opening, *cards.sentence_blocks(card.sentences)), card.title)]
    for day in view.days:
        label = section(marked(f"*{words.day(day.day)}*"))
        groups.append(Group((label, *cards.sentence_blocks(day.sentences))))
    if view.disputes:
        groups.append(Group((section(marked("*The sources disagree*")),)))
        groups += [_dispute(one, whole=view.view != "brief") for one in view.disputes]
    if view.alone:
        groups.append(Group((section(marked("*From one source alone*")),)))
        groups += [_said([sentence]) for sentence in view.alone]
    if view.nothing:
        groups.append(Group(tuple(verbatim(mrkdwn.clean(view.nothing)))))
    if card.sources:
        groups.append(Group(tuple(cards.source_lines(card.sources, view.zone, before="Told by"))))
    return groups


def onward(view: StoryView | WhyView) -> list[dict[str, JSON]]:
    """Return the buttons that lead to the other aspects of a story."""
    if isinstance(view, WhyView):
        asked = [("Story", StoryRequest(view.story_id))]
        return [_button(label, request) for label, request in asked if buttons.encode(request)]
    row = [
        _button(_LABELS[name], StoryRequest(view.story.id, name))
        for name in STORY_VIEWS
        if name != view.view and buttons.encode(StoryRequest(view.story.id, name))
    ]
    if buttons.encode(WhyRequest(view.story.id)):
        row.append(_button("Why", WhyRequest(view.story.id)))
        row.append(_button("Save", SavedRequest("add", view.story.id)))
    return row


def why(view: WhyView) -> list[Group]:
    """Return how much a story matters, and each part of that with its reason."""
    lead = f"{cards.identity(view.story_id)}  ·  {mrkdwn.escape(words.life(view.life))}"
    lines = [f"*It weighs {view.points} of 100 at present*"]
    lines += [
        f"•  {_label(part.name)} {part.points} of {part.of}: {_label(part.said)}" for part in view.parts
    ]
    blocks = [cards.headline(view.title, view.url), context(lead)]
    blocks += [section(marked(text)) for text in joined(lines, "\n", limits.TEXT)]
    return [Group(tuple(blocks), view.title)]


def _dispute(one: Dispute, *, whole: bool) -> Group:
    line = mrkdwn.escape(mrkdwn.line(words.dispute(one)))
    said = (sentence for claim in one.claims for sentence in claim.sentences) if whole else ()
    blocks = [section(marked(text)) for text in ([line] if mrkdwn.is_calm(line) and _fits(line) else [])]
    return Group((*(blocks or verbatim(mrkdwn.clean(words.dispute(one)))), *cards.sentence_blocks(said)))


def _said(sentences: Iterable[Sentence]) -> Group:
    return Group(tuple(cards.sentence_blocks(sentences)))


def _fits(text: str) -> bool:
    return mrkdwn.size(text) <= limits.TEXT


def _button(label: str, request: StoryRequest | WhyRequest | SavedRequest) -> dict[str, JSON]:
    """Return a button that asks this; the caller has seen that it fits into one."""
    return button(label, f"{buttons.ASK}:{label.lower()}", buttons.encode(request) or "")


def _label(text: str) -> str:
    return mrkdwn.calmed(mrkdwn.cut(mrkdwn.line(text), 500))
