"""The labelled articles: no change may make suggestions worse than was demanded."""

import pytest

from dateline.articles.suggesting import suggest
from tests.articles.suggesting.scoring import LABELLED, judged, score

LANGUAGES = sorted(path.stem for path in LABELLED.glob("*.txt"))


def test_seven_languages_are_labelled():
    assert LANGUAGES == ["ar", "en", "es", "fr", "hi", "uk", "zh-CN"]


@pytest.mark.parametrize("half", ["known", "held"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_suggestions_are_as_good_as_demanded(language, half):
    found = score(judged(language, half))

    assert found.precision >= 0.78
    assert found.recall >= 0.70
    assert found.left_alone >= 0.78


@pytest.mark.parametrize(
    "text",
    [
        "said, " * 4000,
        "“" * 5000,
        "' said '" * 3000,
        "a.a." * 8000,
        "he said that " * 400,
        "according to " * 1500,
        "说" * 6000,
        "(" * 9000 + "said",
    ],
)
def test_text_made_to_be_slow_is_cut_all_the_same(text):
    for code in ("en", "zh-CN"):
        ((first, *_),) = suggest([text], code)

        assert text.startswith(first.text)
