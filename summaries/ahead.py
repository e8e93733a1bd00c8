"""Sentences that open like a pointer back and point ahead: "When she was four, Ida Holm went blind"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summaries.fragments import FINITE
from summaries.language import stop_words, words

if TYPE_CHECKING:
    from collections.abc import Sequence

INDEFINITE = {
    "en": frozenset({"a", "an", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}),
    "de": frozenset({"ein", "eine", "einer", "einem", "einen", "zwei", "drei"}),
    "fr": frozenset({"un", "une", "des", "deux", "trois"}),
    "es": frozenset({"un", "una", "unos", "unas", "dos", "tres"}),
    "it": frozenset({"un", "uno", "una", "due", "tre"}),
    "pt": frozenset({"um", "uma", "dois", "duas", "três"}),
    "nl": frozenset({"een", "twee", "drie"}),
    "sv": frozenset({"en", "ett", "två", "tre"}),
    "no": frozenset({"en", "ei", "et", "to", "tre"}),
    "da": frozenset({"en", "et", "to", "tre"}),
}
"""What introduces somebody: "A cleaner who feared that a body he found"."""

CLAUSES = 2
"""Commas looked at for the end of the opening clause."""

NAME_WITHIN = 9
"""Words behind the comma within which the name stands: titles come before it."""

_SUBORDINATE = frozenset(
    {
        "after",
        "before",
        "since",
        "when",
        "while",
        "as",
        "until",
        "once",
        "although",
        "though",
        "if",
        "despite",
        "because",
        "within",
        "through",
        "throughout",
        "during",
        "in",
        "at",
        "on",
        "with",
        "without",
        "from",
        "for",
        "under",
        "over",
        "by",
        "of",
        "like",
        "unlike",
        "following",
    }
)
_REACH = 4
"""Words within which the clause shows by one of these that it is no sentence: "Two years after she"."""

_PRONOUNS = frozenset(
    {
        "he",
        "she",
        "they",
        "it",
        "we",
        "i",
        "his",
        "her",
        "their",
        "its",
        "him",
        "them",
        "who",
    }
)
_NAME = re.compile(r"[A-ZÀ-Þ][\w.'’-]*[^\W_] (?:(?:de|van|von|al|el|bin|ibn|del|la) )?[A-ZÀ-Þ][\w’'-]+")
_OPENING_PRONOUN = re.compile(r"(?:He|She|It|They)['’ ]")

_EMPTY_IT = re.compile(
    r"It(?:['’]s| is| was| will be| would be| has been| had been| may be| might be| can be| could be|"
    r" remains| became| seems| appears| isn['’]t| wasn['’]t| has become| took| takes| emerged| turns out|"
    r" comes| came| should(?:n['’]t| not)? come)"
    r"(?: as a)?(?: (?!the\b|a\b|an\b|one\b|his\b|her\b|its\b|their\b)[\w’'-]+){0,4}(?:, or [\w’'-]+)?"
    r",? (?:that|before|whether|how|(?<!supposed )(?<!expected )(?<!going )(?<!set )(?<!due )(?<!able )"
    r"(?<!meant )"
    r"(?<!designed )(?<!said )(?<!bound )(?<!scheduled )(?<!likely )(?<!intended )(?<!thought )(?<!believed )"
    r"(?<!available )(?<!here )(?<!made )(?<!built )(?:to|for))\b"
    r"(?! (?:he|she|they|it|him|her|them|his|its|their|many of|much of|those|these|this)\b)"
)
"""``It is now widely accepted that the pilot``: the subject is what follows."""

_TIME = (
    r"(?:day|morning|afternoon|evening|week|weekend|month|quarter|season|spring|summer|autumn|fall|winter|year|"
    r"decade|century)"
)
_OF_NOW = re.compile(
    rf"(?:(?:Earlier|Later|Late|Early) t|T)his (?:past |coming )?{_TIME}\b"
    r"(?! (?:he|she|they|it|his|her|their|its)\b)"
)
_PAIRED = re.compile(
    r"(?:Both [^,;.]{1,60} and |Either [^;.]{1,120} or |Neither [^;.]{1,80} nor )(?!(?:he|she|they|it)\b)"
)
_ONE = re.compile(
    r"One (?!(?:of|is|was|are|were|has|had|have|will|would|can|could|may|might|must|says?|said|told|even|"
    r"also|such|example|reason|thing|problem|exception|answer|\w+ed|\w+ly)\b)[a-z-]{3,}\b"
    r"(?! (?:reads?|said|says?|wrote|writes|told|asked|asks|added|adds|claimed|complained|described)\b)"
    r"|One of (?:\d|[A-Z][a-z]+['’]s|the (?:world|country|nation|region|continent)['’]s|"
    r"the (?:most|best|worst|first|last|few|top|leading|main|\w{3,}est)\b)"
)
"""``One person died``, ``One of Norway's oldest harbours``, but not "One is from Oslo", "One post read"."""

_NO = re.compile(r"No (?!(?:one|wonder|doubt|matter|longer|such|other|more)\b)[a-z]{3,}")
_EVEN = re.compile(
    r"Even (?:as|with|following|despite|when|if|though|before|after|in|at|on) "
    r"(?!(?:he|she|they|it|his|her|their|its|this|that|these|those|so)\b)"
)
_WHEN_IT_COMES = re.compile(r"When it comes to (?!(?:him|her|it|them|his|its|their|this|that|these|those)\b)")
_NEXT_TIME = re.compile(r"The next time (?!(?:he|she|they|it)\b)")
_NOW = re.compile(r"Now,? (?:the )?[A-ZÀ-Þ][\w.'’-]+ [A-ZÀ-Þ][\w’'-]+")
"""``Now Ida Holm, of Oslo, has found``: who it is about is told at once."""

