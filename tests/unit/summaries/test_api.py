"""The public names do their work together."""

from summaries import (
    Doc,
    detect_language,
    hashtags,
    keywords,
    similarity,
    split_sentences,
    summarise,
    summarise_many,
)

NEWS = (
    "The harbour of Port Elin was closed on Monday after a ferry ran aground near the lighthouse. "
    "All 212 passengers were taken off by lifeboats before noon. "
    "Divers will look at the hull of the ferry on Tuesday. "
    "The harbour master, Ida Holm, expects the ferry to be towed away by Friday."
)


def test_a_brief_is_verbatim_and_within_its_budget() -> None:
    brief = summarise(NEWS, words=30, doc="a")
    assert brief.sentences
    assert brief.language == "en"
    assert len(brief.summary.split()) <= 30
    assert all(s.text == NEWS[s.start : s.end] and s.doc == "a" for s in brief.sentences)


def test_many_articles_give_one_brief_without_repeating() -> None:
    brief = summarise_many([Doc("a", "", NEWS), Doc("b", "", NEWS)], sentences=3)
    assert len({s.text for s in brief.sentences}) == len(brief.sentences) == 3


def test_the_smaller_tools_answer() -> None:
    assert detect_language(NEWS) == "en"
    assert "ferry" in [k.lower() for k in keywords(NEWS, 3)]
    assert hashtags(NEWS, 2)[0].startswith("#")
    assert similarity(NEWS, NEWS) > 0.99
    assert similarity(NEWS, "Bread prices fell in the capital") < 0.1
    assert len(split_sentences(NEWS, "en")) == 4
