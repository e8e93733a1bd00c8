"""nutgraf articles, stories, related, find, brief, story: the archive from the shell."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from bot.archive import RelatedAnswer
from bot.commands.parse import parse
from bot.core import Core
from bot.model.delivery import JSON
from bot.model.request import Asker, FindRequest, RelatedRequest, Request
from bot.model.story import Life, Related, Story
from bot.model.view import Problem
from bot.model.words import count, reason
from bot.platforms.console.data import life as life_data
from bot.shell.printing import (
    USAGE,
    AsJson,
    article_line,
    fail,
    moment,
    print_json,
    print_view,
    say,
    utc,
    warn,
    with_core,
)
from bot.stories.life import life

Batch = Annotated[
    bool,
    typer.Option(
        "--batch", help='Read lines {"query": label, "id": article} or {"query": label, "text": words}.'
    ),
]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="The most results.")]
Since = Annotated[str | None, typer.Option(help="Only from this moment on.")]

SHELL = Asker(
    platform="console", workspace="local", channel="terminal", user="local", manager=True, at_machine=True
)


def articles(
    since: Since = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the newest.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the stored articles, oldest first."""
    start = moment(since)

    async def work(core: Core) -> None:
        found = await core.archive.articles(None, since=start, limit=limit)
        for article in found:
            if as_json:
                print_json(article_line(article))
            else:
                say(f"{article.when:%Y-%m-%d %H:%M}  {article.id}  {article.title}")
        await _tell_if_empty(core, len(found))

    with_core(work)


def stories(since: Since = None, as_json: AsJson = False) -> None:
    """List the stored stories with their articles, oldest first."""
    start = moment(since)

    async def work(core: Core) -> None:
        found = await core.archive.all_stories(None, since=start)
        for story in found:
            stands = life(story, core.clock.now())
            if as_json:
                print_json(story_line(story, stands))
            else:
                told = f"{count(len(story.articles), 'article'):<12}  {stands.stage:<7}"
                say(f"{story.id}  {story.last_at:%Y-%m-%d %H:%M}  {told}  {story.articles[0].title}")
        await _tell_if_empty(core, len(found))

    with_core(work)


def related(
    query: Annotated[str, typer.Argument(help="A story, an article, an address, or words.")] = "",
    limit: Limit = 5,
    batch: Batch = False,
    as_json: AsJson = False,
) -> None:
    """Find the articles on the same event, then on the same affair, with reasons."""
    if batch:
        with_core(lambda core: _related_batch(core, limit))
        return
    _need(query, "related")

    async def work(core: Core) -> None:
        if not as_json:
            await _answer(core, RelatedRequest(query, limit))
            return
        answer = await core.archive.related(query, None, limit=limit)
        if answer.nothing:
            warn(answer.nothing)
        print_json(related_line(query, answer))

    with_core(work)


def find(
    words: Annotated[
        list[str] | None, typer.Argument(help='Words, "a phrase", -without, source:…, since:…')
    ] = None,
    limit: Limit = 10,
    page: Annotated[int, typer.Option(min=1)] = 1,
    batch: Batch = False,
    as_json: AsJson = False,
) -> None:
    """Search all articles."""
    query = " ".join(words or ())
    if batch:
        with_core(lambda core: _find_batch(core, limit))
        return
    _need(query, "find")

    async def work(core: Core) -> None:
        if as_json:
            await _find_line(core, query, query, limit, page)
        else:
            await _answer(core, FindRequest(query, page))

    with_core(work)


def story(
    words: Annotated[
        list[str],
        typer.Argument(
            help="A story such as S-4F2K, and what of it to show: brief, timeline, sources or differences. "
            "Or: merge STORY STORY, split STORY ARTICLE [into STORY], undo STORY, show STORY."
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Tell one story from all its sources; or say which articles are one story."""
    request = parse("story", " ".join(words))
    if isinstance(request, Problem):
        fail(f"{request.what} {request.next}", USAGE)

    async def work(core: Core) -> None:
        await _answer(core, request, as_json=as_json)

    with_core(work)


async def _tell_if_empty(core: Core, found: int) -> None:
    """Say beside the data why there is none."""
    if not found:
        empty = await core.archive.newest() is None
        hint = (
            "Nothing is stored yet: “nutgraf feed add https://…” or “nutgraf import FILE” brings articles in."
        )
        warn(hint if empty else "Nothing since then.")


def story_line(story: Story, stands: Life) -> dict[str, JSON]:
    """Return a story as a line of JSON; the copies as copy -> original."""
    return {
        "story": story.id,
        "title": story.articles[0].title,
        "articles": [article.id for article in story.articles],
        "copies": dict(story.copies),
        "first_at": utc(story.first_at),
        "last_at": utc(story.last_at),
        "life": life_data(stands),
    }


def related_line(label: str, answer: RelatedAnswer) -> dict[str, JSON]:
    """Return an answer to /related as a line of JSON."""
    return {"query": label, "results": [_result(item) for item in answer.results], "nothing": answer.nothing}


def _result(item: Related) -> dict[str, JSON]:
    return {
        "id": item.article.id,
        "score": round(item.score, 4),
        "same_event": item.same_event,
        "title": item.article.title,
        "reasons": [reason(why) for why in item.reasons],
        "also": [article.id for article in item.also],
        "story": item.story_id,
    }


async def _answer(core: Core, request: Request, *, as_json: bool = False) -> None:
    print_view(await core.answers(SHELL, request), as_json=as_json)


async def _related_batch(core: Core, limit: int) -> None:
    questions = list(_batch())
    answers = await core.archive.related_many(questions, None, limit=limit)
    for question, answer in zip(questions, answers, strict=True):
        print_json(related_line(question["query"], answer))


async def _find_batch(core: Core, limit: int) -> None:
    for question in _batch():
        await _find_line(core, question["query"], question.get("text") or question.get("id", ""), limit, 1)


async def _find_line(core: Core, label: str, words: str, limit: int, page: int) -> None:
    answer = await core.archive.find(words, None, page=page, size=limit)
    results: Sequence[dict[str, JSON]] = [
        {
            "id": hit.article.id,
            "title": hit.article.title,
            "snippet": hit.snippet,
            "marks": [list(mark) for mark in hit.marks],
            "story": hit.story_id,
        }
        for hit in answer.hits
    ]
    print_json({"query": label, "results": list(results), "more": answer.more, "nothing": answer.nothing})


def _batch() -> Iterator[dict[str, str]]:
    """Yield the questions on standard input; a line that is none is named and passed over."""
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if isinstance(row, dict) and isinstance(row.get("query"), str) and (row.get("id") or row.get("text")):
            yield {key: str(row[key]) for key in ("query", "id", "text") if row.get(key)}
        else:
            warn(f"line {number} is no question and was passed over: it needs “query”, and “id” or “text”")


def _need(words: str, command: str) -> None:
    if not words.strip():
        fail(f"nutgraf {command} needs words to start from; see “nutgraf {command} --help”.", USAGE)
