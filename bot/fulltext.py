"""The whole text of an article whose feed gives only a few lines of it, from its own page; politely."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from heapq import nlargest

from bot import log
from bot.clock import Clock
from bot.model.article import Article
from bot.sources.errors import SourceError
from bot.sources.fetch import ACCEPT_PAGE, Fetcher
from bot.sources.identity import content_hash
from bot.sources.page import article_of, extract
from bot.sources.robots import Robots
from bot.sources.sniff import kind_of
from bot.sources.workers import Workers

SHORT_WORDS = 120
"""A feed's text of fewer words is a teaser: briefs need the article."""

MOST_PAGES = 10
"""Pages read for one reading of a feed; the newest entries come first."""

PIECE = 100
"""Articles looked at before others have their turn: a feed may bring thousands."""

PRODUCT = "nutgraf"

_log = log.get(__name__)


def is_teaser(article: Article) -> bool:
    """Tell whether an article has a page and few words; of a long text only the first ones are counted."""
    if not article.url or article.headline_only:
        return False
    return len(article.text.split(maxsplit=SHORT_WORDS - 1)) < SHORT_WORDS


class FullText:
    """Reads the pages of articles whose text is short."""

    def __init__(self, fetcher: Fetcher, workers: Workers, *, clock: Clock) -> None:
        self._fetcher = fetcher
        self._workers = workers
        self._clock = clock
        self._robots = Robots(fetcher, product=PRODUCT, clock=clock)

    async def completed(self, articles: Sequence[Article]) -> tuple[Article, ...]:
        """Return articles with the text of their pages where that is longer than what the feed gave.

        Args:
            articles: not stored yet, or with other words than before.
        """
        newest: list[Article] = []
        for start in range(0, len(articles), PIECE):
            short = filter(is_teaser, articles[start : start + PIECE])
            newest = nlargest(MOST_PAGES, [*newest, *short], key=lambda article: article.when)
            await asyncio.sleep(0)
        whole = {article.id: await self._complete(article) for article in newest}
        return tuple([whole.get(article.id, article) for article in articles])

    async def page(self, url: str) -> Article:
        """Return the article of a page.

        Raises:
            SourceError: it may not or cannot be read, holds no article, or is a feed.
        """
        if not await self._robots.allows(url):
            raise SourceError(f"{url} asks not to be read by programs.", "Read it in a browser.")
        fetched = await self._fetcher.get(url, accept=ACCEPT_PAGE)
        if fetched.status != "ok":
            raise SourceError(
                f"{url} cannot be read: {fetched.reason}.", "See whether it opens in a browser."
            )
        if kind_of(fetched.body, "") == "feed":
            raise SourceError(f"{url} is a feed, not a page.", f"“nutgraf feed add {url}” has it read.")
        try:
            parts = await self._workers.run(extract, fetched.body, fetched.final_url, fetched.content_type)
        except SourceError as error:
            raise SourceError(f"{url}: {error.what[0].lower()}{error.what[1:]}", error.next) from None
        return article_of(parts, seen_at=self._clock.now())

    async def _complete(self, article: Article) -> Article:
        try:
            page = await self.page(article.url or "")
        except SourceError as error:
            _log.debug("page not read", url=article.url, reason=error.what)
            return article
        if len(page.text) <= len(article.text):
            return article
        return replace(
            article,
            text=page.text,
            offered=content_hash(article.title, article.text),
            author=article.author or page.author,
            language=article.language or page.language,
            image_url=article.image_url or page.image_url,
        )
