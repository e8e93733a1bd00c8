"""Which articles of a batch are new: by id, address, the feed's own name, and at last by their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from bot.model.article import Article
from bot.sources.identity import article_id, canonical_url, content_hash
from bot.store.search_articles import Identity, Known, Owner

_Words: TypeAlias = tuple[str, str, datetime | None]


def identities(articles: Sequence[Article], *, of_feed: bool) -> list[Identity]:
    """Return what tells each article from the others; a guid means something within one feed only."""
    return [_identity(article, of_feed=of_feed) for article in articles]


def _identity(article: Article, *, of_feed: bool) -> Identity:
    url = article.url
    if url and of_feed and article.id != article_id(url=url):
        url = None  # entries of the feed share the address: it names a page, and none of them
    words = content_hash(article.title, article.text)
    return Identity(
        article_id=article.id,
        canonical_url=canonical_url(url) if url else None,
        guid=article.guid if of_feed else None,
        content_hash=words,
        offered_hash=article.offered or words,
    )


class Sharing:
    """Articles that are stored, by what others may have in common with them."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by: dict[tuple[str, str], list[Known]] = {}
        for one in known:
            self.add(one)

    def add(self, known: Known) -> None:
        """Take in one more."""
        for key in _keys(known.identity, known.owner):
            self._by.setdefault(key, []).append(known)

    def with_any(self, wanted: Sequence[Identity], owner: Owner) -> list[Known]:
        """Return those that share an id, an address, a feed's guid or words with an owner's, by row."""
        keys = {key for one in wanted for key in _keys(one, owner)}
        keys |= {("id", one.article_id + owner.suffix) for one in wanted}
        found = {id(one): one for key in keys for one in self._by.get(key, ())}
        return sorted(found.values(), key=lambda one: one.row)


def _keys(identity: Identity, owner: Owner) -> list[tuple[str, str]]:
    """Return what an article is found by."""
    keys = [("id", identity.article_id), ("words", identity.content_hash)]
    if identity.canonical_url:
        keys.append(("url", identity.canonical_url))
    if identity.guid:
        keys.append((f"guid of {owner.feed_id}", identity.guid))
    return keys


class Recognition:
    """Recognises an owner's articles that are stored already or came earlier in the same batch.

    Args:
        known: stored articles that share something with them.
        owner: whose the new ones are.
    """

    def __init__(self, known: Sequence[Known], owner: Owner) -> None:
        self._suffix = owner.suffix
        self._taken = {one.identity.article_id for one in known}
        self._ids: set[str] = set()
        self._urls: set[str] = set()
        self._guids: set[str] = set()
        self._words: set[_Words] = set()
        self._words_without_url: set[_Words] = set()
        for one in known:
            if one.seen_by(owner):
                # Another feed may have given the same name to something else.
                guid = one.identity.guid if one.owner == owner else None
                self._learn(replace(one.identity, guid=guid), one.source, one.published_at)

    def is_known(self, article: Article, identity: Identity) -> bool:
        """Tell whether the article is there already; if not, remember it.

        The same words from another source, under another address or of another date are a copy, and new.
        """
        words = (identity.content_hash, article.source or "", article.published_at)
        same_words = article.source is not None and (
            words in self._words_without_url or (identity.canonical_url is None and words in self._words)
        )
        if (
            same_words
            or identity.article_id in self._ids
            or identity.canonical_url in self._urls
            or identity.guid in self._guids
        ):
            return True
        self._learn(identity, article.source, article.published_at)
        return False

    def free_id(self, article_id: str) -> str:
        """Return the id to store a new article under: its own, unless others alone may see one of that id."""
        while article_id in self._taken:
            article_id += self._suffix
        self._taken.add(article_id)
        return article_id

    def _learn(self, identity: Identity, source: str | None, published_at: datetime | None) -> None:
        self._ids.add(identity.article_id.removesuffix(self._suffix))
        if identity.canonical_url:
            self._urls.add(identity.canonical_url)
        if identity.guid:
            self._guids.add(identity.guid)
        words = (identity.content_hash, source or "", published_at)
        self._words.add(words)
        if not identity.canonical_url:
            self._words_without_url.add(words)
