"""Reading new articles: their language, their keywords, and their words for the index and for comparison."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import summaries
from bot.model.article import Article
from bot.stories.terms import reading_language
from bot.stories.vector import Words, read_many

KEYWORDS = 10
KEYWORD_TEXT = 20_000
"""Characters that keywords are taken from; a report names its subject early."""


@dataclass(frozen=True, slots=True)
class Read:
    """An article with what was found in its words."""

    article: Article
    words: Words


def read_all(articles: Sequence[Article], usual: str | None) -> list[Read]:
    """Read articles, filling in the language and the keywords that are missing.

    Args:
        articles: to be stored.
        usual: the language of most of the archive; None for an empty one.
    """
    spoken = [
        article.language or summaries.detect_language(f"{article.title}\n{article.text}")
        for article in articles
    ]
    known = Counter(language for language in spoken if language)
    usual = usual or next((language for language, _ in known.most_common(1)), None)
    read_in = [reading_language(language, usual) for language in spoken]
    words: dict[int, Words] = {}
    for language in dict.fromkeys(read_in):
        places = [at for at, one in enumerate(read_in) if one == language]
        of_language = read_many([(articles[at].title, articles[at].text) for at in places], language)
        words.update(zip(places, of_language, strict=True))
    return [
        Read(_completed(article, language), words[at])
        for at, (article, language) in enumerate(zip(articles, spoken, strict=True))
    ]


def _completed(article: Article, language: str | None) -> Article:
    keywords = article.keywords or tuple(
        summaries.keywords(article.text[:KEYWORD_TEXT], KEYWORDS, title=article.title, language=language)
    )
    return replace(article, language=language, keywords=keywords)
