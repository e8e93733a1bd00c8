"""Sentences that cannot stand alone: they point back, or are spoken by nobody."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from summaries.ahead import introduces, points_ahead
from summaries.language import is_everyday, stop_words, words
from summaries.leaning import leans
from summaries.nouns import kinds
from summaries.speech import after_speech, has_speaker, is_bare_quote, unquoted

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPENERS = Path(__file__).with_name("openers.txt")
_UNSPACED = frozenset({"zh", "ja"})

_LONGEST = 4
"""Words in the longest listed opener."""

REACH = 7
"""Words within which a pronoun is still the subject: "Last summer, he travelled"."""

POINTED = 10
"""Words within which "of that name" points back."""

THIS_REACH = 15
"""Words within which "this gag" is met before the sentence itself has told of anything that it could mean."""

_THIS = re.compile(r"\b(?:this|these) (\w+)")
_THOSE = re.compile(
    r"\bthose (?!(?:who|whose|that|which|of|in|on|at|for|from|with|to|not|is|was|has|\w+ed|\w+ing)\b)"
    r"(?:[a-z]+ )?[a-z]{3,}s\b|\b(?:such as|like) this\b(?! \w)"
)
"""``those last words``, ``a loss like this``, but not ``those lucky enough``, ``those accused of thefts``."""

_THAT = re.compile(
    r"(?<!so )(?<!all )\bthat (\w+)"
    r"(?= (?:and|or|but|by|when|because|after|before)\b|[.,;])"
)
"""``Many will deplore that decision and were repelled``: one of a kind that points back, without a verb."""

_NOUN_ENDINGS = ("tion", "sion", "ment", "ship")

_THESE_LAST = re.compile(r"\bthese (\w+)[.!?\"”’']*$")
"""``the firm denies these practices.``: what stands last is what the sentence is about."""

_KNOWN_AS = re.compile(r"\bthis (?:[\w-]+ ){1,3}?[\w-]+, (?:known as|called|named|dubbed) ")
"""``this tiny mammal, known as the pika,``: the name follows."""

_HEAD = re.compile(r"^[\"'“”‘’„«»‹›「『（(\[\s\-–—¿¡…]+")
_PEOPLE = "people"
"""With a language behind it, the line of the file with its pronouns for people: without a name before them in
the sentence, the reader asks who."""

_SOME = "some"
_AUXILIARY = "verb"
"""With a language behind them, the lines with words for some of several, and with the verbs that show right
behind one of those that no noun follows: "Viele sind"."""

_FIRST_PERSON = "speaker"
"""The line of the file with the words by which a quotation means its own speaker, who stands beside it."""

_LATER = "later"
"""The line of the file with the words that set a time against one told before."""

_ECHO = "echo"
"""The line of the file with the verbs by which somebody goes on speaking."""

_ECHO_REACH = 10
"""Words within which such a verb is the sentence's own."""

_WITHIN = "within"
"""The line of the file with what points back from inside the first words: "Something in that diet"."""

_TIMES = re.compile(
    r"time|day|morning|afternoon|evening|night|week|weekend|month|quarter|season|spring|summer|autumn|fall|winter|year|"
    r"decade|century|tag|morgen|abend|woche|wochenende|monat|sommer|winter|herbst|jahr|matin|soir|semaine|mois|"
    r"année|été|mañana|tarde|semana|mes|año|verano|mattina|sera|settimana|mese|anno|estate|manhã|mês|ano|noite|jaar|maand"
)
"""With these the pointer means the day of the news: "in this season"."""

_CLEAR_THAT = {
    "en": ("it", "that"),
    "de": ("es", "dass"),
    "nl": ("het", "dat"),
    "sv": ("det", "att"),
    "no": ("det", "at"),
    "da": ("det", "at"),
}
"""``By the evening it was clear that they``: the subject says nothing, and who follows has no name yet."""


@cache
def _openers(language: str | None) -> frozenset[str]:
    for line in _OPENERS.read_text(encoding="utf-8").splitlines():
        code, _, listed = line.partition(": ")
        if code == language:
            return frozenset(listed.split(" | "))
    return frozenset()


def _people(language: str | None) -> frozenset[str]:
    return _openers(f"{_PEOPLE} {language}")


@cache
def _first_words(name: str | None) -> frozenset[str]:
    """The first word of each opener in a line of the file."""
    return frozenset(opener.split()[0] for opener in _openers(name))


@cache
def _prefixes(language: str | None) -> tuple[str, ...]:
    return tuple(_openers(language))


