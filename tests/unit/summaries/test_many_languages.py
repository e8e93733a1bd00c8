"""Short articles of many languages: initials, ordinals, abbreviations and speech do not part a sentence."""

from __future__ import annotations

import pytest

from summaries import detect_language, split_sentences
from summaries.clean import prose

ARTICLES = {
    "de": ["Im 19. Jahrhundert war das z. B. anders, vgl. S. 12.", "Der Zug fährt um 15.30 Uhr ab."],
    "fr": ["L'O.N.U. a voté, art. 5, av. J.-C. compris.", "Le procès, etc., reprendra mardi."],
    "es": ["El Sr. López vio al Dr. J. M. Pérez.", "La firma Acme S.A. tiene sede en Elín."],
    "it": ["La ditta Acme S.p.A. ha sede in via Verdi n. 5 a Elin.", "Il sig. Bruni parte martedì."],
    "pt": ["A empresa fica na Av. do Porto, n.º 5.", "O prof. Lima partiu na terça-feira."],
    "nl": ["Dr. J. P. de Vries zag mevr. Bakker om 15.30 uur.", "Dat is 1,2 mln. euro, d.w.z. 20 mrd. meer."],
    "sv": ["Holm kom kl. 15.30.", "”Vi är sena. Det vet vi”, sade han.", "Prof. Lind reser på tisdag."],
    "no": ["Berg gikk seg opp fra 28.- til sjetteplass.", "Den 17. mai er det fest, bl.a. i Molde."],
    "fi": ["Berg tuli klo 15.30.", "”Olemme myöhässä. Tiedämme sen”, hän sanoi.", "Lind lähtee tiistaina."],
    "pl": ["„Jesteśmy spóźnieni. Wiemy o tym” – powiedział.", "W 2024 r. Sejm przyjął ustawę."],
    "cs": ["„Máme zpoždění. Víme to,“ řekl.", "Firma Acme s.r.o. sídlí v ul. Dlouhé."],
    "ru": ["Министр А. Б. Иванов и г. Петров встретились в 15.30.", "В 2024 г. завод на ул. Мира закрыли."],
    "uk": ["Міністр А. Б. Іваненко прибув о 15.30.", "У 2024 р. завод на вул. Миру закрили."],
    "el": ["Ο υπουργός κ. Α. Παπάς έφτασε στο Βόλο.", "Ο καθ. Λίνος φεύγει την Τρίτη."],
    "tr": ["Yrd. Doç. Dr. A. B. Yılmaz örn. İzmir'de görüştü.", "Şirket Deniz Cad. No. 5 adresinde."],
    "en": ["A 5. 9 magnitude quake shook Port Elin on Monday.", "Nobody was hurt."],
}


@pytest.mark.parametrize("language", sorted(ARTICLES))
def test_sentences_end_where_a_reader_ends_them(language: str) -> None:
    text = " ".join(ARTICLES[language])
    assert [text[start:end] for start, end in split_sentences(text, language)] == ARTICLES[language]


@pytest.mark.parametrize("language", sorted(ARTICLES.keys() - {"sv", "no"}))
def test_a_short_text_is_of_its_language(language: str) -> None:
    assert detect_language(" ".join(ARTICLES[language])) == language


def test_of_few_words_no_rare_language_is_told() -> None:
    assert detect_language("Il sig. Bruni, ecc., partirà martedì.") == "it"


@pytest.mark.parametrize(
    ("language", "text", "begins"),
    [
        ("es", "Elín, 5 jun (NPN).- El alcalde cerró el puerto el lunes por la tarde.", "El alcalde"),
        ("ru", "ЭЛИН, 5 июн - Нордпол. Мэр закрыл порт в понедельник вечером.", "Мэр"),
        ("en", "Johannisburg - Children of the town found a whale on the beach.", "Children"),
    ],
)
def test_datelines_are_no_prose(language: str, text: str, begins: str) -> None:
    assert text[prose(text, language)[0].start :].startswith(begins)


def test_a_vietnamese_word_that_looks_english_parts_nothing() -> None:
    text = "Cơ quan An ninh của cảng đã đóng cửa hôm thứ hai vì sóng lớn."
    assert len(split_sentences(text, "vi")) == 1


def test_an_english_caption_is_parted_from_its_sentence() -> None:
    text = "The mayor of Port Elin celebrates a late goal But the harbour stays closed for a week."
    assert len(split_sentences(text, "en")) == 2
