"""The article on a web page: its text, title, author, date, language, picture and canonical address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from lxml import etree

from bot.model.article import Article
from bot.sources.dates import parse_date
from bot.sources.errors import SourceError
from bot.sources.feed_text import decoded
from bot.sources.identity import absolute, article_id
from bot.sources.page_blocks import blocks_alike
from bot.sources.page_text import article_lines, with_further
from bot.sources.plaintext import one_line, plain

MAX_BYTES = 8 * 1024 * 1024
"""The largest page that is read: extraction takes about a second a megabyte, and no article needs more."""

MOST_TAGS = 8_000
"""A page with more is read once only, as three readings of more take longer than a worker may."""

MOST_TAGS_READ = 30_000
"""What stands after so many tags is not read: more take a worker all its time, and the page would be lost."""

MOST_SIGNS = 1_000_000
"""Characters of markup: a longer page is read once only as well, and its date is looked for where dates are
told, not in all of its text, which takes most of a second a megabyte."""

SHORTEST = 80
"""What is left of a page without an article, such as a menu or a request to log in, has fewer characters."""

SHORTEST_TITLE = 8
"""A heading of fewer characters, such as "News", names a section rather than an article."""

_HEADING = re.compile(r"<h1\b[^<>]{0,2000}>(.{1,1000}?)</h1", re.IGNORECASE | re.DOTALL)
_SEPARATED = re.compile(r"(?:\s*[|·•»:–—-]\s*.*|)")
"""What follows a title that ends: nothing, or a separator and a name."""

_FAULTS = (
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    RecursionError,
    ArithmeticError,
    etree.LxmlError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageParts:
    """What a page says of its article.

    Attributes:
        title: plain text on one line.
        text: the article's paragraphs, a line each; without comments, menus and advertisements.
        url: its canonical address where the page names one on the same host, else the one it was read from.
        published: aware UTC; to the day where the page tells no more.
        language: ISO 639-1.
        site: the publication's name.
    """

    title: str
    text: str
    url: str | None = None
    author: str | None = None
    published: datetime | None = None
    language: str | None = None
    image: str | None = None
    site: str | None = None


def extract(html: bytes, url: str | None, content_type: str | None = None) -> PageParts:
    """Read a page. Computes for up to seconds: in a worker process only, see `bot.sources.workers`.

    Args:
        html: the page.
        url: where it was read from.
        content_type: as the server sent it; its charset is a hint.

    Raises:
        SourceError: there is no article on it, or it is too large.
    """
    if len(html) > MAX_BYTES:
        raise SourceError(
            f"The page is too large: the limit is {MAX_BYTES // 1_048_576} MB.", "Read it in a browser."
        )
    text = _beginning(decoded(html, content_type))
    tree = _tree(text)
    large = len(text) > MOST_SIGNS or text.count("<") > MOST_TAGS
    found = _read(tree, url, metadata=True, large=large)
    lines = _lines(text, tree, url, found.text or "", large=large) if found else []
    title = _without_site(one_line(found.title or ""), text) if found else ""
    if lines and lines[0].casefold() == title.casefold():
        lines = lines[1:]
    body = "\n".join(lines)
    if found is None or len(body) < SHORTEST:
        raise SourceError("There is no article on this page.", "Give the address of an article or of a feed.")
    title = title or lines[0][:100]
    return PageParts(
        title=title,
        text=body,
        url=_canonical(found.url, url),
        author=found.author or None,
        published=parse_date(found.date),
        language=found.language if found.language and len(found.language) == 2 else None,
        image=absolute(found.image, url),
        site=one_line(found.sitename or "") or None,
    )


def _beginning(html: str) -> str:
    """Return a page up to the limit of tags."""
    if html.count("<") <= MOST_TAGS_READ:
        return html
    at = -1
    for _ in range(MOST_TAGS_READ + 1):
        at = html.find("<", at + 1)
    return html[:at]


@cache
def _make_ready() -> None:
    """Make trafilatura's own parser and its reader of dates ready, once.

    The parser looks up a class for each element in Python, a sixth of all the time that a page takes; as
    nothing here depends on what kind of element a form or a label is, all get the usual class at once.

    For a date that nothing else reads, a library for two hundred languages is asked, which takes seconds to
    make itself ready, out of the five that a worker has: ours is asked instead.
    """
    from htmldate import extractors
    from lxml import html
    from trafilatura.utils import HTML_PARSER

    HTML_PARSER.set_element_class_lookup(
        etree.ElementDefaultClassLookup(
            element=html.HtmlElement,
            comment=html.HtmlComment,
            pi=html.HtmlProcessingInstruction,
            entity=html.HtmlEntity,
        )
    )
    extractors.get_external_parser = cache(_Dates)


class _Dates:
    """Our reader of dates in the place of that library's."""

    def get_date_data(self, text: str) -> dict[str, datetime | None]:
        """Return the moment that a text names, of UTC, without a zone."""
        moment = parse_date(text)
        return {"date_obj": moment and moment.replace(tzinfo=None)}


