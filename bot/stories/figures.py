"""Numbers in news and what they count: "at least 600 people were killed" is 600 of the killed.

Only what a phrase says beyond doubt is read: the words beside a number name what it counts, in the languages
that `bot.stories.counting` has phrases for. Sentences about other times and other events are passed over, and
clauses about what might be. A number that is not understood is no finding; a finding that is wrong costs the
readers' trust.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.stories.counting import LANGUAGES
from bot.stories.phrases import SHORT_SCALES, Phrases
from summaries import Span, split_sentences
from summaries.datelines import before_prose

SHORTEST, LONGEST = 15, 600
"""Characters of a sentence that is read: what is shorter is a caption, what is longer a table."""

MOST_SENTENCES = 200
"""Sentences of an article that are read, from the top."""

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")

_CUT = re.compile(r"[.,]\s?\d")
"""A number goes on behind the end of what was read: "1, 400", or a sentence cut at a decimal point."""

_CUT_BEFORE = re.compile(
    r"\d[.,:]\s?$|\d\s*(?:[-–]|to|or|bis|oder|đến|hoặc)\s*$|\b(?:between|zwischen)\s+\S+\s+(?:and|und)\s*$",
    re.IGNORECASE,
)
"""Or began before it: ", 400", or "50 to 60", of which neither is the number."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts.

    Attributes:
        counted: what it counts, such as "killed"; the same word in every language.
        of: which of them, such as "children", as written in lower case; "" for people in general. Of money,
            the currency.
        value: the number.
        start: offset in the text of what is shown: the number with "at least" before it.
        end: offset after it.
        sentence: the sentence it stands in.
        vague: it is no exact number: "about", "at least", "more than".
    """

    counted: str
    of: str
    value: float
    start: int
    end: int
    sentence: Span
    vague: bool


def figures(text: str, language: str | None, *, day: date | None = None) -> list[Figure]:
    """Return the numbers of a text whose words say what they count, in order.

    Args:
        text: of an article.
        language: ISO 639-1; none are found in a language without phrases.
        day: when the article appeared; a sentence that names another year or month tells of other times.
    """
    phrases = LANGUAGES.get((language or "").split("-")[0])
    if phrases is None:
        return []
    found: list[Figure] = []
    for span in sentences(text, language):
        sentence = text[span.start : span.end]
        if SHORTEST <= len(sentence) <= LONGEST and not elsewhere(sentence, phrases, day):
            found += _in_sentence(text, span, phrases)
    return found


def sentences(text: str, language: str | None) -> Iterator[Span]:
    """Yield the sentences of a text that are read, without the datelines before them."""
    for position, span in enumerate(split_sentences(text, language)[:MOST_SENTENCES]):
        cut = before_prose(text[span.start : span.end], position, language)
        if span.start + cut < span.end:
            yield Span(span.start + cut, span.end)


def elsewhere(sentence: str, phrases: Phrases, day: date | None) -> bool:
    """Tell whether a sentence is about another time or event, or asks."""
    if any(day is None or int(match[0]) != day.year for match in _YEAR.finditer(sentence)):
        return True
    for match in phrases.months.finditer(sentence):
        if day is None or phrases.month(match[1]) != day.month:
            return True
    return sentence.rstrip().endswith("?") or phrases.elsewhere.search(sentence) is not None


def unreal(sentence: str, start: int, end: int, phrases: Phrases) -> bool:
    """Tell whether the clause around a number tells what might be or is not."""
    bounds = [match.span() for match in phrases.clause.finditer(sentence)]
    first = max((stop for _, stop in bounds if stop <= start), default=0)
    last = min((begin for begin, _ in bounds if begin >= end), default=len(sentence))
    return phrases.unreal.search(sentence, first, last) is not None


def _in_sentence(text: str, span: Span, phrases: Phrases) -> Iterator[Figure]:
    sentence = text[span.start : span.end]
    taken: set[int] = set()
    for counted, pattern in _compiled(phrases):
        for match in pattern.finditer(sentence):
            at = match.start("number")
            value = phrases.value(match["number"], match["scale"] or "")
            groups = match.groupdict()
            first = next(name for name in ("about", "sign", "number") if groups.get(name))
            last = next(name for name in ("unit", "scale", "number") if groups.get(name))
            start, end = match.start(first), match.end(last)
            whom = (groups.get("whom") or "").strip().lower()
            if at in taken or value is None or whom in phrases.units or (value == 1 and not whom):
                continue
            if "sign" in groups:  # an amount of money, which goes nowhere without a currency
                whom = phrases.currency(groups["sign"], groups["unit"])
                if not whom:
                    continue
            if phrases.part.search(sentence[:start]) or is_cut(
                text, span.start + at, span.start + match.end("number")
            ):
                continue
            if unreal(sentence, start, end, phrases):
                continue
            taken.add(at)
            yield Figure(
                counted=counted,
                of="" if whom in phrases.people else whom,
                value=value,
                start=span.start + start,
                end=span.start + end,
                sentence=span,
                vague=bool(groups["about"]),
            )


def is_cut(text: str, start: int, end: int) -> bool:
    """Tell whether only a part of a number was read, as where a page has "1, 400" or "5. 9"."""
    return (
        _CUT.match(text, end) is not None or _CUT_BEFORE.search(text[max(0, start - 30) : start]) is not None
    )


@lru_cache
def _compiled(phrases: Phrases) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the phrases of a language with what a number looks like put in."""
    words = "|".join(sorted(phrases.words, key=len, reverse=True))
    thousands = r"|\d{1,3}(?:[ \u00a0\u202f]\d{3})+" if phrases.decimal == "," else ""
    about = rf"(?:(?P<about>{phrases.about})\s+)?"
    scales = "|".join(sorted(phrases.scales, key=len, reverse=True))
    number = (
        rf"{about}(?<![\w.,$€£%-])(?P<number>\d[\d.,]*\d{thousands}|\d|{words})"
        rf"(?:\s+(?P<scale>{scales}))?(?![\w%:]|[.,]\d)"
    )
    money = (
        rf"{about}(?<![\w.,$€£%-])(?P<sign>US\$|[$€£¥])?\s?(?P<number>\d[\d.,]*\d{thousands}|\d)"
        rf"(?:[\s-]?(?P<scale>{scales}|{'|'.join(SHORT_SCALES)}))?"
        rf"(?:[\s-](?P<unit>{'|'.join(phrases.money)}))?(?![\w%:]|[.,]\d)"
    )
    return tuple(
        (
            counted,
            re.compile(
                pattern.replace("<N>", number).replace("<M>", money).replace("<W>", phrases.whom),
                re.IGNORECASE,
            ),
        )
        for counted, patterns in phrases.counted.items()
        for pattern in patterns
    )
