"""Tell the page's words from the article's: share bars, captions, pleas, headings, lists of links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from summaries.language import letters
from summaries.lines import is_ended
from summaries.vocabulary import AROUND, LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_PHRASES = Path(__file__).with_name("clutter.txt")

SHORT = 10
"""Words up to which a phrase that prose uses too ("subscribe", "photo") still marks a sentence as clutter."""

MOSTLY_SMALL = 0.7
"""Share of lines without a capital from which a text is one that writes none."""

MOSTLY_ENDED = 0.3
"""Share of sentences with a stop from which a line without one is a heading, or an item of a list."""

ENOUGH_ENDED = 8
SOME_ENDED = 0.05
"""So many sentences with a stop tell a page by themselves, however long its lists are; but not one in twenty,
or the rest is speech written down without stops."""

LEAST_WORDS = 4
"""Shorter than this, a line is a label or an exclamation, not news."""

_WORDS = re.compile(r"\w+")
_UNBROKEN = re.compile("[\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_LINK = re.compile(r"https?://|www\.|\S@\w+\.\w|pic\.twitter")
_COPYRIGHT = re.compile(r"©|\(c\) ?\d{4}|copyright \d{4}", re.IGNORECASE)
_BARS = "|›»•·▪●/"
_LISTED = re.compile(r" [|›»•·▪●] |\s/\s\S+\s/\s")
_BYLINE = re.compile(
    r"(?:By|Von|Par|Por|Di|Da|Av|Af|Door|Tekst|Text|Story) "
    r"(?:[A-ZÀ-Þ][\w.'’-]*+[ ,]*+|and |in |for |at |of |& )++\.?$"
)
_LABELLED = re.compile(r"[\"'‘“]?[A-ZÀ-Þ](?:[^\W\d_]|-)*(?: (?:[\w’'-]+|&)){0,4}[\"'’”]?: (?=[A-ZÀ-Þ])")
"""``Terrified: Emma Jackson, 28, was``: how captions open; in speech a quotation mark follows."""

_DATED = re.compile(r"\d{4}: (?=[A-ZÀ-Þ])")
"""``1996: Named minister``: an entry of a list of years."""

_NO_VERB = re.compile(
    r"(?:(?:[A-ZÀ-Þ][\w.'’-]*+|(?:and|in|of|from|for|now|at|with|to|on|the|by|de|la|von|van|und|et|y|e)\b|[,&-])"
    r"[ ,.]*+){4,}+$"
)
"""``Journalist Ida Holm in Oslo and CNN's Jon Berg from Atlanta.``: names, and no verb between them; the
match gives nothing back, or a long word in capitals would be parted in every way there is, without end."""

_PLACED = re.compile(
    r"\((?:pictured \w+|left|right|cent(?:re|er)|above|below|top|bottom|inset|far left|far right)\b"
    r"(?!-| ?\d)[^)]{0,60}\)"
)
"""``Private Jon Berg (left and right, with his wife)``: where he stands in a picture that is not here."""

_BEGUN = re.compile(r"(?!(?:al|el|de|van|von|da|di|der|den|la|le|bin|ibn|e|i)\b)[a-zà-ÿ]+ (?![A-Z])")
"""``in different countries and need``: what a page tore off the sentence before."""

_SOURCED = re.compile(r"\([A-Z][^()]{2,40}\) \S")
"""``(Harbour Post) The storm``: a list of news, each with its source behind it."""

_SELLS = re.compile(
    r"(?:Buy|Order|Shop|Grab|Get|Download|Donate|Book|Register|Join|Try|Pre-order|Support|Discover) "
    r"[^.?]{3,160}!|[^?!]{3,160} (?:grab|get|order|book|claim|secure|reserve) yours\b[^?!]{0,40}!"
)
"""``Buy a set of coasters!``."""

_LABELLED_NUMBER = re.compile(r"(?:[A-Z][\w.'’&-]* ){1,4}[-–—] ?[$£€]?\d")
"""``Harbour Plan – $129 a month``, ``Ida Holm - 4 Useful rather than fast``: an entry of a list."""

_LEADS_AWAY = ("(See ", "(Read ", "(Watch ", "(Click ", "(Listen ", "Here are ")

_INVITES = re.compile(
    r"(?:[^.?!\"“”]{0,120}, )?[Pp]lease (?:visit|leave|click|contact|call|email|refer to|rate|share|"
    r"subscribe|follow|see|check|read|donate)\b"
    r"|Check out |(?:See|View|Browse|Explore|Read|Visit|Follow|Download|Join|Find) "
    r"(?:all )?(?:our|the latest|more) "
    r"|To (?:order|subscribe|register|apply|donate|learn more|find out more|read more|sign up)\b"
    r"[^.?!\"“”]{0,100} (?:visit|go to|see|call|email) "
    r"|(?:Visit|See|Browse|Explore) [^.?!\"“”]{1,60}"
    r"\b(?:website|web site|site|web page|page|shop|store)\b"
    r"|(?:Contact|Call|Visit|Reach out to) [^.?!\"“”]{1,80}\b(?:today|now)\b(?! [a-z]+ed\b)"
)
"""``To see earlier data, please visit the section below.``, ``Check out our guide``, ``To order, call``."""

_POINTS_HERE = re.compile(
    r"\b(?:check|download|downloaded|available|version|guide|"
    r"can (?:be )?(?:find|found|read|see|seen|view|watch|get))\b"
    r"[^.?!;]{0,40}(?<!\bin)(?<!\bfrom) here[.!)]*$"
)
"""``you can check it out here``, ``an archived version here``: a link that is not here."""

_SYNDICATED = re.compile(
    r"(?:Artykuł|Wpis) .+ pochodzi z |Запись .+ впервые появилась |L['’]articolo .+ proviene da "
    r"|La entrada .+ (?:se publicó|apareció) primero en |Het bericht .+ verscheen eerst op "
    r"|Inlägget .+ dök först upp på |(?:Indlægget|Innlegget) .+ (?:blev først|dukket først) "
    r"|Příspěvek .+ (?:pochází z|se nejdříve objevil na) "
)
"""``The post … appeared first on``, which stands under each entry of many feeds, in other languages."""

_PLEASE = "lease "
_INVITING = (
    "Check", "See", "View", "Browse", "Explore", "Read", "Visit", "Follow", "Download", "Join", "Find",
    "Contact", "Call", "Reach", "To ",
)  # fmt: skip
"""What such a line begins with; the others are looked through no further."""

_CODE = ("@", "# ", "## ", "### ", "$ ", "// ", "/* ", ">>> ", "&gt;", "{{", "<!--")
"""How accounts, lines of code and remarks in it begin."""

_SPACED_STOP = " ."


EDGE = 4
"""Letters by which a phrase's first and last word are looked for: other words may be glued to them."""

