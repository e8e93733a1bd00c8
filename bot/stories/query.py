"""What people type into /find: words, "phrases", -without, source:, lang:, since:, until:, by:date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from bot.stories.frequencies import Frequencies
from bot.stories.terms import terms
from bot.stories.vector import Vector

LONGEST_QUERY = 10_000
"""Characters that are read; what follows is passed over."""

MOST_WORDS = 60
"""Different words that are looked up, the first ones."""

_PART = re.compile(
    r'(?P<minus>-(?=["\w]))?(?:(?P<field>source|lang|language|since|until|by|sort):(?P<value>"[^"]*"|\S+)'
    r'|"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))',
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_AGE = re.compile(r"(\d{1,4})\s*([hdwm])", re.IGNORECASE)
_HOURS = {"h": 1, "d": 24, "w": 7 * 24, "m": 30 * 24}
_DATE = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to look for: words that stand beside each other, each in every way it may be stemmed.

    Attributes:
        words: for each word, its stems in the languages of the archive; more than one word is a phrase.
        keys: the numbers of the stems, in the same shape.
        content: some of it is no stop word.
        quoted: it was typed as a phrase and must be there.
    """

    words: tuple[tuple[str, ...], ...]
    keys: tuple[tuple[int, ...], ...]
    content: bool
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A search, understood.

    Attributes:
        wanted: to be found, in the order typed.
        unwanted: not to be found.
        source: part of the publication's name, lower case.
        language: ISO 639-1.
        since: only articles from this moment on.
        until: only articles before this moment.
        by_date: the latest first, instead of the best.
        problem: what could not be understood, in a sentence.
    """

    wanted: tuple[Wanted, ...] = ()
    unwanted: tuple[Wanted, ...] = ()
    source: str | None = None
    language: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    by_date: bool = False
    problem: str | None = None


def parse(text: str, *, now: datetime, languages: Sequence[str]) -> Query:
    """Understand a search; whatever is typed means something or nothing, and never fails.

    Args:
        text: as typed.
        now: to reckon ages such as "3d" from.
        languages: of the archive; a word is stemmed in each, since nobody says which one it is in.
    """
    wanted: list[Wanted] = []
    unwanted: list[Wanted] = []
    fields: dict[str, str] = {}
    for match in _PART.finditer(text[:LONGEST_QUERY]):
        name = (match["field"] or "").lower()
        if name:
            fields[{"language": "lang", "sort": "by"}.get(name, name)] = match["value"].strip('"')
            continue
        quoted = match["phrase"] is not None
        one = _wanted(match["phrase"] if quoted else match["word"], languages, quoted=quoted)
        if one is not None:
            (unwanted if match["minus"] else wanted).append(one)
    moments: dict[str, datetime | None] = {}
    problem = None
    for name in ("since", "until"):
        moments[name] = _moment(fields[name], now) if name in fields else None
        if name in fields and moments[name] is None:
            typed = f"{name}:{fields[name][:40]}"
            problem = f"“{typed}” is no time that I understand; say {name}:3d or {name}:2026-05-11."
    return Query(
        wanted=tuple(dict.fromkeys(wanted))[:MOST_WORDS],
        unwanted=tuple(dict.fromkeys(unwanted))[:MOST_WORDS],
        source=fields.get("source", "").casefold() or None,
        language=fields.get("lang", "").lower()[:2] or None,
        since=moments["since"],
        until=moments["until"],
        by_date=fields.get("by", "").lower() in {"date", "time", "new", "newest"},
        problem=problem,
    )


def _wanted(text: str, languages: Sequence[str], *, quoted: bool) -> Wanted | None:
    if _SHORT.fullmatch(text):
        text += "."  # newspapers write "U.N.", people type "u.n"
    # Languages part words alike; the last reading takes each word as it is.
    readings = [terms(text, language) for language in dict.fromkeys((*languages, ""))]
    words: list[tuple[str, ...]] = []
    keys: list[tuple[int, ...]] = []
    content = False
    for same in zip(*readings, strict=True):
        found = {term.key: term.stem for term in same}
        words.append(tuple(found.values()))
        keys.append(tuple(found))
        # "die" is a word like any other in English; one language is enough to call it a stop word.
        content = content or not any(term.small for term in same)
    return Wanted(tuple(words), tuple(keys), content, quoted) if words else None


def _moment(text: str, now: datetime) -> datetime | None:
    """Return the moment of "3d" or "2026-05-11"; None when it is neither."""
    age = _AGE.fullmatch(text)
    if age:
        return now - timedelta(hours=int(age[1]) * _HOURS[age[2].lower()])
    date = _DATE.fullmatch(text)
    if date:
        try:
            return datetime(int(date[1]), int(date[2]), int(date[3] or 1), tzinfo=UTC)
        except ValueError:
            return None
    return {"today": now - timedelta(hours=24), "yesterday": now - timedelta(hours=48)}.get(text.lower())


def keys_of(wanted: Iterable[Wanted]) -> frozenset[int]:
    """Return the numbers of all stems looked for, to mark them in a text."""
    return frozenset(key for one in wanted if one.content for word in one.keys for key in word)


def stems_of(wanted: Iterable[Wanted]) -> frozenset[str]:
    """Return all stems looked for, as `keys_of` numbers them."""
    return frozenset(stem for one in wanted if one.content for stems in one.words for stem in stems)


def vector(wanted: Iterable[Wanted], frequencies: Frequencies) -> tuple[Vector, dict[int, str]]:
    """Return the words looked for as a question to compare articles with, and the stem of each.

    Of a word's possible stems the one that most articles hold counts: the archive knows which language it is.
    """
    stems: dict[int, str] = {}
    for one in wanted:
        for words, keys in zip(one.words, one.keys, strict=True):
            held = frequencies.of(np.array(keys, dtype=np.uint32))
            best = int(np.argmax(held))
            stems[keys[best]] = words[best]
    found = np.array(sorted(stems), dtype=np.uint32)
    ones = np.ones(len(found), dtype=np.uint8)
    return Vector(found, ones, ones * 0), stems
