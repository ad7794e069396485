"""Words that carry a fact: counts and denials by language, and names of dates."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COUNTING_WORDS: dict[str, frozenset[str]] = {
    "en": _words(
        "no not never none nobody nothing neither nor without one two three four five six "
        "seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
        "thousand million billion dozen half third quarter first second twice once double "
        "both all every some few several most many more less fewer least alleged allegedly "
        "reportedly may might could killed dead injured wounded missing arrested charged "
        "today yesterday tomorrow"
    ),
    "uk": _words(
        "не ні ніколи ніхто ніщо без один одна одне два дві три чотири п'ять шість сім вісім "
        "дев'ять десять одинадцять дванадцять двадцять тридцять сорок п'ятдесят сто двісті "
        "тисяча тисячі тисяч мільйон мільйони мільярд половина третина перший друга другий "
        "всі усі кілька багато більше менше сьогодні вчора завтра"
    ),
    "fr": _words(
        "ne pas jamais aucun aucune rien personne sans un une deux trois quatre cinq six sept "
        "huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante "
        "soixante cent cents mille million millions milliard moitié tiers quart premier "
        "première tous toutes plusieurs plus moins aurait auraient hier demain"
    ),
    "es": _words(
        "no nunca ningún ninguna nada nadie sin uno una dos tres cuatro cinco seis siete ocho "
        "nueve diez once doce trece catorce quince veinte treinta cuarenta cincuenta sesenta "
        "setenta ochenta noventa cien ciento mil millón millones mitad tercio primero primera "
        "todos todas varios más menos hoy ayer mañana"
    ),
    "de": _words(
        "nicht nie kein keine keinen niemand nichts ohne ein eine zwei drei vier fünf sechs "
        "sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig hundert tausend "
        "hälfte alle mehrere mehr weniger heute gestern morgen"
    ),
}


@lru_cache(maxsize=128)
def date_words(tag: str) -> frozenset[str]:
    """Return the names of months and weekdays in a language (CLDR), small."""
    try:
        locale = Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return frozenset()
    names = [
        name
        for table in (locale.months, locale.days)
        for context in table.values()
        for name in context["wide"].values()
    ]
    return frozenset(word for name in names for word in name.casefold().split())
