from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.dump import Dump, read_dump
from tests.unit.sources.pages import CAPTURED, CARDS, FURNITURE, PARAGRAPHS, TITLE, page

SHARED = Path(__file__).parents[4] / "shared" / "data" / "textdump"


def check(text: str, *, paragraphs: int = 4, cards: tuple[tuple[str, ...], ...] = CARDS) -> Dump:
    """Read a page that differs from the plain one in form only."""
    dump = read_dump(text, captured_at=CAPTURED)
    main, *rest = dump.articles
    assert main.title == TITLE
    assert len(main.text.split("\n")) == paragraphs
    assert (main.source, main.published_at) == (None, None)
    assert [(card.source, card.title, card.text) for card in rest] == [
        (card[0], card[2], "\n".join(card[3:])) for card in cards
    ]
    assert main.related == tuple(card.id for card in rest)
    return dump


def test_the_plain_page() -> None:
    dump = check(page())
    assert dump.articles[0].text == "\n".join(PARAGRAPHS)
    assert [card.published_at for card in dump.articles[1:]] == [
        CAPTURED - timedelta(hours=3),
        CAPTURED - timedelta(days=2),
    ]
    assert all(card.published_approximate for card in dump.articles[1:])


def test_reading_twice_gives_the_same_ids_whatever_the_ages_are() -> None:
    later = page().replace("3 hours ago", "4 hours ago")
    once, twice = (
        read_dump(page(), captured_at=CAPTURED),
        read_dump(later, captured_at=CAPTURED + timedelta(hours=1)),
    )
    assert [a.id for a in once.articles] == [a.id for a in twice.articles]
    assert len({a.id for a in once.articles}) == 3


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeff" + page(), id="byte order mark"),
        pytest.param(page().replace("\n", "\r\n"), id="CRLF"),
        pytest.param(page().replace("\n", "\n\n"), id="every line followed by a blank one"),
        pytest.param(page(gap=0), id="no blank lines between cards"),
        pytest.param(page(gap=7), id="many blank lines"),
        pytest.param("\n".join("\t  " + line + " \u00a0" for line in page().split("\n")), id="indented"),
        pytest.param(page().replace("hours ago", "hours\u00a0ago"), id="no-break space in an age"),
        pytest.param(page().replace("\n- ", "\n– "), id="en dash"),
        pytest.param(page().replace("\n- ", "\n• "), id="bullet"),
        pytest.param(page().replace("\n- ", "\n-"), id="dash without a space"),
        pytest.param(page(heading="RELATED ARTICLES"), id="heading in capitals"),
        pytest.param(page(heading="You may also like"), id="another heading"),
        pytest.param(page(heading="Verwandte Artikel"), id="a heading in another language"),
        pytest.param(page(heading=None), id="no heading"),
        pytest.param(page(furniture=()), id="no furniture"),
        pytest.param(
            page(furniture=("Hashtags", "#Harbour", "#PortEllery #Storm", *FURNITURE[1:])), id="tags"
        ),
        pytest.param(
            page(furniture=("Comments (12)", "Cora", "an hour ago", "Glad to hear it.")), id="comments"
        ),
        pytest.param(
            page(
                furniture=(
                    *FURNITURE[:-1],
                    "Bo",
                    "2 hours ago",
                    "Related Articles",
                    "Cy",
                    "3 hours ago",
                    "Yes!",
                )
            ),
            id="a comment that says the heading",
        ),
        pytest.param(page(furniture=("Share", "Advertisement", *FURNITURE)), id="buttons"),
        pytest.param("Skip to content\nMenu\n" + page(), id="buttons above the headline"),
        pytest.param(page() + "\n\n\n© 2026 The Aggregator\nPrivacy Policy\nLoad more", id="a footer"),
        pytest.param(
            page() + "\n\nComments\nBo\n2 hours ago\nFine weather today.", id="comments below the cards"
        ),
    ],
)
def test_odd_forms(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "said", ["Related Articles", "Hashtags", "Comments", "Share", "#Harbour", "a day ago", "- Ellery Post"]
)
def test_a_paragraph_may_say_what_a_heading_says(said: str) -> None:
    text = page(paragraphs=(PARAGRAPHS[0], said, *PARAGRAPHS[1:]))
    check(text, paragraphs=4 if said == "Share" else 5)


@pytest.mark.parametrize(
    ("age", "hours"),
    [
        ("just now", 0), ("20 minutes ago", 1 / 3), ("an hour ago", 1), ("1h ago", 1), ("5h", 5),
        ("about 2 hours ago", 2),
        ("a day ago", 24), ("yesterday", 24), ("Yesterday", 24), ("3 days ago", 72), ("a week ago", 168),
        ("3 weeks ago", 504), ("2 months ago", 1440), ("a month ago", 720), ("a year ago", 8760),
        ("Published 3 hours ago", 3), ("two days ago", 48), ("2 DAYS AGO", 48), ("10 May 2026", 60),
        ("May 10, 2026", 60), ("2026-05-10", 60), ("10 May", 60), ("Sunday", 48),
    ],
)  # fmt: skip
def test_ages(age: str, hours: float) -> None:
    dump = check(page(cards=((CARDS[0][0], age, *CARDS[0][2:]),)), cards=CARDS[:1])
    assert dump.articles[1].published_at == CAPTURED - timedelta(hours=hours)
    assert dump.articles[1].published_approximate


