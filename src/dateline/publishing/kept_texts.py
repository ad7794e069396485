"""What is kept of an article's sources, as text: each read once for one gate."""

from collections.abc import Mapping

from dateline import languages
from dateline.articles.models import Attribution
from dateline.publishing.citing import ItemSentences
from dateline.publishing.quotations.comparing import (
    Doubt,
    Fault,
    Verdict,
    compare_with_any,
)
from dateline.publishing.quotations.quoting import Quotation
from dateline.publishing.quotations.sources import SourceText
from dateline.sources.models import Citation, WireItem
from dateline.sources.queries import text_of

#: Fewer words in marks may be a name, or the writer's own distance to a word.
_SHORTEST_SAID = 4
_SHORTEST_COMPARED = 2


class KeptTexts:
    """The texts behind the attributions of one article in one language."""

    def __init__(self, rows: Mapping[str, Attribution], code: str) -> None:
        self.rows = rows
        self.code = code
        self._sentences: dict[int, ItemSentences] = {}
        self._texts: dict[tuple[int | None, int | None], SourceText | None] = {}

    def is_unverified(self, handle: str, statement: str, words: str = "") -> bool:
        """
        Tell whether it rests on a wire item whose own sentence cites nobody.

        `words` is the statement's `words_of`, if that is known.
        """
        row = self.rows.get(handle)
        if row is None or row.wire_item is None or _rests_on_another(row):
            return False
        item = self._sentences_of(row.wire_item)
        return not item.cites(statement, words)

    def compare(self, quotation: Quotation) -> tuple[Verdict | None, bool]:
        """
        Return what became of a quotation, and whether it is one to speak of.

        The verdict is None where no text is kept that it could be compared with.
        """
        cited = [
            self.rows[handle] for handle in quotation.handles if handle in self.rows
        ]
        if not cited:
            # What is attributed to nobody is an unsourced statement.
            return None, False
        kept = [text for row in cited if (text := self._text_of(row))]
        if not kept:
            return None, quotation.words >= _SHORTEST_SAID
        verdict = compare_with_any(quotation.compared, kept)
        if verdict.is_found:
            return verdict, True
        return self._not_found(quotation, kept, verdict), True

    def _not_found(
        self, quotation: Quotation, kept: list[SourceText], verdict: Verdict
    ) -> Verdict | None:
        told = quotation.original_language or self.code
        if all(text.code != told for text in kept):
            return Verdict(Fault.TRANSLATED)
        if len(kept) < sum(handle in self.rows for handle in quotation.handles):
            # One of its sources is a talk, perhaps, of which no text is kept.
            return None
        if quotation.words < _SHORTEST_COMPARED:
            return Verdict(doubts=(Doubt.ONE_WORD,))
        return verdict

    def _sentences_of(self, item: WireItem) -> ItemSentences:
        if item.pk not in self._sentences:
            text, code = _item_text(item), _language(item) or self.code
            self._sentences[item.pk] = ItemSentences.of(text, code)
        return self._sentences[item.pk]

    def _text_of(self, row: Attribution) -> SourceText | None:
        key = row.citation_id, row.wire_item_id
        if key not in self._texts:
            text = _kept_text(row)
            code = _language(row.wire_item) or self.code
            self._texts[key] = SourceText.of(text, code) if text else None
        return self._texts[key]


def _rests_on_another(row: Attribution) -> bool:
    return row.citation is not None and row.citation.rests_on_id is not None


def _language(item: WireItem | None) -> str | None:
    found = languages.find(item.language) if item and item.language else None
    return found.code if found else None


def _item_text(item: WireItem) -> str:
    return text_of(Citation(wire_item=item))


def _kept_text(row: Attribution) -> str:
    if row.citation is not None and (text := text_of(row.citation)):
        return text
    return _item_text(row.wire_item) if row.wire_item is not None else ""
