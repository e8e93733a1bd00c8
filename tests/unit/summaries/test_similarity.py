"""Likeness and language, on plain cases."""

import pytest

from summaries import detect_language, similarity, tokens

SAMPLES = {
    "en": "The council of the town voted on Monday against the plan for a new bridge over the river.",
    "de": "Der Rat der Stadt stimmte am Montag gegen den Plan für eine neue Brücke über den Fluss.",
    "fr": "Le conseil de la ville a voté lundi contre le projet d'un nouveau pont sur le fleuve.",
    "es": "El consejo de la ciudad votó el lunes contra el plan de un nuevo puente sobre el río.",
    "it": "Il consiglio della città ha votato lunedì contro il piano per un nuovo ponte sul fiume.",
    "pt": "O conselho da cidade votou na segunda-feira contra o plano de uma nova ponte sobre o rio.",
    "nl": "De raad van de stad stemde maandag tegen het plan voor een nieuwe brug over de rivier.",
    "sv": "Stadens råd röstade på måndagen mot planen för en ny bro över floden, säger ordföranden.",
    "da": "Byens råd stemte mandag imod planen om en ny bro over floden, siger borgmesteren i dag.",
    "no": "Byens råd stemte mandag mot planen om ei ny bru over elva, sier ordføreren i dag.",
    "fi": "Kaupungin valtuusto äänesti maanantaina uutta siltaa koskevaa suunnitelmaa vastaan.",
    "pl": "Rada miasta zagłosowała w poniedziałek przeciwko planowi budowy nowego mostu na rzece.",
    "cs": "Rada města hlasovala v pondělí proti plánu na nový most přes řeku, řekl starosta.",
    "ru": "Городской совет проголосовал в понедельник против плана нового моста через реку.",
    "uk": "Міська рада проголосувала в понеділок проти плану нового мосту через річку.",
    "el": "Το συμβούλιο της πόλης ψήφισε τη Δευτέρα κατά του σχεδίου για μια νέα γέφυρα.",
    "tr": "Belediye meclisi pazartesi günü nehrin üzerine yeni bir köprü yapılması planına karşı çıktı.",
    "ar": "صوت مجلس المدينة يوم الاثنين ضد خطة بناء جسر جديد فوق النهر.",
    "he": "מועצת העיר הצביעה ביום שני נגד התוכנית לגשר חדש מעל הנהר.",
    "hi": "नगर परिषद ने सोमवार को नदी पर नए पुल की योजना के खिलाफ मतदान किया।",
    "vi": "Hội đồng thành phố hôm thứ Hai đã bỏ phiếu chống lại kế hoạch xây cầu mới qua sông.",
    "zh": "市议会星期一投票反对在河上建造新桥的计划。",
    "ja": "市議会は月曜日、川に新しい橋を架ける計画に反対した。",
    "ko": "시의회는 월요일 강에 새 다리를 놓는 계획에 반대했다.",
}


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_languages_are_told_apart(code: str) -> None:
    assert detect_language(SAMPLES[code]) == code
    assert detect_language(SAMPLES[code].upper()) == code


def test_no_letters_no_language() -> None:
    assert detect_language("") is None
    assert detect_language("12 345 !?") is None


def test_tokens_are_stemmed_content_words() -> None:
    assert tokens("The ferries were closed, and the Ferry's master said 212 times so", "en") == [
        "ferri",
        "close",
        "ferri",
        "master",
        "212",
        "time",
    ]
    assert tokens("东京湾", "zh") == ["东京", "京湾"]
    assert tokens("Die Brücken", None) == ["die", "brücken"]


def test_likeness_grows_with_shared_words() -> None:
    a, b = SAMPLES["en"], "The council voted for the bridge over the river on Tuesday."
    far = similarity(a, "Bread is dearer than ever before.")
    assert similarity(a, a) == pytest.approx(1)
    assert far < similarity(a, b) < 1
    assert similarity("", "") == 0
