"""Sentences that lean on the one before are known as such."""

import pytest

from summaries.language import words
from summaries.openers import hangs
from summaries.questions import asks
from summaries.speech import is_balanced, speaks

HANGING = [
    ("en", "He said the bridge would open again in May."),
    ("en", "But the council voted against the plan."),
    ("en", "The two met in Oslo on Friday."),
    ("en", "That was the end of a long quarrel."),
    ("en", "Last summer, he travelled to Oslo with two friends."),
    ("en", '"It was a terrible night for all of us."'),
    ("en", '"I was stunned by the result."'),
    ("en", '"It was a terrible night," Ida Holm said on Monday.'),
    ("en", "We'll have to wait until April to find out."),
    ("en", "Sixty years earlier, Norway had voted against it."),
    ("en", "Two days later the bridge was open."),
    ("en", "By the evening it was clear that they would leave again."),
    ("en", "The Sound Line repeated that it had carried 212 passengers."),
    ("en", "Someone in Oslo spoke those last words at noon."),
    ("en", "Speculation comes after any tragedy such as this, but facts matter."),
    ("en", "Especially in May, snow on the bridge is rare."),
    ("en", "After all, the county lists dozens of bridges."),
    ("en", "Ida Holm also said that the bridge would stay closed."),
    ("en", '"Prices fell in three towns," they wrote of the year 2012.'),
    ("en", "In 1988, though, there was no such network."),
    ("en", "At first glance, it doesn't look like much."),
    ("en", "Beyond that, nobody knows why the bridge fell."),
    ("en", "If anyone says this to you, the music is too loud."),
    ("en", "Something in that diet made the king ill."),
    ("en", '"I do not believe in the inquiry," she said Saturday.'),
    ("en", "On Monday he travelled to Oslo."),
    ("en", "Which is true of Oslo too."),
    ("en", "In it, students of Oslo sing a song."),
    ("en", "There, controllers directed the crew to another frequency."),
    ("en", "By selling directly they save on rent, they say."),
    ("en", "Prices in the port of Oslo fell in May, he said."),
    ("en", "A favourite with actors and A-listers alike, he was known for his hats."),
    ("en", "All eight officers were injured in the fight."),
    ("en", "The Berg film of that name draws crowds."),
    ("en", "Parents who tune in for real news of the snow might find this gag irritating."),
    ("en", "The judge gave the pair a fine of 40 crowns."),
    ("de", "Ein Teil von diesem Geld fehlt noch."),
    ("en", "People then were offended, of course."),
    ("de", "Die Reederei fügte hinzu, dass 212 Menschen an Bord waren."),
    ("de", "Er sieht vor, dass Genehmigungen schneller erteilt werden."),
    ("de", "Allerdings fehlt das Geld für den Umbau."),
    ("fr", "Il prévoit la remise en état des voies."),
    ("fr", "C'est une première dans le pays."),
    ("es", "Sin embargo, valoran la rapidez de la ayuda."),
    ("it", "Tuttavia il governo non ha risposto."),
    ("pt", "Ele disse que o prazo será cumprido."),
    ("nl", "Daarna ging de brug weer open."),
    ("sv", "Hon säger att pengarna ska gå till fler."),
    ("no", "Han ble syk i fjor vår."),
    ("da", "Hun siger, at pengene skal bruges nu."),
    ("fi", "Hän sanoi, että silta avataan keväällä."),
    ("pl", "Jednak opozycja domaga się szczegółów."),
    ("cs", "Dodal, že most otevřou na jaře."),
    ("ru", "Он добавил, что сроки будут соблюдены."),
    ("uk", "Вона додала, що строки буде дотримано."),
    ("el", "Ωστόσο, η κυβέρνηση δεν απάντησε."),
    ("tr", "Bu konutlar iki yıl içinde teslim edilecek."),
    ("ar", "وأضاف أن معظم الشحنات ذهبت إلى آسيا."),
    ("he", "הוא אמר כי הגשר ייפתח באביב."),
    ("hi", "उन्होंने बताया कि राशि सीधे खातों में जाएगी।"),
    ("vi", "Tuy nhiên, nhiều chuyên gia lo ngại nợ công tăng."),
    ("zh", "他表示，经济运行开局良好。"),
    ("ja", "これに対し、野党は財源が不透明だと批判した。"),
    ("ko", "하지만 전문가들은 재원 마련이 쉽지 않을 것으로 본다."),
]

