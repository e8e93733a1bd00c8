"""Sentences that cannot stand alone: they point back, or are spoken by nobody."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from summaries.ahead import introduces, points_ahead
from summaries.language import is_everyday, stop_words, words

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

_HEAD = re.compile(r"^[\"'“”‘’„«»‹›「『（(\[\s\-–—¿¡…]+")
_SPEAKS_FOR = {
    "en": frozenset({"he", "she", "they", "his", "her", "their", "him", "them"}),
    "de": frozenset({"er", "seine", "seinen", "seiner", "seinem"}),
    "fr": frozenset({"il", "elle", "ils", "elles"}),
    "es": frozenset({"él", "ella", "ellos", "ellas"}),
    "it": frozenset({"lui", "lei", "egli"}),
    "pt": frozenset({"ele", "ela", "eles", "elas"}),
    "nl": frozenset({"hij", "zij"}),
    "sv": frozenset({"han", "hon"}),
    "no": frozenset({"han", "hun", "ho"}),
    "da": frozenset({"han", "hun"}),
    "ru": frozenset({"он", "она", "они"}),
    "uk": frozenset({"він", "вона", "вони"}),
}
"""Pronouns for people: without a name before them in the sentence, the reader asks who."""

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
    r"day|morning|afternoon|evening|night|week|weekend|month|quarter|season|spring|summer|autumn|fall|winter|year|"
    r"decade|century|tag|morgen|abend|woche|wochenende|monat|sommer|winter|herbst|jahr|matin|soir|semaine|mois|"
    r"année|été|mañana|tarde|semana|mes|año|verano|mattina|sera|settimana|mese|anno|estate|manhã|mês|ano|noite|jaar|maand"
)
"""With these the pointer means the day of the news: "in this season"."""

_LATE_SUBJECT = re.compile(
    r"(?:At|From|In|On|With|By|For|Under|During) [^,;:A-Z\"“]{4,100}, (?:they |he |she |"
    r"it['’]s (?:an?|the) |"
    r"it (?!is\b|was\b|has been|seems|appears|will be|would be|takes|took|remains|can be|may be))"
)
"""``At first glance, it does not look like much``: no name stands before the pronoun that is the subject."""

_THEREUPON = re.compile(r"(?:There|Then|Here|Now|So|Again|Alas|Granted|True), ")
"""``There, controllers directed``: with a comma it points back, without one it only begins."""

_SOME_OF_THEM = re.compile(
    r"(?:Some|Many|Most|Several|Few|A few|Two|Three|Four|Five|Six|Both|All|None|Each|Others|Half|Not all) "
    r"(?:(?:also|even|still|now|never|often|just|simply|have|had|then|later|already|only) )*"
    r"(?:are|is|were|was|have|has|had|will|would|can|could|may|might|must|do|does|did|say|said|think|thought|"
    r"believe|fear|feel|felt|argue|claim|want|wonder|hope|worry|see|saw|go|went|come|came|took|take|got|get|made|make|"
    r"left|told|fled|spoke|speak|wrote|chose|choose|discover|doubt|agree|disagree|reject|remain|live|work|use|"
    r"died|were|lost|won|found|find|know|knew|fell|held|seem|appear|point|describe|call|[a-z]+ed)\b"
)
"""``Some discover it at university``, ``Two managed to flee``, but not "Some folks"."""

_ONE_OF_SOME = re.compile(
    r"The (?:first|second|third|last|other|latest) (?:is|was|one|ones)\b|(?:To cite|Take) (?:one|an) |"
    r"[A-Z][a-z]+ing the \w+ (?:is|are|was|were) |If (?:true|so|confirmed|convicted|approved|found guilty), "
)
"""``The first is``, ``To cite one example``, ``Leading the challenge was``: of what?"""

_THE_TWO = re.compile(
    r"(?:\S+ ){0,7}[Tt]he (?:two|three|four|five|six|latter|former) "
    r"(?:are|were|have|had|will|would|met|also|did|[a-z]+ed)\b"
    r"|(?:\S+ ){1,6}(?:against|of|with|from|for) both (?:are|were|have|had|will|would)\b"
    r"|(?:\S+ ){1,4}(?:has|have|had|was|were|is|are) (?:[a-z]+ed )?there\b"
)
"""``Reports say the two settled out of court.``"""

_LEANING_FORMS = (_LATE_SUBJECT, _THEREUPON, _SOME_OF_THEM, _THE_TWO, _ONE_OF_SOME)

_SAID_LAST = re.compile(
    r", (?:he|she|they) (?:says?|said|adds?|added|explain(?:s|ed)?|wrote|writes?|recalled)\.[\"”’']?$"
)
"""``By focusing on few items they sell directly, they say.``"""

_FULL_NAME = re.compile(r"[A-Z][\w.’'-]+ [A-Z][\w’'-]+")
_SUBJECT_AFTER_CLAUSE = re.compile(r"(?P<clause>[A-Z][^,;:\"“]{3,120}), (?:he|she|they)\b")
"""``A favourite with actors and editors alike, he was``: who was is told before."""

_HAS_SUBJECT = frozenset(
    {
        "when",
        "while",
        "after",
        "before",
        "since",
        "because",
        "if",
        "although",
        "though",
        "until",
        "once",
        "as",
    }
)
"""What opens a clause that may have somebody for its subject: "When Holm left, she"."""

_CLEAR_THAT = {"en": ("it", "that"), "de": ("es", "dass")}
"""``By the evening it was clear that they``: the subject says nothing, and who follows has no name yet."""

_CUT_OFF = re.compile(
    r",[\"”’'] (?:The|In|On|At|About|After|As|But|And|When|While|It|There|This|That|For|From|By|With) "
)
"""``"Rest in peace, my brother," About 10 years ago``: a page lost who said so."""

_QUOTES = {"“": "”", "„": "“", "«": "»", "「": "」", "『": "』"}
_OPEN_OR_CLOSE = re.compile('["“”„«»「」『』]')
_QUOTED = re.compile(
    "\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」|(?<!\\w)['‘][^'’]{1,300}(?:['’]\\w[^'’]{0,300}){0,9}['’](?!\\w)"
)


@cache
def _openers(language: str | None) -> frozenset[str]:
    for line in _OPENERS.read_text(encoding="utf-8").splitlines():
        code, _, listed = line.partition(": ")
        if code == language:
            return frozenset(listed.split(" | "))
    return frozenset()


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
        return _HEAD.sub("", sentence).startswith(_prefixes(language)) or _is_bare_quote(sentence)
    listed = _openers(language)
    first = found[:REACH]
    start = [word.lower() for word in found[: _ECHO_REACH + 1]]
    found = [word.lower().replace("’", "'") for word in found[:_LONGEST]]
    if _is_spoken_by_none(sentence, language):
        return True
    if found and found[0] in _openers(_FIRST_PERSON) and _has_speaker(sentence, language):
        return False
    opens = any(" ".join(found[:count]) in listed for count in range(1, _LONGEST + 1)) or (
        found and found[0].partition("'")[0] in listed and "'" in found[0]  # "we'll", "c'est"
    )
    unnamed = _unnamed(first, language)
    if (opens or unnamed) and not points_ahead(sentence, language):
        return True
    if _openers(_LATER).intersection(found[1:]):  # "sixty years earlier": than what?
        return True
    return (
        _is_bare_quote(sentence)
        or (language == "en" and _leans_in_english(sentence))
        or _points_back(start[:POINTED])
        or _points_at_this(sentence)
        or _echoes(start, language)
    )


def _leans_in_english(sentence: str) -> bool:
    """The forms that English has for it, beyond the words that open a sentence."""
    if any(form.match(sentence) for form in _LEANING_FORMS):
        return True
    if _SAID_LAST.search(sentence) and not _FULL_NAME.search(sentence, 1):
        return True
    subject = _SUBJECT_AFTER_CLAUSE.match(sentence)
    if subject is None:
        return False
    if words(subject["clause"])[0].lower() not in _HAS_SUBJECT:  # "Speaking to the Daily Courier, he claimed"
        return not points_ahead(sentence, "en")
    return not any(
        word[0].isupper()
        and word[1:2] != "-"
        and not is_everyday(word)
        and word.lower() not in stop_words("en")
        for word in words(subject["clause"])[1:]
    )


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
    if not any(pointer in sentence for pointer in ("this", "these ", "those ")):
        return False
    clause = " ".join(_QUOTED.sub(" ", sentence).split()[:THIS_REACH])
    return bool(_THOSE.search(clause)) or any(not _TIMES.match(found[1]) for found in _THIS.finditer(clause))


def _echoes(start: Sequence[str], language: str | None) -> bool:
    """Whether somebody goes on speaking, or "it is clear that they" comes before any name."""
    if not _echoing().isdisjoint(start) and any(
        f" {verb} " in f" {' '.join(start)} " for verb in _openers(_ECHO)
    ):
        return True
    empty, that = _CLEAR_THAT.get(language or "", ("", ""))
    if not empty or empty not in start[:5] or that not in start:
        return False
    after = start.index(that) + 1
    return start.index(empty) < after and not _SPEAKS_FOR[language or ""].isdisjoint(start[after : after + 1])


@cache
def _echoing() -> frozenset[str]:
    """The first word of each such verb."""
    return frozenset(verb.split()[0] for verb in _openers(_ECHO))


def _is_spoken_by_none(sentence: str, language: str | None) -> bool:
    """Whether a quotation is given to "he" or "they", and the rest of the sentence says not who that is."""
    people = _SPEAKS_FOR.get(language or "")
    quoted = _QUOTED.match(sentence)
    if people is None or quoted is None:
        return False
    return not people.isdisjoint(word.lower() for word in words(sentence[quoted.end() :])[:2])


def _unnamed(first: Sequence[str], language: str | None) -> bool:
    """Whether a pronoun for a person comes early, before any name."""
    people = _SPEAKS_FOR.get(language or "")
    if people is None:
        return False
    small = stop_words(language)
    if introduces(first, language):
        return False
    for number, word in enumerate(first):
        lowered = word.lower()
        if lowered in people:
            return True
        if number and word[0].isupper() and lowered not in small and not is_everyday(word):
            return False
    return False


def _has_speaker(sentence: str, language: str | None) -> bool:
    """Whether the sentence is a quotation with somebody's name beside it."""
    if not _QUOTED.match(sentence):
        return False
    small = stop_words(language)
    return any(
        word[0].isupper() and word.lower() not in small and not is_everyday(word)
        for word in words(_QUOTED.sub(" ", sentence))
    )


