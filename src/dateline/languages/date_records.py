"""Dates that CLDR does not know, or has copied from another language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calendar:
    """The words of a date, Monday and January first."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    long: str
    full: str


OWN_CALENDARS = {
    "hmn": Calendar(
        months=(
            "Lub Ib Hlis",
            "Lub Ob Hlis",
            "Lub Peb Hlis",
            "Lub Plaub Hlis",
            "Lub Tsib Hlis",
            "Lub Rau Hli",
            "Lub Xya Hli",
            "Lub Yim Hli",
            "Lub Cuaj Hlis",
            "Lub Kaum Hli",
            "Lub Kaum Ib Hlis",
            "Lub Kaum Ob Hlis",
        ),
        weekdays=(
            "Zwj Hli",
            "Zwj Quag",
            "Zwj Feeb",
            "Zwj Teeb",
            "Zwj Kuab",
            "Zwj Cag",
            "Zwj Hnub",
        ),
        long="{month} tim {day}, {year}",
        full="{weekday}, {month} tim {day}, {year}",
    ),
    # CLDR's Haitian Creole inherits the French names of months and days.
    "ht": Calendar(
        months=(
            "janvye",
            "fevriye",
            "mas",
            "avril",
            "me",
            "jen",
            "jiyè",
            "out",
            "septanm",
            "oktòb",
            "novanm",
            "desanm",
        ),
        weekdays=(
            "lendi",
            "madi",
            "mèkredi",
            "jedi",
            "vandredi",
            "samdi",
            "dimanch",
        ),
        long="{day} {month} {year}",
        full="{weekday} {day} {month} {year}",
    ),
    "sm": Calendar(
        months=(
            "Ianuari",
            "Fepuari",
            "Mati",
            "Aperila",
            "Me",
            "Iuni",
            "Iulai",
            "Aokuso",
            "Setema",
            "Oketopa",
            "Novema",
            "Tesema",
        ),
        weekdays=(
            "Aso Gafua",
            "Aso Lua",
            "Aso Lulu",
            "Aso Tofi",
            "Aso Faraile",
            "Aso Toonaʻi",
            "Aso Sa",
        ),
        long="{day} {month} {year}",
        full="{weekday}, {day} {month} {year}",
    ),
}

LONG_DATES = {
    # CLDR's long date is the one for tables, `2026-Novembro-22`.
    "eo": "'la' d-'a' 'de' MMMM y",
    # These inherit the root's order, year first, which no newspaper in them writes.
    "ny": "d MMMM y",
    "sd": "d MMMM y",
    "sn": "d MMMM y",
    "st": "d MMMM y",
    # CLDR has the particles in the full date and lost them in the long one.
    "ps": "'د' y 'د' MMMM d",
}

FULL_DATES = {
    "ny": "EEEE, d MMMM y",
    "sd": "EEEE، d MMMM y",
    "sn": "EEEE, d MMMM y",
    "st": "EEEE, d MMMM y",
}

SHORT_TIMES = {
    # Babel takes the abbreviated word for the afternoon, CLDR's English one.
    "ko": "aaaa h:mm",
    # CLDR's word for the afternoon is two words with a comma between them.
    "sd": "HH:mm",
    # CLDR's short time is `H:m`: five past three would be 15:5.
    "yo": "HH:mm",
}

OFFSETS = {
    # CLDR 48 has brackets in it.
    "mr": "GMT%s",
    # CLDR says WAT, which is the name of one zone, an hour from Greenwich.
    "yo": "GMT%s",
}

DATES_WITH_TIMES = {
    # CLDR's pattern here has words of its own in quotes, for running text.
    "la": "{1}, {0}",
    # The time comes first, and the day's figure would stand beside the offset's.
    "vi": "{0}, {1}",
}

COMMAS = {"Arab": "،", "Ethi": "፣", "Mymr": "၊"}
