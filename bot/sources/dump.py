"""Articles out of a page copied as text: one article, page furniture, and cards of related articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.model.article import Article
from bot.sources.ages import reckon
from bot.sources.dump_lines import (
    Head,
    Line,
    head_at,
    is_button,
    is_comments,
    is_furniture,
    is_label,
    is_no_comments,
    is_related,
    is_tag_line,
    is_tags,
    lines_of,
)
from bot.sources.identity import article_id

PROSE_WORDS = 12
"""A line of the page's furniture has fewer words; a paragraph of an article nearly always has more."""


@dataclass(frozen=True, slots=True)
class Dump:
    """What a copied page holds.

    Attributes:
        articles: the page's own article first, when it has one, then its cards in page order.
        notes: what was left out, and why.
        has_cards: at least one card was found.
    """

    articles: tuple[Article, ...]
    notes: tuple[str, ...]
    has_cards: bool


@dataclass(frozen=True, slots=True)
class _Region:
    """Where the cards stand: from the heading above them (or their first line) to the line after the last."""

    heading: int
    start: int
    end: int


def read_dump(text: str, *, captured_at: datetime) -> Dump:
    """Read a copied page.

    Args:
        text: the page's words, a line a line.
        captured_at: when the page was copied, aware; the ages on cards are reckoned from it.
    """
    lines = lines_of(text)
    region = _cards_region(lines, captured_at)
    cards, notes = _cards(lines[region.start : region.end], captured_at)
    main = _main(lines[: region.heading], captured_at)
    if main is None:
        return Dump(cards, notes, bool(cards))
    cards = tuple(card for card in cards if card.id != main.id)
    return Dump((replace(main, related=tuple(card.id for card in cards)), *cards), notes, bool(cards))


def _cards_region(lines: Sequence[Line], captured_at: datetime) -> _Region:
    """Find the cards.

    A heading counts only with a card right below it, since a paragraph or a comment may say the same words.
    Best is the first heading above a card that cannot be a comment, then the last heading above what may be
    a card, then a card that cannot be a comment without a heading that we know above it.
    """
    heads = {at: head for at in range(len(lines)) if (head := head_at(lines, at, captured_at))}
    headings = [at for at, line in enumerate(lines) if is_related(line.text) and at + 1 in heads]
    certain = [at for at in headings if heads[at + 1].certain]
    bare = [at for at, head in heads.items() if head.certain and head.published_at]
    above = [at for at in headings if not bare or at < bare[0]]
    if certain:
        heading, start = certain[0], certain[0] + 1
    elif above:
        heading, start = above[-1], above[-1] + 1
    elif bare:
        heading = start = bare[0]
        heading -= (
            start > 0 and is_label(lines[start - 1].text) and lines[start].gap > 0
        )  # one that we do not know
    else:
        return _Region(_trailing_heading(lines), len(lines), len(lines))
    return _Region(heading, start, _cards_end(lines, start, captured_at))


def _trailing_heading(lines: Sequence[Line]) -> int:
    """Return where a heading with nothing below it stands, or the end."""
    return len(lines) - 1 if lines and is_related(lines[-1].text) else len(lines)


def _cards_end(lines: Sequence[Line], start: int, captured_at: datetime) -> int:
    """Return where comments or tags begin below the cards, or the end."""
    heads = (
        at for at in range(start, len(lines)) if (head := head_at(lines, at, captured_at)) and head.certain
    )
    last = max(
        heads, default=start
    )  # no comment looks like a certain card, so none stands above the last of them
    for at in range(last + 1, len(lines)):
        if _begins_tail(lines, at, captured_at) and not is_furniture(lines[at].text):
            return at
    return len(lines)


