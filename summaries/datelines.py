"""What stands before a sentence and is not part of it: datelines, share bars, stamps, bullets."""

from __future__ import annotations

import re

_UP = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹĽŁŃŇŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽА-ЯЁІЇЄҐΑ-ΩΆΈΉΊΌΎΏ"
_PLACE_WORD = rf"(?:[{_UP}][\w.'’\-]*|de|da|do|la|el|al|of|the|am|an|der|del|et|i|og|und|and)"
_PLACE = rf"{_PLACE_WORD}(?:,? {_PLACE_WORD}){{0,5}}"
_DASH = r"(?:--+|[-–—―:_])"
_TWO_WORD_PLACE = (
    r"(?:New|San|Los|Las|Saint|St\.?|Al|El|Abu|Tel|Deir|Hong|Kuala|Buenos|Rio|Sao|São|Addis|"
    r"Port|Cape|Santa|Ho)"
)
_DAY = r"(?:,? \d{1,2}\.? ?[^\W\d_]{3,10}\.?|,? [^\W\d_]{3,9}\.? \d{1,2})?"

_AGENCY = re.compile(
    rf"(?:{_PLACE}{_DAY},? ?)?\((?:[A-Z][A-Za-z0-9.&/’' -]{{1,40}}|[а-яА-ЯёЁ. ]{{2,20}}|dpa[\w/ -]*|ots)\)"
    rf"\.? ?{_DASH}?\s*(?=[\"“'‘«„]?[{_UP}\d])"
)
"""``(CNN) --``, ``Baghdad (CNN)``, ``ANKARA, Turkey (AP) -``, ``MOSCOW, June 5 (Reuters) -``."""

_CAPITALS = re.compile(
    rf"[{_UP}]{{3,}}[{_UP}.'’ -]*(?:, (?:{_PLACE_WORD} ?){{1,3}})?{_DAY}\.?\s?(?:--+|[–—-])\s(?=\S)"
)
"""``WASHINGTON --``, ``PARIS, France —``, ``NEW YORK -``."""

_SOURCE_PLACE = re.compile(
    rf"(?:[{_UP}]{{2,6}}\s?[-–—]+\s?[{_UP}]{{3,}}(?:[ -][{_UP}]{{3,}})*|(?:[{_UP}][\w'’.-]+ ){{0,3}}"
    r"(?:News|Press|Agency|Times|Post|Herald|Today|Radio|TV|Online|Now)\s?[-–—]+\s?"
    rf"(?:{_TWO_WORD_PLACE} [{_UP}][\w'’-]+|[{_UP}][\w'’-]+))\s*{_DASH}?\s+(?=[\"“'‘]?[{_UP}])"
)
"""``INA - NAJAF The leader``, ``Shafaq News – Damascus Syrian forces``: an aggregator lost the line end."""

_SHARE = re.compile(
    r"(?:Share(?: this(?: with)?| on)?|Rhannu hwn ar|Teilen|Partager|Compartir|Condividi|Delen|Dela|Del)?\s*"
    r"(?:(?:E-?mail|Ebost|Facebook|Messenger|Twitter|Pinterest|WhatsApp|Linked[Ii]n|Telegram|Reddit|"
    r"Flipboard|Tumblr|Print|Copy this link|Copy link|Copïo[’']r ddolen yma)[\s,|·]*){2,}"
    r"(?:These are external links and will open in a new window|"
    r"Mae[’']r rhain yn ddolenni allanol ac yn agor mewn ffenest newydd)?\s*"
)
_PLAYER = re.compile(
    r"(?:Media playback is (?:not |un)supported on (?:this|your) device|"
    r"Image copyright .{1,40}? Image caption|"
    r"Jump to media playerMedia player help|Scroll down for video\s?\.?)\s*"
)
_SECTION = re.compile(
    r"(?:\d{1,2} \w+ \d{4} )?Last updated at \d{2}:\d{2} (?:GMT|BST)\s*|"
    r"Last updated on \d{1,2} \w+ \d{4}(?:\d{1,2} \w+ \d{4})?\s?\.?(?:From the section [A-Z][a-z]+)?\s*"
)
_STAMP = re.compile(
    rf"\[?\d{{1,2}}(?:[:.]\d{{2}}\s?(?:[ap]\.?m\.?\b)?|\s?[ap]\.?m\.?)\s?(?:[A-Z]{{2,4}}\b|Uhr|hrs)?\]?\s?[:|–—-]?\s+(?=[\"“'‘]?[{_UP}])"
)
"""``10:32 GMT:``, ``9.15am``: a live blog's clock."""

_LABEL = re.compile(
    rf"(?:UPDATED?(?: [\d./-]+)?|BREAKING(?: NEWS)?|EXCLUSIVE|JUST IN|WATCH|ANALYSIS|OPINION|EXPLAINER|"
    rf"EILMELDUNG|DERNIÈRE MINUTE|ÚLTIMA HORA|MOLNIYA|СРОЧНО|МОЛНИЯ)\s?[:|–—-]\s+(?=[\"“'‘]?[{_UP}])"
)
_PART = re.compile(
    r"(?:BACKGROUND|CONTEXT|PROBLEM|OBJECTIVES?|AIMS?|DESIGN|SETTING|METHODS?|METHODOLOGY|FINDINGS|RESULTS?|"
    r"CONCLUSIONS?|IMPLICATIONS?|SUMMARY|THE FACTS): (?=[A-Z])"
)
"""``RESULTS: Smoking was associated``; what else stands before a colon may be who speaks."""

