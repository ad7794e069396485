"""An agency's item, another, and what somebody makes of them."""


def _told(text: str) -> tuple[str, ...]:
    """Return the sentences of a text that has a blank line between them."""
    return tuple(" ".join(one.split()) for one in text.strip().split("\n\n"))


ITEM = _told("""
The harbour board closed two of its five berths on Monday after divers found
deep cracks in the eastern quay wall.

Engineers measured the widest opening at eleven centimetres and warned that
heavy cranes could no longer stand safely beside the water.

Fishing crews were told to land their catch at the smaller northern basin, where
trucks already queue along the narrow road every morning.

The repair is expected to cost four million crowns, a sum which the town council
has not yet found in its budget for the coming year.

Residents remember the winter storm that tore away the lighthouse steps, and
many ask why the wall was never inspected afterwards.

“We cannot risk a third berth while the foundations keep moving under our feet,
and nobody should expect us to promise otherwise today,” said Ina Brook.
""")
OTHER = _told("""
A regional railway will replace its oldest carriages with battery trains built
by a workshop that had been close to bankruptcy.

Passengers complained for several years about broken heating, missing signs and
doors which opened only when someone pushed them.

The operator promised quieter journeys through the valley and a timetable that
leaves enough minutes for changing platforms.

Drivers begin their training next month on a closed track outside the old sugar
factory, according to the company's schedule.
""")
OWN = _told("""
Ships have nowhere to go.

Inspectors looking below the surface reported damage along one side of the port,
so that a pair of moorings was shut at the start of this week.

How wide is the gap? Roughly as wide as a hand, the specialists wrote, too wide
for machinery.

Boats unload further north for the moment, which drivers there are not happy
with.

The mayor's treasurer says the bill, some four million crowns, is not in any
plan.

People in the street talk of the night when the stairs of the light went into
the sea; someone should have looked then, they say.
""")
ZH = _told("""
港务局周一关闭了五个泊位中的两个，潜水员在东侧码头墙上发现了很深的裂缝。

工程师测得最宽的开口为十一厘米，并警告说重型起重机不能再安全地停在水边。

渔船被告知在较小的北部港池卸下渔获，那里的卡车每天早晨沿着狭窄的道路排队。
""")
AR = _told("""
أغلق مجلس الميناء يوم الاثنين رصيفين من أرصفته الخمسة بعد أن عثر الغواصون على
شقوق عميقة في جدار الرصيف الشرقي.

وقاس المهندسون أوسع فتحة فبلغت أحد عشر سنتيمترا وحذروا من أن الرافعات الثقيلة لم
تعد تقف بأمان بجانب الماء.

وطلب من طواقم الصيد إنزال صيدها في الحوض الشمالي الأصغر حيث تصطف الشاحنات كل
صباح.
""")
ES = _told("""
La junta del puerto cerró el lunes dos de sus cinco atracaderos después de que
los buzos encontraran grietas profundas en el muro oriental del muelle.

Los ingenieros midieron once centímetros en la abertura más ancha y advirtieron
de que las grúas pesadas ya no podían quedarse junto al agua.
""")


def with_words_swapped(sentences: tuple[str, ...]) -> tuple[str, ...]:
    """Put another word in the place of every fifth."""
    return tuple(
        " ".join(
            "somehow" if at % 5 == 4 else word
            for at, word in enumerate(sentence.split())
        )
        for sentence in sentences
    )


def interleaved(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(told for pair in zip(one, other, strict=False) for told in pair)


#: What was published; whether it is told as a copy; which items it names.
CASES = {
    "honest: told in own words": (OWN, set()),
    "honest: the item's quotation, in marks": ((*OWN, ITEM[5]), set()),
    "honest: one sentence of it among many": ((*OWN, *OWN[1:4], ITEM[3]), set()),
    "dishonest: copied whole": (ITEM, {"Berths closed"}),
    "dishonest: one paragraph in a long text": (
        (*(f"{a} {n}" for n in range(6) for a in OWN), " ".join(ITEM[:5])),
        {"Berths closed"},
    ),
    "cheat: every fifth word another": (with_words_swapped(ITEM), {"Berths closed"}),
    "cheat: sentences in another order": (ITEM[::-1], {"Berths closed"}),
    "cheat: two items in turn": (
        interleaved(ITEM[:4], OTHER),
        {"Berths closed", "New trains"},
    ),
    "cheat: letters that look the same": (
        tuple(s.translate(str.maketrans("aeop", "аеор")) for s in ITEM),
        {"Berths closed"},
    ),
    "cheat: letters that nobody sees": (
        tuple(s.replace("e", "e\u200b").replace("a", "a\u0301") for s in ITEM),
        {"Berths closed"},
    ),
    "cheat: all of it in quotation marks": (
        tuple(f"“{s.strip('“').split('”')[0]}”, it is said." for s in ITEM),
        {"Berths closed"},
    ),
    "Chinese, the clauses in another order": (ZH[::-1], {"码头"}),
    "Arabic, without its vowels' marks": (
        tuple(s.replace("أ", "ا") for s in AR),
        {"الميناء"},
    ),
    "a translation, which nothing here finds": (ES, set()),
}
