"""What a file is, by its first bytes; by its extension only where these do not tell."""

from __future__ import annotations

import codecs
import re
from typing import Literal

HEAD = 4096
"""How many bytes are looked at; what comes before a document's first element fits in nearly always."""

_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
)
_UTF16_XML = (b"<\0?\0", b"\0<\0?", b"<\0r\0", b"\0<\0r", b"<\0f\0", b"\0<\0f")
_ROOT = re.compile(rb"<(?:\w+:)?([A-Za-z][\w-]*)[\s>/]")
_SKIPPED = re.compile(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)

_ROOTS: dict[str, Literal["feed", "opml", "page"]] = {
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "channel": "feed",
    "opml": "opml",
    "html": "page",
    "head": "page",
    "body": "page",
}
_EXTENSIONS: dict[str, Literal["feed", "opml", "page", "json", "text"]] = {
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".xml": "feed",
    ".opml": "opml",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".txt": "text",
    ".text": "text",
    ".dump": "text",
    ".md": "text",
    "": "text",
}

Sniffed = Literal["feed", "opml", "page", "json", "text", "unknown"]


def binary_kind(body: bytes) -> str | None:
    """Return what a file is that holds no text, in words; None when it may be text."""
    for magic, name in _MAGIC:
        if body.startswith(magic):
            return name
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, *_UTF16_XML)):
        return None
    head = body[:65536]
    controls = sum(head.count(bytes([code])) for code in range(32) if code not in (9, 10, 12, 13, 27))
    xml = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    # A feed may hold a stray control character; a text does not, and a run of them is never text.
    return "binary" if controls > (len(head) // 100 if xml else 0) else None


def kind_of(body: bytes, extension: str) -> Sniffed:
    """Return what a file holds.

    Args:
        body: the whole file.
        extension: with its dot, lower case; asked only when the content does not tell.
    """
    head = body[:HEAD]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, *_UTF16_XML)):
        head = head.replace(b"\0", b"")[2 if head[:1] in (b"\xff", b"\xfe") else 0 :]
    head = head.removeprefix(codecs.BOM_UTF8).lstrip()
    by_name: Sniffed = _EXTENSIONS.get(extension, "unknown")
    if head.startswith(b"<"):
        if re.match(rb"<!doctype\s+html", head, re.IGNORECASE):
            return "page"
        for name in _ROOT.findall(_SKIPPED.sub(b"", head)):
            if kind := _ROOTS.get(name.decode("ascii").lower()):
                return kind
        return "page" if by_name == "text" and b"</" in body else by_name
    if re.match(rb"\{\s*(?:[\"}]|$)|\[\s*[\[{\]]", head):
        return "json"
    if by_name in ("feed", "opml", "page") and b"<" in head:
        return by_name
    return by_name if by_name in ("json", "text") else "unknown"
