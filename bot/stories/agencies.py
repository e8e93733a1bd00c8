"""Which news agency an article names as its source: in its byline, its dateline, or its first words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.model.article import Article
from bot.model.story import Story

AGENCIES: Mapping[str, str] = {
    "Reuters": "Reuters",
    "AP": "AP",
    "Associated Press": "AP",
    "AFP": "AFP",
    "Agence France-Presse": "AFP",
    "dpa": "dpa",
    "Deutsche Presse-Agentur": "dpa",
    "PA": "PA",
    "PA Media": "PA",
    "Press Association": "PA",
    "UPI": "UPI",
    "ANSA": "ANSA",
    "EFE": "EFE",
    "Lusa": "Lusa",
    "Belga": "Belga",
    "ANP": "ANP",
    "NTB": "NTB",
    "TT": "TT",
    "Ritzau": "Ritzau",
    "APA": "APA",
    "SDA": "SDA",
    "Keystone-SDA": "Keystone-SDA",
    "KNA": "KNA",
    "epd": "epd",
    "SID": "SID",
    "PAP": "PAP",
    "CTK": "ČTK",
    "ČTK": "ČTK",
    "TASS": "TASS",
    "Interfax": "Interfax",
    "Ukrinform": "Ukrinform",
    "Xinhua": "Xinhua",
    "Kyodo": "Kyodo",
    "Yonhap": "Yonhap",
    "PTI": "PTI",
    "ANI": "ANI",
    "IANS": "IANS",
    "Bernama": "Bernama",
    "Antara": "Antara",
    "VNA": "VNA",
    "TTXVN": "TTXVN",
    "AAP": "AAP",
    "Canadian Press": "The Canadian Press",
    "Anadolu": "Anadolu",
}
"""How agencies sign -> how they are called here."""

HEAD = 200
"""Characters of a text in which its dateline stands."""

_NAMES = "|".join(sorted((re.escape(name) for name in AGENCIES), key=len, reverse=True))

_DATELINE = re.compile(
    rf"\((?P<inside>{_NAMES})(?:[/ ,-][^()]{{0,30}})?\)"  # HAMBURG (dpa/lno) -
    rf"|^\s*(?:[^\n]{{0,60}}\n)?\s*(?P<first>{_NAMES})\s*[-–—|:]\s"  # Reuters -
    rf"|\bBy (?:[^\n,]{{2,40}}, )?(?:The )?(?P<by>{_NAMES})\b\s*(?:[,\n|]|$)"
    rf"|^\s*(?:The )?(?P<line>{_NAMES})\s*\n"  # a line of its own
)
"""``HAMBURG (dpa/lno) -``, ``Reuters -``, ``By Ada Quist, Associated Press``; "AP" signs, "ap" does not."""

_AUTHOR = re.compile(rf"(?:^|[\s,/(|])(?:The )?(?P<name>{_NAMES})(?=$|[\s,/)|])")


def agency(article: Article) -> str | None:
    """Return the agency that an article names as its source; None when it names none."""
    author = _AUTHOR.search(article.author or "")
    if author:
        return AGENCIES[author["name"]]
    head = _DATELINE.search(article.text[:HEAD])
    if head:
        return AGENCIES[next(name for name in head.groups() if name)]
    return None


def agencies(story: Story) -> dict[str, str]:
    """Return the agency of each copy in a story, and of what is copied, by article id.

    Who reprints a report and leaves out the agency's name has it from the agency all the same.
    """
    articles = {article.id: article for article in story.articles}
    named = {article.id: name for article in story.articles if (name := agency(article))}
    families: dict[str, list[str]] = {}
    for copy, original in story.copies.items():
        families.setdefault(original, [original]).append(copy)
    found: dict[str, str] = {}
    for family in families.values():
        members = [articles[member] for member in family if member in articles]
        name = next((named[member] for member in family if member in named), None) or _signed(members)
        if name:
            found.update((member, named.get(member, name)) for member in family)
    return found


def _signed(family: Sequence[Article]) -> str | None:
    """Return the publication of one whose name stands in brackets at the head of another's text."""
    for source in dict.fromkeys(one.source for one in family if one.source):
        mark = f"({source})"
        if any(mark in one.text[:HEAD] for one in family if one.source != source):
            return source
    return None