def _cards(lines: Sequence[Line], captured_at: datetime) -> tuple[tuple[Article, ...], tuple[str, ...]]:
    """Read the cards one after the other; the same card twice is one article."""
    found: dict[str, Article] = {}
    notes: list[str] = []
    at = 0
    while at < len(lines):
        head = head_at(lines, at, captured_at)
        if head is None:
            at += 1
            continue
        at += head.length
        if at >= len(lines) or _next_certain(lines, at, captured_at):
            notes.append(f"a card of {head.source} has no headline; skipped")
            continue
        title = lines[at].text
        at += 1
        excerpt = []
        while at < len(lines) and head_at(lines, at, captured_at) is None:
            if not (is_furniture(lines[at].text) or is_tag_line(lines[at].text)):
                excerpt.append(lines[at].text)
            at += 1
        card = _card(head, title, "\n".join(excerpt), captured_at)
        found.setdefault(card.id, card)
    return tuple(found.values()), tuple(notes)


def _next_certain(lines: Sequence[Line], at: int, captured_at: datetime) -> bool:
    """Say whether a card begins beyond doubt where a headline should stand."""
    head = head_at(lines, at, captured_at)
    return head is not None and head.certain and head.length == 3


def _card(head: Head, title: str, text: str, captured_at: datetime) -> Article:
    return Article(
        id=article_id(source=head.source, title=title, text=text),
        title=title,
        text=text,
        source=head.source,
        published_at=head.published_at,
        published_approximate=head.published_at is not None and head.approximate,
        seen_at=captured_at,
    )


def _main(lines: Sequence[Line], captured_at: datetime) -> Article | None:
    """Read the page's own article: its headline, and the paragraphs down to where the furniture begins."""
    first = next((at for at, line in enumerate(lines) if not is_button(line.text)), len(lines))
    head = head_at(lines, first, captured_at)
    if head is not None and head.certain:
        first += head.length
    if first >= len(lines):
        return None
    title, body = lines[first].text, lines[first + 1 :]
    age = reckon(body[0].text, captured_at) if body else None
    body = body[1:] if age else body
    if head is not None and head.certain:
        age = (head.published_at, head.approximate) if head.published_at else age
    paragraphs = [line.text for line in body[: _tail(body, captured_at)] if not is_furniture(line.text)]
    source = head.source if head is not None and head.certain else None
    text = "\n".join(paragraphs)
    return Article(
        id=article_id(source=source, title=title, text=text),
        title=title,
        text=text,
        source=source,
        published_at=age[0] if age else None,
        published_approximate=age is not None and age[1],
        seen_at=captured_at,
    )


def _tail(lines: Sequence[Line], captured_at: datetime) -> int:
    """Return where the furniture below an article begins: from there on no line is a paragraph of it."""
    for at in range(len(lines)):
        if _begins_tail(lines, at, captured_at) and _is_furniture_throughout(lines[at:]):
            return at
    return len(lines)


def _begins_tail(lines: Sequence[Line], at: int, captured_at: datetime) -> bool:
    """Say whether furniture begins at a line: a heading with below it what belongs below such a heading."""
    text = lines[at].text
    below = lines[at + 1].text if at + 1 < len(lines) else None
    if is_tag_line(text):
        return True
    ends_well = (
        below is None or is_furniture(below) or is_tags(below) or is_comments(below) or is_related(below)
    )
    if is_tags(text):
        return ends_well or is_tag_line(below or "") or is_label(below or "")
    if is_comments(text):
        return (
            ends_well
            or any(letter.isdigit() for letter in text)
            or is_no_comments(below or "")
            or head_at(lines, at + 1, captured_at) is not None
        )
    if is_related(text):
        return ends_well
    return is_furniture(text)


def _is_furniture_throughout(lines: Sequence[Line]) -> bool:
    """Say whether no paragraph stands among lines; below a heading for comments anything may."""
    for line in lines:
        if is_comments(line.text) or is_no_comments(line.text):
            return True
        known = is_tags(line.text) or is_tag_line(line.text) or is_furniture(line.text)
        if not known and len(line.text.split()) >= PROSE_WORDS:
            return False
    return True
