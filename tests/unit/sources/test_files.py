from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.sources.errors import SourceError
from bot.sources.files import MAX_BYTES, read_file
from tests.unit.sources.feeds import atom, rss
from tests.unit.sources.pages import CAPTURED, page

LINE = '{"title": "Harbour opens", "text": "The harbour opened."}'


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", "", "is empty"),
        ("a.txt", "\ufeff \n\n", "is empty"),
        ("a.txt", bytes(range(256)) * 20, "is binary"),
        ("a.jsonl", b"\x89PNG\r\n\x1a\n" + bytes(40), "is a picture"),
        ("a.txt", b"\x1f\x8b\x08\x00rest", "is a gzip archive"),
        (
            "a.txt",
            "Harbour\nCaf\xe9 opens again.".encode("latin-1"),
            "is not UTF-8 text: line 2 holds a byte that cannot be",
        ),
        ("a.jsonl", b'{"title": "Caf\xe9"}\n', "is not UTF-8 text"),
        ("a.csv", "title,text\nHarbour,opened\n", "is of a form that Nutgraf does not know (.csv)"),
        ("a.xml", '<?xml version="1.0"?><catalogue><book/></catalogue>', "no feed that we know"),
        ("a.txt", "Harbour", "holds no article"),
        ("a.json", "[]", "holds no article: the list is empty"),
        (
            "a.json",
            '{"error": "rate limited"}',
            "holds no article: item 1 is not an article: it has neither a title",
        ),
        ("a.json", '{"title": "Harbour", "text": "The har', "seems to be half-written"),
        ("a.xml", rss("<item><title>One</title></item><item><title>Tw")[:-20], "seems to be half-written"),
        ("a.opml", "<opml><body>", "the OPML list names no feeds"),
        ("a.html", "<html><body><nav>Menu</nav></body></html>", "no article on this page"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(
    tmp_path: Path, name: str, content: str | bytes, reason: str
) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(SourceError) as caught:
        read_file(path, captured_at=CAPTURED)
    assert str(path) in caught.value.what
    assert reason in caught.value.what
    assert "\n" not in caught.value.what + caught.value.next
    assert caught.value.next.endswith((".", "}"))


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"nowhere\.txt does not exist"):
        read_file(tmp_path / "nowhere.txt", captured_at=CAPTURED)
    with pytest.raises(SourceError, match="is a folder"):
        read_file(tmp_path, captured_at=CAPTURED)


def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "loop"
    path.symlink_to(path)
    with pytest.raises(SourceError, match="cannot be read"):
        read_file(path, captured_at=CAPTURED)


def test_a_huge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "huge.jsonl"
    with path.open("wb") as file:
        file.truncate(200_000_000)  # takes no room on the disk
    assert path.stat().st_size > MAX_BYTES
    with pytest.raises(SourceError, match=r"too large: 191 MB, the limit is 64 MB"):
        read_file(path, captured_at=CAPTURED)


@pytest.mark.parametrize(
    ("name", "content", "kind", "articles"),
    [
        ("seed.txt", page(), "dump", 3),
        ("seed", page(), "dump", 3),
        ("seed.csv", page(), "dump", 3),
        ("seed.txt", page().encode("utf-16"), "dump", 3),
        ("a.jsonl", f"{LINE}\n\n{LINE}\n", "jsonl", 1),
        ("a.txt", LINE, "jsonl", 1),
        ("a.json", f"[{LINE}]", "jsonl", 1),
        ("a.json", json.dumps(json.loads(LINE), indent=2), "jsonl", 1),
        ("a.xml", rss("<item><title>One</title></item>"), "feed", 1),
        ("a.txt", atom("<entry><title>One</title></entry>"), "feed", 1),
        (
            "a.json",
            '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1, "title": "One"}]}',
            "feed",
            1,
        ),
        ("a.rss", "\n\n<br/>Warning<br/>" + rss("<item><title>One & two</title></item>"), "feed", 1),
    ],
)
def test_the_content_tells_what_a_file_is(
    tmp_path: Path, name: str, content: str | bytes, kind: str, articles: int
) -> None:
    loaded = read_file(write(tmp_path, name, content), captured_at=CAPTURED)
    assert (loaded.kind, len(loaded.articles), loaded.notes) == (kind, articles, ())
    assert all(article.seen_at == CAPTURED for article in loaded.articles)
    again = read_file(write(tmp_path, name, content), captured_at=CAPTURED)
    assert again == loaded


def test_a_web_page(tmp_path: Path) -> None:
    paragraphs = "".join(
        f"<p>{'The ship lay at anchor off the mole and waited. ' * 5}{n}</p>" for n in range(5)
    )
    html = (
        "<!doctype html><html lang='en'><head><title>Ships wait</title></head><body>"
        f"<article><h1>Ships wait</h1>{paragraphs}</article></body></html>"
    )
    loaded = read_file(write(tmp_path, "a.html", html), captured_at=CAPTURED)
    assert loaded.kind == "page"
    assert loaded.articles[0].title == "Ships wait"
    assert loaded.articles[0].text.count("\n") == 4


def test_a_list_of_feeds(tmp_path: Path) -> None:
    body = '<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/feed"/></body></opml>'
    loaded = read_file(write(tmp_path, "a.xml", body), captured_at=CAPTURED)
    assert loaded.kind == "opml"
    assert [feed.url for feed in loaded.feeds] == ["https://a.example/feed"]
