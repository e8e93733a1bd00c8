"""The terms of a text, counted: single words, whole names, and word pairs that go together."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, compress
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from summaries.clean import prose
from summaries.language import everyday, spans_of_words, stem, stems, stop_words
from summaries.vocabulary import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CONNECTORS = frozenset(
    {"of", "de", "du", "da", "do", "dos", "del", "van", "von", "der", "bin", "al", "el", "la", "og"}
)
"""Small words that may stand inside a name ("Bank of England"), never at its ends."""

LONGEST_NAME = 4
"""Words of the longest name kept whole; a longer run of capitals is a headline."""

SHOUTED = 0.6
"""Share of capitalised words from which a line is a headline in Title Case and its capitals say nothing."""

READ_LIMIT = 400_000
"""Characters looked at: what a text is about shows long before."""

KNOWN = 100_000
"""Pieces of text remembered in a language before starting anew."""

_POSSESSIVE = re.compile(r"['’]s?$")


class Word(NamedTuple):
    """A word as it stands in a text.

    Args:
        text: as written.
        bare: without a possessive ending.
        stem: "" for a word that can be no term.
        upper: whether it opens with a capital.
        small: whether it has small letters only.
    """

    text: str
    bare: str
    stem: str
    upper: bool
    small: bool


MARK = Word("", "", "", upper=False, small=False)
"""Stands for punctuation: no term reaches across it."""

_IS_UPPER = attrgetter("upper")
_STEM = attrgetter("stem")


class Pieces(dict[str, tuple[Word, ...]]):
    """From a piece of text between spaces to its words and marks, remembered: news repeats its words.

    Args:
        language: ISO 639-1 or None.
    """

    def __init__(self, language: str | None) -> None:
        self._language = language

    def __missing__(self, piece: str) -> tuple[Word, ...]:
        found: list[Word] = []
        end = 0
        for start, stop in spans_of_words(piece):
            if start or end:
                found.append(MARK)
            found.append(_word(piece[start:stop], self._language))
            end = stop
        if end < len(piece):
            found.append(MARK)
        read = tuple(found)
        if len(piece) <= LONGEST:
            if len(self) >= KNOWN:
                self.clear()
            self[piece] = read
        return read


@lru_cache(maxsize=32)
def _pieces(language: str | None) -> Pieces:
    return Pieces(language)


@lru_cache(maxsize=KNOWN)
def _word(text: str, language: str | None) -> Word:
    """The word; while remembered, the same object wherever it stands, so that words are counted quickly."""
    return Word(text, _POSSESSIVE.sub("", text), _stem(text, language), text[:1].isupper(), text.islower())


@dataclass(slots=True)
class Term:
    """One word, or several that belong together.

    Args:
        form: its commonest spelling; of two as common the first.
        count: how often it stands in the text.
        first: where it stands first, as a share of the text's words, 0 to 1.
        capitals: how often it is written with a capital inside a sentence.
        name: whether it was seen as a run of capitalised words inside a sentence.
    """

    form: str
    count: int
    first: float
    capitals: int
    name: bool = False


Key = tuple[str, ...]
"""The stems of a term's words, in order."""

Run = tuple[int, int]
"""Words that belong together: the number of the first, and how many."""


def read_terms(text: str, title: str, language: str | None) -> dict[Key, Term]:
    """The terms of a text by their stems; the title counts as its first sentence.

    A pair of words that met once, and is no name, is none.
    """
    known = _pieces(language)
    split = [sentence.pieces for sentence in prose(text[:READ_LIMIT], language, lenient=True)]
    if title:
        split.insert(0, title.split())
    found: list[Word] = []
    inside: list[bool] = []
    for pieces in split:
        sentence = [*chain.from_iterable(map(known.__getitem__, pieces)), MARK]
        found += sentence
        inside += _tells_by_capitals(sentence)
    return _Reading(found, inside, language).terms()


def _tells_by_capitals(sentence: Sequence[Word]) -> list[bool]:
    """For each word whether a capital would make it a name: not on the first, and not in a headline."""
    size = len(sentence) - sentence.count(MARK)
    if sum(map(_IS_UPPER, sentence)) > SHOUTED * size:
        return [False] * len(sentence)
    first = next((at for at, word in enumerate(sentence) if word is not MARK), 0)
    return [*[False] * (first + 1), *[True] * (len(sentence) - first - 1)]