_HEADED = re.compile(r"[^|.!?\"“”]{3,60} \| (?=\S)")
_HEADING = re.compile(
    rf"(?:[{_UP}][\w'’&-]* ){{1,6}}"
    r"(?=(?:The|After|When|While|They|He|She|There|These|Although|However|According) [a-z]{2,})"
)
"""``YANKEES Pitching The starting pitching``: a heading whose line end was lost."""

_BULLET = re.compile(r"(?:[•●▪◦▶►■★☆✓✔✅☑➡➤▸‣⁃❖◆◇*·>]|\d{1,2}[.)](?= [^\W\d_]))+\s*")

_DASHED = re.compile(r"-\s*(?=[\"“'‘]?[^\W\d_])")
_DASH_SPEAKS = frozenset(
    {"no", "da", "sv", "fi", "is", "et", "pl", "cs", "sk", "ru", "uk", "be", "bg", "sr", "el", "hu"}
)

_ANYWHERE = (
    re.compile(
        "|".join(
            f"(?:{one.pattern})"
            for one in (_SHARE, _PLAYER, _SECTION, _STAMP, _LABEL, _PART, _BULLET, _HEADING)
        )
    ),
)
_EASTERN = re.compile(
    r"【[^】]{1,20}】\s*"
    r"|[（(]?[\u4e00-\u9fff]{2,14}\d{1,2}月\d{1,2}日(?:电|電|讯|訊|消息)[）)]?\s*(?:（[^）]{1,20}）)?[，,：]?\s*"
    r"|[(\[][^()=\[\]]{1,20}=[^()\[\]]{1,30}[)\]]\s*(?:\S{2,4} (?:기자|특파원)(?: ?= ?)?)?\s*"
    r"|(?:[\u0590-\u06ff\u0900-\u097f]+ ?){1,3}(?:\([^()]{2,20}\) ?)?(?:[–—:/]|-(?= ))\s*(?=\S)"
)
"""``【東京】``, ``新华社北京6月5日电``, ``(서울=연합뉴스) 김철수 기자 =``, ``بغداد –``, ``नई दिल्ली:``."""

_DATED_AGENCY = re.compile(
    rf"[{_UP}]{{3,}}(?:[ -][{_UP}]+)*, \d{{1,2}}\.? [^\W\d_]{{3,10}}\.? ?[-–—] ?"
    rf"[{_UP}][^.\n]{{2,25}}\.(?=\s|$)\s*"
)
"""``МОСКВА, 5 июн - РИА Новости.``"""

_GLUED_DATELINE = re.compile(
    rf"[^.?!\"“”]{{10,160}}? [{_UP}]{{3,}}(?: [{_UP}]{{2,}})*"
    rf"(?:, [{_UP}][\w.]+(?: \d{{1,2}})?)? \([A-Z][\w ]{{1,20}}\) ?(?:--+|[-–—]) (?=[\"“'‘]?[{_UP}])"
)
"""``Defence rests in perjury case OSLO, Norway (AP) — Attorneys``, ``Work pays off OSLO, May 3 (Post) - As``:
a headline that lost its line end."""

_PLACE_FIRST = re.compile(
    rf"(?:{_TWO_WORD_PLACE} )?[{_UP}][^\W\d_]{{3,}}(?:, [{_UP}][\w.]+)? (?:--+|[–—-]) ?(?=[\"“'‘]?[{_UP}])"
)
"""``Johannesburg - Children are``: where a text begins."""

_PLACE_AND_COLON = re.compile(
    rf"(?!(?:NOTE|TICKETS|CONTACT|PHONE|WEBSITE|ADDRESS|RELATED|PHOTOS?|VIDEO|WHERE|WHEN|WHAT):)"
    rf"[{_UP}]{{3,}}(?:(?<=[{_UP}]{{4}})|(?: [{_UP}]{{3,}}){{1,2}}): (?=[{_UP}][a-z]*,? [a-z\d])"
)
"""``NEW DELHI: Talks on``: where a text begins, or behind its headline; further on it is who speaks."""

_AT_THE_TOP = (_DATED_AGENCY, _AGENCY, _SOURCE_PLACE, _CAPITALS)
_AT_THE_START = ((_PLACE_FIRST, _PLACE_AND_COLON, _GLUED_DATELINE), (_PLACE_AND_COLON,))
"""Of the first sentence, and of the second."""

TOP = 4
"""Sentences into a text where a dateline is looked for; bylines and share bars may stand above it."""


LONGEST = 600
"""Characters at the start of a sentence in which all of that stands."""


def before_prose(sentence: str, position: int, language: str | None = None) -> int:
    """How many characters at the start of a sentence are not prose.

    Args:
        sentence: a sentence as split.
        position: its number in the text, from 0.
        language: ISO 639-1; where a dash opens speech, it is kept.
    """
    sentence = sentence[:LONGEST]
    cut = 0
    patterns: tuple[re.Pattern[str], ...] = _ANYWHERE
    if position < TOP:
        patterns += _AT_THE_TOP
    if position == 0 and not sentence.isascii():
        patterns = (_EASTERN, *patterns)
    if position < len(_AT_THE_START):
        patterns += _AT_THE_START[position]
    if "-" in sentence and language not in _DASH_SPEAKS:
        patterns = (_DASHED, *patterns)
    if " | " in sentence:
        patterns = (_HEADED, *patterns)
    for _ in range(3):  # a share bar, then a dateline, then a stamp: no page had more
        before = cut
        for pattern in patterns:
            match = pattern.match(sentence, cut)
            if match:
                cut = match.end()
        if cut == before:
            break
    return cut
