"""How one story stands on the terminal: from all its sources, by days, where they differ, why it is told."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from bot.model import words
from bot.model.view import Dispute, Sentence, Source, StoryDay, StoryView, WhyView
from bot.platforms.console import cards
from bot.platforms.console.plain import address, clean, place, title
from bot.platforms.console.sheet import DIM, Sheet

BAR = 20
"""Columns of the bar that shows how much a part of the importance adds."""


def story(sheet: Sheet, view: StoryView) -> None:
    """Draw a story, or the aspect of it that was asked for."""
    cards.heading(sheet, view.story, None)
    sheet.rule()
    if view.note:
        sheet.paragraph(Text(clean(view.note), style="yellow"), 0)
    if view.life:
        sheet.paragraph(Text(f"{words.life(view.life)}.", style=DIM), 0)
    if view.note or view.life:
        sheet.gap()
    if view.story.sentences or view.view == "brief":
        cards.story(sheet, view.story)
    for day in view.days:
        _day(sheet, day)
    if view.disputes:
        _disputes(sheet, view.disputes, whole=view.view != "brief")
    if view.alone:
        sheet.section("From one source alone")
        _said(sheet, view.alone)
        sheet.gap()
    if view.nothing:
        sheet.paragraph(Text(clean(view.nothing)), 0)
    if view.story.sources:
        _told_by(sheet, view)


def _day(sheet: Sheet, day: StoryDay) -> None:
    notes = cards.Footnotes()
    sheet.section(words.day(day.day))
    sheet.paragraph(cards.prose(day.sentences, notes, linked=sheet.linked))
    sheet.paragraph(cards.reporters((), notes, linked=sheet.linked))
    for number, quoted in enumerate(notes.entries.values(), 1):
        sheet.address(place(quoted.url), f"[{number}] ")
    sheet.gap()


def _disputes(sheet: Sheet, disputes: Iterable[Dispute], *, whole: bool) -> None:
    sheet.section("The sources disagree")
    for dispute in disputes:
        sheet.row("·", Text(clean(words.dispute(dispute))))
        if whole:
            _said(sheet, (sentence for claim in dispute.claims for sentence in claim.sentences))
    sheet.gap()


def _said(sheet: Sheet, sentences: Iterable[Sentence]) -> None:
    """Draw sentences one below the other, each behind the name of its source."""
    for sentence in sentences:
        name = sheet.link(cards.publication(sentence.source), address(sentence.url), "bold")
        sheet.paragraph(Text.assemble(name, ": ", clean(sentence.text)))
        sheet.address(place(sentence.url), "")


def _told_by(sheet: Sheet, view: StoryView) -> None:
    """Draw every article of a story, earliest first."""
    sheet.section("Told by")
    for source in view.story.sources:
        sheet.row("·", sheet.link(title(source.title), address(source.url)))
        sheet.paragraph(byline(source, view.zone, words.later(source, view.story.first_at)))
        sheet.address(place(source.url), "")


def byline(source: Source, zone: str, later: str = "") -> Text:
    """Return who published an article, when, and what it is a copy of."""
    when = clean(words.published(source, zone))
    parts = [cards.publication(source.name), f"{when}, {later}" if when and later else when]
    parts.append(clean(words.copied(source)))
    return Text(" · ".join(part for part in parts if part), style=DIM)


def why(sheet: Sheet, view: WhyView) -> None:
    """Draw how much a story matters, and each part of that with its reason."""
    heading = sheet.link(title(view.title), address(view.url), "bold")
    sheet.row(None, heading, Text(clean(view.story_id), style=DIM))
    sheet.rule()
    sheet.paragraph(Text(f"{words.life(view.life)}.", style=DIM), 0)
    sheet.gap()
    sheet.row(None, Text(f"It weighs {view.points} of 100 at present:", style="bold"))
    for part in view.parts:
        bar = "█" * round(BAR * part.points / max(1, part.of)) if part.points else ""
        sheet.row("·", Text(clean(f"{part.name} {part.points} of {part.of}: {part.said}")))
        sheet.paragraph(Text(bar, style=DIM))
