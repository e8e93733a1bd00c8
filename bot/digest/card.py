"""Stories and articles as readers see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt
from urllib.parse import urlsplit

from bot.digest.link import is_web, sentence_link
from bot.model.article import Article, Quote
from bot.model.story import Story
from bot.model.view import Sentence, Source, StoryCard
from bot.model.words import UNKNOWN_SOURCE
from summaries import tokens

KEYWORDS = 5


def source_name(article: Article) -> str:
    """Return the name of the publication, its host when it has none, or that nobody knows."""
    if article.source:
        return article.source
    host = urlsplit(article.url).hostname if article.url and is_web(article.url) else None
    return (host or "").removeprefix("www.") or UNKNOWN_SOURCE


def source(article: Article, *, copy: bool = False) -> Source:
    """Return an article as a reader sees it: where it stands."""
    return Source(
        article_id=article.id,
        name=source_name(article),
        title=article.title,
        url=article.url if article.url and is_web(article.url) else None,
        published_at=article.published_at,
        approximate=article.published_approximate,
        copy=copy,
    )


def card(
    story: Story, quotes: Sequence[Quote], *, mark: str = "", known: frozenset[str] = frozenset()
) -> StoryCard:
    """Return a story as a reader sees it.

    Args:
        story: the story.
        quotes: the sentences chosen from its articles, in reading order.
        mark: "new", "update" or "".
        known: articles that are no news to the reader; another one gives the headline.

    Raises:
        ValueError: a quote is not verbatim, which must never reach a reader.
    """
    articles = {article.id: article for article in story.articles}
    return StoryCard(
        id=story.id,
        title=headline(story, quotes, known),
        sentences=tuple(sentence(quote, articles) for quote in quotes),
        sources=tuple(source(article, copy=article.id in story.copies) for article in story.articles),
        first_at=story.first_at,
        last_at=story.last_at,
        mark=mark,
        keywords=_keywords(story),
    )


def sentence(quote: Quote, articles: Mapping[str, Article]) -> Sentence:
    """Return a quote as readers see it, with its source and a link to where it stands.

    Args:
        quote: of one of the articles.
        articles: by id.

    Raises:
        ValueError: it does not stand at its offsets.
    """
    article = articles[quote.article_id]
    if article.text[quote.start : quote.end] != quote.text:
        raise ValueError(f"a quote of {article.id} is not verbatim at {quote.start}..{quote.end}")
    return Sentence(
        text=quote.text,
        article_id=article.id,
        start=quote.start,
        end=quote.end,
        source=source_name(article),
        url=sentence_link(article.url, quote.text),
        agreed_by=quote.agreed_by,
    )


def headline(story: Story, quotes: Sequence[Quote], known: frozenset[str] = frozenset()) -> str:
    """Return the headline that tells the story best.

    It is one of an article that is quoted, if any is; of these the one that shares most words with the other
    headlines, so that neither a round-up nor a quotation stands for the whole; of equals the latest.
    """
    titled = [article for article in story.originals if article.title.strip()]
    cited = Counter(quote.article_id for quote in quotes)
    shared = _shared([article.title for article in titled], story.originals[0].language)
    order = {article.id: share for article, share in zip(titled, shared, strict=True)}
    best = max(
        titled,
        key=lambda a: (a.id not in known, cited[a.id] > 0, order[a.id], cited[a.id], a.when),
        default=None,
    )
    return best.title if best else "Untitled"


def _shared(titles: Sequence[str], language: str | None) -> list[float]:
    """Return how much of each headline the others have; of two that share as much, the shorter has more."""
    words = [set(tokens(title, language)) for title in titles]
    held = Counter(word for one in words for word in one)
    return [sum(held[word] - 1 for word in one) / sqrt(max(1, len(one))) for one in words]


def _keywords(story: Story) -> tuple[str, ...]:
    """Return the words that most of its articles are about."""
    counts = Counter(word for article in story.originals for word in article.keywords)
    return tuple(word for word, _ in counts.most_common(KEYWORDS))
