from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import pytest
from htmldate import extractors

from bot.sources import page as reader
from bot.sources.errors import SourceError
from bot.sources.page import MAX_BYTES, article_of, extract

NOW = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)
SENTENCE = "The harbour of Port Ellery opened again on Monday, four days after the storm broke its mole. "
PARAGRAPHS = [f"{SENTENCE * 3}That was part {n}." for n in range(1, 6)]


def page(head: str = "", extra: str = "") -> bytes:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        "<title>Harbour opens – Ellery Post</title>"
        f"{head}</head><body><nav><a href='/'>Home</a><a href='/news'>News</a></nav>"
        f"<article><h1>Harbour opens</h1>{body}</article>{extra}"
        "<footer>© Ellery Post, all rights reserved</footer></body></html>"
    ).encode()


def test_text_and_what_is_known_of_it() -> None:
    head = """<link rel="canonical" href="https://www.post.example/harbour">
      <meta property="og:site_name" content="Ellery Post">
      <meta property="og:image" content="/a.jpg"><meta name="author" content="Ada Quist">
      <meta property="article:published_time" content="2026-05-11T08:00:00Z">"""
    parts = extract(page(head), "https://post.example/harbour?utm_source=x")
    assert parts.text == "\n".join(PARAGRAPHS)
    assert (parts.title, parts.author, parts.site) == ("Harbour opens", "Ada Quist", "Ellery Post")
    assert (parts.url, parts.image) == ("https://www.post.example/harbour", "https://post.example/a.jpg")
    assert parts.published == datetime(2026, 5, 11, tzinfo=UTC)
    article = article_of(parts, seen_at=NOW)
    assert (article.text, article.source, article.published_approximate) == (parts.text, "Ellery Post", True)
    assert article.id == article_of(extract(page(head), "https://post.example/harbour"), seen_at=NOW).id


@pytest.mark.parametrize(
    "named",
    ["https://other.example/harbour", "https://post.example/", "/", "javascript:alert(1)", "http://["],
)
def test_a_canonical_address_elsewhere_is_not_believed(named: str) -> None:
    parts = extract(page(f'<link rel="canonical" href="{named}">'), "https://post.example/harbour")
    assert parts.url == "https://post.example/harbour"


def test_comments_and_scripts_are_no_text() -> None:
    extra = "<div id='comments' class='comments'><p>I do not believe it, says Bo.</p></div>"
    extra += "<script>var x = 'not text'</script>"
    assert extract(page(extra=extra), None).text == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "html",
    [
        b"",
        b"<html></html>",
        b"\0\1\2",
        b"<html><body>Log in</body></html>",
        b"<p>" * 3000,
        b"<html><frameset></html>",
    ],
)
def test_a_page_without_an_article(html: bytes) -> None:
    with pytest.raises(SourceError, match="no article on this page"):
        extract(html, "https://post.example/")


def test_of_a_page_with_too_many_tags_the_beginning_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_TAGS_READ", 90)
    lines = "".join(f"<p>The keeper of lock {n} at Durn said that it stays shut.</p>" for n in range(100))
    text = extract(f"<html><body><article>{lines}</article></body></html>".encode(), None).text
    assert "The keeper of lock 40 at" in text
    assert "The keeper of lock 50 at" not in text


def test_no_library_that_is_slow_to_start_is_asked_for_a_date() -> None:
    with contextlib.suppress(SourceError):
        extract(b"<html><body>No article.</body></html>", None)
    assert extractors.external_date_parser("12 mai 2026", "%Y-%m-%d") == "2026-05-12"
    assert extractors.external_date_parser("some day", "%Y-%m-%d") is None
    assert isinstance(extractors.get_external_parser(), reader._Dates)  # noqa: SLF001 - it is what is asked


def test_a_page_that_is_too_large() -> None:
    with pytest.raises(SourceError, match="too large"):
        extract(b" " * (MAX_BYTES + 1), None)


@pytest.mark.parametrize(
    ("title", "heading", "wanted"),
    [
        ("Harbour opens again | Ellery Post", "Harbour opens again", "Harbour opens again"),
        ("Ellery Post - Harbour opens again", "Harbour <em>opens</em> again", "Harbour opens again"),
        ("Harbour opens again", "Ellery Post", "Harbour opens again"),
        ("Harbour opens again for ferries", "Harbour opens again", "Harbour opens again for ferries"),
        ("News | Ellery Post", "News", "News | Ellery Post"),
    ],
)
def test_a_title_loses_the_name_of_its_site(title: str, heading: str, wanted: str) -> None:
    head = f'<meta property="og:title" content="{title}">'
    html = page(head).replace(b"<h1>Harbour opens<", f"<h1>{heading}<".encode())
    assert extract(html, None).title == wanted


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-8", "shift_jis"])
def test_a_page_in_its_own_encoding(encoding: str) -> None:
    words = "Порт открыт снова после бури. " if encoding != "shift_jis" else "港は嵐の後に再び開いた。"
    body = "".join(f"<p>{words * 8}{n}.</p>" for n in range(5))
    head = f"<meta charset='{encoding}'><title>x</title>"
    html = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
    text = extract(html.encode(encoding), None).text
    assert text.count(words.strip()) == 40
    assert (
        extract(html.encode(encoding).replace(b"<article>", b"<article>\xff", 1), None).text.count(
            words.strip()
        )
        >= 32
    )