_OWN_VOICE = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|me|my|myself|we|our|us)\b")


def speaks(sentence: str, language: str | None) -> bool:
    """Whether somebody speaks of himself and no quotation marks say so: "Everyone treated me well"."""
    return language == "en" and _OWN_VOICE.search(_QUOTED.sub(" ", sentence)) is not None


def after_speech(sentence: str) -> str:
    """What follows the quotation that the sentence opens with; "" when it opens with none."""
    found = _QUOTED.match(sentence)
    return sentence[found.end() :] if found else ""


def _is_bare_quote(sentence: str) -> bool:
    """Whether nothing but speech is said: no speaker stands beside the quotation."""
    if not _OPEN_OR_CLOSE.search(sentence) and sentence[:1] not in "'‘":
        return False
    rest = _QUOTED.sub(" ", sentence)
    return len(words(rest)) < 2 and len(words(sentence)) >= 2


def quoted(sentence: str) -> float:
    """How much of the sentence stands between quotation marks, 0 to 1."""
    if not _OPEN_OR_CLOSE.search(sentence) and "'" not in sentence and "‘" not in sentence:
        return 0.0
    return sum(len(found) for found in _QUOTED.findall(sentence)) / len(sentence)


def is_balanced(sentence: str) -> bool:
    """Whether every quotation mark and bracket that opens also closes, and no quotation lost its speaker."""
    if _CUT_OFF.search(sentence):
        return False
    if sentence.count('"') % 2 or sentence.count("(") != sentence.count(")"):
        return False
    if sentence.count("[") != sentence.count("]"):
        return False
    if sentence.isascii():
        return _apostrophes_balanced(sentence)
    closers: list[str] = []
    for mark in _OPEN_OR_CLOSE.findall(sentence):
        if closers and (mark == closers[-1] or (closers[-1] == "“" and mark == "”")):
            closers.pop()
        elif mark in _QUOTES:
            closers.append(_QUOTES[mark])
        elif mark != '"':
            return False
    return not closers and _apostrophes_balanced(sentence)


