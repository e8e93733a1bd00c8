"""How answers other than stories stand on the terminal: related, found, sources, help."""

from __future__ import annotations

from rich.text import Text

from bot.model.view import (
    Help,
    Hit,
    Notice,
    Problem,
    RelatedItem,
    RelatedView,
    SearchView,
    SourcesView,
)
from bot.model.words import brought, clock_time, count, reasons, short
from bot.platforms.console.cards import publication
from bot.platforms.console.plain import address, clean, place, title
from bot.platforms.console.sheet import DIM, STATES, Sheet
from bot.platforms.console.stories import byline


def related(sheet: Sheet, view: RelatedView) -> None:
    """Draw what is related: same event first, each result with its reasons."""
    sheet.paragraph(
        Text.assemble(
            ("Related to ", DIM), sheet.link(title(short(view.query)), address(view.query_url), "bold")
        ),
        0,
    )
    sheet.rule()
    sheet.gap()
    if not view.results:
        sheet.paragraph(Text(clean(view.nothing or "Nothing is close enough to be called related.")), 0)
    section = None
    for number, item in enumerate(view.results, 1):
        name = "The same event" if item.same_event else "The same affair"
        if name != section:
            section = name
            sheet.section(name)
            sheet.gap()
        _result(sheet, item, number, view.zone)


def _result(sheet: Sheet, item: RelatedItem, number: int, zone: str) -> None:
    aside = Text(clean(item.story_id or ""), style=DIM)
    sheet.row(str(number), sheet.link(title(item.source.title), address(item.source.url), "bold"), aside)
    sheet.paragraph(byline(item.source, zone))
    sheet.paragraph(Text(clean(reasons(item.reasons)), style=f"{DIM} italic"))
    if item.also:
        also = Text("Also: ", style=DIM)
        for position, source in enumerate(item.also):
            also.append(" · " if position else "")
            also.append_text(sheet.link(publication(source.name), address(source.url)))
        sheet.paragraph(also)
    sheet.address(place(item.source.url), "")
    sheet.gap()


def search(sheet: Sheet, view: SearchView) -> None:
    """Draw a page of what was found, with the matching words marked."""
    aside = f"page {view.page}" if view.page > 1 or view.more else ""
    sheet.masthead(f"Found for “{clean(short(view.words))}”", aside)
    if not view.hits:
        sheet.paragraph(Text(clean(view.nothing or "Nothing was found.")), 0)
    for hit in view.hits:
        sheet.row(
            "·",
            sheet.link(title(hit.source.title), address(hit.source.url), "bold"),
            Text(clean(hit.story_id or ""), style=DIM),
        )
        sheet.paragraph(snippet(hit))
        sheet.paragraph(byline(hit.source, view.zone))
        sheet.address(place(hit.source.url), "")
        sheet.gap()
    if view.more:
        sheet.paragraph(
            Text("There is more: narrow it with a further word, source:name or since:3d.", style=DIM), 0
        )


def snippet(hit: Hit) -> Text:
    """Return the snippet with its matches in bold."""
    text, at = Text(), 0
    for start, end in hit.marks:
        text.append(clean(hit.snippet[at:start]))
        text.append(clean(hit.snippet[start:end]), "bold")
        at = end
    text.append(clean(hit.snippet[at:]))
    return text


def sources(sheet: Sheet, view: SourcesView) -> None:
    """Draw how each feed fares, and what to do about those that do not."""
    sheet.masthead("Sources", f"{count(len(view.feeds), 'feed')}, {count(view.articles, 'article')}")
    if not view.feeds:
        sheet.paragraph(Text("No feed is read here yet: “nutgraf feed add https://…” adds one."), 0)
    for feed in view.feeds:
        state = Text(clean(feed.state), style=STATES.get(feed.state, ""))
        sheet.row("·", sheet.link(publication(feed.name), address(feed.url), "bold"), state)
        since = f"since {clock_time(feed.since, view.zone)}" if feed.since else ""
        why = "; ".join(part for part in (clean(feed.reason), since, brought(feed, view.zone)) if part)
        sheet.paragraph(Text(why, style=DIM))
        sheet.paragraph(Text(clean(feed.what_to_do)))
        sheet.address(place(feed.url), "")


def help_page(sheet: Sheet, view: Help) -> None:
    """Draw what one can ask for."""
    sheet.masthead("What you can ask", "")
    for usage, what in view.lines:
        sheet.row(None, Text(clean(usage), style="bold"))
        sheet.paragraph(Text(clean(what)))


def notice(sheet: Sheet, view: Notice) -> None:
    """Draw that something was done, or is so."""
    sheet.paragraph(Text(clean(view.title), style="bold"), 0)
    for line in view.lines:
        sheet.row("·", Text(clean(line)))


def problem(sheet: Sheet, view: Problem) -> None:
    """Draw that something could not be done, and what to do next."""
    sheet.paragraph(Text(clean(view.what), style="bold red"), 0)
    sheet.paragraph(Text(clean(view.next)), 0)
