"""What a text is about, in a few terms: names kept whole, words cased as in the text."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from summaries.detection import detect_language
from summaries.language import base_language, words
from summaries.runs import UNSPACED, runs
from summaries.sources import MOSTLY, sources
from summaries.terms import READ_LIMIT, Key, Term, read_terms

if TYPE_CHECKING:
    from collections.abc import Callable

EARLY = 0.5
"""How much more a term counts at the very start than at the end: news says first what it is about."""

NAMED = 0.5
"""How much more a term counts that is always written with a capital."""

IN_TITLE = 1.0
"""How much more a term counts that the headline has."""

TOGETHER = 0.5
"""Share of a word's occurrences inside a longer term from which the longer one replaces it."""


KNOWN_BY = 3
"""A whole name replaces a surname up to so many times as frequent; beyond, readers know it."""


def keywords(
    text: str,
    n: int = 10,
    *,
    title: str = "",
    language: str | None = None,
    document_frequency: Callable[[str], float] | None = None,
) -> list[str]:
    """Up to ``n`` terms, best first, each as the text most often writes it.

    Args:
        text: the article; whom it has its news from ("told Reuters") is no keyword, unless in the headline.
        n: how many at most.
        title: its headline, whose words weigh more.
        language: ISO 639-1; told from the text when None.
        document_frequency: the share (0 to 1) of a corpus's documents that hold a stem; with it, what stands
            in most of them (a site's own name, the talk of the day) sinks.
    """
    code = base_language(language) or detect_language(text or title)
    if code in UNSPACED:
        return runs(f"{title}\n{text}", code)[: max(0, n)]
    found = read_terms(text, title, code)
    headline = {word.lower() for word in words(title)}
    scores: dict[Key, float] = {}
    for key, term in found.items():
        if len(key) == 1:
            scores[key] = _worth(key, term, headline, document_frequency)
    for key, parts in _wholes(found).items():
        scores[key] = max(scores[part] for part in parts)
        for part in parts:
            scores[part] = -1.0
    given = sources(text[:READ_LIMIT])
    for key, term in found.items():
        form = term.form.lower()
        if form in given and given[form] >= MOSTLY * term.count and not headline.issuperset(words(form)):
            scores[key] = -1.0
    best = sorted(
        (key for key in scores if scores[key] > 0), key=lambda key: (-scores[key], found[key].first)
    )
    return list(dict.fromkeys(found[key].form for key in best))[: max(0, n)]


def hashtags(
    text: str,
    n: int = 5,
    *,
    title: str = "",
    language: str | None = None,
    document_frequency: Callable[[str], float] | None = None,
) -> list[str]:
    """Up to ``n`` hashtags, best first: keywords run together, each word opened by a capital."""
    tags = []
    for keyword in keywords(text, n, title=title, language=language, document_frequency=document_frequency):
        parts = [part for word in words(keyword) for part in word.replace("’", "'").split("'")]
        tags.append(
            "#" + "".join(c for part in parts for c in part[:1].upper() + part[1:] if c.isalnum() or c == "_")
        )
    return list(dict.fromkeys(tag for tag in tags if len(tag) > 1))


def _wholes(found: dict[Key, Term]) -> dict[Key, list[Key]]:
    """The terms of several words that are shown whole, each with the single words that it stands for.

    "Miley Cyrus" stands for every later "Cyrus"; "interest rate" for "interest" and "rate" when they mostly
    stand together.
    """
    taken: set[Key] = set()
    wholes: dict[Key, list[Key]] = {}
    longer = [key for key in found if len(key) > 1 and (found[key].name or found[key].count > 1)]
    for key in sorted(longer, key=lambda one: (-found[one].count, -len(one), found[one].first)):
        parts: list[Key] = [(word,) for word in key if (word,) in found]
        if not parts or any(part in taken for part in parts):
            continue
        term = found[key]
        bound = [part for part in parts if term.count >= TOGETHER * found[part].count]
        if term.name and parts[-1] not in bound and found[parts[-1]].count <= KNOWN_BY * term.count:
            bound.append(parts[-1])  # a surname goes on alone once the whole name was given
        if len(bound) == len(parts):
            wholes[key] = parts
            taken.update(parts)
    return wholes


def _worth(
    key: Key, term: Term, headline: set[str], document_frequency: Callable[[str], float] | None
) -> float:
    worth = term.count * (1 + EARLY * (1 - term.first))
    if term.capitals * 2 > term.count:
        worth *= 1 + NAMED
    if term.form.lower() in headline:
        worth *= 1 + IN_TITLE
    if document_frequency is not None:
        share = min(document_frequency(part) for part in key)
        worth *= log(1 / min(1.0, max(share, 1e-4)))
    return worth
