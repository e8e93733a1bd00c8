"""Feeds invented for these tests."""

from __future__ import annotations

NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)


def rss(items: str = "", channel: str = "", *, prolog: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    """Return an RSS 2.0 document."""
    return (
        f'{prolog}<rss version="2.0" {NAMESPACES}><channel><title>Ellery Post</title>'
        f"<link>https://post.example/</link>{channel}{items}</channel></rss>"
    )


def item(n: int = 1, extra: str = "") -> str:
    """Return an item with a number."""
    return (
        f"<item><title>Story {n}</title><link>https://post.example/{n}</link><guid>g{n}</guid>"
        f"<pubDate>Tue, 12 May 2026 0{n % 10}:00:00 GMT</pubDate>{extra}</item>"
    )


def atom(entries: str = "", head: str = "", *, attributes: str = "") -> str:
    """Return an Atom document."""
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>Ellery Post</title>'
        f'<link href="https://post.example/"/>{head}{entries}</feed>'
    )
