"""Where a sentence ends: each case is a text with | at the cuts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.languages import LANGUAGES
from dateline.languages.sentences import cut_sentences

CASES = [
    (
        "en",
        "Dr. Ana Ruiz met J. K. Morel in St. Osyth. |They left at 3.30 p.m. for Bath.",
    ),
    ("en", "Prices rose 2.5 percent. |Fuel cost $3.10 a liter."),
    ("en", "The U.S. Senate sat until 2 a.m. |It voted at dawn."),
    ("en", "They came at 3.30 p.m. |“Why?” he asked. |Nobody knew."),
    ("en", "HOLM, Ark. — A storm cut the power. |Two boats sank off Ebb, Fla. today."),
    ("en", "He works for Brill Inc. |The firm makes rope."),
    ("en", "“We came. |We waited.” |Nobody opened."),
    ("en", "“Will it hold?” Brenner asked. |“It will!” she said."),
    ("en", "“Who pays?” |The question hung over the hall."),
    ("en", "Well... perhaps. |Then again… |No one knows."),
    ("en", "One line\nwrapped by hand. |Another."),
    ("en", "A headline without a stop\n\n|The lede begins."),
    ("en", '"It is over." |The crowd left.'),
    ("uk", "Це сталося у 2024 р. на вул. Степовій у м. Лиман. |Усі живі."),
    ("uk", "«Ми прийшли. |Ми чекали». |Ніхто не відчинив."),
    ("es", "La Sra. Gil vive en EE.UU. desde 2010. |¿Volverá? |Nadie lo sabe."),
    ("fr", "M. Roche a parlé. |« Tout va bien. » |Mme Petit est partie."),
    ("de", "Am 3. Oktober kam Dr. Weber. |Er blieb z.B. zwei Tage."),
    ("el", "Ποιος πληρώνει; |Κανείς δεν ξέρει."),
    ("zh-CN", "“我们会来。”他说。|“一切都好。”|大家都走了！|真的吗？|是的。"),
    ("ja", "「雨です。」と市長は言った。|祭りは中止になった。"),
    ("hi", "डॉ. शर्मा ने कहा कि पुल बंद है। |क्या वह खुलेगा? |हाँ।"),
    ("ar", "قال الوزير إن الجسر مغلق. |هل يُفتح غداً؟ |نعم، بعد الظهر."),
    ("hi", "डॉ. राव आए। |“क्यों?” किसी ने पूछा। |“पता नहीं।” |सब चुप रहे।"),
    ("ar", "«متى؟» سألت بروك. |«غداً». |لم يجب أحد."),
    ("ur", "پل بند ہے۔ |کل کھلے گا۔"),
    ("my", "တံတား ပိတ်ထားသည်။ |မနက်ဖြန် ဖွင့်မည်။"),
    ("km", "ស្ពានបិទ។ |ស្អែកបើក។"),
    ("am", "ድልድዩ ተዘግቷል። |ነገ ይከፈታል።"),
    ("hy", "Կամուրջը փակ է։ |Վաղը կբացվի։"),
    (
        "th",
        "สะพานปิดการจราจรตั้งแต่เมื่อคืนนี้หลังน้ำขึ้นสูง |ชาวบ้านต้องใช้เรือข้ามฟาก 3 ลำ และรอ",
    ),
]


@pytest.mark.parametrize(("code", "marked"), CASES)
def test_sentences_end_where_a_reader_ends_them(code, marked):
    text = marked.replace("|", "")
    cut = [text[s.start : s.end] for s in cut_sentences(text, code)]

    assert cut == [piece.strip() for piece in marked.split("|")]


@given(
    st.text(alphabet="aA.!?…。।”“\"' \n\u0e01", max_size=400),
    st.sampled_from(sorted(LANGUAGES)),
)
def test_nothing_but_space_falls_between_sentences(text, code):
    sentences = cut_sentences(text, code)

    kept = "".join(text[s.start : s.end] for s in sentences)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(s.start < s.end for s in sentences)
