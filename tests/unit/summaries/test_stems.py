"""Stems: the Snowball project's for its languages, the word itself where there is none; any word has one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from summaries.language import _SNOWBALL, stem


@pytest.mark.parametrize(
    ("language", "word", "stemmed"),
    [
        ("en", "ministers", "minist"),
        ("de", "häusern", "haus"),
        ("fr", "élections", "élect"),
        ("es", "ciudades", "ciudad"),
        ("ru", "выборах", "выбор"),
        ("ar", "الانتخابات", "انتخاب"),
        ("vi", "thành", "thành"),
        ("", "ministers", "ministers"),
    ],
)
def test_a_word_is_stemmed_by_its_language(language: str, word: str, stemmed: str) -> None:
    assert stem(word, language) == stemmed


@example("vote\ud800rs", "en")
@given(st.text(max_size=12).map(str.lower), st.sampled_from(sorted(_SNOWBALL)))
def test_any_word_has_a_stem(word: str, language: str) -> None:
    assert isinstance(stem(word, language), str)
    assert stem(word, language) == stem(word, language)
