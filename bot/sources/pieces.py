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
    hiding = [signs for signs in _HIDING if signs[0] in body]
    if b"<!DOCTYPE" in head or begin in tail or _hides(head, hiding):
        return None
    length = len(begin)
    entries = []
    for part in parts:
        entry = part.lstrip()
        if (
            not entry.startswith(begin)
            or entry[length : length + 1] not in _AFTER_NAME
            or entry.find(begin, length) >= 0
            or (hiding and _hides(entry, hiding))
        ):
            return None
        entries.append(entry + end)
    return Pieces(outside.end(), head, tuple(entries), tail)


_AFTER_NAME = frozenset((b">", b" ", b"\n", b"\t", b"\r"))


def _hides(part: bytes, hiding: list[tuple[bytes, bytes]]) -> bool:
    """Tell whether what follows a part may be hidden by it: the last sign that opens is not closed."""
    for opening, closing in hiding:
        last = part.rfind(opening)
        if last >= 0 and part.find(closing, last + len(opening)) < 0:
            return True
    return False
