"""One story as lines of Discord markdown: by its sources, by days, where they differ, why it is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.model import words
from bot.model.view import Dispute, Sentence, StoryView, WhyView
from bot.platforms.discord import cards, custom_id, markdown
from bot.platforms.discord.page import Block


def story(view: StoryView) -> list[Block]:
    """Return a story, or the aspect of it that was asked for."""
    card = view.story
    blocks = [cards.opening(card)]
    first = words.clock_time(card.first_at, view.zone)
    last = words.clock_time(card.last_at, view.zone)
    stands = f"{words.life(view.life)}. " if view.life else ""
    stood = _line("-# ", f"{stands}First {first}, latest {last} ({view.zone}).")
    blocks.append(replace(stood, press=custom_id.Save(card.id), label="Save"))
    if view.note:
        blocks.append(_line("-# ", view.note))
    if card.keywords:
        blocks.append(_line("-# ", f"About: {', '.join(card.keywords)}"))
    for day in view.days:
        blocks.append(Block((f"### {words.day(day.day)}",), apart=True))
        blocks.append(_said(day.sentences))
    if view.disputes:
        blocks.append(Block(("### The sources disagree",), apart=True))
        blocks += [_dispute(one, whole=view.view != "brief") for one in view.disputes]
    if view.alone:
        blocks.append(Block(("### From one source alone",), apart=True))
        blocks += [_said([sentence]) for sentence in view.alone]
    if view.nothing:
        blocks.append(_line("", view.nothing))
    if card.sources:
        blocks.append(Block((f"### {words.count(len(card.sources), 'article')}",), apart=True))
        blocks += [cards.article(source, view.zone, card.first_at) for source in card.sources]
    return blocks


def why(view: WhyView) -> list[Block]:
    """Return how much a story matters, and each part of that with its reason."""
    heading = markdown.lines("### ", [*markdown.link(view.title, view.url), *cards.named(view.story_id)])
    blocks = [Block(tuple(heading), custom_id.Related(view.story_id), "Related", apart=True)]
    blocks.append(_line("-# ", f"{words.life(view.life)}."))
    blocks.append(_line("**", f"It weighs {view.points} of 100 at present.", "**"))
    blocks += [_line("- ", f"{part.name} {part.points} of {part.of}: {part.said}") for part in view.parts]
    return blocks


def _dispute(one: Dispute, *, whole: bool) -> Block:
    lines = markdown.lines("- ", markdown.plain(words.dispute(one)))
    if whole:
        lines += _sentences(sentence for claim in one.claims for sentence in claim.sentences)
    return Block(tuple(lines))


def _said(sentences: Iterable[Sentence]) -> Block:
    return Block(tuple(_sentences(sentences)))


def _sentences(sentences: Iterable[Sentence]) -> list[str]:
    return [line for sentence in sentences for line in markdown.lines("> ", cards.sentence(sentence))]


def _line(prefix: str, text: str, suffix: str = "") -> Block:
    return Block(tuple(markdown.lines(prefix, [*markdown.plain(text), suffix])))
