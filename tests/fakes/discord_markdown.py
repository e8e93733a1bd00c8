"""Discord's markdown read back: the words that people see, and every format, link and ping in them.

Stricter than Discord: a mark of formatting counts even when its partner is missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_BLOCK = re.compile(
    r"(?P<quote>>>> |> )|(?P<heading>#{1,3} )|(?P<small>-# )|(?P<list> *[-*+] )|(?P<number> *\d+\. )"
)
_LINK = re.compile(r"\[((?:\\.|[^\[\]\\])+)\]\((https?://[^\s()]+)\)")
_FINDINGS = (
    ("ping", re.compile(r"@everyone|@here|<(@[!&]?|#)\d+>", re.IGNORECASE)),
    ("token", re.compile(r"<(t:-?\d+(:\w)?|a?:\w+:\d+|/[^>]+:\d+|id:\w+)>")),
    ("address", re.compile(r"https?://[^\s<]+|discord://\S+", re.IGNORECASE)),
    ("picture", re.compile(r":[\w+~-]+:")),
    ("bold", re.compile(r"\*\*")),
    ("mark", re.compile(r"[*_~|`]")),
)


@dataclass
class Seen:
    """What people see of a text.

    Attributes:
        text: the words, without marks and backslashes.
        links: (words, address).
        found: kinds of everything that is not plain words.
    """

    text: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    found: set[str] = field(default_factory=set)


def read(markdown: str) -> Seen:
    """Read a message's text; a line at a time, as Discord does for what begins a line."""
    seen = Seen()
    for number, line in enumerate(markdown.split("\n")):
        seen.text += "\n" if number else ""
        rest = line
        while block := _BLOCK.match(rest):
            seen.found.add(str(block.lastgroup))
            rest = rest[block.end() :]
        _inline(rest, seen)
    return seen


def _inline(line: str, seen: Seen) -> None:
    at = 0
    while at < len(line):
        if (
            line[at] == "\\"
            and at + 1 < len(line)
            and not line[at + 1].isalnum()
            and not line[at + 1].isspace()
        ):
            seen.text += line[at + 1]
            at += 2
            continue
        if link := _LINK.match(line, at):
            inner = Seen()
            _inline(link[1], inner)
            seen.text += inner.text
            seen.found |= inner.found
            seen.links.append((inner.text, link[2]))
            at = link.end()
            continue
        for kind, pattern in _FINDINGS:
            if found := pattern.match(line, at):
                seen.found.add(kind)
                seen.text += "" if kind in ("bold", "mark") else found[0]
                at = found.end()
                break
        else:
            seen.text += line[at]
            at += 1
