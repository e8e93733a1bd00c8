"""A feed's document cut at its entries without being read, where that is safe beyond doubt."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.sources.feed_text import declared_encoding

# Declaration, root and channel, up to the first thing that the channel says: nothing else bears on how an
# entry is read. No "<" stands within a tag, so that a tag ends before the next one.
_OUTSIDE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^<]*)*<(?:rss|rdf:RDF|feed)(?=[\s>])[^<]*(?:<channel(?=[\s>])[^<]*)?"
)
_FIRST = re.compile(rb"<(item|entry)(?=[\s>/])")
_HIDING = ((b"<![CDATA[", b"]]>"), (b"<!--", b"-->"), (b"<?", b"?>"))
"""Between these signs a tag is no tag."""

_HIDDEN = re.compile(rb"<[!?]")


class Pieces(NamedTuple):
    """A document in pieces that make it up when they are joined, but for white space between entries.

    Attributes:
        outside: the length of the part of `head` that bears on how entries are read.
        head: all before the first entry.
        entries: each from its first sign to its last.
        tail: all after the last entry.
    """

    outside: int
    head: bytes
    entries: tuple[bytes, ...]
    tail: bytes


def pieces_of(body: bytes) -> Pieces | None:
    """Cut a document; None for one that is in doubt, and for one without entries.

    Provided that the document is well-formed, each piece is one whole element, and the document stays
    well-formed without it: no other entry stands within it, it begins and ends outside of comments and the
    like, and there are no entities of the document's own. Whether it is well-formed is for others to say.
    """
    outside, first = _OUTSIDE.match(body), _FIRST.search(body)
    if outside is None or first is None or declared_encoding(body) not in (None, "utf-8"):
        return None
    begin, end = b"<" + first[1], b"</" + first[1] + b">"
    head, rest = body[: first.start()], body[first.start() :]
    *parts, tail = rest.split(end)
    if b"<!DOCTYPE" in head or _hides(head) or rest.count(begin) != len(parts):
        return None
    # As many beginnings as parts, and each part starts with one: no part, nor the tail, holds another.
    begins = tuple([begin + sign for sign in (b">", b" ", b"\n", b"\t", b"\r")])
    entries = tuple([part.lstrip() + end for part in parts])
    if not all(entry.startswith(begins) for entry in entries):
        return None
    if _HIDDEN.search(rest) and any(_hides(part) for part in parts):
        return None
    return Pieces(outside.end(), head, entries, tail)


def _hides(part: bytes) -> bool:
    """Tell whether what follows a part may be hidden by it: the last sign that opens is not closed."""
    for opening, closing in _HIDING:
        last = part.rfind(opening)
        if last >= 0 and part.find(closing, last + len(opening)) < 0:
            return True
    return False
