"""Foreign text as Discord markdown that shows exactly that text: no format, no ping, no link but ours.

Text is kept as *atoms*: pieces of finished markdown that are never cut; a line may break between them.
The rules escaped here are those of https://support.discord.com/hc/en-us/articles/210298617.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TypeAlias
from urllib.parse import urlsplit

from bot.platforms.discord import limits

Atoms: TypeAlias = "list[str]"

_WORD = 200
"""Characters of one atom at most: even when each is escaped and counts double, it fits into a line."""

_SPECIAL = re.compile(r"[\\*_~`|<>\[\]@]")
# An address is linked wherever it stands, and a name between colons becomes a picture.
_SCHEME = re.compile(r":(?=//)|:(?=[\w+~-]+:)")
# Headings, lists, quotes and small print begin a line; any atom may come to begin one.
_START = re.compile(r"^(\d{1,20})(?=[.)])|^(?=[#+-])")
_PINGS_ALL = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_URL = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
# Of a link that scrolls to a sentence, "#:~:text=" must stay as it is.
_UNSAFE_IN_URL = re.compile(r"[\s()<>\[\]\\\"`|\x00-\x1f\x7f]|@(?=everyone|here)", re.IGNORECASE)


def clean(text: str) -> str:
    """Return a text on one line, without controls, marks that turn the writing round, halves.

    The length changes only where such characters were.
    """
    if text.isprintable():
        return text
    kept = []
    for letter in text:
        kind = unicodedata.category(letter)
        if kind == "Cs":
            kept.append("\N{REPLACEMENT CHARACTER}")
        elif letter.isspace() or kind in ("Zl", "Zp"):
            kept.append(" ")
        elif kind != "Cc" and unicodedata.bidirectional(letter) not in _TURNS:
            kept.append(letter)
    return "".join(kept)


_TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def escape(text: str) -> str:
    """Return markdown that shows a cleaned text as it is, wherever it stands in a line."""
    return _START.sub(_broken_start, _inline(text))


def plain(text: str) -> Atoms:
    """Return a foreign text as atoms: a word and the spaces after it each."""
    return [f"{before}{core}{after}" for before, core, after in _pieces(text)]


def bold(text: str) -> Atoms:
    """Return a foreign text in bold; spaces stay outside, where bold allows them."""
    return [f"{before}**{core}**{after}" if core else before for before, core, after in _pieces(text)]


def link(text: str, url: str | None) -> Atoms:
    """Return a foreign text that leads to an address, where it is one that people may be led to.

    A text too long for one atom, or one that names an address itself (Discord then shows the raw markdown),
    is shown plainly with a short link behind it.
    """
    target = address(url)
    if target is None:
        return plain(text)
    shown = clean(text).strip()
    if not shown or len(shown) > _WORD or "://" in shown:
        return [*plain(text), f" ([open]({target}))"]
    return [f"[{escape(shown)}]({target})"]


def address(url: str | None) -> str | None:
    """Return an http or https address fit for a link, else None.

    What would end the markdown early is percent-encoded.
    """
    if url is None or not _URL.match(url):
        return None
    try:
        place = urlsplit(clean(url)).netloc
    except ValueError:
        return None
    # "good.example@bad.example" looks like the one and leads to the other.
    if "@" in place or _UNSAFE_IN_URL.search(place):
        return None
    safe = _UNSAFE_IN_URL.sub(_percent, clean(url))
    if limits.units(safe) > limits.LINK_IN_TEXT:
        safe = safe.partition("#")[0]
    return safe if limits.units(safe) <= limits.LINK_IN_TEXT else None


def lines(prefix: str, atoms: Sequence[str], size: int = limits.PIECE) -> list[str]:
    """Break atoms into lines of at most `size` UTF-16 units, each begun with a prefix that is ours."""
    broken: list[str] = []
    line = prefix
    for atom in atoms:
        if line != prefix and limits.units(line) + limits.units(atom) > size:
            broken.append(line)
            line = prefix
        line += atom
    if line != prefix or not broken:
        broken.append(line)
    return broken


def _pieces(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield (spaces, escaped word, spaces); a long word in pieces, cut between what belongs together."""
    for found in re.finditer(r"(\s*)(\S+)(\s*)|\s+", clean(text)):
        if found[2] is None:
            yield found[0], "", ""
            continue
        marks = re.findall(r"\\.|.", _inline(found[2]))
        cuts = ["".join(marks[at : at + _WORD]) for at in range(0, len(marks), _WORD)]
        for number, piece in enumerate(cuts):
            first, last = number == 0, number == len(cuts) - 1
            yield found[1] if first else "", _START.sub(_broken_start, piece), found[3] if last else ""


def _inline(text: str) -> str:
    # The names that ping everybody are broken by an invisible space; `allowed_mentions` stops pings.
    text = _PINGS_ALL.sub("@\N{ZERO WIDTH SPACE}", text)
    text = _SPECIAL.sub(r"\\\g<0>", text)
    return _SCHEME.sub(r"\\:", text)


def _broken_start(found: re.Match[str]) -> str:
    return f"{found[1]}\\" if found[1] else "\\"


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())
