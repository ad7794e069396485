"""Time zones as papers write them beside a time."""

import re
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

_HOURS = {
    "gmt": 0, "utc": 0, "z": 0, "wet": 0, "bst": 1, "wat": 1, "west": 1, "cet": 1,
    "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "cat": 2, "sast": 2, "eest": 3, "msk": 3,
    "мск": 3, "eat": 3, "trt": 3, "ast": -4, "gst": 4, "pkt": 5, "wib": 7, "ict": 7,
    "hkt": 8, "sgt": 8, "pht": 8, "wita": 8, "awst": 8, "myt": 8, "jst": 9, "kst": 9,
    "wit": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "est": -5, "edt": -4,
    "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9,
    "hst": -10, "brt": -3, "art": -3, "clt": -4, "cot": -5, "pet": -5, "adt": -3,
    "met": 1, "cez": 1,
}  # fmt: skip
_MINUTES = {"ist": 330, "npt": 345, "irst": 210, "acst": 570, "acdt": 630, "mmt": 390,
            "nst": -210, "ndt": -150}  # fmt: skip
#: One abbreviation, several places: the language of the page tells which.
_BY_LANGUAGE = {("ist", "he"): 120, ("ist", "ga"): 60, ("cst", "zh"): 480}
#: Names that stand for summer and winter time alike.
_REGIONS = {
    "et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver",
    "pt": "America/Los_Angeles", "eastern time": "America/New_York",
    "central time": "America/Chicago", "mountain time": "America/Denver",
    "pacific time": "America/Los_Angeles", "北京时间": "Asia/Shanghai",
    "北京時間": "Asia/Shanghai", "台北時間": "Asia/Taipei", "日本時間": "Asia/Tokyo",
    "한국시간": "Asia/Seoul", "за київським часом": "Europe/Kyiv",
    "за києвом": "Europe/Kyiv", "по московскому времени": "Europe/Moscow",
    "по москве": "Europe/Moscow", "heure de paris": "Europe/Paris",
    "heures de paris": "Europe/Paris", "hora de madrid": "Europe/Madrid",
    "hora peninsular": "Europe/Madrid", "بتوقيت غرينتش": "Etc/UTC",
    "بتوقيت جرينتش": "Etc/UTC", "توقيت غرينتش": "Etc/UTC", "توقيت جرينتش": "Etc/UTC",
    "بتوقيت مكة": "Asia/Riyadh", "بتوقيت القاهرة": "Africa/Cairo",
    "بتوقيت القدس": "Asia/Jerusalem", "بتوقيت بيروت": "Asia/Beirut",
}  # fmt: skip
#: A bare offset is written out ("+0200"): "- 1" may begin a reading time.
_OFFSET = re.compile(
    r"\s*[(\[]?\s*(?:(?:gmt|utc)\s*([+\-−])\s?(\d{1,2})(?::?(\d{2}))?"
    r"|([+\-−])(\d{2}):?(\d{2}))(?!\d)",
    re.IGNORECASE,
)
_NAMES = "|".join(
    re.escape(name)
    for name in sorted([*_REGIONS, *_HOURS, *_MINUTES], key=len, reverse=True)
)
_WORD = re.compile(rf"[\s,]*[(\[]?\s*({_NAMES})(?![^\W\d_])", re.IGNORECASE)
_CITY = re.compile(r"[\s,]*[(\[]?\s*([A-Z][\w'-]+(?: [A-Z][\w'-]+)?) [Tt]ime\b")
_FURTHEST = 14


def zone_after(text: str, language: str | None) -> tuple[tzinfo | None, int]:
    """Return the zone told at the beginning of the text, and its length there."""
    for told in (_offset(text), _word(text, language), _city(text)):
        if told:
            return told
    return None, 0


def _offset(text: str) -> tuple[tzinfo, int] | None:
    found = _OFFSET.match(text)
    if not found:
        return None
    sign, hours, minutes = found.groups()[:3] if found[1] else found.groups()[3:]
    if int(hours) > _FURTHEST:
        return None
    ahead = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(ahead if sign == "+" else -ahead), found.end()


def _word(text: str, language: str | None) -> tuple[tzinfo, int] | None:
    found = _WORD.match(text)
    if not found:
        return None
    word = found[1].lower()
    if word in _REGIONS:
        return ZoneInfo(_REGIONS[word]), found.end()
    minutes = _BY_LANGUAGE.get((word, (language or "").split("-")[0]))
    if minutes is None:
        minutes = _MINUTES.get(word, _HOURS.get(word, 0) * 60)
    return timezone(timedelta(minutes=minutes)), found.end()


def _city(text: str) -> tuple[tzinfo, int] | None:
    found = _CITY.match(text)
    name = _cities().get(found[1].lower().replace(" ", "_")) if found else None
    return (ZoneInfo(name), found.end()) if found and name else None


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    return {
        name.rsplit("/", 1)[1].lower(): name
        for name in available_timezones()
        if "/" in name
    }
