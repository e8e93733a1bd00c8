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
        ("vi", "Lực lượng chức năng giải cứu 8 người.", ("rescued", "", 8, "8")),
        ("en", "A gunman shot dead five people at a mill.", ("killed", "", 5, "five")),
        ("en", "Six miners were shot dead by a colleague.", ("killed", "miners", 6, "Six")),
        ("en", "The blaze claimed the lives of 17 people.", ("killed", "", 17, "17")),
        ("en", "Nineteen bodies were recovered from the mud.", ("bodies found", "", 19, "Nineteen")),
        ("en", "Divers pulled 31 people from the water.", ("rescued", "", 31, "31")),
        ("en", "Some 20,000 people marched through the city.", ("taking part", "", 20_000, "Some 20,000")),
        ("en", "The police put the turnout at 5,000.", ("taking part", "", 5_000, "5,000")),
        ("en", "The mill is to cut 3,000 jobs by March.", ("jobs cut", "", 3_000, "3,000")),
        ("en", "The storm left 45,000 homes without power.", ("homes without power", "", 45_000, "45,000")),
        ("en", "The fire burned 3,400 hectares of pines.", ("hectares burned", "", 3_400, "3,400")),
        ("en", "Damage is put at about €12m.", ("damage", "euros", 12e6, "about €12m")),
        (
            "en",
            "It agreed to buy the mill for $4.2 billion.",
            ("worth of the deal", "dollars", 4.2e9, "$4.2 billion"),
        ),
        ("en", "More may follow, and that 10 people died is certain.", ("killed", "", 10, "10")),
        ("en", "Twelve people died last night in the valley.", ("killed", "", 12, "Twelve")),
        ("de", "Rund 5.000 Menschen demonstrierten am Abend.", ("taking part", "", 5_000, "Rund 5.000")),
        (
            "de",
            "Der Schaden wird auf 2,5 Millionen Euro geschätzt.",
            ("damage", "euros", 2.5e6, "2,5 Millionen Euro"),
        ),
        ("fr", "Au moins 600 personnes ont été tuées lundi.", ("killed", "", 600, "Au moins 600")),
        ("fr", "Le séisme a fait 1\u202f200 morts dans la vallée.", ("killed", "", 1_200, "1\u202f200")),
        ("fr", "La tempête a tué trois enfants dans le port.", ("killed", "enfants", 3, "trois")),
        ("fr", "Quatorze personnes ont été blessées à Nantes.", ("injured", "", 14, "Quatorze")),
        ("fr", "Vendredi 40 personnes ont été évacuées.", ("evacuated", "", 40, "40")),
        ("es", "Al menos 48 personas murieron el lunes.", ("killed", "", 48, "Al menos 48")),
        ("es", "Murieron doce personas en el puerto.", ("killed", "", 12, "doce")),
        ("es", "La policía detuvo a 14 manifestantes en la plaza.", ("arrested", "manifestantes", 14, "14")),
        ("es", "Unos 1.500 heridos llegaron a los hospitales.", ("injured", "", 1_500, "Unos 1.500")),
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
        ("en", "The flood would, he said, have killed 600 people."),
        ("en", "If the dam breaks 600 people could die, and more be hurt."),
        ("en", "Damage is put at 12 million, the mayor said."),
        ("en", "The toll is expected to rise to 40."),
        ("fr", "L'an dernier, 600 personnes ont été tuées sur ces routes."),
        ("fr", "La crue aurait tué 600 personnes."),
        ("es", "El año pasado murieron 600 personas en estas carreteras."),
        ("es", "No hubo 600 muertos en el puerto."),
        ("pt", "Pelo menos 600 pessoas foram mortas na segunda-feira."),
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
        "morts",
        "heridos",
        "$",
        "millones",
        "damage of",
        "%",
        "one",
    ]
)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(PIECES | st.text(max_size=5), max_size=30),
    st.sampled_from(["en", "de", "fr", "es", "vi", "xx", None]),
)
def test_any_text_gives_numbers_that_stand_in_it(words: list[str], language: str | None) -> None:
    text = " ".join(words)
    for found in figures(text, language, day=DAY):
        assert found.sentence.start <= found.start < found.end <= found.sentence.end <= len(text)
        assert found.value >= 0
