"""A file of articles, whatever its form: dump, JSON Lines, feed, list of feeds, web page."""

from __future__ import annotations

import codecs
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from bot.model.article import Article
from bot.sources.dump import read_dump
from bot.sources.errors import SourceError
from bot.sources.jsonl import Lines, read_array, read_lines
from bot.sources.opml import FeedAddress, read_opml
from bot.sources.sniff import binary_kind, kind_of

MAX_BYTES = 64 * 1024 * 1024
"""A file is read whole and held some four times over while it is parsed: an import stays below 512 MB."""

Kind = Literal["dump", "jsonl", "feed", "opml", "page"]

READABLE = "Nutgraf reads text dumps, JSON Lines, RSS, Atom and JSON feeds, web pages and OPML lists."


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file holds.

    Attributes:
        path: the file, as it was named.
        kind: what it turned out to be.
        articles: in the file's order; the ids are the same whenever the same file is read.
        feeds: the feeds that an OPML list names.
        notes: what was left out, and why, a line each; empty when everything was understood.
    """

    path: str
    kind: Kind
    articles: tuple[Article, ...] = ()
    feeds: tuple[FeedAddress, ...] = ()
    notes: tuple[str, ...] = ()


def read_file(path: Path, *, captured_at: datetime) -> Loaded:
    """Read a file; its content tells what it is, its extension only where the content does not.

    Args:
        path: the file.
        captured_at: when its content was captured, aware; ages in it are reckoned from then.

    Raises:
        SourceError: it is missing, empty, a folder, too large, binary, half-written, in another encoding than
            UTF-8, or of no form that Nutgraf reads.
    """
    body = _body(path)
    kind = kind_of(body, path.suffix.lower())
    try:
        if kind == "opml":
            return Loaded(str(path), "opml", feeds=read_opml(body))
        if kind == "feed":
            return _feed(path, body, captured_at)
        if kind == "page":
            return _page(path, body, captured_at)
    except SourceError as fault:
        raise SourceError(f"{path}: {fault.what[0].lower()}{fault.what[1:]}", fault.next) from None
    text = _text(path, body)
    if kind == "json":
        return _json(path, body, text, captured_at)
    return _dump(path, text, kind == "text", captured_at)


def _body(path: Path) -> bytes:
    """Read the bytes of a file that is there, has some, and not too many."""
    try:
        if path.is_dir():
            raise SourceError(f"{path} is a folder, not a file.", "Name the files in it.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            limit = f"{MAX_BYTES // 1_048_576} MB"
            raise SourceError(
                f"{path} is too large: {size / 1_048_576:,.0f} MB, the limit is {limit}.",
                "Split it and import the parts.",
            )
        with path.open("rb") as file:
            body = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise SourceError(f"{path} does not exist.", "Check the name.") from None
    except OSError as fault:
        reason = (fault.strerror or "it cannot be read").lower()
        raise SourceError(f"{path} cannot be read: {reason}.", "Check its permissions.") from None
    if len(body) > MAX_BYTES:
        raise SourceError(f"{path} never ends.", "Name a plain file.")
    if not body.strip(b" \t\r\n\0" + codecs.BOM_UTF8):
        raise SourceError(f"{path} is empty.", "Name a file with articles in it.")
    if binary := binary_kind(body):
        raise SourceError(f"{path} is {binary}, not text.", READABLE)
    return body


def _text(path: Path, body: bytes) -> str:
    """Decode a text: UTF-8, or UTF-16 that says so in its first bytes."""
    wide = body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if wide else "utf-8-sig"
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as fault:
        line = body.count(b"\n", 0, fault.start) + 1
        name = encoding.removesuffix("-sig").upper()
        raise SourceError(
            f"{path} is not {name} text: line {line} holds a byte that cannot be, 0x{body[fault.start]:02x}.",
            "Save it as UTF-8 and import it again.",
        ) from None


def _json(path: Path, body: bytes, text: str, captured_at: datetime) -> Loaded:
    """Read JSON: lines of articles, a list of articles, or a JSON feed."""
    stripped = text.lstrip()
    first, _, rest = stripped.partition("\n")
    try:
        whole: object = json.loads(first if not rest.strip() else stripped)
    except (ValueError, RecursionError):
        whole = None
    if isinstance(whole, dict) and isinstance(whole.get("items"), list):
        return _feed(path, body, captured_at)
    if isinstance(whole, list):
        lines = read_array(whole, captured_at=captured_at)
    elif isinstance(whole, dict):
        lines = read_array([whole], captured_at=captured_at)
    else:
        lines = read_lines(text, captured_at=captured_at)
    if not lines.articles:
        raise _no_article(path, stripped, lines)
    return Loaded(str(path), "jsonl", lines.articles, notes=lines.notes)


def _no_article(path: Path, text: str, lines: Lines) -> SourceError:
    """Say why a JSON file gave no article."""
    next_step = 'Each line must be a JSON object such as {"title": "...", "text": "...", "url": "..."}.'
    if not text.rstrip().endswith(("}", "]")):
        return SourceError(
            f"{path} ends in the middle: it seems to be half-written.", "Make it again, then import it."
        )
    reason = lines.notes[0].removesuffix("; skipped") if lines.notes else "the list is empty"
    return SourceError(f"{path} holds no article: {reason}.", next_step)


def _dump(path: Path, text: str, expected: bool, captured_at: datetime) -> Loaded:
    """Read a text; one whose name does not say that it is text must look like a page with cards."""
    dump = read_dump(text, captured_at=captured_at)
    if not expected and not dump.has_cards:
        raise SourceError(f"{path} is of a form that Nutgraf does not know ({path.suffix}).", READABLE)
    if not any(article.text for article in dump.articles) and not dump.has_cards:
        raise SourceError(
            f"{path} holds no article: it has a single line.", "A headline and its paragraphs are needed."
        )
    return Loaded(str(path), "dump", dump.articles, notes=dump.notes)


def _feed(path: Path, body: bytes, captured_at: datetime) -> Loaded:
    from bot.sources.feed import articles, parse_feed

    feed = parse_feed(body)
    if feed.cut_off:
        raise SourceError(
            "The feed ends in the middle: the file seems to be half-written.", "Fetch it again."
        )
    found = articles(feed, feed_url=feed.self_url or feed.link or "", seen_at=captured_at)
    return Loaded(str(path), "feed", found)


def _page(path: Path, body: bytes, captured_at: datetime) -> Loaded:
    from bot.sources.page import article_of, extract

    article = article_of(extract(body, None), seen_at=captured_at)
    return Loaded(str(path), "page", (article,))
