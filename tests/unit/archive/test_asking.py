"""/related and /find: reasons, honest silence, folding, and no answer from another tenant's articles."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.archive import Archive
from bot.model.article import Article
from bot.model.scope import Scope
from bot.model.story import Story

Make = Callable[..., Article]
DATA = Path(__file__).parents[2] / "data"
A, B = Scope("slack", "T1"), Scope("discord", "G2")


async def test_the_same_event_comes_first_folded_and_with_reasons(
    archive: Archive, some_news: list[Article]
) -> None:
    await archive.add(some_news)
    answer = await archive.related("ferry-0", None)
    first = answer.results[0]
    assert isinstance(answer.asked, Article)
    assert first.same_event
    assert {first.article.id, *(a.id for a in first.also)} == {"ferry-1", "ferry-2"}
    kinds = [reason.kind for reason in first.reasons]
    assert kinds[:2] == ["event", "names"]
    assert "Isa Marrin" in first.reasons[1].words
    assert all(result.reasons for result in answer.results)
    assert answer.nothing is None


async def test_a_story_a_link_and_words_are_questions_too(archive: Archive, some_news: list[Article]) -> None:
    some_news[0] = replace(some_news[0], url="https://a.example/ferry")
    await archive.add(some_news)
    story = (await archive.story_of(["ferry-0"], None))["ferry-0"]
    by_story = await archive.related(story.id.lower(), None)
    assert isinstance(by_story.asked, Story)
    assert {by_story.results[0].article.id, *(a.id for a in by_story.results[0].also)} == {
        "ferry-1",
        "ferry-2",
    }
    by_link = await archive.related("https://a.example/ferry?utm_source=x", None)
    assert by_link.results[0].same_event
    by_words = await archive.related("tugs for the grounded ferry at Tarn Ledge", None)
    assert by_words.asked is None
    assert by_words.results[0].article.id.startswith("ferry")


@pytest.mark.parametrize(
    "query",
    [
        "S-9999",
        "https://nowhere.example/x",
        "quarterly sales of violins",
        "",
        " ",
        "the of and",
        "x" * 10_000,
    ],
)
async def test_what_is_not_there_is_said_in_a_sentence(
    archive: Archive, some_news: list[Article], query: str
) -> None:
    await archive.add(some_news)
    answer = await archive.related(query, None)
    assert answer.results == ()
    assert answer.nothing
    assert answer.nothing.endswith((".", "…"))


async def test_being_listed_alone_relates_nothing(archive: Archive, some_news: list[Article]) -> None:
    some_news[0] = replace(some_news[0], related=("tram-0", "ferry-1"))
    await archive.add(some_news)
    answer = await archive.related("ferry-0", None)
    ids = {a.id for one in answer.results for a in (one.article, *one.also)}
    assert "tram-0" not in ids
    first = answer.results[0]
    assert (first.article.id != "ferry-1") or "listed" in {r.kind for r in first.reasons}


async def test_batches_are_not_folded(archive: Archive, some_news: list[Article]) -> None:
    await archive.add(some_news)
    asked = [
        {"query": "1", "id": "ferry-0"},
        {"query": "2", "text": "tram to the Old Quay"},
        {"query": "3", "id": "no"},
    ]
    one, two, three = await archive.related_many(asked, None)
    assert {r.article.id for r in one.results[:2]} == {"ferry-1", "ferry-2"}
    assert {r.article.id for r in two.results[:2]} == {"tram-0", "tram-1"}
    assert three.nothing


async def test_another_workspace_sees_nothing_of_it(archive: Archive, some_news: list[Article]) -> None:
    await archive.add(some_news, private_to=A.key)
    story = (await archive.story_of(["ferry-0"], A))["ferry-0"]
    assert (await archive.related(story.id, A)).results
    assert await archive.story(story.id, B) is None
    assert await archive.article("ferry-0", B) is None
    assert await archive.story_of(["ferry-0"], B) == {}
    now = some_news[0].seen_at
    assert await archive.stories(B, since=now - timedelta(days=2), until=now) == ()
    for query in (story.id, "ferry-0", some_news[0].text):
        answer = await archive.related(query, B)
        assert (answer.asked, answer.results) == (None, ())
    assert (await archive.find("ferry", B)).hits == ()
    # The same article, read by the other workspace too, is its own and joins the same event.
    added = await archive.add(some_news[:2], private_to=B.key)
    assert len(added.new) == 2
    assert (await archive.add(some_news[:2], private_to=B.key)).new == ()
    (mine,) = await archive.stories(B, since=now - timedelta(days=2), until=now)
    assert [a.source for a in mine.articles] == ["Source 0", "Source 1"]


async def test_find_takes_phrases_fields_and_exclusions(archive: Archive, some_news: list[Article]) -> None:
    await archive.add(some_news)

    async def ids(words: str) -> set[str]:
        return {hit.article.id for hit in (await archive.find(words, None)).hits}

    assert await ids("ferry") == {"ferry-0", "ferry-1", "ferry-2"}
    assert await ids("ferries -lifeboats") == {"ferry-0", "ferry-2"}
    assert await ids('"tram line to the old quay"') == {"tram-0", "tram-1"}
    assert await ids('"quay old"') == set()
    assert await ids('ferry source:"source 1"') == {"ferry-1"}
    assert await ids("lang:de") == set()
    assert await ids("source:source since:7h") == {"ferry-2"}
    ordered = [hit.article.id for hit in (await archive.find("ferry by:date", None)).hits]
    assert ordered == ["ferry-2", "ferry-1", "ferry-0"]


async def test_find_pages_without_gaps_or_repeats(archive: Archive, make: Make) -> None:
    await archive.add(
        [make(f"n{n}", f"Notice {n} about ferries and piers at harbour {n}.") for n in range(23)]
    )
    seen: list[str] = []
    for page in (1, 2, 3):
        answer = await archive.find("ferries piers", None, page=page)
        seen += [hit.article.id for hit in answer.hits]
        assert answer.more is (page < 3)
    assert len(seen) == len(set(seen)) == 23
    assert (await archive.find("ferries", None, page=9)).nothing


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.text(alphabet=st.sampled_from("ferry \"-*:()^+NEAR OR AND NOT source:\n\\'{}%_é中"), max_size=60)
)
async def test_no_query_is_an_error(archive: Archive, some_news: list[Article], words: str) -> None:
    await archive.add(some_news)
    found = await archive.find(words, A)
    for hit in found.hits:
        assert hit.snippet in (hit.article.text or hit.article.title)
    assert found.hits or found.nothing
    answer = await archive.related(words, A)
    assert answer.results or answer.nothing


async def test_templates_with_other_names_are_never_one_story(archive: Archive, make: Make) -> None:
    pairs = [json.loads(line) for line in (DATA / "template-pairs.jsonl").read_text("utf-8").splitlines()]
    assert len(pairs) >= 60
    texts = {(side["title"], side["text"]): None for pair in pairs for side in (pair["a"], pair["b"])}
    ids = {text: f"t{number}" for number, text in enumerate(texts)}
    await archive.add(
        [replace(make(ids[text], text[1]), title=text[0], text=text[1], language=None) for text in texts]
    )
    story = await archive.story_of(list(ids.values()), None)
    merged = [
        pair["id"]
        for pair in pairs
        if story[ids[pair["a"]["title"], pair["a"]["text"]]].id
        == story[ids[pair["b"]["title"], pair["b"]["text"]]].id
    ]
    assert merged == []