STANDING = [
    ("en", "The council voted against the plan on Monday."),
    ("en", "Theodore Holm said that he would resign."),
    ("en", "Oslo thanks those accused of thefts, those lucky enough to leave and those with debts."),
    ("en", "Ida Holm said it was a terrible night."),
    ("en", '"I was stunned by the result," Ida Holm said on Monday.'),
    ("en", "In most towns of the county, it is forbidden to cross on red."),
    ("en", "Norway has won more medals this season than Sweden."),
    ("en", "Prices of houses in this year rose by a tenth."),
    ("en", "The council added 40 buses to the night lines."),
    ("en", '"Prices fell," Ida Holm wrote, "and they know it."'),
    ("en", "Butter is dearer than ever in Norway."),
    ("en", '"I do not believe in the inquiry," Ida Holm said Saturday.'),
    ("en", "There are controllers who directed the crew to another frequency."),
    ("en", "Prices in the port of Oslo fell, Ida Holm told the council, he said."),
    ("en", "A favourite with actors in Oslo and Rome, Ida Holm was known for her hats."),
    ("en", "When Ida Holm resigned, she was in Oslo."),
    ("en", "Parents in Oslo find that the snow of this winter is irritating."),
    ("de", "Die Bundesregierung will den Ausbau beschleunigen."),
    ("fr", "Le gouvernement a présenté un plan de trois milliards."),
    ("no", "Den norske regjeringen la fram budsjettet tirsdag."),
    ("vi", "Ông Trần Văn Minh cho biết dự án sẽ khởi công cuối năm."),
    ("zh", "工业生产在三月份增长了百分之六。"),
    (None, "Lorem ipsum dolor sit amet."),
]


@pytest.mark.parametrize(("language", "sentence"), HANGING)
def test_leaning_sentences_hang(language: str, sentence: str) -> None:
    assert hangs(sentence, words(sentence), language)


@pytest.mark.parametrize(("language", "sentence"), STANDING)
def test_sentences_that_stand_alone_do_not(language: str | None, sentence: str) -> None:
    assert not hangs(sentence, words(sentence), language)


@pytest.mark.parametrize(
    ("sentence", "balanced"),
    [
        ('"We won," he said.', True),
        ('We won," he said.', False),
        ("“We won”, he said (again).", True),
        ("„Wir bleiben“, sagte er.", True),
        ("« Nous restons », a-t-il dit.", True),
        ("「はい」と言った。", True),
        ('"Rest in peace, my brother," About ten years ago he fell ill.', False),
        ('"Rest in peace, my brother," Ida Holm said.', True),
        ("She said (again that it was late.", False),
        ("'We won,' he said of the girls' school.", True),
        ("'We won the day.", False),
        ("It's the children's dogs' home.", True),
    ],
)
def test_quotes_and_brackets_close(sentence: str, balanced: bool) -> None:
    assert is_balanced(sentence) is balanced


def test_questions_are_known_in_every_script() -> None:
    assert all(map(asks, ["Why?", '"Why?"', "为什么？", "لماذا؟", "Γιατί;"]))
    assert not asks("He asked why; nobody knew.")


def test_who_speaks_of_himself_without_quotation_marks_gives_way() -> None:
    assert speaks("Everyone on board treated me with kindness.", "en")
    assert not speaks("“Everyone treated me with kindness,” said Ida Holm.", "en")
    assert not speaks("The crew treated everyone with kindness.", "en")
    assert not speaks("Everyone on board treated me with kindness.", None)
