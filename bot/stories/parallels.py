"""Numbers in sentences that say the same thing: where the words agree and the number does not.

Beside the phrases of `bot.stories.counting`, which know what is counted, this finds the rest by the
sentences: two that share most of their words and the noun behind a number tell of one thing, whatever it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.stories.counting import LANGUAGES
from bot.stories.figures import LONGEST, elsewhere, is_cut, sentences, unreal
from bot.stories.phrases import Phrases
from bot.stories.terms import terms
from summaries import Span

SHARED = 5
"""Content words that two sentences must share, beside the noun, to be about one thing."""

ALIKE = 0.6
"""Share of the shorter sentence's content words that the other must hold; read on development stories: from
here on the numbers counted one thing, below a half they often did not."""


MONEY = frozenset("cts cents mln bln dlrs dollars euros euro pct percent basis points shares".split())  # noqa: SIM905 - words
"""Units of money and of markets: reports on two companies differ in nothing else."""

NAMED = 0.3
"""Share of the names in one article that the other must hold as well: else they are about other people."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with a noun behind it, in its sentence.

    Attributes:
        noun: its stem, with that of a further content word right behind it: "miles north".
        written: the noun as written.
        value: the number.
        start: offset of the number in the text.
        end: offset after it.
        sentence: the sentence it stands in.
        words: keys of the sentence's other content words.
        names: keys of the names in the whole article.
        vague: "about" or the like stands before it.
    """

    noun: str
    written: str
    value: float
    start: int
    end: int
    sentence: Span
    words: frozenset[int]
    names: frozenset[int]
    vague: bool


def counted(text: str, language: str | None, *, day: date | None = None) -> Iterator[Counted]:
    """Yield the numbers of a text that have a plain noun right behind them; see `bot.stories.figures`."""
    phrases = LANGUAGES.get((language or "").split("-")[0])
    if phrases is None:
        return
    names: frozenset[int] | None = None
    for span in sentences(text, language):
        sentence = text[span.start : span.end]
        numbers = list(_NUMBER.finditer(sentence))
        if numbers and len(sentence) <= LONGEST and not elsewhere(sentence, phrases, day):
            names = _names(text, language) if names is None else names
            yield from _of(text, span, numbers, language, phrases, names)


_NUMBER = re.compile(r"(?<![\w.,:$€£%/#-])(?:\d[\d.,]*\d|\d)(?=\s[^\W\d_])")
"""A number in digits before a word; "17-inch" names a kind and counts nothing, "$5 million" is a price."""


def _of(
    text: str,
    span: Span,
    numbers: list[re.Match[str]],
    language: str | None,
    phrases: Phrases,
    names: frozenset[int],
) -> Iterator[Counted]:
    sentence = text[span.start : span.end]
    found = [term for term in terms(sentence, language) if term.content]
    for match in numbers:
        noun = next((term for term in found if term.start == match.end() + 1), None)
        behind = next((term for term in found if noun and term.start == noun.end + 1), None)
        value = phrases.value(match[0], "")
        start, end = span.start + match.start(), span.start + match.end()
        if noun is None or noun.number or value is None or is_cut(text, start, end):
            continue
        if unreal(sentence, match.start(), match.end(), phrases):
            continue
        if (
            phrases.part.search(sentence[: match.start()])
            or sentence[noun.start : noun.end].lower() in MONEY
            or sentence[noun.start : noun.end].lower() in phrases.scales
        ):
            continue
        before = sentence[: match.start()].rstrip()
        yield Counted(
            noun=f"{noun.stem} {behind.stem}" if behind else noun.stem,
            written=sentence[noun.start : (behind or noun).end],
            value=value,
            start=start,
            end=end,
            sentence=span,
            words=frozenset(term.key for term in found if not term.number and term.key != noun.key),
            names=names,
            vague=re.search(rf"(?:{phrases.about})$", before, re.IGNORECASE) is not None,
        )


def parallel(one: Counted, other: Counted) -> bool:
    """Tell whether two numbers stand in sentences that say the same thing."""
    if len(one.names & other.names) < NAMED * min(len(one.names), len(other.names)):
        return False
    shared = len(one.words & other.words)
    return shared >= SHARED and shared >= ALIKE * min(len(one.words), len(other.words))


def _names(text: str, language: str | None) -> frozenset[int]:
    return frozenset(term.key for term in terms(text, language) if term.capital and term.content)