class _Reading:
    """The words of a text in one row, counted.

    Args:
        found: the words, with marks between them.
        inside: for each whether its capital says something.
        language: ISO 639-1 or None.
    """

    def __init__(self, found: Sequence[Word], inside: Sequence[bool], language: str | None) -> None:
        self._found = found
        self._inside = inside
        self._language = language
        self._stems = list(map(_STEM, found))
        self._places = [0, *accumulate([word is not MARK for word in found])]

    def terms(self) -> dict[Key, Term]:
        """The single words, then the pairs, then the longer names."""
        names = [] if not any(self._inside) else list(self._names())
        runs: dict[Key, list[Run]] = {}
        for at in self._pairs({at for at, size in names if size == 2}):
            runs.setdefault((self._stems[at], self._stems[at + 1]), []).append((at, 2))
        for at, size in names:
            if size > 2:
                key = tuple(word.stem or word.text.lower() for word in self._found[at : at + size])
                runs.setdefault(key, []).append((at, size))
        named = {self._key(run) for run in names}
        terms = self._single()
        for key, places in runs.items():
            terms[key] = self._long(key, places, name=key in named)
        return terms

    def _key(self, run: Run) -> Key:
        return tuple(word.stem or word.text.lower() for word in self._found[run[0] : sum(run)])

    def _single(self) -> dict[Key, Term]:
        """The single words; each spelling is looked at once, however often it stands there."""
        counts = Counter(map(id, self._found))
        telling = Counter(map(id, compress(self._found, self._inside)))
        total = self._places[-1] or 1
        korean = self._language == "ko"
        terms: dict[Key, Term] = {}
        spelt: dict[str, dict[str, int]] = {}
        for word, at in self._first():
            key, number = (word.stem,), id(word)
            term = terms.get(key)
            if term is None:
                form = word.stem if korean else word.bare
                terms[key] = Term(
                    form, counts[number], self._places[at] / total, telling[number] * word.upper
                )
                continue
            forms = spelt.setdefault(word.stem, {term.form: term.count})
            forms[word.bare] = forms.get(word.bare, 0) + counts[number]
            term.count += counts[number]
            term.capitals += telling[number] * word.upper
            if not korean:
                term.form = max(forms, key=forms.__getitem__)
        return terms

    def _first(self) -> Iterator[tuple[Word, int]]:
        """Each word that can be a term, with where it stands first, in order."""
        first = dict(zip(map(id, reversed(self._found)), range(len(self._found) - 1, -1, -1), strict=True))
        for at in sorted(first.values()):
            if self._stems[at]:
                yield self._found[at], at

    def _pairs(self, named: set[int]) -> Iterator[int]:
        """Where the pairs begin that met more than once or are a name."""
        if self._language == "ko":  # a particle stood between
            return
        pairs = list(zip(self._stems, self._stems[1:], strict=False))
        counts = Counter(pairs)
        kept = {pair for pair, count in counts.items() if count > 1 and all(pair)}
        kept |= {pairs[at] for at in named}
        for at, pair in enumerate(pairs):
            if pair in kept and all(pair):
                yield at

    def _long(self, key: Key, runs: Sequence[Run], *, name: bool) -> Term:
        forms = Counter([" ".join(key) if self._language == "ko" else self._form(run) for run in runs])
        capitals = sum([self._found[at].upper and self._inside[at] for at, _ in runs])
        first = self._places[runs[0][0]] / (self._places[-1] or 1)
        return Term(max(forms, key=forms.__getitem__), len(runs), first, capitals, name)

    def _form(self, run: Run) -> str:
        *before, last = self._found[run[0] : sum(run)]
        return " ".join([word.text for word in before] + [last.bare])

    def _names(self) -> Iterator[Run]:
        """Each run of capitalised words, connectors inside it allowed.

        A word that the text also writes small is no part of a name at the head of a clause.
        """
        found, count = self._found, len(self._found)
        small = {word.text for word in found if word.small}
        end = 0
        for at in [at for at, word in enumerate(found) if word.upper and word.stem]:
            shouted = not self._inside[at] and (at + 1 == count or not self._inside[at + 1])
            if at < end or shouted:
                continue
            end = self._end_of_name(at)
            opens_clause = at == 0 or found[at - 1] is MARK
            start = at + 1 if opens_clause and found[at].text.lower() in small else at
            if 2 <= end - start <= LONGEST_NAME:
                yield start, end - start

    def _end_of_name(self, at: int) -> int:
        found = self._found
        while found[at].upper and found[at].stem:  # a mark stands at the end of all
            at += 1
            if found[at - 1].bare != found[at - 1].text:
                break
            joins = self._language != "de" and found[at].text in CONNECTORS
            if joins and found[at + 1].upper and found[at + 1].stem:
                at += 1
        return at


def _stem(word: str, language: str | None) -> str:
    """The stem of a word that can be a term, "" for any other."""
    bare = _POSSESSIVE.sub("", word)
    lowered = bare.lower()
    if lowered in stop_words(language) or lowered in everyday() or not any(map(str.isalpha, bare)):
        return ""
    if len(bare) < 3 and not (len(bare) == 2 and bare.isupper()) and bare.isascii():
        return ""
    if language == "ko":
        return next(iter(stems([lowered], language)), "")
    return stem(lowered, language or "")
