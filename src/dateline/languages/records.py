"""
The 104 languages, in the order of the reader's picker.

Codes are those of the picker, several of them older than today's standard;
`tag` gives the standard one where it differs:

- `iw`, `jw`, `tl` are the former codes of Hebrew (`he`), Javanese (`jv`) and
  Filipino (`fil`).
- `no` covers two written norms; the paper writes Bokmål (`nb`).
- `zh-CN` and `zh-TW` name places where a script is meant: `zh-Hans`, `zh-Hant`.
- `ku` stays `ku`. `kmr` would be narrower, but CLDR and every browser built on it
  read `kmr` as `ku` and take Latin script for granted, so `ku` is what a reader's
  Accept-Language says and a screen reader knows.
- `hmn` stays `hmn`: the narrower `mww` implies another script (Hmnp) in CLDR.
- A script subtag is left out wherever the script is the likely one.
"""

from collections.abc import Mapping
from types import MappingProxyType

from dateline.languages.vocabulary import Language

_UNKNOWN_TO_CLDR = frozenset({"hmn", "sm"})


def _language(
    code: str,
    name: str,
    autonym: str,
    script: str,
    aliases: str = "",
    *,
    tag: str | None = None,
) -> Language:
    tag = tag or code
    return Language(
        code=code,
        tag=tag,
        name=name,
        autonym=autonym,
        script=script,
        locale_id=None if code in _UNKNOWN_TO_CLDR else tag.replace("-", "_"),
        aliases=tuple(aliases.split()),
    )


