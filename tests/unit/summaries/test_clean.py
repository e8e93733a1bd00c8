"""What is not of the article is left out, and no letter of the article is lost with it."""

import pytest

from summaries.clean import prose

NEWS = "The mayor of Port Elin resigned on Monday after a long inquiry into spending."

LEADS = [
    "(CNN)",
    "(CNN) -- ",
    "Baghdad (CNN)",
    "ANKARA, Turkey (AP) - ",
    "MOSCOW, June 5 (Reuters) - ",
    "LAUSANNE, Switzerland (AP) _ ",
    "WASHINGTON -- ",
    "PARIS, France — ",
    "INA - NAJAF ",
    "Shafaq News – Damascus ",
    "Shafaq News – New York ",
    "Share this withEmailFacebookMessengerTwitterCopy this link",
    "Media playback is not supported on this device",
    "10:32 GMT: ",
    "BREAKING: ",
    "RESULTS: ",
    "NEW DELHI: ",
    "• ",
]

CLUTTER = [
    "Read more: Seven ways to sleep better",
    "Sign up for our newsletter to get the news every morning.",
    "By Jane Smith",
    "By Jane Smith, Reuters.",
    "Published 3 hours ago",
    "© 2024 Port Elin Gazette. All rights reserved.",
    "Photo: Jane Smith/Gazette",
    "Jane Smith contributed to this report.",
    "Follow us on Facebook and Twitter.",
    "Advertisement",
    "Home | News | Sport | Weather",
    "THE WEEK IN PICTURES FROM PORT ELIN",
    "Terrified: Emma Holm was seen in the street on Monday night.",
    "Here are 20 ideas for a harbour feast that the clerks of Port Elin are sure to love this summer.",
    "Feel free to skip the part on the harbour of Port Elin.",
    "TICKETS: They are sold at the harbour of Port Elin from Monday.",
    "Lesen Sie auch: Strompreise steigen weiter.",
    "Lire aussi : la grève se poursuit.",
    "Te puede interesar: El precio del aceite.",
    "Leia também: o preço do azeite.",
    "Читайте также: Учителям повысят зарплату.",
    "اقرأ أيضا: أسعار النفط تتراجع.",
    "Xem thêm: Giá vé tàu dự kiến.",
    "延伸阅读：人民币汇率走势。",
    "関連記事：電気料金の値上げ。",
    "무단 전재 및 재배포 금지.",
    "https://example.org/2024/port-elin",
    "Tags: port, mayor, spending",
    "Journalist Ida Holm in Oslo and CNN's Jon Berg from Atlanta.",
    "CNN's Ida Holm wrote from Los Angeles.",
    "1996: Named minister of trade in the government of Oslo.",
    "1.2 3.4 5.6 7.8 9.0 1.1",
    "Foul by Ida Holm (Port Elin).",
    "A full list of the winners is below.",
    "Let's take a look at the winners of the prize.",
    "Share your thoughts with the author on the page of the paper.",
]


def test_a_notice_on_the_publisher_goes_on_behind_the_disclaimer() -> None:
    text = (
        "Ida Holm is a pilot. The views expressed in this commentary are her own. "
        "The Gazette shows the work of others for news analysis and commentary. "
        "The content is made by the Herald. The harbour was closed today."
    )
    assert shown(text) == ["The harbour was closed today."]


def test_who_speaks_in_a_transcript_is_not_taken_for_a_place() -> None:
    told = "The mayor lied to the council."
    assert shown(f"{NEWS} {NEWS}\nHOLM: {told}") == [NEWS, NEWS]
    assert shown(f"Mayor under fire\nPORT ELIN: {told}") == [told]


def shown(text: str, language: str = "en") -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in prose(text, language)]


@pytest.mark.parametrize("lead", LEADS)
def test_what_stands_before_the_first_word_is_left_out(lead: str) -> None:
    assert shown(lead + NEWS) == [NEWS]


@pytest.mark.parametrize(
    ("language", "text", "begins"),
    [
        ("ja", "【東京】政府は新しい法案を閣議決定した。", "政府は"),
        ("zh", "新华社北京6月5日电 国家统计局公布了数据。", "国家"),
        ("ko", "(서울=연합뉴스) 김철수 기자 = 정부는 새 대책을 어제 발표했다.", "정부는"),
        ("ar", "بغداد – أعلنت وزارة النفط ارتفاع صادرات النفط الخام.", "أعلنت"),
        ("ru", "МОСКВА, 5 июня (ТАСС) - Правительство утвердило программу школ.", "Правительство"),
        ("es", "MADRID.- El Gobierno aprobó este martes una ayuda nueva.", "El Gobierno"),
    ],
)
def test_datelines_of_other_scripts_are_left_out(language: str, text: str, begins: str) -> None:
    assert shown(text, language)[0].startswith(begins)


def test_a_note_on_the_author_is_left_out_with_what_ends_it() -> None:
    note = (
        "Ida Holm teaches law in Oslo. The views expressed in this commentary are solely those of the writer."
    )
    assert shown(f"{note} {NEWS}") == [NEWS]
    late = " ".join([NEWS] * 9)
    assert len(shown(f"{late} The views expressed in this commentary are hers.")) == 9


@pytest.mark.parametrize("line", CLUTTER)
def test_clutter_is_no_sentence(line: str) -> None:
    assert shown(f"{NEWS}\n{line}\n{NEWS}") == [NEWS, NEWS]


@pytest.mark.parametrize(
    "sentence",
    [
        "Subscribers who wanted to read more had to sign up by Friday, the court was told in Oslo.",
        "The photograph shows the two leaders shaking hands in front of the palace on a cold morning.",
        "Norway voted in 1994 for the second time not to become a member of the union, by a small margin.",
        "Scientists want to explore what lies beyond the ice, and they need an advertisement to find a crew.",
        "Paris is the capital of France, and the mayor said so again on Monday.",
        "NASA said the launch would be put off until the weather in Florida clears.",
        'The minister said: "We will read more of this report before we act on it."',
    ],
)
def test_prose_that_only_sounds_like_clutter_stays(sentence: str) -> None:
    assert shown(f"{NEWS} {sentence}") == [NEWS, sentence]


def test_a_text_without_any_full_stop_is_not_all_headings() -> None:
    assert shown("the mayor of port elin resigned on monday\nthe council meets again on friday")


def test_a_dash_that_opens_speech_is_kept() -> None:
    assert shown("– Jeg er glad for at alle kom, sier ordføreren.", "no")[0].startswith("–")


def test_a_quotation_mark_of_the_neighbour_is_left_off() -> None:
    assert shown(f'{NEWS} "\n" {NEWS}') == [NEWS, NEWS]
    assert shown('" We won the day," the mayor of Port Elin said.') == [
        '" We won the day," the mayor of Port Elin said.'
    ]


@pytest.mark.parametrize("line", ["PORT ELIN, Norway (AP) \u2014", "FRIDAY, March 3 (Harbour Post) -"])
def test_a_headline_glued_to_a_dateline_is_left_out_with_it(line: str) -> None:
    told = "Attorneys for an elderly pilot rested their case on Friday."
    text = f"Defence rests in the pilot's perjury case {line} {told}"
    assert [text[one.start : one.end] for one in prose(text, "en")] == [told]
