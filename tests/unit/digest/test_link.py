"""Links that scroll to a sentence point at the article and at nothing else."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.link import is_web, sentence_link


def test_a_long_sentence_is_named_by_its_ends() -> None:
    sentence = "The ferry ran aground at dawn off the mole, but all two hundred and twelve people were safe."
    link = sentence_link("https://post.example/a", sentence)
    assert (
        link
        == "https://post.example/a#:~:text=The%20ferry%20ran%20aground%20at,and%20twelve%20people%20were%20safe."
    )


def test_dashes_and_commas_of_the_sentence_do_not_become_syntax() -> None:
    link = sentence_link("https://post.example/a", "A well-known, old pier")
    assert link == "https://post.example/a#:~:text=A%20well%2Dknown%2C%20old%20pier"


def test_a_fragment_of_the_address_stays() -> None:
    assert (
        sentence_link("https://post.example/a#top", "Hello there")
        == "https://post.example/a#top:~:text=Hello%20there"
    )


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.example",
        "https://",
        "https://a\nb",
        "//a.example",
        "",
    ],
)
def test_what_is_no_web_address_is_never_linked(url: str) -> None:
    assert not is_web(url)
    assert sentence_link(url, "Some words") is None


@given(st.text(min_size=1, max_size=300))
def test_any_sentence_gives_a_link_to_the_same_page(sentence: str) -> None:
    link = sentence_link("https://post.example/a?b=c", sentence)
    assert link is not None
    assert link.isascii()
    parts = urlsplit(link)
    assert (parts.scheme, parts.netloc, parts.path, parts.query) == ("https", "post.example", "/a", "b=c")
    words = sentence.split()
    if words:
        start = unquote(link.split(":~:text=", 1)[1].split(",")[0])
        assert start.split()[0] == words[0].encode("utf-8", "replace").decode()
