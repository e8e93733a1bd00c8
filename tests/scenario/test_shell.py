"""The shell from its front door: files in, a digest out, questions answered, bad input told in a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app

SHARED = Path(__file__).parents[3] / "shared"
SAMPLES = Path(__file__).parents[2] / "bot" / "samples"
MORNING = "2026-05-12T07:00Z"

seed_page = pytest.mark.skipif(not SHARED.exists(), reason="the research data is not here")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test, in the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NUTGRAF_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def nutgraf(*words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, list(words), input=typed, catch_exceptions=False)


def rows(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]


def test_every_sentence_of_a_digest_stands_in_its_stored_source() -> None:
    assert nutgraf("import", str(SAMPLES / "articles.jsonl")).exit_code == 0
    stored = {row["id"]: row["text"] for row in rows(nutgraf("articles", "--json"))}
    assert len(stored) == 50
    (digest,) = rows(nutgraf("digest", "general", "--at", MORNING, "--format", "json"))
    sentences = [sentence for story in digest["stories"] for sentence in story["sentences"]]
    assert len(sentences) >= 10
    for sentence in sentences:
        assert stored[sentence["doc"]][sentence["start"] : sentence["end"]] == sentence["text"]


def test_the_same_archive_gives_the_same_digest_byte_for_byte() -> None:
    nutgraf("import", str(SAMPLES / "articles.jsonl"))
    form = ("digest", "general", "--at", MORNING, "--format")
    for name in ("text", "json", "slack", "discord", "html"):
        first, second = nutgraf(*form, name), nutgraf(*form, name)
        assert first.exit_code == 0
        assert "ferry" in first.stdout.lower()
        assert first.stdout == second.stdout


def test_an_archive_of_the_past_is_previewed_as_of_its_last_day() -> None:
    nutgraf("import", str(SAMPLES / "articles.jsonl"))
    result = nutgraf("digest", "general", "--json")
    # Imported now, the articles are news now, whatever their dates say, unless they are older than a day.
    assert rows(result)[0]["stories"]
    assert "as of 2026-05-12" in result.stderr


@seed_page
def test_the_seed_page_twice_is_four_articles() -> None:
    page = str(SHARED / "data" / "samples" / "seed-page.txt")
    assert "4 new articles" in nutgraf("import", page).stdout
    assert "0 new articles, 4 known" in nutgraf("import", page).stdout
    stored = rows(nutgraf("articles", "--json"))
    assert len(stored) == 4
    main = next(row for row in stored if row["title"].startswith("North Korea's Kim"))
    assert main["source"] is None
    assert main["published_at"] is None
    (answer,) = rows(nutgraf("related", main["id"], "--json"))
    titles = [result["title"] for result in answer["results"]]
    assert "A meeting between Al-Sadr and Al-Amri" not in titles
    assert all(result["reasons"] for result in answer["results"])


def test_a_dry_run_shows_and_stores_nothing() -> None:
    result = nutgraf("import", str(SAMPLES / "harbour-post.xml"), "--dry-run", "--json")
    assert len(rows(result)) == 6
    assert rows(result)[0]["title"]
    assert rows(nutgraf("articles", "--json")) == []


def bad_files() -> dict[str, bytes | None]:
    return {
        "missing.txt": None,
        "empty.jsonl": b"",
        "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "broken.jsonl": b'{"id": "x", "title": "Half',
        "latin.txt": "Ein Überblick über die Lage in München und Umgebung".encode("utf-16-le"),
        "page.xyz": b"\x00\x01\x02\x03",
    }


def test_what_cannot_be_read_is_named_and_everything_else_is_loaded(home: Path) -> None:
    names = bad_files()
    for name, body in names.items():
        if body is not None:
            (home / name).write_bytes(body)
    (home / "folder").mkdir()
    result = nutgraf("import", *names, "folder", str(SAMPLES / "articles.jsonl"))
    assert result.exit_code == 1
    assert "50 new articles" in result.stdout
    for name in (*names, "folder"):
        lines = [line for line in result.stderr.splitlines() if name in line]
        assert len(lines) == 1, name
    assert "Traceback" not in result.stderr
    assert len(rows(nutgraf("articles", "--json"))) == 50


def test_a_file_of_200_mb_is_refused_unread(home: Path) -> None:
    with (home / "huge.jsonl").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    result = nutgraf("import", "huge.jsonl")
    assert result.exit_code == 1
    assert "huge.jsonl" in result.stderr


def test_batches_of_questions() -> None:
    nutgraf("import", str(SAMPLES / "articles.jsonl"))
    typed = '{"query": "q1", "id": "sample-timber-1"}\nnonsense\n{"query": "q2", "text": "ferry aground"}\n'
    result = nutgraf("related", "--batch", "--json", typed=typed)
    answers = rows(result)
    assert [answer["query"] for answer in answers] == ["q1", "q2"]
    assert "line 2" in result.stderr
    assert answers[0]["results"][0]["id"] in ("sample-timber-2", "sample-timber-3")
    assert answers[1]["results"][0]["id"].startswith("sample-ferry")
    found = rows(nutgraf("find", "--batch", "--json", typed='{"query": "w", "text": "logbooks"}\n'))
    assert found[0]["results"][0]["id"].startswith("sample-lighthouse")


def test_no_story_mixes_two_affairs() -> None:
    nutgraf("import", str(SAMPLES / "articles.jsonl"))
    key = json.loads((Path(__file__).parents[1] / "data" / "sample-events.json").read_text("utf-8"))
    affair = {article: key["affairs"].get(event, event) for article, event in key["events"].items()}
    stories = [row["articles"] for row in rows(nutgraf("stories", "--json"))]
    assert sorted(article for story in stories for article in story) == sorted(affair)
    assert [story for story in stories if len({affair[article] for article in story}) > 1] == []


@pytest.mark.parametrize(
    "words",
    [
        ("related",),
        ("find",),
        ("digest",),
        ("import",),
        ("nonsense",),
        ("digest", "x", "--format", "pdf"),
        ("digest", "x", "--at", "noon"),
    ],
)
def test_wrong_usage_exits_2(words: tuple[str, ...]) -> None:
    assert nutgraf(*words).exit_code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("related", "S-ZZZZ"),
        ("find", 'NEAR( "'),
        ("find", "x" * 10_000),
        ("related", '* OR - : " NEAR('),
        ("story", "S-ZZZZ"),
        ("stories",),
        ("articles",),
        ("digest", "nowhere"),
    ],
)
def test_an_empty_archive_and_odd_words_give_an_answer_not_a_traceback(words: tuple[str, ...]) -> None:
    result = nutgraf(*words)
    assert result.exit_code in (0, 1)
    assert "Traceback" not in result.output


def test_a_damaged_database_is_named_with_what_to_do(home: Path) -> None:
    (home / "home").mkdir()
    (home / "home" / "nutgraf.db").write_bytes(b"this is no database at all" * 100)
    result = nutgraf("articles")
    assert result.exit_code == 1
    assert "nutgraf.db" in result.stderr
    assert "Traceback" not in result.output


def test_a_database_of_a_newer_program_is_left_alone(home: Path) -> None:
    import sqlite3

    nutgraf("migrate")
    path = home / "home" / "nutgraf.db"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    result = nutgraf("articles")
    assert result.exit_code == 1
    assert "newer" in result.stderr


def test_export_and_import_give_the_same_archive(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nutgraf("import", str(SAMPLES / "articles.jsonl"))
    assert nutgraf("export", "all.jsonl").exit_code == 0
    before = rows(nutgraf("articles", "--json"))
    monkeypatch.setenv("NUTGRAF_HOME", str(home / "second"))
    assert "50 new articles" in nutgraf("import", "all.jsonl").stdout
    assert rows(nutgraf("articles", "--json")) == before


def test_a_backup_is_private_sound_and_can_be_put_back(home: Path) -> None:
    nutgraf("import", str(SAMPLES / "articles.jsonl"))
    assert nutgraf("backup", "copy.db").exit_code == 0
    assert (home / "copy.db").stat().st_mode & 0o077 == 0
    assert nutgraf("backup", "copy.db").exit_code == 1, "nothing is overwritten"
    (home / "home" / "nutgraf.db").unlink()
    assert nutgraf("restore", "copy.db").exit_code == 0
    assert len(rows(nutgraf("articles", "--json"))) == 50


def test_the_console_answers_the_words_of_the_chat() -> None:
    nutgraf("import", str(SAMPLES / "articles.jsonl"))
    result = nutgraf("console", typed="/find logbooks\nrelated ferry aground\nnonsense\nquit\n")
    assert result.exit_code == 0
    assert "lighthouse" in result.stdout
    assert "aground" in result.stdout


def test_the_demo_tells_a_morning() -> None:
    result = nutgraf("demo")
    assert result.exit_code == 0
    assert "[1]" in result.stdout
    assert "/related S-" in result.stdout
    assert "same names" in result.stdout
    assert ".env" in result.stdout
