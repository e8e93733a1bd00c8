from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fulltext import SHORT_WORDS, is_teaser
from bot.model.article import Article

NOW = datetime(2026, 5, 12, 7, 0, tzinfo=UTC)


def article(text: str, *, url: str | None = "https://post.example/a", headline_only: bool = False) -> Article:
    return Article(id="a", title="A", text=text, seen_at=NOW, url=url, headline_only=headline_only)


@given(st.integers(SHORT_WORDS - 2, SHORT_WORDS + 2), st.sampled_from([" ", "\n", " \u3000"]), st.booleans())
def test_a_teaser_has_few_words(count: int, space: str, framed: bool) -> None:
    text = space.join(["word"] * count)
    text = f"{space}{text}{space}" if framed else text
    assert is_teaser(article(text)) == (len(text.split()) < SHORT_WORDS)


@pytest.mark.parametrize("other", [article("few", url=None), article("few", headline_only=True)])
def test_what_may_not_or_cannot_be_read_is_no_teaser(other: Article) -> None:
    assert is_teaser(article("few"))
    assert not is_teaser(other)