_TABLE = (
    _language("af", "Afrikaans", "Afrikaans", "Latn", "afr"),
    _language("sq", "Albanian", "Shqip", "Latn", "sqi alb als"),
    _language("am", "Amharic", "አማርኛ", "Ethi", "amh"),
    _language("ar", "Arabic", "العربية", "Arab", "ara arb"),
    _language("hy", "Armenian", "Հայերեն", "Armn", "hye arm"),
    _language("az", "Azerbaijani", "Azərbaycanca", "Latn", "aze azj"),
    _language("eu", "Basque", "Euskara", "Latn", "eus baq"),
    _language("be", "Belarusian", "Беларуская", "Cyrl", "bel"),
    _language("bn", "Bengali", "বাংলা", "Beng", "ben"),
    _language("bs", "Bosnian", "Bosanski", "Latn", "bos"),
    _language("bg", "Bulgarian", "Български", "Cyrl", "bul"),
    _language("ca", "Catalan", "Català", "Latn", "cat"),
    _language("ceb", "Cebuano", "Cebuano", "Latn"),
    _language("ny", "Chichewa", "Chichewa", "Latn", "nya"),
    _language(
        "zh-CN",
        "Chinese (Simplified)",
        "简体中文",
        "Hans",
        "zh zho chi cmn zh-SG zh-MY",
        tag="zh-Hans",
    ),
    _language(
        "zh-TW",
        "Chinese (Traditional)",
        "繁體中文",
        "Hant",
        "zh-HK zh-MO yue zh-yue",
        tag="zh-Hant",
    ),
    _language("co", "Corsican", "Corsu", "Latn", "cos"),
    _language("hr", "Croatian", "Hrvatski", "Latn", "hrv"),
    _language("cs", "Czech", "Čeština", "Latn", "ces cze"),
    _language("da", "Danish", "Dansk", "Latn", "dan"),
    _language("nl", "Dutch", "Nederlands", "Latn", "nld dut"),
    _language("en", "English", "English", "Latn", "eng"),
    _language("eo", "Esperanto", "Esperanto", "Latn", "epo"),
    _language("et", "Estonian", "Eesti", "Latn", "est ekk"),
    _language("tl", "Filipino", "Filipino", "Latn", "tgl", tag="fil"),
    _language("fi", "Finnish", "Suomi", "Latn", "fin"),
    _language("fr", "French", "Français", "Latn", "fra fre"),
    _language("fy", "Frisian", "Frysk", "Latn", "fry"),
    _language("gl", "Galician", "Galego", "Latn", "glg"),
    _language("ka", "Georgian", "ქართული", "Geor", "kat geo"),
    _language("de", "German", "Deutsch", "Latn", "deu ger"),
    _language("el", "Greek", "Ελληνικά", "Grek", "ell gre"),
    _language("gu", "Gujarati", "ગુજરાતી", "Gujr", "guj"),
    _language("ht", "Haitian Creole", "Kreyòl ayisyen", "Latn", "hat"),
    _language("ha", "Hausa", "Hausa", "Latn", "hau"),
    _language("haw", "Hawaiian", "ʻŌlelo Hawaiʻi", "Latn"),
    _language("iw", "Hebrew", "עברית", "Hebr", "heb", tag="he"),
    _language("hi", "Hindi", "हिन्दी", "Deva", "hin"),
    _language("hmn", "Hmong", "Hmoob", "Latn", "mww hnj"),
    _language("hu", "Hungarian", "Magyar", "Latn", "hun"),
    _language("is", "Icelandic", "Íslenska", "Latn", "isl ice"),
    _language("ig", "Igbo", "Igbo", "Latn", "ibo"),
    _language("id", "Indonesian", "Bahasa Indonesia", "Latn", "in ind"),
    _language("ga", "Irish", "Gaeilge", "Latn", "gle"),
    _language("it", "Italian", "Italiano", "Latn", "ita"),
    _language("ja", "Japanese", "日本語", "Jpan", "jpn"),
    _language("jw", "Javanese", "Basa Jawa", "Latn", "jav", tag="jv"),
    _language("kn", "Kannada", "ಕನ್ನಡ", "Knda", "kan"),
    _language("kk", "Kazakh", "Қазақша", "Cyrl", "kaz"),
    _language("km", "Khmer", "ភាសាខ្មែរ", "Khmr", "khm"),
    _language("ko", "Korean", "한국어", "Kore", "kor"),
    _language("ku", "Kurdish (Kurmanji)", "Kurmancî", "Latn", "kur kmr"),
    _language("ky", "Kyrgyz", "Кыргызча", "Cyrl", "kir"),
    _language("lo", "Lao", "ລາວ", "Laoo", "lao"),
    _language("la", "Latin", "Latina", "Latn", "lat"),
    _language("lv", "Latvian", "Latviešu", "Latn", "lav lvs"),
    _language("lt", "Lithuanian", "Lietuvių", "Latn", "lit"),
    _language("lb", "Luxembourgish", "Lëtzebuergesch", "Latn", "ltz"),
    _language("mk", "Macedonian", "Македонски", "Cyrl", "mkd mac"),
    _language("mg", "Malagasy", "Malagasy", "Latn", "mlg plt"),
    _language("ms", "Malay", "Bahasa Melayu", "Latn", "msa may zsm"),
    _language("ml", "Malayalam", "മലയാളം", "Mlym", "mal"),
    _language("mt", "Maltese", "Malti", "Latn", "mlt"),
    _language("mi", "Maori", "Māori", "Latn", "mri mao"),
    _language("mr", "Marathi", "मराठी", "Deva", "mar"),
    _language("mn", "Mongolian", "Монгол", "Cyrl", "mon khk"),
    _language("my", "Myanmar (Burmese)", "မြန်မာ", "Mymr", "mya bur"),
    _language("ne", "Nepali", "नेपाली", "Deva", "nep npi"),
    _language("no", "Norwegian", "Norsk", "Latn", "nor nob nn nno", tag="nb"),
    _language("ps", "Pashto", "پښتو", "Arab", "pus pbt pbu pst"),
    _language("fa", "Persian", "فارسی", "Arab", "fas per pes prs"),
    _language("pl", "Polish", "Polski", "Latn", "pol"),
    _language("pt", "Portuguese", "Português", "Latn", "por"),
    _language("pa", "Punjabi", "ਪੰਜਾਬੀ", "Guru", "pan"),
    _language("ro", "Romanian", "Română", "Latn", "ron rum mo"),
    _language("ru", "Russian", "Русский", "Cyrl", "rus"),
    _language("sm", "Samoan", "Gagana Sāmoa", "Latn", "smo"),
    _language("gd", "Scottish Gaelic", "Gàidhlig", "Latn", "gla"),
    _language("sr", "Serbian", "Српски", "Cyrl", "srp sh"),
    _language("st", "Sesotho", "Sesotho", "Latn", "sot"),
    _language("sn", "Shona", "chiShona", "Latn", "sna"),
    _language("sd", "Sindhi", "سنڌي", "Arab", "snd"),
    _language("si", "Sinhala", "සිංහල", "Sinh", "sin"),
    _language("sk", "Slovak", "Slovenčina", "Latn", "slk slo"),
    _language("sl", "Slovenian", "Slovenščina", "Latn", "slv"),
    _language("so", "Somali", "Soomaali", "Latn", "som"),
    _language("es", "Spanish", "Español", "Latn", "spa"),
    _language("su", "Sundanese", "Basa Sunda", "Latn", "sun"),
    _language("sw", "Swahili", "Kiswahili", "Latn", "swa swh"),
    _language("sv", "Swedish", "Svenska", "Latn", "swe"),
    _language("tg", "Tajik", "Тоҷикӣ", "Cyrl", "tgk"),
    _language("ta", "Tamil", "தமிழ்", "Taml", "tam"),
    _language("te", "Telugu", "తెలుగు", "Telu", "tel"),
    _language("th", "Thai", "ไทย", "Thai", "tha"),
    _language("tr", "Turkish", "Türkçe", "Latn", "tur"),
    _language("uk", "Ukrainian", "Українська", "Cyrl", "ukr"),
    _language("ur", "Urdu", "اردو", "Arab", "urd"),
    _language("uz", "Uzbek", "Oʻzbekcha", "Latn", "uzb uzn"),
    _language("vi", "Vietnamese", "Tiếng Việt", "Latn", "vie"),
    _language("cy", "Welsh", "Cymraeg", "Latn", "cym wel"),
    _language("xh", "Xhosa", "isiXhosa", "Latn", "xho"),
    _language("yi", "Yiddish", "ייִדיש", "Hebr", "yid ji ydd"),
    _language("yo", "Yoruba", "Yorùbá", "Latn", "yor"),
    _language("zu", "Zulu", "isiZulu", "Latn", "zul"),
)

LANGUAGES: Mapping[str, Language] = MappingProxyType({row.code: row for row in _TABLE})
