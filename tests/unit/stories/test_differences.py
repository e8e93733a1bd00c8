"""Where sources disagree, what one reports alone, and what is neither."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.model.article import Article
from bot.model.story import Story
from bot.stories.alone import alone
from bot.stories.disputes import disputes

NOW = datetime(2026, 5, 12, 8, tzinfo=UTC)


def story(*texts: str, copies: dict[str, str] | None = None, language: str = "en") -> Story:
    articles = tuple(
        Article(
            id=f"a{n}",
            title="Quake",
            text=text,
            seen_at=NOW,
            published_at=NOW + timedelta(hours=n - 10),
            source="ABCDEFG"[n],
            language=language,
        )
        for n, text in enumerate(texts)
    )
    return Story(id="S-2222", articles=articles, copies=copies or {})


def said(one: Story) -> list[tuple[str, list[tuple[str, int]]]]:
    return [(d.counted, [(c.text, len(c.quotes)) for c in d.claims]) for d in disputes(one)]


def test_numbers_that_disagree_are_grouped_with_who_gives_them() -> None:
    told = story(
        "The quake killed 600 people in Orvane.",
        "In Orvane 600 people were killed on Monday.",
        "At least 1,000 people were killed in Orvane.",
    )
    assert said(told) == [("killed", [("600", 2), ("At least 1,000", 1)])]
    for claim in disputes(told)[0].claims:
        for quote in claim.quotes:
            article = next(one for one in told.articles if one.id == quote.article_id)
            assert article.text[quote.start : quote.end] == quote.text


@pytest.mark.parametrize(
    "texts",
    [
        ("The quake killed 600 people.", "The quake injured 1,000 people."),
        ("The quake killed 600 people.", "The quake killed 12 soldiers."),
        ("The quake killed 597 people.", "About 600 people were killed in the quake."),
        ("The quake killed 3 people.", "Across the world 1,200 people were killed on Monday."),
        ("The quake killed 600 people. In the port 40 people died.", "The quake killed 700 people."),
        ("The quake killed 600 people.", "In 2004 a quake killed 900 people."),
    ],
)
def test_what_is_no_disagreement(texts: tuple[str, ...]) -> None:
    assert said(story(*texts)) == []


def test_copies_say_nothing_of_their_own() -> None:
    told = story("The quake killed 600 people.", "The quake killed 700 people.", copies={"a1": "a0"})
    assert said(told) == []


def test_a_source_is_held_to_its_latest_word() -> None:
    early, late = "The quake killed 600 people.", "The quake killed 700 people."
    articles = story(early, late, late).articles
    same = Story(
        id="S-2222",
        articles=tuple(
            Article(
                id=one.id,
                title=one.title,
                text=one.text,
                seen_at=NOW,
                published_at=one.published_at,
                source=source,
                language="en",
            )
            for one, source in zip(articles, "AAB", strict=True)
        ),
    )
    assert said(same) == []


def test_the_same_sentence_with_another_number() -> None:
    told = story(
        "The tower of the old mill in Upper Sayle is 26 metres high, says the builder Maud Ternhill.",
        "The tower of the old mill in Upper Sayle is 31 metres high, the builder Maud Ternhill told us.",
    )
    assert said(told) == [("metres high", [("26", 1), ("31", 1)])]
    template = story(
        "Moody's in Upper Sayle lowered its rating on about 489 houses of debt of Tolm Power Works.",
        "Moody's in Upper Sayle lowered its rating on about 120 pct of debt of Velmora Valley Light.",
    )
    assert said(template) == []


LEAD = (
    "The ferry Isa Marrin ran aground off Tolm on Monday and all its passengers were brought ashore safely."
)
OWN = "The skipper Ruvan Heskett had warned Maud Ternhill of Quillhaven about the bank on 3 May."


def test_what_one_source_reports_alone() -> None:
    (found,) = alone(story(f"{LEAD} {OWN}", LEAD))
    assert found.text == OWN
    assert found.article_id == "a0"


def test_a_story_of_one_source_or_in_two_languages_sets_nothing_apart() -> None:
    assert alone(story(f"{LEAD} {OWN}")) == ()
    one, other = story(f"{LEAD} {OWN}").articles[0], story(LEAD, LEAD, language="de").articles[1]
    assert alone(Story(id="S-2222", articles=(one, other))) == ()
    assert alone(story(f"{LEAD} {OWN}", f"{OWN} {LEAD}")) == ()


def test_one_new_name_makes_no_report_of_ones_own() -> None:
    assert (
        alone(story(f"{LEAD} The harbour was closed by Heskett until noon and all boats stayed in.", LEAD))
        == ()
    )


def test_what_another_says_in_nearly_the_same_words_is_not_reported_alone() -> None:
    warned = "The skipper had warned the harbour office twice about the bank"
    assert alone(story(f"{LEAD} {warned}, said Ruvan Heskett.", f"{LEAD} {warned}.")) == ()


def test_the_same_sentence_in_articles_about_other_people_counts_other_things() -> None:
    high = "The tower of the old mill is {} metres high, the builder said on site."
    here = "Ada Quist, Jory Pask and Joren Pellvik of Tolm met Edda Kvarn there."
    elsewhere = "Luisa Fontaine, Sean Trevanion and Mads Orrery of Velmora met Dorte Amselrod there."
    assert said(story(f"{here} {high.format(26)}", f"{elsewhere} {high.format(31)}")) == []
    assert len(said(story(f"{here} {high.format(26)}", f"{here} {high.format(31)}"))) == 1
