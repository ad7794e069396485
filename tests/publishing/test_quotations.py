"""I3: a quotation is in its source, letter for letter, or it is told why not."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.publishing.quotations.comparing import (
    Doubt,
    Fault,
    compare,
    compare_with_any,
)
from dateline.publishing.quotations.marks import quoted_passages
from dateline.publishing.quotations.sources import SourceText
from dateline.publishing.quotations.spelling import spell
from tests.publishing.quotation_cases import changed_words, honest_ones

TOLD = (
    "The harbour board closed two of its five berths on Monday. “We cannot risk a "
    "third, whatever they say,” said Ina Brook, its chair. “The old quay is safe and "
    "will not fall in 2.5 years,” said Tom Falk.\n"
    "“Will we ever open it again?” she asked. The board said that prices rose 15%. It "
    "said that nobody, if asked, would pay. It called the plan “a well-known trap”."
)
SOURCE = SourceText.of(TOLD)


MANY = pytest.mark.parametrize(
    "count", [100, pytest.param(1000, marks=pytest.mark.slow)]
)


@MANY
def test_quotations_with_one_word_changed_are_refused(count):
    passed = [
        case
        for case in changed_words(count)
        if compare(case.quotation, SourceText.of(case.source, case.code)).is_found
    ]
    assert passed == []


@MANY
def test_honest_quotations_pass(count):
    refused = [
        (case, verdict)
        for case in honest_ones(count)
        if not (
            verdict := compare(case.quotation, SourceText.of(case.source, case.code))
        ).is_found
    ]
    assert refused == []


@pytest.mark.parametrize(
    "quotation",
    [
        "We cannot risk a third",
        "we cannot risk a third, whatever they say.",
        "We cannot risk a third … whatever they say",
        "[The board] cannot risk a third",
        "[W]e cannot risk a third, whatever they [the unions] say",
        "The old quay is safe and will not fall in 2.5 year[s]",
        "prices rose 15\u00a0%",
        "It called the plan ‘a well\u2011known trap’",
        "Will we ever open it again?",
        "The harbour board closed two of\r\nits five berths",
    ],
)
def test_honest(quotation):
    verdict = compare(quotation, SOURCE)
    assert (verdict.fault, verdict.doubts) == (None, ())


@pytest.mark.parametrize(
    ("quotation", "fault"),
    [
        ("We cannot risk a fourth", Fault.NOT_THERE),
        ("We can risk a third", Fault.NOT_THERE),
        ("whatever they say, we cannot risk a third", Fault.NOT_THERE),
        ("whatever they say … We cannot risk", Fault.ORDER),
        ("We … risk a third", Fault.DENIAL_DROPPED),
        ("We [surely can] risk a third", Fault.DENIAL_DROPPED),
        ("The old quay is [not] safe", Fault.DENIAL_ADDED),
        ("We cannot risk a third … The old quay is safe", Fault.TWO_VOICES),
        (
            "whatever they say, said Ina Brook, its chair. The old quay is safe",
            Fault.TWO_VOICES,
        ),
        ("Will we ever open it again", Fault.QUESTION),
        ("We cannot risk a third, whatever they say?", Fault.QUESTION),
        ("prices rose 5%", Fault.NOT_THERE),
        ("will not fall in 5 years", Fault.NOT_THERE),
        ("will not fall in 2", Fault.NOT_THERE),
        ("known trap", Fault.NOT_THERE),
        ("We can", Fault.NOT_THERE),
        ("[…] […]", Fault.NOTHING_LEFT),
        (" … ".join(["the"] * 60), Fault.TOO_MANY_PIECES),
    ],
)
def test_dishonest(quotation, fault):
    assert compare(quotation, SOURCE).fault is fault


@pytest.mark.parametrize(
    ("quotation", "doubt"),
    [
        # The cheapest cheats that are letter for letter true: an editor sees them.
        ("risk a third", Doubt.DENIAL_BESIDE),
        ("The … berths on Monday", Doubt.PICKED),
        ("It said that … would pay", Doubt.HEDGE_DROPPED),
    ],
)
def test_what_is_there_and_yet_doubtful_is_shown(quotation, doubt):
    text = SourceText.of(TOLD.replace("nobody, if asked,", "it, if asked,"))
    verdict = compare(quotation, text)
    assert verdict.is_found
    assert doubt in verdict.doubts


def test_what_was_left_out_and_what_stands_there_instead_is_told():
    assert compare("The old quay … will not fall", SOURCE).left_out == ("is safe and",)
    near = compare("We cannot risk a fourth, whatever they say", SOURCE).nearest
    assert near == "We cannot risk a third, whatever they say,"


def test_of_several_sources_one_must_hold_it():
    other = SourceText.of("Nothing of the kind was said.")
    assert compare_with_any("We cannot risk a third", [other, SOURCE]).is_found
    assert not compare_with_any("We cannot risk a fourth", [other, SOURCE]).is_found


def test_two_quotations_of_one_speaker_may_be_joined_by_an_ellipsis():
    text = "“We closed two berths,” Ina Brook said. “It rains,” Ina Brook said again."
    told = SourceText.of(text.replace("It rains", "It rains on all of us here"))
    assert compare("We closed two berths … It rains on all of us", told).is_found


def test_a_source_broken_at_a_hyphen_is_mended():
    told = SourceText.of("The har-\nbour is closed to every ship from abroad.")
    assert compare("The harbour is closed", told).is_found


@pytest.mark.parametrize(
    ("code", "text", "quotation", "fault"),
    [
        ("uk", "«Ми не закриємо порт», — сказала Бруна.", "Ми закриємо порт", 1),
        ("uk", "«Ми не закриємо порт», — сказала Бруна.", "Ми не закриємо порт", 0),
        ("uk", "Об’єкт зачинено з п’ятниці.", "Об'єкт зачинено з пʼятниці", 0),
        ("ar", "قالت: «لن نغلق المرفأ هذا العام»", "لن نغلق المرفأ", 0),
        ("ar", "قالت: «لن نغلق المرفأ هذا العام»", "سوف نغلق المرفأ", 1),
        ("ar", "ارتفع السعر ٢٥ في المئة والبلدية صامتة", "السعر 25 في المئة", 0),
        ("ar", "ارتفع السعر ٢٥ في المئة والبلدية صامتة", "البلدية صامتة", 0),
        ("zh-CN", "她说：“我们不会关闭港口。”", "我们不会关闭港口", 0),
        ("zh-CN", "她说：“我们不会关闭港口。”", "我们会关闭港口", 1),
        ("zh-CN", "她说：“我们不会关闭港口。”", "我们……关闭港口", 1),
        (
            "zh-CN",
            "她说：“我们把蛋下在光石头上，离海一米。”",
            "下在[港务局]，离海一米",
            0,
        ),
        ("zh-TW", "她說：「我們不會關閉港口。」", "我們不會關閉港口", 0),
        ("ja", "「港は閉鎖しない」と市長は述べた。", "港は閉鎖しない", 0),
        ("ja", "「港は閉鎖しない」と市長は述べた。", "港は閉鎖する", 1),
        ("hi", "उन्होंने कहा, “बंदरगाह बंद नहीं होगा।”", "बंदरगाह बंद नहीं होगा", 0),
        ("hi", "उन्होंने कहा, “बंदरगाह बंद नहीं होगा।”", "बंदरगाह बंद … होगा", 1),
        ("hi", "उन्होंने कहा, “बंदरगाह बंद नहीं होगा।”", "बंदरगाह बंद नही", 1),
        (
            "fr",
            "« L’accord n’est pas signé », dit-elle.",
            "L'accord n'est pas signé",
            0,
        ),
        ("fr", "« L’accord n’est pas signé », dit-elle.", "L’accord … signé", 1),
        ("fr", "« L’accord n’est pas signé », dit-elle.", "accord n’est pas signé", 0),
        ("es", "«¿Quién paga?», preguntó.", "Quién paga", 1),
        ("es", "«¿Quién paga?», preguntó.", "¿Quién paga?", 0),
        ("de", "„Der Hafen bleibt offen“, sagte sie.", "Der Hafen bleibt offen", 0),
        ("de", "„Der Hafen bleibt offen“, sagte sie.", "Der Hafen bleibt zu", 1),
        ("th", "เธอกล่าวว่า “เราจะไม่ปิดท่าเรือ”", "เราจะไม่ปิดท่าเรือ", 0),
        ("th", "เธอกล่าวว่า “เราจะไม่ปิดท่าเรือ”", "เราจะ…ปิดท่าเรือ", 1),
        ("my", "“ဆိပ်ကမ်းကို ပိတ်မည်မဟုတ်ပါ။”", "ဆိပ်ကမ်းကို ပိတ်မည်မဟုတ်ပါ", 0),
        ("iw", 'היא אמרה: "צה"ל לא יסגור את הנמל"', "צה״ל לא יסגור את הנמל", 0),
    ],
)
def test_in_other_scripts(code, text, quotation, fault):
    assert compare(quotation, SourceText.of(text, code)).is_found is not bool(fault)


MARKED = [
    ("en", "She said “we came” and ‘we saw’.", ["we came", "we saw"]),
    ("en", 'She said "we came" and left.', ["we came"]),
    ("en", "The dogs’ owner didn’t say.", []),
    ("en", "He said “one ‘two’ three”.", ["one ‘two’ three"]),
    ("en", "“It never ends,\nshe said.", ["It never ends,"]),
    ("fr", "Elle dit : « Oui “peut-être”. »", [" Oui “peut-être”. "]),
    ("uk", "Вона сказала: «Ми „прийшли“ тут».", ["Ми „прийшли“ тут"]),
    ("uk", "— Ми прийшли, — сказав він. — І чекали.", ["Ми прийшли,", "І чекали."]),
    ("de", "Er sagte: „Ja.“ Und »nein«.", ["Ja.", "nein"]),
    ("pl", "Powiedział: „Tak”.", ["Tak"]),
    ("sv", "Hon sade: ”Vi kom.” Sedan ”gick vi”.", ["Vi kom.", "gick vi"]),
    ("ar", "قالت: «نعم» ثم “لا”.", ["نعم", "لا"]),
    ("zh-CN", "他说：“我们‘来’了。”", ["我们‘来’了。"]),
    ("zh-TW", "他說：「我們『來』了。」", ["我們『來』了。"]),
    ("ja", "彼は「はい」と『本』と言った。", ["はい", "本"]),
    ("iw", 'הוא אמר: "צה"ל כאן".', ['צה"ל כאן']),
]


@pytest.mark.parametrize(("code", "text", "quoted"), MARKED)
def test_passages_are_found_in_the_marks_of_each_language(code, text, quoted):
    found = [text[p.start : p.end] for p in quoted_passages(text, code)]
    assert found == quoted


ANY_TEXT = st.text(max_size=200) | st.text(
    alphabet="ab .,?!“”\"'«»[]…()-–\n\u0301\u200f不नि", max_size=200
)


@given(ANY_TEXT, st.sampled_from(["en", "fr", "zh-CN", "sv", "iw"]))
def test_passages_stand_apart_and_in_order_in_any_text(text, code):
    found = quoted_passages(text, code)
    ends = [0, *(p.end for p in found)]
    assert all(p.start >= end for p, end in zip(found, ends, strict=False))
    assert all(p.start < p.end <= len(text) for p in found)


@given(ANY_TEXT)
@example("\u1fef")
@example("A'\u0300")
def test_what_is_one_text_to_unicode_is_spelled_alike(text):
    forms = {spell(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert len(forms) == 1


@given(ANY_TEXT, ANY_TEXT)
def test_any_two_texts_get_a_verdict(quotation, text):
    verdict = compare(quotation, SourceText.of(text))
    assert verdict.is_found is (verdict.fault is None)


WORDS = st.lists(
    st.sampled_from(["harbour", "board", "berths", "closed", "on", "Monday"])
)


@given(WORDS, WORDS, WORDS)
def test_whatever_stands_in_the_source_is_found(before, quoted, after):
    text = " ".join([*before, *quoted, *after])
    verdict = compare(" ".join(quoted), SourceText.of(text))
    assert verdict.is_found is bool(quoted)


@pytest.mark.parametrize(
    ("quotation", "text"),
    [
        (" … ".join(["a"] * 20), "a" * 200_000),
        (" … ".join(["a"] * 20), "a " * 100_000),
        ("[" * 8_000, "[" * 200_000),
        ("'" * 8_000, "' " * 100_000),
        (". " * 4_000, "“. " * 50_000),
        ("-\n" * 4_000, "a-\n" * 50_000),
        ("\u0301" * 8_000, "e\u0301" * 100_000),
        ("ﷺ" * 8_000, "ﷺ" * 10_000),
    ],
)
def test_hostile_text_gets_a_verdict(quotation, text):
    assert compare(quotation, SourceText.of(text)).fault in {None, *Fault}
