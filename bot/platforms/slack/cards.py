"""A story and its sources as Slack shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.model import words
from bot.model.delivery import JSON
from bot.model.request import RelatedRequest, StoryRequest
from bot.model.view import Sentence, Source, StoryCard
from bot.platforms.slack import buttons, limits, mrkdwn
from bot.platforms.slack.blocks import Block, button, context, joined, marked, plain, section, verbatim
from bot.platforms.slack.pages import Group

HEADLINE = 400
"""Characters of a headline that are shown; what is longer is not a headline."""
NAME = 80
"""Characters of a publication's name."""
DRAWN = 128
"""Stories kept as they were drawn: in the morning many channels are told the same. Nobody changes a block."""
SOURCES = 6
"""Sources named under a story of a digest; the story's own view names all of them."""


def headline(
    text: str, url: str | None, *, note: str = "", accessory: dict[str, JSON] | None = None
) -> Block:
    """Return a headline, bold and linked when its text allows, and in its own letters in any case.

    Args:
        text: raw.
        url: where it leads.
        note: safe text set after it.
        accessory: a button beside it.
    """
    shown = mrkdwn.cut(mrkdwn.line(text) or "(no headline)", HEADLINE)
    if mrkdwn.is_calm(shown):
        bold = f"*{mrkdwn.link(url, mrkdwn.escape(shown))}*"
        return section(marked(f"{bold}  {note}".rstrip()), accessory)
    suffix = f"  {note}" if note else ""
    return section(plain(shown + suffix), accessory)


def named(source: Source, zone: str) -> str:
    """Return a source on one line, safe: its name, linked, with its time."""
    name = mrkdwn.calmed(mrkdwn.cut(mrkdwn.line(source.name) or words.UNKNOWN_SOURCE, NAME))
    parts = [mrkdwn.link(source.url, name), mrkdwn.escape(words.published(source, zone))]
    if source.copy:
        parts.append(f"({mrkdwn.calmed(mrkdwn.cut(mrkdwn.line(words.copied(source)), NAME))})")
    return " ".join(part for part in parts if part)


def source_lines(
    sources: Sequence[Source], zone: str, *, lead: str = "", before: str = "", most: int | None = None
) -> list[Block]:
    """Return the small print that names sources, as many lines as needed.

    Args:
        sources: in the order to show them.
        zone: IANA zone in which times are shown.
        lead: safe text to begin with, apart from the sources.
        before: safe text set right before the first source.
        most: how many are named; None for all.
    """
    shown = sources if most is None else sources[:most]
    items = [named(source, zone) for source in shown]
    if len(shown) < len(sources):
        items.append(f"and {words.count(len(sources) - len(shown), 'more source', 'more sources')}")
    if before and items:
        items[0] = f"{before} {items[0]}"
    if lead:
        items.insert(0, lead)
    return [context(text) for text in joined(items, "  ·  ")]


def sentence_blocks(sentences: Iterable[Sentence]) -> list[Block]:
    """Return sentences, character for character, each with its source behind it."""
    blocks: list[Block] = []
    run: list[str] = []
    for sentence in sentences:
        behind = _behind(sentence)
        shown = mrkdwn.clean(sentence.text)
        line = f"{mrkdwn.escape(shown)}  {behind}"
        if mrkdwn.is_calm(shown) and mrkdwn.size(line) <= limits.TEXT:
            run.append(line)
            continue
        blocks += [section(marked(text)) for text in joined(run, "\n")]
        run = []
        blocks += [*verbatim(shown), context(behind)]
    return blocks + [section(marked(text)) for text in joined(run, "\n")]


def _behind(sentence: Sentence) -> str:
    """Return where a sentence stands, safe, as a link that scrolls to it."""
    name = mrkdwn.calmed(mrkdwn.cut(mrkdwn.line(sentence.source) or words.UNKNOWN_SOURCE, NAME))
    shown = mrkdwn.link(sentence.url, name)
    if sentence.agreed_by > 1:
        shown += f" and {sentence.agreed_by - 1:,} more"
    return f"— {shown}"


def identity(story_id: str) -> str:
    """Return a story's id, safe; "" when there is none."""
    return mrkdwn.calmed(mrkdwn.cut(story_id, NAME))


def related_button(story_id: str, number: int) -> dict[str, JSON] | None:
    """Return the button that asks for what is related; None when the id does not fit in it."""
    value = buttons.encode(RelatedRequest(story_id))
    return button("Related", f"{buttons.ASK}:related:{number}", value) if value and story_id else None


def story_button(story_id: str, number: int) -> dict[str, JSON] | None:
    """Return the button that opens a story; None when the id does not fit in it."""
    value = buttons.encode(StoryRequest(story_id))
    return button("Story", f"{buttons.ASK}:story:{number}", value) if value and story_id else None


@lru_cache(maxsize=DRAWN)
def told(card: StoryCard, zone: str, number: int, *, most_sources: int | None = SOURCES) -> Group:
    """Return a story in full: headline, sentences, sources; `number` is unique in the view."""
    count = words.count(len({source.name for source in card.sources if not source.copy}), "source")
    lead = f"{identity(card.id)}  ·  {count}" if card.id else count
    blocks = [
        headline(card.title, card.url, note=_mark(card), accessory=related_button(card.id, number)),
        *sentence_blocks(card.sentences),
        *source_lines(card.sources, zone, lead=lead, most=most_sources),
    ]
    return Group(tuple(blocks), card.title)


def heading(name: str) -> list[Block]:
    """Return the heading of a section from raw text; nothing for none."""
    shown = mrkdwn.cut(mrkdwn.line(name), NAME)
    if not shown:
        return []
    text = marked(f"*{mrkdwn.escape(shown)}*") if mrkdwn.is_calm(shown) else plain(shown)
    return [{"type": "divider"}, section(text)]


def _mark(card: StoryCard) -> str:
    return f"_{card.mark}_" if card.mark in ("new", "update") else ""


def in_brief(cards: Sequence[StoryCard]) -> list[Group]:
    """Return further stories, a headline and its sources each, several to a block where their text allows."""
    groups: list[Group] = []
    run: list[tuple[str, str]] = []

    def close() -> None:
        texts = joined([item for item, _ in run], "\n", limits.TEXT)
        if texts:
            groups.append(Group(tuple(section(marked(text)) for text in texts), "; ".join(t for _, t in run)))
        run.clear()

    for card in cards:
        title = mrkdwn.cut(mrkdwn.line(card.title) or "(no headline)", HEADLINE)
        names = dict.fromkeys(source.name for source in card.sources if not source.copy)
        behind = ", ".join(
            mrkdwn.calmed(mrkdwn.cut(mrkdwn.line(name), NAME)) for name in list(names)[:SOURCES]
        )
        tail = "  ·  ".join(part for part in (_mark(card), identity(card.id), behind) if part)
        url = card.url
        if mrkdwn.is_calm(title):
            item = f"•  {mrkdwn.link(url, mrkdwn.escape(title))}  {tail}".rstrip()
            if mrkdwn.size(item) <= limits.TEXT:
                run.append((item, card.title))
                if len(run) == 5:  # a group stays small enough to fill up a message with
                    close()
                continue
        close()
        blocks = [section(plain(f"•  {title}"))]
        if tail:
            blocks.append(context(tail))
        groups.append(Group(tuple(blocks), card.title))
    close()
    return groups
