"""A brief of many articles: what most agree on first, copies once, the newest numbers, only what is new."""

from summaries import Doc, summarise_many

MONDAY, TUESDAY = 1_700_000_000.0, 1_700_086_400.0

GAZETTE = Doc(
    "gazette",
    "Ferry runs aground",
    "The ferry Aurora ran aground near the lighthouse of Port Elin on Monday. "
    "At least 4 people were injured when the ferry Aurora hit the rocks. "
    "The harbour will stay closed until Friday, the harbour master said.",
    MONDAY,
)
HERALD = Doc(
    "herald",
    "Port Elin harbour closed",
    "Port Elin's harbour was closed after the ferry Aurora ran aground near the lighthouse on Monday. "
    "Hospital officials now say that 9 people were injured when the ferry Aurora hit the rocks. "
    "Fishermen expect to lose a week's catch of cod and herring.",
    TUESDAY,
)


def test_what_both_report_comes_first_and_the_rest_is_marked() -> None:
    brief = summarise_many([GAZETTE, HERALD], sentences=4)
    alone = [s.agreed_by == 1 for s in brief.sentences]
    assert alone == sorted(alone)
    assert brief.sentences[0].agreed_by == 2
    assert "ran aground" in brief.sentences[0].text
    assert {s.doc for s in brief.sentences if "cod and herring" in s.text} <= {"herald"}
    assert all(s.agreed_by == 1 for s in brief.sentences if "cod and herring" in s.text)


def test_each_sentence_stands_in_its_own_document() -> None:
    texts = {doc.id: doc.text for doc in (GAZETTE, HERALD)}
    brief = summarise_many([GAZETTE, HERALD], words=60)
    assert brief.sentences
    assert all(s.text == texts[s.doc][s.start : s.end] for s in brief.sentences)


def test_the_newest_number_is_shown() -> None:
    summary = summarise_many([GAZETTE, HERALD], sentences=6).summary
    assert "9 people" in summary
    assert "4 people" not in summary


def test_without_dates_neither_number_is_dropped_as_old() -> None:
    undated = [Doc(doc.id, doc.title, doc.text) for doc in (GAZETTE, HERALD)]
    summary = summarise_many(undated, sentences=6).summary
    assert ("9 people" in summary) != ("4 people" in summary)


def test_a_copy_is_no_second_witness() -> None:
    copy = Doc("copy", "", GAZETTE.text, MONDAY)
    brief = summarise_many([GAZETTE, copy], sentences=5)
    assert all(s.agreed_by == 1 for s in brief.sentences)
    assert len({s.text for s in brief.sentences}) == len(brief.sentences)


def test_only_what_is_new_since_then() -> None:
    brief = summarise_many([GAZETTE, HERALD], sentences=5, since=TUESDAY)
    assert {s.doc for s in brief.sentences} == {"herald"}
    assert "ran aground near the lighthouse" not in brief.summary
    assert "9 people" in brief.summary
    assert "cod and herring" in brief.summary


def test_nothing_new_says_so() -> None:
    brief = summarise_many([GAZETTE], sentences=5, since=TUESDAY)
    assert not brief.sentences
    assert brief.reason == "Nothing new has been reported since then."


def test_no_article_at_all() -> None:
    assert summarise_many([]).reason == "There is no text."


def test_explain_names_the_parts() -> None:
    parts = summarise_many([GAZETTE, HERALD], explain=True).sentences[0].parts
    assert parts is not None
    assert {"agreement", "position", "rank"} == set(parts)


def test_many_long_articles_stay_bounded() -> None:
    docs = [
        Doc(
            str(n),
            "",
            " ".join(f"Report {n} tells of event {n * i} in town number {i * 7} today." for i in range(400)),
        )
        for n in range(6)
    ]
    assert len(summarise_many(docs, words=80).summary.split()) <= 80


def test_a_story_opens_with_what_happened() -> None:
    scene = Doc(
        "scene",
        "Night of fear as ferry Aurora runs aground",
        "At six on Monday the cook of the Aurora had put the kettle on and opened the galley window. "
        "The ferry Aurora ran aground near the lighthouse of Port Elin an hour later than planned. "
        "The kettle was never found.",
        MONDAY,
    )
    first = summarise_many([scene, HERALD], sentences=3).sentences[0]
    assert "ran aground" in first.text


def test_a_story_is_told_in_the_language_of_most() -> None:
    german = Doc(
        "kurier",
        "Fähre auf Grund gelaufen",
        "Die Fähre Aurora ist am Montag vor dem Leuchtturm von Port Elin auf Grund gelaufen. "
        "Der Hafen bleibt nach den Worten des Hafenmeisters bis zum Freitag für alle Schiffe geschlossen.",
        TUESDAY + 60,
    )
    brief = summarise_many([german, GAZETTE, HERALD], sentences=5)
    assert brief.language == "en"
    assert "kurier" not in {s.doc for s in brief.sentences}
    alone = summarise_many([GAZETTE, german], sentences=5, since=TUESDAY)
    assert alone.language == "de"
    assert {s.doc for s in alone.sentences} == {"kurier"}


ROUND_UP = Doc(
    "round-up",
    "Three things to know this morning",
    "The ferry Aurora ran aground near the lighthouse of Port Elin on Monday with nobody hurt aboard. "
    "Its captain has been asked to explain the course that he took. "
    "The opera of Velm opens its season with a comedy about a stubborn miller and his three daughters. "
    "Growers in the hills expect the best plums in a decade, and the lowest prices as well.",
    TUESDAY,
)


def test_a_round_up_says_nothing_of_its_other_events() -> None:
    brief = summarise_many([GAZETTE, HERALD, ROUND_UP], sentences=12)
    assert "opera" not in brief.summary
    assert "plums" not in brief.summary
    assert any(s.doc == "herald" for s in brief.sentences)


COUNCIL = """
The council of Tolm has voted to remove interim mayor Ida Senn from office as she faces graft charges.
The council of Tolm voted to oust mayor Ida Senn, months after she replaced Olav Quist, also removed.
The council of Tolm voted to remove interim mayor Ida Senn, only weeks before the April 9 election.
"""


def test_what_three_teasers_say_alike_is_told_once() -> None:
    brief = summarise_many(
        [Doc(f"paper{n}", "", text) for n, text in enumerate(COUNCIL.split("\n")[1:4])], sentences=3
    )
    assert [sentence.agreed_by for sentence in brief.sentences] == [3]


NORLAND = [
    Doc("one", "", "Norland's new prime minister was sworn in after a landslide election win last week."),
    Doc("two", "", "The landslide in Norland gives the prime minister a mandate for years of hard reform."),
]
OSTIA = (
    "Ostian leader Ida Holm won an election that made her prime minister of the island of salt and herring."
)


def test_a_teaser_that_names_nobody_of_the_story_is_left_out() -> None:
    brief = summarise_many([*NORLAND, Doc("three", "", OSTIA)], sentences=3)
    assert {sentence.doc for sentence in brief.sentences} == {"one", "two"}


def test_one_that_names_somebody_of_the_story_elsewhere_is_told() -> None:
    watched = Doc("three", "", f"{OSTIA} The neighbours in Norland watched the herring vote with envy.")
    brief = summarise_many([*NORLAND, watched], sentences=4)
    assert {sentence.doc for sentence in brief.sentences} == {"one", "two", "three"}
