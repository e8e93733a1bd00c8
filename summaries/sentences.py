"""Split a text into sentences that keep their offsets: sentencex, then what news pages need beyond it."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import chain
from typing import TYPE_CHECKING

from summaries.ahead import INDEFINITE
from summaries.brief import Span
from summaries.detection import detect_language
from summaries.language import base_language, is_everyday, stop_words
from summaries.lines import CLOSERS, STOPS, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONG = 400
"""Characters after which a sentence is split again even inside quotation marks: a quote that never closes
would otherwise swallow the rest of the article."""

SHORT_TAG = 8
"""Characters of a Chinese or Japanese "she asked" that belongs to the quote before it."""

BLOCK = 10_000
"""Characters that sentencex gets at once: its time grows with the square."""

CROWDED_BLOCK = 1_000
"""Likewise, where one character in eight or more is a bracket or a quotation mark, for each of which it looks
for a partner: nobody writes so."""

_PARTNERED = re.compile("[\"'()\\[\\]{}«»‹›„“”‚‘’「」『』（）【】]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_GLUED = tuple(
    re.compile(rf"{stop}(?<=[^\W\d_]{{2}}{stop})[\"'”’)]?(?=[\"“‘(]?[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][^\W\d_A-Z.]+[ ,])")
    for stop in (r"\.", "!", r"\?")
)
"""A full stop with the next sentence right behind it, where a page lost a line end ("at home.The survey").
Each stop has an expression of its own: one character is found far sooner than any of three."""

_CAMEL = re.compile(r"[A-Z](?<=[^\W\d_A-Z]{3}[A-Z])[a-z]{2,}(?=[\s,])")
"""A capital inside a word; only a stop word there ("YorkshireThe council") or one that the text has by itself
elsewhere ("madnessHamilton") starts a new sentence."""

_CAPTIONED = re.compile(r" [A-ZĐ](?<=[^\W_A-Z] [A-ZĐ])\w*(?= [^\W\d_A-ZÀ-Þ]{2})")
_OPENS_CAPTIONED = {
    "en": frozenset({
        "The", "They", "He", "She", "It", "There", "These", "Those", "According", "After", "When", "If",
        "Although", "But", "However", "While", "As", "In", "On", "At", "A", "An", "His", "Her", "Their",
        "Its", "We", "This", "That",
    }),
    "vi": frozenset({"Các", "Những", "Đây", "Theo", "Tại"}),
}  # fmt: skip
"""The small word that opens a sentence in the middle of one, with no stop before it and no name behind it:
a caption was glued to the sentence ("some rare elements came from The study, by two")."""

_SEN = re.compile(
    r"[a-z] Sen\.(?= (?:The|A|An|He|She|It|They|We|His|Her|Their|But|In|On|At|After|When|This) [a-z])"
)
"""``was led by Hun Sen. The opposition``: a surname, and no senator."""

_ARROW = re.compile("[\u2190-\u21ff\u2900-\u297f\u2b00-\u2bff\u25a0-\u25ff]\ufe0f? (?=[^\\W\\d_a-z])")
"""``JUMP TO THE LIST ⤵ The house``: a sign that points ends what a page wrote above its text."""

_FIRST_WORDS = re.compile(r"[^\W\d_a-z]\w+ \w+ \w+ ")
"""A headline glued to the first sentence often begins with the same words."""

_AGAIN = re.compile(r"(?<![.!?])[.!?]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W\d_a-z])")

LONGEST_WORD = 20
"""Characters looked back over for the word before."""

SHORTEST_DAY = 5
"""Letters above which a day or month is none that is a word as well ("May The")."""

LONGEST_ABBREVIATION = 8
"""Characters of the longest abbreviation, dots included, as in "U.S.S.R."."""

_ABBREVIATIONS = frozenset(
    """
    Mr Mrs Ms Dr Drs Prof St Gen Gov Sen Rep Lt Col Sgt Capt Const No Nr nr ca Kl kl bzw Sr Sra Srta Dña Ud
    Av Mme Mlle dott sig avv Tp TP GS PGS TS ThS BS Th tlf г гг им ул тис млн млрд тыс inż mgr hab ks prof
    ul im tzw np godz tys mln mld tzv např Ing Bc Mgr MUDr JUDr resp αρ κ κκ κα καθ δηλ n sigg mevr mw dhr
    vol Vol tri rva Yrd örn Cad Sok Doç د أ डॉ श्री eks
    """.split()  # noqa: SIM905  # a list of a hundred quoted words is harder to read
)
_LISTED = "|".join(sorted(_ABBREVIATIONS - {"eks"}))  # "eks" is one behind "f. " alone
_ABBREVIATION = re.compile(
    rf"(?:^|[\s()\"“«])(?:[A-ZА-ЯЁІЇЄҐΑ-Ω]|{_LISTED}|"
    r"z\.\s?B|u\.\s?a|d\.\s?h|bl\.\s?a|f\.\s?eks|д-р|т\.\s?е|π\.\s?χ|n\.º|d\.w\.z|o\.a)\.$"
)
"""What ends in a full stop and ends no sentence, where sentencex splits there; of letters alone, only what
is listed and single letters."""

_LETTERS = re.compile(r"\b(?:[A-Z]\.){2,}$|-[A-Z]\.$")
"""``U.S.`` ends a sentence only before a word that often opens one ("The"), not in "U.S. House"."""

_MONTH = re.compile(r"[\s-](?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$")
"""``from June 30-Aug. 23``: a number goes on with the date."""

_COUNT = re.compile(r"(?<![\w.,])\$?\d{1,3}\.$")
_ORDINAL = re.compile(
    r"\b(?:im|am|der|des|das|dem|den|die|vom|zum|zur|beim|ihre[mnrs]?|seine[mnrs]?|jede[mnrs]?|Im|Am|Der|Das|Die|Den|"
    r"Zum|Vom|Beim) \d{1,2}\.$"
)
"""``Im 19. Jahrhundert``: in German an ordinal number has a full stop, and a noun its capital."""

_YEAR = re.compile(r"^(?:\S+ ){0,4}\d{4} [rрг]\.$")
_NAMED_SO = re.compile(r"(?:^|\s)(?:[A-Z]|Yahoo)!$")
"""``a report by E! News``: names that end in a sign."""

_HOUR = re.compile(r"[ap]\.m\.$")
_DAY = re.compile(
    r"(?:Eastern|Pacific|Central|Mountain|local|British) [Tt]ime|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"[A-Z]{1,3}T\b|GMT|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\. \d"
)


def split_sentences(text: str, language: str | None = None, *, most: int | None = None) -> list[Span]:
    """The sentences of a text, in order, without the white space around them; they never overlap.

    Args:
        text: any text; line ends part sentences unless the text is hard-wrapped.
        language: ISO 639-1; told from the text when None.
        most: sentences after which the rest is not read; None for no end.
    """
    code = base_language(language) or detect_language(text) or "en"
    spans: list[Span] = []
    paragraph_end = -1
    cuts = _cuts(text, code)
    for piece, paragraph in _pieces(text, code):
        whole = not cuts and piece.end - piece.start <= LONG
        for span in (piece,) if whole else _refined(text, piece, cuts):
            if most is not None and len(spans) > most:  # one piece may hold them all
                return spans[:most]
            if spans and spans[-1].end == span.start and _closes(text, spans[-1], span):
                spans[-1] = Span(spans[-1].start, span.start + 1)
                span = trim(text, span.start + 1, span.end)  # noqa: PLW2901  # the mark closes the one before
                if span.start == span.end:  # there was nothing but the mark
                    continue
            joins = paragraph == paragraph_end  # only within a paragraph
            if joins and code in _QUOTES_LEFT_OPEN and _hangs_over(text, spans[-1], code):
                span = Span(spans[-1].end - 1, span.end)  # noqa: PLW2901  # the mark before it is its own
                spans[-1] = trim(text, spans[-1].start, span.start)
            if joins and _goes_on(text, spans[-1], span, code):
                spans[-1] = Span(spans[-1].start, span.end)
            else:
                spans.append(span)
            paragraph_end = paragraph
    return spans[:most]


def trim(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends; empty when there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _pieces(text: str, code: str) -> Iterator[tuple[Span, int]]:
    """Each sentence as sentencex sees it, with the end of its paragraph."""
    from sentencex import segment

    safe = _turned(text if text.isascii() else _SURROGATES.sub("\ufffd", text))
    for paragraph in paragraphs(text):
        for offset, end in _blocks(safe, *paragraph.span()):
            at = offset
            for piece in segment(code, safe[offset:end]):
                bare = piece.rstrip()
                if bare:
                    stop = at + len(bare)
                    yield Span(stop - len(bare.lstrip()), stop), paragraph.end()
                at += len(piece)


def _turned(text: str) -> str:
    """The text, as long as it was, with each straight quotation mark turned to the side to which it belongs.

    sentencex pairs straight marks in their order, so that after one that never closes it takes what stands
    between quotations for speech. A mark without a partner on its line becomes one that means nothing to it.
    """
    if '"' not in text:
        return text
    turned: list[str] = []
    opened = -1
    for found in _STRAIGHT.finditer(text):
        at = found.start()
        if text[at] == "\n":
            opened = -1
            continue
        follows = at > 0 and not text[at - 1].isspace() and text[at - 1] not in _BEFORE_SPEECH
        precedes = at + 1 < len(text) and not text[at + 1].isspace()
        turned.append(_UNPAIRED)
        if opened >= 0 and (follows or not precedes):
            turned[opened], turned[-1] = "“", "”"
            opened = -1
        elif not follows:
            opened = len(turned) - 1
    return "".join(chain.from_iterable(zip(text.split('"'), (*turned, ""), strict=True)))


_STRAIGHT = re.compile('["\n]')
_BEFORE_SPEECH = "([{-–—/'‘“"
_UNPAIRED = "\N{MODIFIER LETTER DOUBLE PRIME}"


def _blocks(text: str, start: int, end: int) -> Iterator[Span]:
    """A paragraph in parts that each end with a sentence if they can."""
    most = BLOCK
    if end - start > BLOCK and len(_PARTNERED.findall(text, start, end)) * 8 > end - start:
        most = CROWDED_BLOCK
    while end - start > most:
        stop = max(text.rfind(mark, start, start + most) for mark in (". ", *"。！？؟।։")) + 1
        stop = stop or start + most
        yield Span(start, stop)
        start = stop
    yield Span(start, end)


def _cuts(text: str, code: str) -> list[Span]:
    """Where a page glued two sentences together: from the stop to the next sentence, in order."""
    cuts = {
        Span(*match.span())
        for glued in _GLUED
        for match in glued.finditer(text)
        if not _ABBREVIATION.search(text, max(0, match.start() - LONGEST_ABBREVIATION), match.start() + 1)
    }
    if not text.isascii():
        cuts.update(Span(match.end(), match.end()) for match in _ARROW.finditer(text))
    if code == "en" and " Sen. " in text:
        cuts.update(Span(match.end(), match.end()) for match in _SEN.finditer(text))
    small, numbers = stop_words(code), INDEFINITE.get(code, frozenset())
    camels = list(_CAMEL.finditer(text))
    alone = set(text.split()) if camels else set()
    for match in camels:
        lowered = match.group().lower()
        if lowered in small or lowered in numbers or (match.group() in alone and not _is_tagged(text, match)):
            cuts.add(Span(match.start(), match.start()))
    captioned = _OPENS_CAPTIONED.get(code, frozenset())
    for match in _CAPTIONED.finditer(text) if captioned else ():
        if match.group()[1:] not in captioned:
            continue
        start = match.start() + 1
        before = text[max(0, start - LONGEST_WORD) : start].split()
        if before[-1:] and (
            before[-1].lstrip("$£€").isdigit()
            or (before[-1].islower() and len(before[-1]) > 2)
            or (len(before[-1]) > SHORTEST_DAY and is_everyday(before[-1]))
        ):
            cuts.add(Span(start, start))
    begins = _FIRST_WORDS.match(text)
    again = text.find(begins.group(), begins.end(), LONG) if begins else -1
    if again > 1 and text[again - 1] == " " and text[again - 2].isalnum():
        cuts.add(Span(again, again))
    return sorted(cuts)


def _is_tagged(text: str, found: re.Match[str]) -> bool:
    """Whether the word that holds it is a tag or an account."""
    before = text[max(0, found.start() - LONGEST_WORD) : found.start()].split()
    return bool(before) and before[-1][0] in "@#"


def _refined(text: str, piece: Span, glued: Sequence[Span]) -> Iterator[Span]:
    """The piece, split where sentences were glued together or a quote never closed."""
    within = glued[bisect_left(glued, (piece.start, 0)) : bisect_left(glued, (piece.end, 0))]
    cuts = {cut.end for cut in within if cut.end < piece.end}
    if piece.end - piece.start > LONG:
        cuts.update(match.end() for match in _AGAIN.finditer(text, *piece))
    if not cuts:
        yield piece
        return
    start = piece.start
    for cut in (*sorted(cuts), piece.end):
        span = trim(text, start, cut)
        if span.start < span.end:
            yield span
        start = cut


def _goes_on(text: str, before: Span, after: Span, code: str) -> bool:
    """Whether the second piece goes on with the sentence of the first."""
    (start, end), (begin, stop) = before, after
    last, first = text[end - 1], text[begin]
    if end == begin and last not in "」』”":
        # "(CNN)U." and "S. troops", "J." and "-C.", "." and "NET" belong together; all else was cut
        if last == "." and text[end - 2 : end - 1] in {" ", "\n", "("}:
            return True
        return last == "." and (first in "-º" or text[begin + 1 : begin + 2] == ".")
    if not first.isupper():
        opening = text[begin : begin + 5].lstrip("-–— ")  # "-- the debate goes on"
        if opening[:1].islower() and not opening[1:2].isupper():
            return True
    if code in {"ja", "zh"}:
        return last in "」』”" and (first in "とが" or stop - begin <= SHORT_TAG)
    if code in _QUOTES_LEFT_OPEN and stop - start <= LONG and _speaks_on(text, before, after, code):
        return True
    if last != ".":
        return last == "!" and _NAMED_SO.search(text, max(start, end - 8), end) is not None
    if first.isdigit() and _is_counted(text[max(start, end - 6) : end], code):
        return True
    if code == "de" and _ORDINAL.search(text, max(start, end - 12), end):
        return True
    return _is_abbreviated(text, before, after, code)


def _is_counted(tail: str, code: str) -> bool:
    """Whether a number goes on with what stands before it: "a 5. 9 magnitude", as tokenised text has it."""
    return bool(_COUNT.search(tail)) or (code == "en" and bool(_MONTH.search(tail)))


_BOTH_WAYS = {'"': re.compile('"'), "'": re.compile(r"(?<!\w)'|'(?!\w)")}
"""The marks that open and close speech alike, an apostrophe within a word aside."""


def _closes(text: str, before: Span, after: Span) -> bool:
    """Whether the piece begins with the mark that closes the one right before it: "We sail.|" The pilot".

    A mark that opens as it closes and has its partner in the piece was set too early: ".|" We sail," he".
    """
    mark = text[after.start]
    if mark not in CLOSERS or text[before.end - 1] not in STOPS:
        return False
    if not text[after.start + 1 : after.start + 2].isspace():
        return False
    return mark not in _BOTH_WAYS or len(_BOTH_WAYS[mark].findall(text, *after)) % 2 == 1


def _hangs_over(text: str, before: Span, code: str) -> bool:
    """Whether a mark that opens as it closes was left at the end of the piece before: ". ”We sail."."""
    mark = _QUOTES_LEFT_OPEN.get(code, "")
    same = mark and mark[0] == mark[1] == text[before.end - 1]
    return bool(same) and before.end - before.start > 2 and text[before.end - 2].isspace()


_QUOTES_LEFT_OPEN = {"pl": "„”", "cs": "„“", "sv": "””", "fi": "””", "ro": "„”", "hu": "„”"}
"""The marks of speech, by language, which sentencex does not keep together."""


def _speaks_on(text: str, before: Span, after: Span, code: str) -> bool:
    """Whether speech that the first piece opens closes in the second: "”We sail. We know it”, she said."."""
    marks = _QUOTES_LEFT_OPEN[code]
    opening, closing = marks[0], marks[1]
    opened = text.count(opening, *before)
    is_open = opened % 2 == 1 if opening == closing else opened > text.count(closing, *before)
    return is_open and closing in text[after.start : after.end]


def _is_abbreviated(text: str, before: Span, after: Span, code: str) -> bool:
    """Whether the full stop of the first piece belongs to an abbreviation."""
    tail = text[max(before.start, before.end - 12) : before.end]
    word = tail.rsplit(None, 1)[-1][:-1]
    if len(word) >= LONGEST_ABBREVIATION or (len(word) > 1 and word.isalpha() and word not in _ABBREVIATIONS):
        return False
    if word == "Sen" and _SEN.match(text, before.end - len("n Sen.")):
        return False
    if _HOUR.search(tail):
        return _DAY.match(text, after.start) is not None
    if _LETTERS.search(tail):
        following = re.match(r"\w+", text[after.start : after.start + 20])
        return following is not None and following.group().lower() not in stop_words(code)
    if _ABBREVIATION.search(tail):
        return True
    return tail[-2:] in {"r.", "р.", "г."} and _YEAR.search(text[before.start : before.end]) is not None
