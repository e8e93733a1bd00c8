"""Tell the language of a text: by its script, then by its small words, then by a trained model."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import chain
from math import exp, sqrt

from summaries.language import base_language, letters, stop_word_lists, words

SAMPLE = 1500
"""Characters looked at: more change no answer on news text and cost time."""

SURE_SHARE = 0.25
"""Share of a text's words that must be a language's small words; prose has 0.3 to 0.5, lists less."""

SURE_LEAD = 1.3
"""How far the best must be ahead of the next; Danish and Norwegian share too much and go to the model."""

LEAST_PROBABILITY = 0.2
"""Below this the model is guessing, and "unknown" serves the reader better."""

SHORT = 200
"""Characters below which the model is asked only for languages that news is read in: of few words it makes
Walloon of French and Venetian of Italian."""

_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("th", re.compile("[\u0e01-\u0e4e]")),
)
"""Scripts that one language alone uses in the news; kana goes before Han, since Japanese mixes the two."""

SCRIPT_SHARE = 0.25
"""Share of letters in a script that settles the language; a Greek name in an English text does not."""


def detect_language(text: str) -> str | None:
    """The language of a text as an ISO 639-1 code, or None when it cannot be told."""
    sample = text[:SAMPLE].lower()
    count = letters(sample)
    if count < 3:
        return None
    return _by_script(sample, count) or _by_small_words(sample) or _by_model(sample)


def plain_language(text: str) -> str | None:
    """The language of a text if its script or its small words leave no doubt, else None; quick."""
    sample = text[:SAMPLE].lower()
    return _by_script(sample, letters(sample)) or _by_small_words(sample)


def _by_script(sample: str, count: int) -> str | None:
    if sample.isascii():
        return None
    for code, script in _SCRIPTS:
        if len(script.findall(sample)) > SCRIPT_SHARE * count:
            return code
    return None


@cache
def _languages_of_small_words() -> dict[str, tuple[str, ...]]:
    languages: dict[str, list[str]] = {}
    for code, small in stop_word_lists().items():
        for word in small:
            languages.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in languages.items()}


def _by_small_words(sample: str) -> str | None:
    found = words(sample)
    if len(found) < 12:
        return None
    small = _languages_of_small_words()
    hits = Counter(chain.from_iterable(small[word] for word in found if word in small))
    best = hits.most_common(2)
    if not best or best[0][1] < SURE_SHARE * len(found):
        return None
    if len(best) > 1 and best[0][1] < SURE_LEAD * best[1][1]:
        return None
    return best[0][0]


def _by_model(sample: str) -> str | None:
    import py3langid

    data = sample.encode("utf-8", "ignore")
    ranked = py3langid.rank(data)
    if len(sample) < SHORT:
        listed = stop_word_lists()
        ranked = [one for one in ranked if base_language(str(one[0])) in listed] or ranked
    heat = sqrt(len(data))  # the model's own calibration: scores grow with the length of the text
    best = float(ranked[0][1])
    probability = 1 / sum(exp((float(score) - best) / heat) for _, score in ranked)
    return base_language(str(ranked[0][0])) if probability >= LEAST_PROBABILITY else None
