"""How well each attributed statement of a copy is known: by the rules, or as set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.articles.models import Article, Attribution, StatusSetting
from dateline.articles.queries import as_stated
from dateline.articles.statements.finding import find_statements
from dateline.articles.statements.held import held_words
from dateline.articles.statements.vocabulary import Statement
from dateline.articles.vocabulary import Status
from dateline.editions.queries import original_of
from dateline.plumbing.prepared import Prepared
from dateline.publishing.kept_texts import KeptTexts
from dateline.publishing.statuses import status_of

Steps = Mapping[str, Sequence[Mapping[str, Any]]]
_SETTINGS = Prepared(
    lambda *, articles, spans: (
        StatusSetting.objects.filter(article_id__in=articles, span__in=spans)
        .select_related("second", "set_by")
        .order_by("pk")
    )
)


@dataclass(frozen=True, slots=True)
class Grade:
    """What one attribution is known as; `setting` is the editor's word, if it holds."""

    status: Status
    rules: Status
    setting: StatusSetting | None = None


def grades(
    copy: Article,
    content: Mapping[str, Any],
    rows: Mapping[str, Attribution],
    steps: Steps,
) -> dict[str, Grade]:
    """Return by handle how well what hangs on it is known."""
    if not rows:
        return {}
    articles = {row.article_id for row in rows.values()} | {copy.pk}
    newest: dict[tuple[int, str], StatusSetting] = {}
    for setting in _SETTINGS(articles=sorted(articles), spans=list(rows)):
        newest[setting.article_id, setting.span] = setting
    stated = _Stated(copy, content, rows)
    return {
        handle: _grade(handle, row, steps[handle], stated, newest)
        for handle, row in rows.items()
    }


class _Stated:
    """What was stated where an attribution was laid: here, or in the original."""

    def __init__(
        self,
        copy: Article,
        content: Mapping[str, Any],
        rows: Mapping[str, Attribution],
    ) -> None:
        self.copy = copy
        self.content = content
        self.rows = rows
        self._statements: dict[int, list[Statement]] = {}
        self._under: dict[int, dict[str, list[Statement]]] = {}
        self._kept: dict[int, KeptTexts] = {}

    def statements(self, article: int) -> list[Statement]:
        if article not in self._statements:
            self._statements[article] = find_statements(self._content(article))
        return self._statements[article]

    def is_unverified(self, handle: str) -> bool:
        """Tell whether the source's own sentence cites nobody for any of it."""
        row = self.rows[handle]
        if row.wire_item_id is None:
            return False
        kept = self._kept_of(row.article_id)
        return any(
            kept.is_unverified(handle, one.text, one.words)
            for one in self._held_by(row.article_id).get(handle, ())
        )

    def words(self, article: int, handle: str) -> str:
        return held_words(self.statements(article), handle)

    def _held_by(self, article: int) -> dict[str, list[Statement]]:
        """Return the statements by each handle that they hang on."""
        if article not in self._under:
            found = self._under[article] = {}
            for one in self.statements(article):
                for handle in one.handles:
                    found.setdefault(handle, []).append(one)
        return self._under[article]

    def _content(self, article: int) -> Mapping[str, Any]:
        is_own = article == self.copy.pk
        return self.content if is_own else as_stated(original_of(self.copy))

    def _kept_of(self, article: int) -> KeptTexts:
        if article not in self._kept:
            code = str(self._content(article)["language"])
            self._kept[article] = KeptTexts(self.rows, code)
        return self._kept[article]


def _grade(
    handle: str,
    row: Attribution,
    steps: Sequence[Mapping[str, Any]],
    stated: _Stated,
    newest: Mapping[tuple[int, str], StatusSetting],
) -> Grade:
    rules = status_of(
        row.source.kind, steps, is_unverified=stated.is_unverified(handle)
    )
    for article in dict.fromkeys((stated.copy.pk, row.article_id)):
        setting = newest.get((article, handle))
        # It was said of these words from this source, and holds for no others.
        if (
            setting is not None
            and setting.source_id == row.source_id
            and setting.words == stated.words(article, handle)
        ):
            if not setting.status:
                break
            return Grade(Status(setting.status), rules, setting)
    return Grade(rules, rules)
