"""Quotations: where they stand in a sentence, whether they close, and who speaks."""

from __future__ import annotations

import re

from summaries.language import is_everyday, stop_words, words

_CUT_OFF = re.compile(
    r",[\"”’'] (?:The|In|On|At|About|After|As|But|And|When|While|It|There|This|That|For|From|By|With) "
)
"""``"Rest in peace, my brother," About 10 years ago``: a page lost who said so."""

_QUOTES = {"“": "”", "„": "“", "«": "»", "「": "」", "『": "』"}
_OPEN_OR_CLOSE = re.compile('["“”„«»「」『』]')
_QUOTED = re.compile(
    "\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」|(?<!\\w)['‘][^'’]{1,300}(?:['’]\\w[^'’]{0,300}){0,9}['’](?!\\w)"
)


_OPENS = re.compile("[\"“„«「'‘](?<!\\w['‘])")
"""Any mark with which ``_QUOTED`` begins: without one a sentence is searched no further."""


def unquoted(sentence: str) -> str:
    """The sentence without what stands between quotation marks."""
    return _QUOTED.sub(" ", sentence) if _OPENS.search(sentence) else sentence


def has_speaker(sentence: str, language: str | None) -> bool:
    """Whether the sentence is a quotation with somebody's name beside it."""
    if not _QUOTED.match(sentence):
        return False
    small = stop_words(language)
    return any(
        word[0].isupper() and word.lower() not in small and not is_everyday(word)
        for word in words(unquoted(sentence))
    )


_OWN_VOICE = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|me|my|myself|we|our|us)\b")


def speaks(sentence: str, language: str | None) -> bool:
    """Whether somebody speaks of himself and no quotation marks say so: "Everyone treated me well"."""
    if language != "en" or not _OWN_VOICE.search(sentence):
        return False
    return _OWN_VOICE.search(unquoted(sentence)) is not None


def after_speech(sentence: str) -> str:
    """What follows the quotation that the sentence opens with; "" when it opens with none."""
    found = _QUOTED.match(sentence)
    return sentence[found.end() :] if found else ""


def is_bare_quote(sentence: str) -> bool:
    """Whether nothing but speech is said: no speaker stands beside the quotation."""
    if not _OPEN_OR_CLOSE.search(sentence) and sentence[:1] not in "'‘":
        return False
    rest = unquoted(sentence)
    return len(words(rest)) < 2 and len(words(sentence)) >= 2


def quoted(sentence: str) -> float:
    """How much of the sentence stands between quotation marks, 0 to 1."""
    if sentence.isascii() and '"' not in sentence and "'" not in sentence:
        return 0.0  # as most
    if not _OPENS.search(sentence):
        return 0.0
    return sum(len(found) for found in _QUOTED.findall(sentence)) / len(sentence)


def is_balanced(sentence: str) -> bool:
    """Whether every quotation mark and bracket that opens also closes, and no quotation lost its speaker."""
    if _CUT_OFF.search(sentence):
        return False
    if sentence.count('"') % 2 or sentence.count('""') % 2 or sentence.count("(") != sentence.count(")"):
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