def _tree(html: str) -> Any:  # noqa: ANN401 - untyped library
    """Return the tree of a page, which each reading copies; None when it has none."""
    from trafilatura import load_html

    _make_ready()
    try:
        return load_html(html)
    except _FAULTS:
        return None


def _read(
    tree: Any,  # noqa: ANN401 - untyped library
    url: str | None,
    *,
    metadata: bool = False,
    strict: bool = False,
    lenient: bool = False,
    large: bool = False,
) -> Any:  # noqa: ANN401 - untyped library
    """Return what trafilatura makes of a page; None when it finds nothing.

    Only the usual reading is held against those of other extractors: for the others that changes nothing.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import set_date_params

    if tree is None:
        return None
    try:
        return bare_extraction(
            tree,
            url=url,
            with_metadata=metadata,
            favor_precision=strict,
            favor_recall=lenient,
            fast=strict or lenient,
            date_extraction_params=set_date_params(not large),
            include_comments=False,
        )
    except _FAULTS:
        # It runs a dozen heuristics over whatever stands there: where one trips, there is no article for us.
        return None


def _lines(
    html: str,
    tree: Any,  # noqa: ANN401 - untyped library
    url: str | None,
    usual: str,
    *,
    large: bool,
) -> list[str]:
    """Return the lines of a page's article, see `bot.sources.page_text`."""
    if large:
        return article_lines(usual, "", "")
    strict = _read(tree, url, strict=True)
    lenient = _read(tree, url, lenient=True)
    lines = article_lines(usual, strict.text or "" if strict else "", lenient.text or "" if lenient else "")
    blocks = blocks_alike(html, lines)
    return with_further(lines, blocks) if blocks else lines


def article_of(parts: PageParts, *, seen_at: datetime) -> Article:
    """Return a page's article; `seen_at` is when it was read, aware UTC."""
    return Article(
        id=article_id(url=parts.url, source=parts.site, title=parts.title, text=parts.text),
        title=parts.title,
        text=parts.text,
        seen_at=seen_at,
        url=parts.url,
        source=parts.site,
        author=parts.author,
        language=parts.language,
        published_at=parts.published,
        # Pages tell the day; the hour is not known.
        published_approximate=parts.published is not None,
        image_url=parts.image,
    )


def _without_site(title: str, html: str) -> str:
    """Return a title without the site's name at either end, when a heading of the page says it so."""
    for found in _HEADING.finditer(html):
        heading = one_line(plain(found[1]))
        if len(heading) >= SHORTEST_TITLE and heading != title and heading.casefold() in title.casefold():
            before, _, after = title.casefold().partition(heading.casefold())
            if _SEPARATED.fullmatch(before[::-1]) and _SEPARATED.fullmatch(after):
                return heading
    return title


def _canonical(named: str | None, url: str | None) -> str | None:
    """Return the address that a page names for itself, unless that is another host's or a front page."""
    named = absolute(named, url)
    if not named or not url:
        return named or url
    host, other = (text.split("/")[2].lower().removeprefix("www.") for text in (url, named))
    return named if host == other and named.split("/", 3)[3:] not in ([], [""]) else url