KNOWN = 100_000
"""Pieces remembered before starting anew."""


class Phrase(NamedTuple):
    """A phrase of clutter.

    Args:
        text: the phrase, lower case.
        needs: signs that a text has if it has the phrase; see ``Signs``.
    """

    text: str
    needs: frozenset[str]


class Signs(dict[str, tuple[str, ...]]):
    """From a piece between spaces to the signs of phrases in it, mostly none.

    A sign is a word in lower case, its first letters ("subs*") or its last ("*ribe"), if a phrase needs it.
    News repeats its words, so that a text's signs are soon found, and with them the few phrases out of
    hundreds that are worth looking for.

    Args:
        wanted: the signs that any phrase needs.
    """

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted
        self._heads = frozenset(sign[:-1] for sign in wanted if sign.endswith("*"))
        self._tails = frozenset(sign[1:] for sign in wanted if sign.startswith("*"))

    def __missing__(self, piece: str) -> tuple[str, ...]:
        bare = piece.lower().strip(AROUND)
        signs: tuple[str, ...] = ()
        for word in (bare,) if bare.isalnum() else _WORDS.findall(bare):
            head, tail = word[:EDGE], word[-EDGE:]
            if word in self._wanted:
                signs += (word,)
            if head in self._heads:
                signs += (f"{head}*",)
            if tail in self._tails:
                signs += (f"*{tail}",)
        if len(piece) <= LONGEST:
            if len(self) >= KNOWN:
                self.clear()
            self[piece] = signs
        return signs


