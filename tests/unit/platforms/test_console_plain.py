"""Text and links from outside are harmless on a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.console.plain import address, clean, place, title

TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@given(st.text(st.one_of(st.characters(), st.sampled_from("\x1b\x07\x9b\r\n\t\x00\u2028\ud83d" + TURNS))))
def test_no_text_commands_the_terminal(text: str) -> None:
    shown = clean(text)
    assert not [sign for sign in shown if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")]
    assert not set(shown) & set(TURNS)
    assert shown.encode().decode() == shown
    assert clean(shown) == shown


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"])))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines\r\nand a\ttab", "two lines and a tab"),
        ("\x1b[31mred", "\ufffd[31mred"),
        ("\u202egnp.exe", "gnp.exe"),
        ("half \ud83d", "half \ufffd"),
        ("נמל\u200f!", "נמל\u200f!"),
        ("e\u0301 👩\u200d🚀", "e\u0301 👩\u200d🚀"),
    ],
)
def test_what_becomes_of_signs(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize("text", ["", " \n", "\u202e"])
def test_a_headline_is_never_empty(text: str) -> None:
    assert title(text) == "(no headline)"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://news.example/a?b=c#d", "https://news.example/a?b=c#d"),
        ("HTTPS://news.example", "https://news.example"),
        ("https://news.example/a b\x1b]8;;\x07", "https://news.example/a%20b%1B]8;;%07"),
        ("https://news.example/100%25", "https://news.example/100%25"),
        ("https://zeitung.example/über", "https://zeitung.example/%C3%BCber"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://[2001:db8::1]:8080/x", "https://[2001:db8::1]:8080/x"),
        ("https://news.example/\ud83d", "https://news.example/%EF%BF%BD"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//news.example", None),
        ("https://", None),
        ("https://[::1", None),
        ("https://a b.example", None),
        ("https://\u202eevil.example", None),
        ("https://\ud83d.example", None),
        (f"https://{'ü' * 80}.example", None),
        ("", None),
        (None, None),
    ],
)
def test_which_links_are_offered(url: str | None, safe: str | None) -> None:
    assert address(url) == safe


@given(st.text())
def test_any_link_is_safe_or_none(text: str) -> None:
    for url in (text, f"https://news.example/{text}", f"https://{text}"):
        safe = address(url)
        if safe is not None:
            assert safe.startswith(("http://", "https://"))
            assert safe.isascii()
            assert safe.isprintable()
            assert not set(safe) & set(" <>\"\\^`{|}'") - {"'"}


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://news.example/a#:~:text=The%20ferry", "https://news.example/a"),
        ("https://news.example/a#part:~:text=The", "https://news.example/a#part"),
        ("https://news.example/a#part", "https://news.example/a#part"),
        (None, None),
    ],
)
def test_an_address_to_be_read_has_no_directive(url: str | None, bare: str | None) -> None:
    assert place(url) == bare
