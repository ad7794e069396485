"""
How quick the gate is, and whether anything unsourced passes it.

    python -m bench.gate [ARTICLES]

First an article of 2,000 words from one wire item, asked again and again: the pure
part (statements, quotations, rules) and the whole with its reads from a database.
Then random articles, each with one statement that rests on nothing, and a tenth as
many whose every statement has a source.
"""

import os
import random
import sys
import tempfile
import time
from statistics import median
from typing import Any

WORDS = 2_000
ROUNDS = 30


def main(articles: int = 10_000) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.config.settings.test")
    os.environ["DATELINE_DATA"] = tempfile.mkdtemp(prefix="dateline-gate-")
    import django

    django.setup()
    _time_pure()
    _time_whole()
    _try_random(articles)


def _content(sentences: list[tuple[str, str]], code: str = "en") -> dict[str, Any]:
    """Return a snapshot of paragraphs of four sentences, each sentence in its span."""
    from dateline.articles.spans import wrap

    html = [wrap(text, span) if span else text for text, span in sentences]
    paragraphs = [" ".join(html[at : at + 4]) for at in range(0, len(html), 4)]
    return {
        "language": code,
        "form": "article",
        "genre": "report",
        "headline": "",
        "lede": "",
        "picture": None,
        "body": [
            {"id": f"block-{n}", "type": "paragraph", "value": f"<p>{text}</p>"}
            for n, text in enumerate(paragraphs)
        ],
    }


def _long_text() -> list[str]:
    chance = random.Random(1)
    nouns = ("harbour", "berth", "quay", "crane", "pilot", "tide", "ledger", "clerk")
    verbs = ("closed", "measured", "repaired", "counted", "refused", "delayed", "sold")
    found: list[str] = []
    while sum(len(s.split()) for s in found) < WORDS:
        told = " ".join(
            f"the {chance.choice(nouns)} {chance.choice(verbs)} the "
            f"{chance.choice(nouns)} at {chance.randrange(1, 60)} past"
            for _ in range(2)
        )
        is_said = len(found) % 3 == 0
        found.append(f"“We say that {told},” said Ina Brook." if is_said else
                     f"{told.capitalize()}, the board said.")  # fmt: skip
    return found


def _pure(content: dict[str, Any], text: str) -> int:
    from dateline.articles.statements.finding import find_texts
    from dateline.articles.statements.standing import Grounds, judge
    from dateline.publishing.citing import ItemSentences
    from dateline.publishing.quotations.comparing import compare
    from dateline.publishing.quotations.quoting import find_quotations
    from dateline.publishing.quotations.sources import SourceText
    from dateline.publishing.rules import (
        GateFacts,
        Policy,
        QuotationFact,
        refuse_at_gate,
        warn_at_gate,
    )

    texts = find_texts(content)
    statements = [one for found in texts for one in found.statements]
    item, source = ItemSentences.of(text, "en"), SourceText.of(text, "en")
    unverified = {
        (one.id, handle)
        for one in statements
        for handle in one.handles
        if not item.cites(one.text)
    }
    spans = frozenset(use.span for one in statements for use in one.spans)
    judged = judge(statements, Grounds(spans, frozenset(unverified)))
    quotations = tuple(
        QuotationFact(q.statement, q.place, q.text, compare(q.compared, source))
        for q in find_quotations(content, texts)
    )
    facts = GateFacts(Policy(), "article", "report", tuple(judged), quotations)
    found = [*refuse_at_gate(facts), *warn_at_gate(facts)]
    return len(quotations) - len(found) + len(judged)


def _timed(name: str, act: Any) -> None:
    """Print wall and CPU time: on a busy machine only the second is the gate's own."""
    began = time.process_time()
    act()
    first = time.process_time() - began
    wall, cpu = [], []
    for _ in range(ROUNDS):
        began, spent = time.perf_counter(), time.process_time()
        act()
        wall.append(time.perf_counter() - began)
        cpu.append(time.process_time() - spent)
    print(
        f"{name}: median {median(wall) * 1000:.1f} ms, CPU {median(cpu) * 1000:.1f} ms;"
        f" first time, with nothing read before, CPU {first * 1000:.0f} ms"
    )


def _time_pure() -> None:
    from dateline.articles.spans import new_span_id

    sentences = _long_text()
    content = _content([(text, new_span_id()) for text in sentences])
    text = "\n".join(sentences)
    words = sum(len(s.split()) for s in sentences)
    print(f"{words} words, {len(sentences)} sentences, {text.count('“')} quotations")
    _timed("pure", lambda: _pure(content, text))


def _time_whole() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from dateline.articles.models import Article
    from dateline.publishing import rules
    from dateline.publishing.gating import gate_facts
    from dateline.publishing.snapshots import snapshot
    from tests.publishing.sourced import a_sourced_draft, an_item

    sentences = _long_text()
    draft = a_sourced_draft(*sentences, item=an_item(*sentences))
    content = snapshot(draft)

    def fresh() -> Article:
        return Article.objects.get(pk=draft.pk)

    _timed(
        "with its reads",
        lambda: list(rules.refuse_at_gate(gate_facts(fresh(), content))),
    )
    _timed("its snapshot alone", lambda: snapshot(fresh()))


def _try_random(articles: int) -> None:
    from tests.publishing.random_articles import passes, random_article

    chance = random.Random(2)
    refused = sum(not passes(random_article(chance, gaps=1)) for _ in range(articles))
    passed = sum(passes(random_article(chance, gaps=0)) for _ in range(articles // 10))
    print(f"{articles} articles with one unsourced statement: {refused} refused")
    print(f"{articles // 10} sourced articles: {passed} passed")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
