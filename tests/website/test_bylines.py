"""Who signs an article, as readers of each language see it."""

from types import SimpleNamespace

import pytest

from dateline.website.environment import environment
from dateline.website.pages import Byline

PAGE = environment().from_string("{{ byline | signed }}|{{ names | joined }}")


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("en", "{0} and {1}|A & B, C, and D"),
        ("ar", "{0} و{1}|A & B وC وD"),
        ("zh-CN", "{0}和{1}|A & B、C和D"),
    ],
)
def test_names_are_joined_as_the_language_joins_them(code, written) -> None:
    byline = [Byline("Ana <Ro>", "/by/ana/"), Byline("Bo", "/by/bo/")]
    page = SimpleNamespace(paper=SimpleNamespace(code=code))
    rendered = PAGE.render(page=page, byline=byline, names=["A & B", "C", "D"])
    assert rendered == written.replace("&", "&amp;").format(
        '<a href="/by/ana/" rel="author">Ana &lt;Ro&gt;</a>',
        '<a href="/by/bo/" rel="author">Bo</a>',
    )