_ADVERB = re.compile(
    r"(?:Previously|Equally|Once|Still|Well|Rather|Now|First|Second|Third|Better|Too|Overall|Initially)"
    r"(?: |-)[a-z]*(?:ed|en|ent|ant|ful|able|ible|ous|ive|ic|al|known|secret|thought)\b"
)
"""``Previously secret letters``: the adverb belongs to what follows it."""


def points_ahead(sentence: str, language: str | None) -> bool:
    """Whether what opens the sentence is explained within it, so that it leans on nothing before.

    Args:
        sentence: as it stands.
        language: ISO 639-1 or None.
    """
    if language != "en":
        return False
    plain = sentence.lstrip("\"'“‘")
    if any(form.match(plain) for form in _FORMS):
        return _HE.isdisjoint(
            word.replace("’", "'").partition("'s")[0] for word in words(plain[:80])[:HE_WITHIN]
        )
    return _names_after_clause(plain)


_HE = frozenset({"he", "she", "him", "they're"})
HE_WITHIN = 8
"""Words within which "he" is somebody told of before: "No player deserves what he has had"."""

_FORMS = (_EMPTY_IT, _OF_NOW, _PAIRED, _ONE, _NO, _EVEN, _WHEN_IT_COMES, _NEXT_TIME, _NOW, _ADVERB)


_ONE_MORE = re.compile(
    r"(?:Another|Other|More|Further|Some|Many|Several) (?!(?:of|is|are|was|were|has|have|had|will)\b)[a-z]"
)


_AUTHOR = re.compile(
    r"(?:I|We|You|My|Our|Your|I['’](?:m|ve|d|ll)|(?:We|You)['’](?:re|ve|d|ll))(?= [a-z])"
    r"(?![^,.]*\b(?:it|this|that),)"
)
"""``You would be pressed to find a designer``: at the top of an article nobody asks who "I" and "you" are,
but "I knew it, and" asks what."""


_OWN = re.compile(
    r"(?:(?:In|At|On|With|After|For|During|Like|Throughout|Despite) )?(?:[Ii]ts|[Hh]is|[Hh]er|[Tt]heir) [a-z]"
)
"""``In his teens there was little to set Jon Berg apart``: at the top of an article he is still to come."""


def begins(sentence: str, language: str | None) -> bool:
    """Whether what would lean on the sentence before is the news or its author: "Another charge", "I can".

    Args:
        sentence: the first of an article.
        language: ISO 639-1 or None.
    """
    if language != "en":
        return False
    if _AUTHOR.match(sentence):
        return True
    return _NAME.search(sentence) is not None and (
        _ONE_MORE.match(sentence) is not None or _OWN.match(sentence) is not None
    )


_CONNECTIVES = ("And ", "But ", "So ", "Yet ", "Or ", "Nor ", "Then ")


def _names_after_clause(sentence: str) -> bool:
    """``Two years after she won, the actress Ida Holm has``, ``He may be small, but Jon Berg can``."""
    comma = -1
    if sentence.startswith(_CONNECTIVES):
        return False  # "And now, far from hiding it, Ida Holm": the clause is explained, the "and" is not
    for _ in range(CLAUSES):
        comma = sentence.find(", ", comma + 1)
        if comma < 0:
            return False
        clause = words(sentence[:comma])
        first = clause[:_REACH]
        if _PRONOUNS.isdisjoint(word.lower().partition("'")[0] for word in clause):
            continue  # "As a result": no name behind it says of what
        after = sentence[comma + 2 :]
        if not (_begins_clause(first) or (_OPENING_PRONOUN.match(sentence) and after.startswith("but "))):
            return False
        name = _NAME.search(after)
        if name is None:
            return False
        before = [word.lower() for word in words(after[: name.start()])]
        if len(before) <= NAME_WITHIN and _PRONOUNS.isdisjoint(before) and not _has_verb(before):
            return True
    return False


def _begins_clause(first: Sequence[str]) -> bool:
    lowered = [word.lower() for word in first]
    at = next((at for at, word in enumerate(lowered) if word in _SUBORDINATE), len(lowered))
    return at < len(lowered) and FINITE.isdisjoint(lowered[:at])


def _has_verb(before: Sequence[str]) -> bool:
    """Whether the main clause has its verb already, so that the name behind it is somebody else's."""
    return any(word in FINITE or word.endswith("ed") for word in before)


_OF_SEVERAL = frozenset({"they", "their", "them"})


def introduces(found: Sequence[str], language: str | None) -> bool:
    """Whether the sentence opens with somebody new: "A cleaner", "Two women", "Harbour officials said they".

    Args:
        found: its first words.
        language: ISO 639-1 or None.
    """
    if len(found) < 2:
        return False
    if found[0].lower() in INDEFINITE.get(language or "", frozenset()):
        return found[1].lower() not in stop_words(language)
    if language != "en":
        return False
    several = next((at for at, word in enumerate(found) if word.lower() in _OF_SEVERAL), 0)
    people = next(
        (word for word in found[:2] if word.endswith("s") and word.lower() not in stop_words("en")), ""
    )
    return several > 0 and found.index(people) < several if people else False