_OPENING_APOSTROPHE = re.compile(
    r"(?:^|[\s(\"“])['‘](?=[^\W\d_])(?!(?:em|til|tis|twas|cos|cause|n|s|round|bout)\b)"
)
_CLOSING_APOSTROPHE = re.compile(r"[.,!?;:…]['’](?=\s|$)|(?<=[^\Ws])['’](?=[\s,.;:]|$)")


def _apostrophes_balanced(sentence: str) -> bool:
    """Whether single quotation marks pair up; one may be a plural's apostrophe ("the girls' school")."""
    if "'" not in sentence and "’" not in sentence and "‘" not in sentence:
        return True
    opened = len(_OPENING_APOSTROPHE.findall(sentence))
    closed = len(_CLOSING_APOSTROPHE.findall(sentence))
    if opened == closed:
        return True
    if opened > closed:
        return sentence.count("s'") + sentence.count("s’") >= opened - closed
    return False


_ANSWERS = frozenset(
    {
        "that",
        "this",
        "these",
        "it",
        "it's",
        "that's",
        "yes",
        "no",
        "not",
        "but",
        "so",
        "maybe",
        "perhaps",
        "well",
    }
)


def answers(found: Sequence[str]) -> bool:
    """Whether a sentence may answer the question before it, by its words: "To go? That is what"."""
    return bool(found) and found[0].lower().replace("’", "'") in _ANSWERS


def asks(sentence: str) -> bool:
    """Whether the sentence is a question."""
    return sentence.rstrip("\"'”’»」』)* ").endswith(("?", "？", "؟", "՞")) or (
        sentence.endswith(";") and "\u0370" <= sentence[:1] <= "\u03ff"
    )