@cache
def _signs() -> Signs:
    known = phrases()
    listed = chain(*known.anywhere.values(), *known.short.values())
    return Signs(frozenset().union(*(phrase.needs for phrase in listed)))


class Phrases(NamedTuple):
    """The phrases of clutter, by where they count.

    Args:
        anywhere: those that count in any sentence, by one of the signs that each needs.
        short: likewise, those that count in a short one.
        opens: those that count where they open a short one.
    """

    anywhere: dict[str, list[Phrase]]
    short: dict[str, list[Phrase]]
    opens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What is true of the whole text, so that a page's own habits are not taken for clutter.

    Args:
        anywhere: the phrases that this text holds at all; looked for once, since a text holds few.
        short: likewise, in its short sentences.
        copyright: whether it has a copyright line at all.
        listed: whether anything in it is parted by bars or bullets.
        ends: whether its sentences end in a stop; a text without punctuation is not all headings.
        spaced: whether it writes a space before each full stop, as tokenised text does.
        shouts: whether it is all in capitals.
        small: whether its sentences begin with small letters, or with letters that have no others.
    """

    anywhere: tuple[str, ...]
    short: tuple[str, ...]
    copyright: bool
    listed: bool
    ends: bool
    spaced: bool
    shouts: bool
    small: bool


@cache
def phrases() -> Phrases:
    """The phrases as the file beside this one lists them."""
    found: dict[str, list[str]] = {"anywhere": [], "short": [], "opens": []}
    for line in _PHRASES.read_text(encoding="utf-8").splitlines():
        kind, colon, listed = line.partition(": ")
        if colon and kind in found:
            found[kind] += listed.split(" | ")
    return Phrases(
        _by_sign(map(_phrase, found["anywhere"])),
        _by_sign(map(_phrase, found["short"])),
        tuple(found["opens"]),
    )


def _phrase(text: str) -> Phrase:
    parts = _WORDS.findall(text)
    glued_before, glued_behind = text.startswith(parts[0]), text.endswith(parts[-1])
    needs = set(parts[glued_before : len(parts) - glued_behind])  # what stands between marks is a word
    if " ".join(parts[:2]) == text:  # "photo" marks no photographer, "assine a" no Yassine
        needs.add(parts[0])
    elif len(parts[0]) >= EDGE and glued_before:
        needs.add(f"*{parts[0][-EDGE:]}")
    if len(parts[-1]) >= EDGE and glued_behind:
        needs.add(f"{parts[-1][:EDGE]}*")
    return Phrase(text, frozenset() if _UNBROKEN.search(text) else frozenset(needs))


def _by_sign(listed: Iterable[Phrase]) -> dict[str, list[Phrase]]:
    """The phrases by the longest sign that each needs, "" for those that need none."""
    found: dict[str, list[Phrase]] = {}
    for phrase in listed:
        found.setdefault(max(sorted(phrase.needs), key=len, default=""), []).append(phrase)
    return found


def _held(listed: Mapping[str, Sequence[Phrase]], signs: set[str], lowered: str) -> tuple[str, ...]:
    """The phrases that a text holds."""
    near = chain.from_iterable(listed[sign] for sign in ("", *signs) if sign in listed)
    return tuple(phrase.text for phrase in near if phrase.needs <= signs and phrase.text in lowered)


def read_page(text: str, lines: Sequence[str], pieces: Sequence[Sequence[str]]) -> Page:
    """Look over a text once, before its sentences are judged one by one.

    Args:
        text: the article.
        lines: its sentences.
        pieces: each of them parted at its spaces.
    """
    lowered = text.lower()
    few = [line for line, split in zip(lines, pieces, strict=True) if len(split) <= SHORT]
    signs = set(chain.from_iterable(map(_signs().__getitem__, set(chain.from_iterable(pieces)))))
    known = phrases()
    count = len(lines) or 1
    ended = sum(map(is_ended, lines))
    return Page(
        anywhere=_held(known.anywhere, signs, lowered),
        short=_held(known.short, signs, "\n".join(few).lower()),
        listed=any(mark in text for mark in _BARS),
        copyright=any(mark in lowered for mark in ("©", "(c)", "copyright")),
        ends=ended > (MOSTLY_ENDED if ended < ENOUGH_ENDED else SOME_ENDED) * count,
        spaced=_SPACED_STOP in text and sum(line.endswith(_SPACED_STOP) for line in lines) > 0.4 * count,
        shouts=sum(map(str.isupper, lines)) > 0.5 * count,
        small=sum(not line[:1].isupper() for line in lines) > MOSTLY_SMALL * count,
    )


def is_clutter(sentence: str, words: int, page: Page) -> bool:
    """Whether a reader would say that this line is not a sentence of the article.

    Args:
        sentence: the line.
        words: its length in words.
        page: the text it stands in.
    """
    return words < LEAST_WORDS or says_so(sentence, words, page) or _looks_so(sentence, words, page)


def says_so(sentence: str, words: int, page: Page) -> bool:
    """Whether its phrases are those of share bars, pleas, credits and the like; arguments as above."""
    if words > SHORT and not page.anywhere and not page.copyright:
        return False
    lowered = sentence.lower()
    if any(phrase in lowered for phrase in page.anywhere) or (page.copyright and _COPYRIGHT.search(sentence)):
        return True
    if words > SHORT:
        return False
    if lowered.startswith(phrases().opens):
        return True
    return any(phrase in lowered for phrase in page.short)


def _looks_so(sentence: str, words: int, page: Page) -> bool:
    """Judged by form."""
    if (page.ends and not is_ended(sentence)) or sentence.startswith(_CODE):
        return True
    if sentence.endswith(_SPACED_STOP) and not page.spaced:
        return True
    if ": " in sentence and (_LABELLED.match(sentence) or _DATED.match(sentence)):
        return True
    if not page.shouts and (sentence.isupper() or (sentence[-2:-1].isalnum() and _NO_VERB.match(sentence))):
        return True
    if letters(sentence) * 2 < len(sentence) - sentence.count(" "):
        return True
    if _is_of_page(sentence, page):
        return True
    if words <= SHORT and (_LINK.search(sentence) or _BYLINE.match(sentence)):
        return True
    return page.listed and any(mark in sentence for mark in _BARS) and _LISTED.search(sentence) is not None


def _is_of_page(sentence: str, page: Page) -> bool:
    """Whether it is torn off, leads to a list, has its source before it, sells, or tells of a picture."""
    if not page.small and sentence[0].islower() and _BEGUN.match(sentence):
        return True
    if sentence.startswith(_LEADS_AWAY) or _LABELLED_NUMBER.match(sentence):
        return True
    if sentence[-1] == ":" or (sentence[0] == "(" and _SOURCED.match(sentence)):
        return True
    if "!" in sentence and _SELLS.match(sentence):
        return True
    if (_PLEASE in sentence or sentence.startswith(_INVITING)) and _INVITES.match(sentence):
        return True
    if " here" in sentence and _POINTS_HERE.search(sentence):
        return True
    if _SYNDICATED.match(sentence):
        return True
    return "(" in sentence and _PLACED.search(sentence) is not None
