"""Articles out of JSON Lines: one object a line, given ids and texts kept as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.model.article import Article
from bot.sources.dates import parse_date
from bot.sources.identity import article_id

LONGEST_ID = 200
"""Longer ids are refused, in characters: they could not be typed, nor carried in a button of a chat."""

TITLE_LENGTH = 100
"""A headline made from the text of an article that has none is cut to this many characters."""


_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Lines:
    """What a file of JSON Lines holds.

    Attributes:
        articles: in the order of their lines.
        notes: what was left out, by the number of its line, and why.
    """

    articles: tuple[Article, ...]
    notes: tuple[str, ...]


class _NotAnArticleError(Exception):
    """A line is not an article; the message says why."""


def read_lines(text: str, *, captured_at: datetime) -> Lines:
    """Read articles, one JSON object a line; blank lines are passed over.

    A line that is not an article is left out with a note, the others load. The keys are those of the article
    line: id, url, title, text, published_at, source, author, language, keywords, and further those that an
    export writes; others are passed over. An article needs a title or a text; without an id it gets one.

    Args:
        text: the file. Only line feeds part lines, as JSON may hold every other separator.
        captured_at: when the articles count as first seen, aware; a line's own `seen_at` comes first.
    """
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    last = lines[-1][0] if lines else 0
    rows: list[tuple[str, object]] = []
    notes: list[str] = []
    for number, line in lines:
        try:
            rows.append((f"line {number}", json.loads(line)))
        except (ValueError, RecursionError) as fault:
            if number == last and not text.endswith("\n") and number > 1:
                notes.append(f"line {number} is cut off: the file seems to be half-written; skipped")
            else:
                notes.append(f"line {number} is not an article: {_json_fault(fault)}; skipped")
    return _collect(rows, notes, captured_at)


def read_array(rows: list[object], *, captured_at: datetime) -> Lines:
    """Read articles out of a JSON array that was parsed already."""
    return _collect([(f"item {number}", row) for number, row in enumerate(rows, start=1)], [], captured_at)


def _collect(rows: list[tuple[str, object]], notes: list[str], captured_at: datetime) -> Lines:
    articles: dict[str, Article] = {}
    places: dict[str, str] = {}
    for place, row in rows:
        try:
            article, remark = _article(row, captured_at)
        except _NotAnArticleError as fault:
            notes.append(f"{place} is not an article: {fault}; skipped")
            continue
        if remark:
            notes.append(f"{place}: {remark}")
        if article.id not in articles:
            articles[article.id], places[article.id] = article, place
        elif article != articles[article.id]:
            notes.append(
                f"{place} has the id of {places[article.id]} ({article.id}) but says something else; skipped"
            )
    notes.sort(key=lambda note: int(note.split()[1].strip(":")))
    return Lines(tuple(articles.values()), tuple(notes))


def _json_fault(fault: Exception) -> str:
    if isinstance(fault, json.JSONDecodeError):
        return f"{fault.msg[0].lower()}{fault.msg[1:]} at column {fault.colno}"
    return "it is nested too deeply" if isinstance(fault, RecursionError) else "a number in it is too long"


def _article(row: object, captured_at: datetime) -> tuple[Article, str]:
    """Return the article of a row, and a remark when something in it was not understood."""
    if not isinstance(row, dict):
        raise _NotAnArticleError("it is not a JSON object")
    text = _word(row, "text") or ""
    title = " ".join((_word(row, "title") or "").split())
    if not title and not text.strip():
        raise _NotAnArticleError("it has neither a title nor a text")
    url, source = _word(row, "url"), _word(row, "source")
    published, remark = _published(row)
    article = Article(
        id=_given_id(row) or article_id(url=url, source=source, title=title, text=text),
        title=title or _headline(text),
        text=text,
        seen_at=parse_date(row.get("seen_at")) or captured_at,
        url=url if url and url.lower().startswith(("http://", "https://")) else None,
        guid=_word(row, "guid"),
        source=source,
        author=_word(row, "author"),
        language=_word(row, "language"),
        keywords=_words(row, "keywords"),
        published_at=published,
        published_approximate=row.get("published_approximate") is True,
        related=_words(row, "related"),
        image_url=_word(row, "image_url"),
        headline_only=row.get("headline_only") is True,
    )
    return article, remark


def _given_id(row: Mapping[str, object]) -> str | None:
    given = row.get("id")
    if given is None or given == "":
        return None
    if isinstance(given, bool) or not isinstance(given, (str, int)):
        raise _NotAnArticleError("its id is neither text nor a number")
    if len(str(given)) > LONGEST_ID:
        raise _NotAnArticleError(f"its id is longer than {LONGEST_ID} characters")
    return _storable(str(given), "id")


def _word(row: Mapping[str, object], key: str) -> str | None:
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _NotAnArticleError(f"its {key} is not text")
    return _storable(value, key) or None


def _words(row: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = row.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise _NotAnArticleError(f"its {key} are not a list of texts")
    return tuple(_storable(word, key) for word in value)


def _storable(value: str, key: str) -> str:
    """Refuse what no database keeps as it is: NUL, and halves of surrogate pairs."""
    if "\0" in value:
        raise _NotAnArticleError(f"its {key} holds a NUL character")
    if _SURROGATE.search(value):
        raise _NotAnArticleError(f"its {key} holds half of a surrogate pair")
    return value


def _published(row: Mapping[str, object]) -> tuple[datetime | None, str]:
    """Return the date of publication, and a remark when there is one that nobody can read."""
    for key in ("published_at", "published", "ts"):  # the names that our own export and common data sets use
        value = row.get(key)
        if value is None or value == "":
            continue
        moment = parse_date(value)
        return moment, "" if moment else f"its date {str(value)[:40]!r} is not one; loaded without a date"
    return None, ""


def _headline(text: str) -> str:
    """Return the first line of a text, cut at a word."""
    line = " ".join(text.strip().partition("\n")[0].split())
    if len(line) <= TITLE_LENGTH:
        return line
    return line[: TITLE_LENGTH - 1].rpartition(" ")[0].rstrip(",;:") + "…"
