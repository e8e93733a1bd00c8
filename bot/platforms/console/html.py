"""A digest as a web page that stands alone: no script, nothing fetched, every foreign word escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from html import escape

from bot.model.view import DigestView, Sentence, Source, StoryCard
from bot.model.words import clock_time, copied, count, coverage, day, extent, published
from bot.platforms.console.cards import Footnotes, publication
from bot.platforms.console.plain import address, clean, place, title
from bot.platforms.console.style import STYLE

POLICY = "; ".join(
    (
        "default-src 'none'",
        f"style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""A browser runs and fetches nothing for this page; only our own style sheet, known by its hash, applies."""

FOREIGN = 'lang="" dir="auto"'
"""Text from outside: its language is not known to the page, its direction is found from its letters."""

QUIET = "Nothing to tell today."


def page(view: DigestView) -> str:
    """Return a digest as a complete HTML document, to be saved, mailed or printed.

    The same view gives the same page, byte for byte.
    """
    name = f"{clean(view.channel)}, {day(view.day)}"
    parts = [
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="generator" content="Nutgraf">',
        f"<title>{escape(name)}</title>",
        f"<style>{STYLE}</style>",
        "</head>",
        "<body>",
        *_masthead(view),
        "<main>",
    ]
    for number, (heading, card) in enumerate(view.headed(), 1):
        if clean(heading).strip():
            parts.append(f'<h2 class="section" dir="auto">{escape(clean(heading).strip())}</h2>')
        parts += _story(card, number, view.zone)
    if view.brief:
        parts += ['<section class="also" aria-labelledby="also">', '<h2 id="also">Also</h2>']
        for card in view.brief:
            parts += _short(card)
        parts.append("</section>")
    parts += ["</main>", *_footer(view), "</body>", "</html>"]
    return "\n".join(parts) + "\n"


def _masthead(view: DigestView) -> list[str]:
    date = f'<time datetime="{view.day.isoformat()}">{escape(day(view.day))}</time>'
    length = extent(view)
    lines = [
        "<header>",
        f'<h1 dir="auto">{escape(clean(view.channel))}</h1>',
        f'<p class="date">{date} · {length}</p>' if length else f'<p class="date">{date}</p>',
    ]
    if view.late_since is not None:
        due = escape(clock_time(view.late_since, view.zone))
        lines.append(f'<p class="late">Late: due at {due}.</p>')
    lines.append("</header>")
    quiet = view.quiet or (None if view.stories or view.brief else QUIET)
    if quiet is not None:
        lines.append(f'<p class="quiet" dir="auto">{escape(clean(quiet))}</p>')
    return lines


def _story(card: StoryCard, number: int, zone: str) -> list[str]:
    notes = Footnotes()
    prose = " ".join(_sentence(sentence, notes) for sentence in card.sentences)
    lines = [
        f'<article id="story-{number}">',
        f'<div class="kicker"><span class="number">{number}</span>{_mark(card)}{_id(card)}</div>',
        f"<h2 {FOREIGN}>{_headline(card)}</h2>",
    ]
    if prose:
        lines.append(f'<p class="prose" {FOREIGN}>{prose}</p>')
    lines.append(f'<p class="told">{_told(card.sources, notes)}</p>')
    if card.sources:
        lines += [
            f"<details><summary>{count(len(card.sources), 'article')}</summary>",
            "<ul>",
            *(_article(source, zone) for source in card.sources),
            "</ul></details>",
        ]
    lines.append("</article>")
    return lines


def _short(card: StoryCard) -> list[str]:
    return [
        "<article>",
        f"<h3><span {FOREIGN}>{_headline(card)}</span>{_mark(card)}{_id(card)}</h3>",
        f'<p class="told">{_told(card.sources, Footnotes())}</p>',
        "</article>",
    ]


def _sentence(sentence: Sentence, notes: Footnotes) -> str:
    """Return a sentence with the place it stands: as a link for people, as offsets for programs."""
    number = notes.number(sentence)
    said = escape(publication(sentence.source))
    if sentence.agreed_by > 1:
        others = sentence.agreed_by - 1
        said += f"; {others} more {'says' if others == 1 else 'say'} so"
    note = f"{number}+{sentence.agreed_by - 1}" if sentence.agreed_by > 1 else str(number)
    doc = escape(clean(sentence.article_id))
    return (
        f'<span dir="auto" data-doc="{doc}" data-start="{sentence.start}" data-end="{sentence.end}">'
        f"{escape(clean(sentence.text))}</span>"
        f'<sup title="{said}">{_link(note, address(sentence.url))}</sup>'
    )


def _told(sources: Iterable[Source], notes: Footnotes) -> str:
    """Return who reports a story, each publication once, with the numbers of what is quoted from it."""
    names: dict[str, str | None] = {
        publication(quoted.source): address(quoted.url) for quoted in notes.entries.values()
    }
    copies = 0
    for source in sources:
        if source.copy:
            copies += 1
        else:
            names.setdefault(publication(source.name), address(source.url))
    told = []
    for name, url in names.items():
        numbers = "".join(f"<sup>{number}</sup>" for number in notes.of(name))
        told.append(f"<bdi>{_link(escape(name), url)}</bdi>{numbers}")
    line = " · ".join(told)
    if copies:
        line += ("; " if line else "") + count(copies, "copy", "copies")
    return line


def _article(source: Source, zone: str) -> str:
    about = [f"<bdi>{escape(publication(source.name))}</bdi>", escape(published(source, zone))]
    about.append(escape(clean(copied(source))))
    words = _link(escape(title(source.title)), address(source.url))
    return f"<li><span {FOREIGN}>{words}</span><br>{' · '.join(part for part in about if part)}</li>"


def _headline(card: StoryCard) -> str:
    """Return a story's headline, a link to the article that bears it."""
    return _link(escape(title(card.title)), address(card.url))


def _mark(card: StoryCard) -> str:
    if not card.mark:
        return ""
    kind = card.mark if card.mark in ("new", "update") else "other"
    return f'<span class="mark {kind}">{escape(clean(card.mark))}</span>'


def _id(card: StoryCard) -> str:
    return f'<span class="id">{escape(clean(card.id))}</span>'


def _link(inner: str, url: str | None) -> str:
    """Return a link around HTML that is escaped already; without an address, the HTML alone."""
    if url is None:
        return inner
    bare = escape(place(url) or "")
    return f'<a href="{escape(url)}" data-place="{bare}" rel="noopener noreferrer nofollow">{inner}</a>'


def _footer(view: DigestView) -> list[str]:
    since, until = (clock_time(when, view.zone) for when in (view.coverage.since, view.coverage.until))
    said = f"{coverage(view.coverage)}, {since} to {until} ({view.zone})."
    return [
        "<footer>",
        f"<p>{escape(said)}</p>",
        "<p>Every sentence stands in its source as it stands here; its number leads there.",
        "“1+2” means that two more articles say the same.</p>",
        "</footer>",
    ]