def hangs(sentence: str, found: Sequence[str], language: str | None) -> bool:
    """Whether a reader who has not seen the sentence before this one would ask "who?" or "what?".

    Args:
        sentence: as it stands.
        found: its words.
        language: ISO 639-1 or None.
    """
    if language in _UNSPACED:
        return _HEAD.sub("", sentence).startswith(_prefixes(language)) or is_bare_quote(sentence)
    listed = _openers(language)
    first = found[:REACH]
    start = [word.lower() for word in found[: _ECHO_REACH + 1]]
    found = [word.replace("’", "'") for word in start[:_LONGEST]]
    if _is_spoken_by_none(sentence, language):
        return True
    if found and found[0] in _openers(_FIRST_PERSON) and has_speaker(sentence, language):
        return False
    opens = bool(found) and (
        (
            found[0] in _first_words(language)
            and any(" ".join(found[:count]) in listed for count in range(1, _LONGEST + 1))
        )
        or ("'" in found[0] and found[0].partition("'")[0] in listed)  # "we'll", "c'est"
    )
    if (opens or _unnamed(first, language)) and not points_ahead(sentence, language):
        return True
    if _is_some_of_them(start[:2], language):
        return True
    if _openers(_LATER).intersection(found[1:]):  # "sixty years earlier": than what?
        return True
    return (
        is_bare_quote(sentence)
        or (language == "en" and leans(sentence))
        or _points_back(start[:POINTED])
        or _points_at_this(sentence)
        or _echoes(start, language)
    )


def _is_some_of_them(start: Sequence[str], language: str | None) -> bool:
    """Whether a verb stands right behind a word for some of several: "Viele sind"."""
    some, verbs = _openers(f"{_SOME} {language}"), _openers(f"{_AUXILIARY} {language}")
    return len(start) > 1 and start[0] in some and start[1] in verbs


def _points_back(first: Sequence[str]) -> bool:
    """Whether "in that", "this" stands among the first words, and not before a time."""
    pointers = _openers(_WITHIN)
    for at in range(len(first) - 1):
        pointed = first[at] in pointers or (at and f"{first[at - 1]} {first[at]}" in pointers)
        if pointed and not _TIMES.match(first[at + 1]):
            return True
    return False


def _points_at_this(sentence: str) -> bool:
    """Whether "this gag", "those last words" stands early in what is not quoted, and means no time."""
    if not any(pointer in sentence for pointer in ("this", "these ", "those ", " that ")):
        return False
    clause = " ".join(unquoted(sentence).split()[:THIS_REACH])
    if _KNOWN_AS.search(sentence):
        return False
    if any(_points_back_as(found[1]) for found in _THAT.finditer(clause)):
        return True
    last = _THESE_LAST.search(sentence) if "these" in sentence else None
    if last and (last[1] in kinds("en what") or last[1][:-1] in kinds("en what")):
        return True
    return bool(_THOSE.search(clause)) or any(not _TIMES.match(found[1]) for found in _THIS.finditer(clause))


def _points_back_as(noun: str) -> bool:
    """Whether "that" before it can only point: a noun in the singular, behind which no verb follows."""
    return noun[-1] != "s" and (noun in kinds("en what") or noun.endswith(_NOUN_ENDINGS))


def _echoes(start: Sequence[str], language: str | None) -> bool:
    """Whether somebody goes on speaking, or "it is clear that they" comes before any name."""
    if not _first_words(_ECHO).isdisjoint(start):
        early = f" {' '.join(start)} "
        if any(f" {verb} " in early for verb in _openers(_ECHO)):
            return True
    empty, that = _CLEAR_THAT.get(language or "", ("", ""))
    if not empty or empty not in start[:6] or that not in start:
        return False
    after = start.index(that) + 1
    return start.index(empty) < after and not _people(language).isdisjoint(start[after : after + 1])


def _is_spoken_by_none(sentence: str, language: str | None) -> bool:
    """Whether a quotation is given to "he" or "they", and the rest of the sentence says not who that is."""
    people = _people(language)
    rest = after_speech(sentence) if people else ""
    return not people.isdisjoint(word.lower() for word in words(rest)[:2])


def _unnamed(first: Sequence[str], language: str | None) -> bool:
    """Whether a pronoun for a person comes early, before any name."""
    people = _people(language)
    if not people:
        return False
    small = stop_words(language)
    for number, word in enumerate(first):
        lowered = word.lower().replace("’", "'").partition("'")[0]  # "they're"
        if lowered in people:
            return not introduces(first, language)
        if number and word[0].isupper() and lowered not in small and not is_everyday(word):
            return False
    return False
