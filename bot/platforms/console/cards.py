"""How a story stands on the terminal: headline, sentences with footnotes, and who reports it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rich.text import Text

from bot.model.view import Sentence, Source, StoryCard
from bot.model.words import UNKNOWN_SOURCE, count
from bot.platforms.console.plain import address, clean, place, title
from bot.platforms.console.sheet import DIM, MARKS, Sheet

NAMES = 4
"""So many publications are named under a story before "and more"; the footnoted ones always are."""


@dataclass
class Footnotes:
    """The numbers under which a story names the articles it quotes, from 1 in order of appearance."""

    entries: dict[tuple[str, str | None], Sentence] = field(default_factory=dict)

    def number(self, sentence: Sentence) -> int:
        """Return the number of the article that a sentence stands in, a new one when it is new."""
        key = (sentence.article_id, place(sentence.url))
        self.entries.setdefault(key, sentence)
        return list(self.entries).index(key) + 1

    def of(self, name: str) -> list[int]:
        """Return the numbers of the articles of one publication."""
        return [
            number
            for number, quoted in enumerate(self.entries.values(), 1)
            if publication(quoted.source) == name
        ]


def publication(name: str) -> str:
    """Return a publication's name to be shown; never empty."""
    return clean(name).strip() or UNKNOWN_SOURCE


def story(sheet: Sheet, card: StoryCard) -> None:
    """Draw the sentences of a story and who reports it, below its heading."""
    notes = Footnotes()
    if card.sentences:
        sheet.paragraph(prose(card.sentences, notes, linked=sheet.linked))
    else:
        sheet.paragraph(Text("By its headline only; the text is at the source.", style=DIM))
    sheet.paragraph(reporters(card.sources, notes, linked=sheet.linked))
    for number, quoted in enumerate(notes.entries.values(), 1):
        sheet.address(place(quoted.url), f"[{number}] ")
    if not card.sentences:
        sheet.address(place(card.url), "")
    sheet.gap()


def short(sheet: Sheet, card: StoryCard) -> None:
    """Draw a story as a headline and who reports it."""
    heading(sheet, card, "·", bold=False)
    sheet.paragraph(reporters(card.sources, Footnotes(), linked=sheet.linked))
    if card.url:
        sheet.address(place(card.url), "")
    sheet.gap()


def heading(sheet: Sheet, card: StoryCard, label: str | None, *, bold: bool = True) -> None:
    """Draw the line of the headline, with the story's mark and id at the right."""
    aside = Text(clean(card.id), style=DIM)
    if card.mark:
        aside = Text.assemble((clean(card.mark), MARKS.get(card.mark, DIM)), "  ", aside)
    sheet.row(label, sheet.link(title(card.title), address(card.url), "bold" if bold else ""), aside)


def prose(sentences: Iterable[Sentence], notes: Footnotes, *, linked: bool) -> Text:
    """Return sentences as one paragraph, each followed by the number of its source."""
    text = Text()
    for sentence in sentences:
        if text:
            text.append(" ")
        text.append(clean(sentence.text))
        note = str(notes.number(sentence))
        if sentence.agreed_by > 1:
            others = sentence.agreed_by - 1
            note += f"; {others} more {'says' if others == 1 else 'say'} so"
        link = address(sentence.url) if linked else None
        # Without a space before it, the number stays on the line of the word that it follows.
        text.append(f"[{note}]", f"{DIM} link {link}" if link else DIM)
    return text


def reporters(sources: Iterable[Source], notes: Footnotes, *, linked: bool) -> Text:
    """Return who reports a story: "Harbour Post [1] · Coastwire · 3 more; 2 copies"."""
    told = [source for source in sources if not source.copy]
    copies = sum(source.copy for source in sources)
    names = dict.fromkeys([publication(quoted.source) for quoted in notes.entries.values()])
    links: dict[str, str | None] = {}
    for source in told:
        name = publication(source.name)
        names.setdefault(name)
        links.setdefault(name, address(source.url) if linked else None)
    shown = [name for position, name in enumerate(names) if position < NAMES or notes.of(name)]
    text = Text(style=DIM)
    for position, name in enumerate(shown):
        text.append(" · " if position else "")
        link = links.get(name)
        text.append(name, f"link {link}" if link else "")
        text.append("".join(f" [{number}]" for number in notes.of(name)))
    more = len(names) - len(shown)
    text.append(f" · {more} more" if more else "")
    if copies:
        text.append("; " if names else "")
        text.append(count(copies, "copy", "copies"))
    return text
