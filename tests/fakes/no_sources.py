"""Readers of feeds and pages for tests in which none is asked for."""

from __future__ import annotations

from bot.model.article import Article
from bot.sources.entry import Feed
from bot.sources.errors import SourceError


async def no_feed(_body: bytes, _content_type: str | None, _base_url: str) -> Feed:
    """Read an empty feed."""
    return Feed()


async def no_page(url: str) -> Article:
    """Read no page."""
    raise SourceError(f"{url} cannot be read: there is no web here.", "Use the web.")
