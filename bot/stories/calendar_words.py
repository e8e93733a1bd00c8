"""The names of months and weekdays: they tell when something was, not what, and name nobody."""

from __future__ import annotations

from functools import cache

_NAMES = {
    "da": "januar februar marts april maj juni juli august september oktober november december "
    "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "de": "januar jänner februar märz april mai juni juli august september oktober november dezember "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag",
    "el": "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου "
    "νοεμβρίου δεκεμβρίου δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή",
    "en": "january february march april may june july august september october november december "
    "jan feb apr jun jul aug sep sept oct nov dec tue tues thu thurs fri "
    "monday tuesday wednesday thursday friday saturday sunday",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "lunes martes miércoles jueves viernes sábado domingo",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta "
    "lokakuuta marraskuuta joulukuuta maanantaina tiistaina keskiviikkona torstaina perjantaina "
    "lauantaina sunnuntaina",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre "
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember "
    "senin selasa rabu kamis jumat sabtu minggu",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre "
    "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "no": "januar februar mars april mai juni juli august september oktober november desember "
    "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada "
    "grudnia poniedziałek wtorek środę czwartek piątek sobotę niedzielę",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro "
    "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie "
    "decembrie luni marți miercuri joi vineri sâmbătă duminică",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря "
    "понедельник вторник среду четверг пятницу субботу воскресенье",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december "
    "måndag tisdag onsdag torsdag fredag lördag söndag måndagen tisdagen onsdagen torsdagen fredagen "
    "lördagen söndagen",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık "
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня "
    "понеділок вівторок середу четвер п'ятницю суботу неділю",
}

_CAPITALS = frozenset({"de", "el", "en", "id", "tr"})
"""Languages that write these names with a capital; written small, "march" and "may" are other words."""


@cache
def _names(language: str) -> frozenset[str]:
    return frozenset(_NAMES.get(language, "").split())


def is_calendar_word(word: str, language: str) -> bool:
    """Tell whether a word, as it is written, is the name of a month or a weekday in its language."""
    return word.lower() in _names(language) and (word[0].isupper() or language not in _CAPITALS)
