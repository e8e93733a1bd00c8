"""Numbers are read only where their words say beyond doubt what they count."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.stories.figures import figures

DAY = date(2026, 5, 12)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "At least 600 people were killed on Monday, officials said.",
            ("killed", "", 600, "At least 600"),
        ),
        ("en", "The storm killed 1,000 people in the valley.", ("killed", "", 1000, "1,000")),
        ("en", "The death toll has risen to 48, the ministry said.", ("killed", "", 48, "48")),
        ("en", "Two children died when the roof gave way.", ("killed", "children", 2, "Two")),
        ("en", "The blast injured 17 people in the market.", ("injured", "", 17, "17")),
        ("en", "Twenty-one people are missing after the landslide.", ("missing", "", 21, "Twenty-one")),
        ("en", "Some 200 people aboard were asleep.", ("aboard", "", 200, "Some 200")),
        ("en", "An earthquake of magnitude 6.1 shook the coast.", ("magnitude", "", 6.1, "6.1")),
        ("de", "Mindestens 14 Menschen wurden leicht verletzt.", ("injured", "", 14, "Mindestens 14")),
        ("de", "Bei dem Erdbeben kamen 1.200 Menschen ums Leben.", ("killed", "", 1200, "1.200")),
        ("de", "Die Zahl der Toten stieg am Abend auf 32.", ("killed", "", 32, "32")),
        ("vi", "Vụ tấn công khiến 67 người thiệt mạng tại Nairobi.", ("killed", "", 67, "67")),
        ("vi", "Ít nhất 12 người bị thương trong vụ nổ.", ("injured", "", 12, "Ít nhất 12")),
    ],
)
def test_what_is_counted(language: str, text: str, expected: tuple[str, str, float, str]) -> None:
    (found,) = figures(text, language, day=DAY)
    assert (found.counted, found.of, found.value, text[found.start : found.end]) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A quake in 2004 killed 600 people on the same coast."),
        ("en", "Last year 600 people were killed on these roads."),
        ("en", "In February a storm killed 600 people on the coast."),
        ("en", "The flood could have killed 600 people."),
        ("en", "Did it kill 600 people, as he says?"),
        ("en", "No one was injured in the fire, the police said."),
        ("en", "A man of 78 has died in the hospital."),
        ("en", "Two of the three victims died on the way."),
        ("en", "The father of two died almost at once."),
        ("en", "He was arrested seven times before that."),
        ("en", "She was arrested around 10:24 on Friday."),
        ("en", "Some 50 to 60 people were killed on the way."),
        ("en", "Between 50 and 60 people were killed on the way."),
        ("de", "Dabei starben zwischen 50 und 60 Menschen."),
        ("en", "The quake injured 1, 400 people in the province."),
        ("en", "The quake had a magnitude of 5. 9 on the scale."),
        ("de", "Die Polizei suchte nach 40 vermissten Strandkörben."),
        ("de", "Im Jahr 2004 starben 600 Menschen an dieser Küste."),
        ("vi", "Năm ngoái, 67 người thiệt mạng trên con đường này."),
        ("fr", "Au moins 600 personnes ont été tuées lundi."),
        (None, "At least 600 people were killed on Monday."),
    ],
)
def test_what_is_left_alone(language: str | None, text: str) -> None:
    assert figures(text, language, day=DAY) == []


PIECES = st.sampled_from(
    [
        "600",
        "1,000",
        "1.000",
        "people",
        "killed",
        "were",
        "at least",
        "Tote",
        "12",
        ",",
        ".",
        "\n",
        "người",
        "%",
        "one",
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=30), st.sampled_from(["en", "de", "vi", "xx", None]))
def test_any_text_gives_numbers_that_stand_in_it(words: list[str], language: str | None) -> None:
    text = " ".join(words)
    for found in figures(text, language, day=DAY):
        assert found.sentence.start <= found.start < found.end <= found.sentence.end <= len(text)
        assert found.value >= 0