def test_an_age_that_nobody_understands_costs_the_date_only() -> None:
    dump = check(page().replace("2 days ago", "vor zwei Tagen"))
    assert dump.articles[2].published_at is None
    assert not dump.articles[2].published_approximate


def test_a_card_without_an_age() -> None:
    dump = check(page().replace("2 days ago\n", ""))
    assert [card.published_at is None for card in dump.articles[1:]] == [False, True]


def test_a_card_that_names_its_source_once() -> None:
    check(page().replace("- Ellery Post\n", ""))
    check(page().replace("Ellery Post\n3 hours", "3 hours"))


def test_source_and_age_on_one_line() -> None:
    check(page().replace("Ellery Post\n3 hours ago\n- Ellery Post", "Ellery Post · 3 hours ago"))


@pytest.mark.parametrize(
    "source", ["Al-Observer – North", "Yahoo!", "TODAY", "E. & Co.", "St. Ellery-on-Sea Gazette"]
)
def test_sources_of_every_spelling(source: str) -> None:
    cards = ((source, "a day ago", *CARDS[0][2:]), CARDS[1])
    check(page(cards=cards), cards=cards)


def test_cards_without_excerpts_and_with_several_paragraphs() -> None:
    cards = (
        CARDS[0][:3],
        (*CARDS[1], "A second paragraph of the excerpt follows, as long as the first.", "And a third."),
        ("Ellery Post", "a day ago", "A headline alone"),
    )
    check(page(cards=cards), cards=cards)
    check(page(cards=cards, gap=0), cards=cards)


def test_the_same_card_twice_is_one_article() -> None:
    check(page(cards=(*CARDS, CARDS[0])))


def test_a_card_without_a_headline_is_left_out_with_a_note() -> None:
    dump = check(page(cards=(("Lost Paper", "a day ago"), *CARDS)))
    assert dump.notes == ("a card of Lost Paper has no headline; skipped",)


def test_an_article_alone() -> None:
    assert read_dump(page(heading=None, cards=()), captured_at=CAPTURED).articles[0].related == ()
    check(page(heading=None, cards=()), cards=())
    check(page(cards=()), cards=())
    check(page(heading=None, cards=(), furniture=()), cards=())


def test_cards_alone() -> None:
    text = "\n".join(page().split("\n")[-14:])
    dump = read_dump(text, captured_at=CAPTURED)
    assert [article.title for article in dump.articles] == [card[2] for card in CARDS]


def test_an_article_that_bears_its_own_source_and_age() -> None:
    dump = read_dump(f"Ellery Post\n2 days ago\n- Ellery Post{page()}", captured_at=CAPTURED)
    assert dump.articles[0].title == TITLE
    assert dump.articles[0].source == "Ellery Post"
    assert dump.articles[0].published_at == CAPTURED - timedelta(days=2)
    assert len(dump.articles) == 3


@given(st.text(max_size=300), st.integers(0, 12))
@settings(max_examples=150, deadline=None)
def test_no_text_is_too_odd(text: str, at: int) -> None:
    lines = page().split("\n")
    dump = read_dump("\n".join([*lines[:at], text, *lines[at:]]), captured_at=CAPTURED)
    assert dump.articles
    for article in dump.articles:
        assert article.title == " ".join(article.title.split()) != ""
        assert "\n\n" not in article.text
        assert article.text == article.text.strip()


WORDS = st.lists(
    st.sampled_from(["ship", "grain", "mole", "ferry", "noon", "tide", "loaf", "channel", "anchor"]),
    min_size=13,
    max_size=30,
)


@given(
    st.lists(WORDS, min_size=1, max_size=8), st.lists(st.tuples(WORDS, WORDS), max_size=5), st.integers(0, 3)
)
@settings(max_examples=80, deadline=None)
def test_every_paragraph_and_card_is_found(
    body: list[list[str]], cards: list[tuple[list[str], list[str]]], gap: int
) -> None:
    paragraphs = tuple(" ".join(words).capitalize() + "." for words in body)
    made = tuple(
        (f"Paper {n}", f"{n + 1} hours ago", f"{n} {' '.join(title[:6])}", " ".join(text).capitalize() + ".")
        for n, (title, text) in enumerate(cards)
    )
    check(page(paragraphs=paragraphs, cards=made, gap=gap), paragraphs=len(paragraphs), cards=made)


@pytest.mark.skipif(not SHARED.exists(), reason="the research data is not here")
def test_the_research_pages() -> None:
    for path in sorted(SHARED.glob("*.gold.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = path.with_name(path.name.replace(".gold.json", ".txt")).read_bytes().decode("utf-8")
        captured = datetime.fromisoformat(gold["captured_at"])
        main, *cards = read_dump(text, captured_at=captured).articles
        assert main.title == gold["main_title"], path.name
        assert len(main.text.split("\n")) == gold["main_paragraphs"], path.name
        found = [(c.source, c.title, c.published_at, len(c.text.split())) for c in cards]
        wanted = [
            (
                c["source"],
                c["title"],
                datetime.fromisoformat(c["published_at"]).astimezone(UTC),
                c["body_words"],
            )
            for c in gold["related"]
        ]
        assert found == wanted, path.name
