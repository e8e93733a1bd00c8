"""Sources from the shell: a page by its address, lists of feeds in and out, and how each feed fares."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.sources.opml import read_opml
from tests.fakes.web_server import Answer, WebServer

LIST = """<?xml version="1.0"?><opml version="2.0"><body>
  <outline text="Region"><outline text="Coast"><outline text="Harbour &amp; Post" xmlUrl="https://h.example/f"/></outline>
  <outline text="Canal Post" xmlUrl="https://c.example/f"/></outline>
  <outline type="rss" xmlUrl="https://n.example/f?a=1&amp;b=2"/></body></opml>"""
WORDS = "".join(f"<p>The keeper of the lock at Durn gave reason number {n} to shut it.</p>" for n in range(9))
PAGE = f"<html><body><article><h1>Lock shut at Durn</h1>{WORDS}</article></body></html>"
FEED = (
    "<rss version='2.0'><channel><title>Canal Post</title><item><title>Lock shut</title>"
    "<pubDate>Tue, 12 May 2026 06:30:00 GMT</pubDate></item></channel></rss>"
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test, from which the loopback may be read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NUTGRAF_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    monkeypatch.setenv("FETCH_ALLOW_NETWORKS", "127.0.0.0/8")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def nutgraf(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), catch_exceptions=False)


def rows(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]


@contextmanager
def site() -> Iterator[str]:
    """A site on loopback in a thread of its own, as each command of the shell has its own event loop."""
    ready, done = threading.Event(), threading.Event()
    found: list[str] = []

    async def serve() -> None:
        async with WebServer() as server:
            server.route("/lock", Answer(body=PAGE.encode(), headers={"Content-Type": "text/html"}))
            server.route("/feed", Answer(body=FEED.encode(), headers={"Content-Type": "text/xml"}))
            server.route("/menu", Answer(body=b"<html><ul><li>Home</ul></html>"))
            found.append(server.url("").rstrip("/"))
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    try:
        assert ready.wait(10)
        yield found[0]
    finally:
        done.set()
        thread.join(10)


def test_a_page_by_its_address() -> None:
    with site() as base:
        shown = rows(nutgraf("import", "--dry-run", "--json", f"{base}/lock"))
        assert [row["title"] for row in shown] == ["Lock shut at Durn"]
        assert rows(nutgraf("articles", "--json")) == []
        first = nutgraf("import", "--json", f"{base}/lock", f"{base}/menu", "missing.txt", f"{base}/feed")
        assert first.exit_code == 1
        assert rows(first) == [{"file": f"{base}/lock", "kind": "page", "new": 1, "known": 0, "updated": 0}]
        for words in ("no article on this page", "missing.txt does not exist", "is a feed, not a page"):
            assert words in first.stderr
        again = nutgraf("import", "--json", f"{base}/lock")
        assert (again.exit_code, rows(again)[0]["known"], rows(again)[0]["updated"]) == (0, 1, 0)
        (stored,) = rows(nutgraf("articles", "--json"))
        assert stored["text"].startswith("The keeper of the lock at Durn gave reason number 0")


def test_how_each_feed_fares_is_told_in_full() -> None:
    with site() as base:
        assert nutgraf("feed", "add", f"{base}/feed").exit_code == 0
        (new,) = rows(nutgraf("feed", "list", "--json"))
        assert (new["articles"], new["last_article_at"], new["last_ok_at"]) == (0, None, None)
        assert nutgraf("feed", "poll").exit_code == 0
        (read,) = rows(nutgraf("feed", "list", "--json"))
        assert (read["name"], read["state"], read["articles"]) == ("Canal Post", "fresh", 1)
        assert read["last_article_at"] == "2026-05-12T06:30:00Z"
        assert read["last_ok_at"] < read["next_poll_at"]
        assert "1 article" in nutgraf("feed", "list").stdout


def test_a_list_of_feeds_goes_in_and_out(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "list.opml").write_text(LIST, encoding="utf-8")
    assert "3 new feeds" in nutgraf("import", "list.opml").stdout
    assert nutgraf("export", "--opml", "out.opml").exit_code == 0
    assert set(read_opml((home / "out.opml").read_bytes())) == set(read_opml(LIST.encode()))
    assert nutgraf("export", "--opml", "out.opml").exit_code == 1, "no file is written over"
    monkeypatch.setenv("NUTGRAF_HOME", str(home / "second"))
    assert "3 new feeds" in nutgraf("import", "out.opml").stdout
    assert nutgraf("export", "--opml").stdout == (home / "out.opml").read_text(encoding="utf-8")


def test_a_folder_is_read_file_by_file_in_the_order_of_names(home: Path) -> None:
    folder = home / "press"
    (folder / "old").mkdir(parents=True)
    (folder / ".hidden").write_text("x")
    (folder / "b.xml").write_text(FEED)
    (folder / "a.jsonl").write_text('{"title": "Bridge open", "text": "It is."}')
    (folder / "c.html").write_text("<html></html>")
    result = nutgraf("import", str(folder), "--json")
    assert [(row["file"], row["new"]) for row in rows(result)] == [
        (str(folder / "a.jsonl"), 1),
        (str(folder / "b.xml"), 1),
    ]
    assert f"{folder}: 1 folder within it left out" in result.stderr
    assert "c.html" in result.stderr
    assert result.exit_code == 1, "a file was not read"
    empty = nutgraf("import", str(folder / "old"))
    assert (empty.exit_code, "holds no files" in empty.stderr) == (1, True)


def test_lines_bring_everything_back(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = {
        "id": "a1",
        "title": "Lock shut",
        "text": "It is shut.\nFor long.",
        "seen_at": "2026-05-12T07:00:00Z",
        "published_at": "2026-05-11T07:00:00Z",
        "published_approximate": True,
        "related": ["a2"],
        "guid": "g",
        "image_url": "https://c.example/i.png",
        "headline_only": True,
    }
    (home / "in.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    nutgraf("import", "in.jsonl")
    out = nutgraf("export").stdout
    assert json.loads(out).items() >= line.items()
    (home / "out.jsonl").write_text(out, encoding="utf-8")
    monkeypatch.setenv("NUTGRAF_HOME", str(home / "second"))
    nutgraf("import", "out.jsonl")
    assert nutgraf("export").stdout == out
