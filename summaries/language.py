"""The words of a language: how to find them, which are too common to count, and their stems."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_STOP_WORDS = Path(__file__).with_name("stop_words.txt")
_EVERYDAY = Path(__file__).with_name("everyday.txt")

_ALIASES = {"nb": "no", "nn": "no", "iw": "he", "in": "id"}

_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish",
}  # fmt: skip
"""ISO 639-1 codes with a Snowball stemmer; a version of PyStemmer that lacks one gives plain words."""

_HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_KANA = "\u3041-\u30ff\uff66-\uff9f"
_UNSPACED = f"{_HAN}{_KANA}\u0e01-\u0e4e\u0e80-\u0eff\u1000-\u109f\u1780-\u17d3"
"""Scripts written without spaces between words: Han, kana, Thai, Lao, Burmese, Khmer."""

_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0dff\u200c\u200d"
"""Combining marks and Indic vowel signs that belong inside a word though Python's ``\\w`` leaves some out."""

_WORD = re.compile(f"[{_UNSPACED}]+|[\\w{_MARKS}]+(?:['’.\\-](?=[^\\W\\d_])[\\w{_MARKS}]+)*")
_ASCII_WORD = re.compile(r"\w+(?:['.\-](?=[A-Za-z])\w+)*", re.ASCII)
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]")


@cache
def stop_words(language: str | None) -> frozenset[str]:
    """The stop words of a language, lower-cased; empty for a language without a list."""
    return stop_word_lists().get(language or "", frozenset())


@cache
def stop_word_lists() -> dict[str, frozenset[str]]:
    """The stop words of every language that has a list."""
    lists = {}
    for line in _STOP_WORDS.read_text(encoding="utf-8").splitlines():
        code, colon, words = line.partition(": ")
        if colon and not line.startswith("#"):
            lists[code] = frozenset(words.split())
    return lists


@cache
def everyday() -> frozenset[str]:
    """Days, months and measures in lower case: always there, never what a text is about, nobody's name."""
    return frozenset(_EVERYDAY.read_text(encoding="utf-8").splitlines()[1].split())


def is_everyday(word: str) -> bool:
    """Whether a word is a day, a month or a measure."""
    return word.lower() in everyday()


def base_language(language: str | None) -> str | None:
    """The ISO 639-1 code of a tag such as ``en-GB`` or ``nb``; None stays None."""
    if not language:
        return None
    code = re.split(r"[-_]", language.strip().lower(), maxsplit=1)[0]
    return _ALIASES.get(code, code) or None


def words(text: str) -> list[str]:
    """The words of a text in order, as written; scripts without spaces give one word a run."""
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text)


def spans_of_words(text: str) -> list[tuple[int, int]]:
    """Where the words of a text stand, in order."""
    return [match.span() for match in _WORD.finditer(text)]


_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())


def letters(text: str) -> int:
    """How many letters a text has; counted in one go where one byte is one character."""
    if text.isascii():
        return len(text.encode("ascii").translate(None, _NO_LETTERS))
    return sum(map(str.isalpha, text))


def size(text: str, pieces: int) -> int:
    """How long a text is in words, for budgets.

    White space parts words; where a script has none, two characters count as a word, so that a
    budget means about the same reading time. Never less than ``len(text.split())``.

    Args:
        text: the text.
        pieces: into how many pieces white space parts it.
    """
    return pieces if text.isascii() else pieces + len(_UNSPACED_RUN.findall(text)) // 2


_STEMMING = Lock()
"""Held while a word is stemmed: a stemmer keeps the word in itself, and serves one thread at a time."""


@lru_cache(maxsize=8)
def _stem_word(language: str) -> Callable[[str], str]:
    name = _SNOWBALL.get(language)
    if name is None:
        return str
    import Stemmer

    if name not in Stemmer.algorithms():
        return str
    stem: Callable[[str], str] = Stemmer.Stemmer(name, 0).stemWord  # 0: it remembers nothing itself
    return stem


def stem(word: str, language: str) -> str:
    """The stem of one lower-cased word; a word that no file could hold, with half a character, is its own."""
    try:
        with _STEMMING:
            return _stem_word(language)(word)
    except UnicodeEncodeError:
        return word


_KOREAN_PARTICLE = re.compile(
    "(?:에서는|에서|으로|에게|까지|부터|이라고|라고|은|는|이|가|을|를|의|에|로|와|과|도)$"
)
KOREAN_STEM = 2
"""Syllables that a Korean word keeps in any case when its particle is taken off."""

_KNOWN: dict[str, dict[str, tuple[str, ...]]] = {}
"""By language, what each lower-cased word gives: nothing, its stem, or pairs of characters."""

ROOT = 5
"""Letters by which two words are taken for forms of one."""

KNOWN_WORDS = 300_000
"""Words remembered in a language before starting anew: the vocabulary of some 10,000 articles."""


def tokens(text: str, language: str | None) -> list[str]:
    """The content words of a text: lower-cased, stemmed, stop words left out, in order.

    Scripts without spaces give overlapping pairs of characters instead of words. A number is a token.
    """
    return stems(words(text.lower()), language)


def stems(lowered: Sequence[str], language: str | None) -> list[str]:
    """The stems of lower-cased words, without stop words and lone letters."""
    known = _KNOWN.setdefault(language or "", {})
    if len(known) > KNOWN_WORDS:
        known.clear()
    found: list[str] = []
    for word in lowered:
        given = known.get(word)
        if given is None:
            given = known[word] = _given(word, language)
        found.extend(given)
    return found


def roots(lowered: Sequence[str], language: str | None) -> list[str]:
    """Like ``stems``, with a word's first letters for its stem: for comparing sentences in one go.

    On every set it was tried on, briefs came out as with Snowball's stems, in a hundredth of the time, and a
    language without a stemmer is served as well.
    """
    stop = stop_words(language)
    found: list[str] = []
    for word in lowered:
        if word in stop:
            continue
        if word.isascii():
            if len(word) > 1 or word.isdigit():
                found.append(word if word[0].isdigit() else word[:ROOT])
        elif _UNSPACED_RUN.match(word):
            found.extend(_given(word, language))
        elif len(word) > 1:
            found.append(root(word))
    return found


def root(word: str) -> str:
    """The first letters of a lower-cased word; a number is kept whole."""
    return word if word[0].isdigit() else word[:ROOT]


def _given(word: str, language: str | None) -> tuple[str, ...]:
    if word in stop_words(language):
        return ()
    if not word.isascii() and _UNSPACED_RUN.match(word):
        return (word,) if len(word) == 1 else tuple(word[i : i + 2] for i in range(len(word) - 1))
    if language == "ko" and len(word) > KOREAN_STEM:
        return (_KOREAN_PARTICLE.sub("", word),)
    if len(word) > 1 or word.isdigit():
        return (stem(word.replace("’", "'"), language or ""),)
    return ()
