"""Sentences of many languages end where a reader would end them, at their own offsets."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries import split_sentences, summarise

SENTENCES = {
    "en": [
        "Dr. J. Smith of the U.S. Army paid $3.5 million to St. Mary's Inc. in Jan. 2020.",
        '"We won. We are happy," he said.',
        "See https://example.org/x.y now...",
        "He left at 5 p.m. Monday.",
        "No lamp was lit from 10 p.m. Aug. 9 to 6 a.m. the next day.",
        "The vote in the U.S. House failed.",
        "(CNN)U.S. troops left on Friday.",
    ],
    "de": [
        "Am 3. Oktober kam Dr. Müller z. B. mit 20 Leuten.",
        "„Das ist gut. Wir bleiben“, sagte er.",
        "Ja.",
    ],
    "fr": [
        "M. Dupont est arrivé.",
        "« C'est bien. Nous restons », a-t-il dit.",
        "Mme. Durand a payé 3,5 millions.",
    ],
    "es": ["El Sr. López llegó a EE. UU. ayer.", "¿Por qué?", "«Es así», dijo la Dra. Pérez."],
    "it": ["Il sig. Rossi è arrivato.", "Costa 3.500 euro."],
    "pt": ["O Sr. Silva chegou às 10h.", "Custou R$ 3,5 milhões."],
    "nl": ["Dhr. Jansen kwam om 10.30 uur.", "Het kost ca. 3 euro."],
    "sv": ["Kl. 10 kom bl.a. Dr. Svensson.", "Han gick."],
    "no": ["Kl. 10 kom bl.a. Dr. Hansen den 5. juni.", "– Jeg er glad."],
    "da": ["Den 5. juni kom bl.a. Dr. Hansen.", "Han gik."],
    "fi": ["Hän tuli 5. kesäkuuta klo 10.30.", "Esim. Virtanen ei tullut."],
    "pl": ["Prof. Nowak przyszedł o godz. 10.", "W 2020 r. Kowalski wyjechał."],
    "cs": ["Dne 5. června přišel Ing. Novák.", "Nikdo neví."],
    "ru": ["В 2020 г. Иванов уехал.", "А. С. Пушкин жил на ул. Мойка."],
    "uk": ["У 2020 р. Шевченко виїхав.", "Ніхто не знає."],
    "el": ["Ο κ. Παπαδόπουλος ήρθε.", "Γιατί;", "Κανείς δεν ξέρει."],
    "tr": ["Dr. Yılmaz 5. katta oturuyor.", "Prof. Kaya gelmedi."],
    "ar": ["وصل د. أحمد أمس.", "لماذا؟", "لا أحد يعرف!"],
    "he": ['ד"ר כהן הגיע אתמול.', "למה?", "איש אינו יודע."],
    "hi": ["डॉ. शर्मा कल आए।", "क्यों?", "कोई नहीं जानता।"],
    "vi": ["Tại TP. HCM, GS. Nguyễn đến lúc 10h.", "Không ai biết."],
    "zh": ["他昨天到了。", "“为什么？”她问。", "没有人知道！"],
    "ja": ["彼は昨日着いた。", "「なぜ。」と彼女は言った。", "誰も知らない！"],
    "ko": ["그는 어제 도착했다.", "왜?", "가격은 3.5달러다."],
}


def texts(text: str, language: str | None = None) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, language)]


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_sentences_end_where_a_reader_ends_them(language: str) -> None:
    gap = "" if language in {"zh", "ja"} else " "
    assert texts(gap.join(SENTENCES[language]), language) == SENTENCES[language]


def test_a_lost_line_end_still_parts_sentences() -> None:
    assert texts("They ate at home.The survey says so.", "en") == ["They ate at home.", "The survey says so."]
    assert texts("More stories from YorkshireThe council met.", "en")[1] == "The council met."
    assert texts("WhatsApp Has users. JavaScript The book sold.", "en")[0] == "WhatsApp Has users."


def test_a_caption_glued_to_a_sentence_is_parted_from_it() -> None:
    assert texts("How the rare metals came there The study, by two men, was published.", "en") == [
        "How the rare metals came there",
        "The study, by two men, was published.",
    ]
    assert (
        texts("Listen to the madnessHolm, meanwhile, won. Then Holm left.", "en")[0]
        == "Listen to the madness"
    )
    assert texts("They box in Oslo on May 2 The town is full.", "en")[1] == "The town is full."
    assert texts("Ida Holm will say that taxes rise Ida Holm will say today that they rise.", "en") == [
        "Ida Holm will say that taxes rise",
        "Ida Holm will say today that they rise.",
    ]
    for whole in (
        "He told it to The Sun and left.",
        "They sang Rage Against The machine in Oslo.",
        "Write to @MayorHolm today, as Holm asked.",
    ):
        assert texts(whole, "en") == [whole]


def test_an_hour_goes_on_with_its_zone() -> None:
    assert len(texts("It rose at 4 a.m. Eastern time and 1 a.m. ET Sunday.", "en")) == 1
    assert len(texts("It rose at 4 a.m. Nobody saw it rise.", "en")) == 2


def test_a_surname_that_looks_like_a_title_ends_its_sentence() -> None:
    assert len(texts("The land was led by Hun Sen. The board left in May.", "en")) == 2
    assert len(texts("The vote was lost by Sen. Holm on Monday.", "en")) == 1
    assert len(texts("On Monday Sen. The Holm lost.", "en")) == 1


def test_hard_wrapped_lines_are_one_sentence() -> None:
    line = "the quick brown fox went over the hills and far away to see"
    text = "\n".join([f"And {line}"] + [line] * 8) + " its friends."
    assert len(texts(text, "en")) == 1
    assert texts("A heading\nThe text goes on here.", "en") == ["A heading", "The text goes on here."]


def test_a_short_dispatch_with_a_margin_is_read_over_its_line_ends() -> None:
    text = (
        "Velm Ferries said it agreed to buy\n"
        "the harbour of Port Elin from the county for an undisclosed sum.\n"
        "    The county said the ferries are expected to pay for a new\n"
        "pier later this year.\n"
        "    The line announced in December that it planned to sell six\n"
        "other businesses in its freight and barge segment, among them\n"
        "Elin Salvage.\n"
        " Reuter\n"
    )
    found = [" ".join(sentence.split()) for sentence in texts(text, "en")]
    assert found[0] == (
        "Velm Ferries said it agreed to buy the harbour of Port Elin from the county for an undisclosed sum."
    )
    assert found[1] == "The county said the ferries are expected to pay for a new pier later this year."


def test_a_rule_and_the_entries_of_a_list_stand_by_themselves_in_a_text_with_a_margin() -> None:
    seen = "the quick brown fox went over the hills and far away to see"
    lines = [f"And {seen}", seen, "what the harbour board had to say of it."]
    text = "\n".join(["The storm is over.", "---", *lines * 3, "* a list of ferries", "• a list of boats"])
    found = [" ".join(sentence.split()) for sentence in texts(text, "en")]
    assert found[0] == "The storm is over."
    assert found[1] == "---"
    assert found[2] == " ".join(lines)
    assert found[-2:] == ["* a list of ferries", "• a list of boats"]


def test_headings_and_entries_of_a_list_have_no_margin() -> None:
    entries = [
        "Book the harbour hall and the quay for a day in late May",
        "Ask the ferry line for a boat with room for ninety guests",
        "Write to all guests, and leave a line for their answer",
        "Harbour and quay",
        "Find a cook who knows the fish of the county by heart",
        "Hire a band that the clerks of Port Elin have heard of",
    ]
    assert texts("\n".join(entries), "en") == entries


def test_a_page_with_lines_beyond_any_margin_is_not_read_over_its_line_ends() -> None:
    long = "the fox went over the hills " * 6 + "to see."
    lines = [
        "and the quick brown fox went over the hills and far away",
        "what it saw there, nobody was ever told",
    ]
    text = "\n".join([f"And {long}", *lines * 3, f"So {long}"])
    assert len(texts(text, "en")) == 8


def test_a_quote_that_never_closes_does_not_swallow_the_article() -> None:
    text = '"It begins here. ' + "The fox went over the hill once more and came back. " * 12
    assert len(texts(text, "en")) > 5


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet=st.characters(exclude_categories=()), max_size=300),
    st.sampled_from(["en", "zh", "ar", None]),
)
def test_spans_are_in_order_trimmed_and_complete(text: str, language: str | None) -> None:
    spans = split_sentences(text, language)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] != "" for s in spans)
    kept = "".join(text[start:end] for start, end in spans)
    assert sorted("".join(kept.split())) == sorted("".join(text.split()))


QUOTED = (
    '"We sail at noon. The ferry is safe," said Ida Holm. The council "did not know of it." '
    '"It was late." Jon Berg went home. "We were told nothing. "The board knew it all," he wrote. '
    "A report by E! News says so. 'We asked twice.' Last month the pier was closed. "
    "Boats sail to Port Elin from June 30-Aug. 23, she told Dr.Jon Berg and police Const. Roy Holm."
)


def test_a_quotation_that_never_closes_does_not_turn_the_ones_behind_it() -> None:
    assert texts(QUOTED, "en") == [
        '"We sail at noon. The ferry is safe," said Ida Holm.',
        'The council "did not know of it."',
        '"It was late."',
        "Jon Berg went home.",
        '"We were told nothing.',
        '"The board knew it all," he wrote.',
        "A report by E! News says so.",
        "'We asked twice.'",
        "Last month the pier was closed.",
        "Boats sail to Port Elin from June 30-Aug. 23, she told Dr.Jon Berg and police Const. Roy Holm.",
    ]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=" \".aB\n“”'", max_size=120))
def test_marks_of_speech_in_any_order_are_kept(text: str) -> None:
    spans = split_sentences(text, "en")
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())


def test_a_mark_that_closes_what_nobody_opened_ends_a_line() -> None:
    text = 'The pilot said that nobody had asked us."\nThe board will meet again in March, it said.'
    assert [text[start:end] for start, end in split_sentences(text, "en")] == [
        'The pilot said that nobody had asked us."',
        "The board will meet again in March, it said.",
    ]
    assert summarise(text).sentences
