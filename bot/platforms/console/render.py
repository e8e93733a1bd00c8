"""A view on the terminal: plain text for pipes and files, colours and links for a window."""

from __future__ import annotations

import io
from typing import assert_never

from rich.console import Console
from rich.text import Text

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
from bot.model.words import clock_time, coverage, day, extent
from bot.platforms.console import answers, cards, stories
from bot.platforms.console.plain import clean
from bot.platforms.console.sheet import DIM, Sheet

NARROWEST = 24
"""Columns below which the words of a headline no longer fit beside the id of its story."""


def text(view: View, *, width: int = 80) -> str:
    """Return a view as plain text, with no control character but the line's end.

    Args:
        view: what to show.
        width: columns; an address alone may be longer, so that it can be copied whole.
    """
    out = io.StringIO()
    show(
        view,
        Console(
            file=out,
            width=max(width, NARROWEST),
            color_system=None,
            force_terminal=False,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
        ),
    )
    return out.getvalue().strip("\n") + "\n"


def show(view: View, console: Console) -> None:  # noqa: C901 - a case for each kind of view
    """Draw a view on a console: headlines bold, asides dim, words as links where the console can do so."""
    sheet = Sheet(console)
    match view:
        case DigestView():
            _digest(sheet, view)
        case BriefView():
            _brief(sheet, view)
        case RelatedView():
            answers.related(sheet, view)
        case StoryView():
            stories.story(sheet, view)
        case WhyView():
            stories.why(sheet, view)
        case SavedView():
            _saved(sheet, view)
        case SearchView():
            answers.search(sheet, view)
        case SourcesView():
            answers.sources(sheet, view)
        case Help():
            answers.help_page(sheet, view)
        case Notice():
            answers.notice(sheet, view)
        case Problem():
            answers.problem(sheet, view)
        case _:
            assert_never(view)


def _digest(sheet: Sheet, view: DigestView) -> None:
    length = extent(view)
    sheet.masthead(clean(view.channel), f"{day(view.day)} · {length}" if length else day(view.day))
    if view.late_since is not None:
        sheet.paragraph(Text(f"Late: due at {clock_time(view.late_since, view.zone)}.", style="yellow"), 0)
    sheet.gap()
    if view.quiet is not None:
        sheet.paragraph(Text(clean(view.quiet)), 0)
        sheet.gap()
    for number, (heading, card) in enumerate(view.headed(), 1):
        if clean(heading).strip():
            sheet.section(clean(heading).strip())
            sheet.gap()
        cards.heading(sheet, card, str(number))
        cards.story(sheet, card)
    if view.brief:
        sheet.section("Also")
        sheet.gap()
        for card in view.brief:
            cards.short(sheet, card)
    sheet.paragraph(Text(f"{coverage(view.coverage)}.", style=DIM), 0)


def _saved(sheet: Sheet, view: SavedView) -> None:
    sheet.masthead("Saved", "")
    sheet.gap()
    if view.nothing:
        sheet.paragraph(Text(clean(view.nothing)), 0)
        sheet.gap()
    for card in view.stories:
        cards.short(sheet, card)
    if view.note:
        sheet.paragraph(Text(f"{clean(view.note)}.", style=DIM), 0)


def _brief(sheet: Sheet, view: BriefView) -> None:
    since = clock_time(view.coverage.since, view.zone)
    sheet.masthead(clean(view.topic) if view.topic else "The brief", f"since {since}")
    sheet.gap()
    if not view.stories:
        sheet.paragraph(Text(clean(view.nothing or "Nothing new.")), 0)
        sheet.gap()
    for number, card in enumerate(view.stories, 1):
        cards.heading(sheet, card, str(number))
        cards.story(sheet, card)
    sheet.paragraph(Text(f"{coverage(view.coverage)}.", style=DIM), 0)
