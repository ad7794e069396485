"""Articles of any shape and script, each statement sourced but as many as asked."""

import random
from typing import Any

from dateline.articles.spans import new_span_id, wrap
from dateline.articles.statements.finding import find_statements
from dateline.articles.statements.standing import Grounds, judge
from dateline.publishing.rules import GateFacts, Level, Policy, refuse_at_gate
from tests.publishing.quotation_cases import LANGUAGES, prose

_SHAPES = ("paragraph", "list", "quotation", "fact_box", "table", "picture")


def random_article(chance: random.Random, *, gaps: int) -> dict[str, Any]:
    """Return a snapshot with its attributions, `gaps` statements of it unsourced."""
    code = chance.choice(LANGUAGES)
    sentences = chance.sample(prose(code), chance.randrange(3, 9))
    blocks, handles = [], {"headline", "lede"}
    missing = set(chance.sample(range(len(sentences)), gaps))
    for number, sentence in enumerate(sentences):
        kind = chance.choice(_SHAPES)
        handle = f"block-{number}" if kind in {"table", "picture"} else new_span_id()
        if number not in missing:
            handles.add(handle)
        # A caption may rest on the text, but for a number that stands nowhere else.
        text = f"{sentence} 98765{number}" if kind == "picture" else sentence
        value = _value(kind, text, handle)
        blocks.append({"id": f"block-{number}", "type": kind, "value": value})
    return {
        "language": code,
        "form": "article",
        "genre": "report",
        "headline": sentences[0][:80],
        "lede": sentences[1],
        "picture": None,
        "body": blocks,
        "attributions": dict.fromkeys(handles),
    }


def _value(kind: str, sentence: str, handle: str) -> Any:
    html = f"<p>{wrap(sentence, handle)}</p>"
    return {
        "paragraph": html,
        "list": {"ordered": False, "items": [html]},
        "quotation": {"text": html, "original": "", "original_language": ""},
        "fact_box": {"title": "", "text": html},
        "table": {"caption": "", "header": False, "rows": [[sentence]]},
        "picture": {"id": 1, "caption": sentence},
    }[kind]


def passes(content: dict[str, Any]) -> bool:
    """Tell whether the gate lets it through where the policy refuses what is bare."""
    grounds = Grounds(frozenset(content["attributions"]))
    judged = judge(find_statements(content), grounds, code=content["language"])
    facts = GateFacts(
        Policy(unsourced=Level.REFUSE), content["form"], content["genre"], tuple(judged)
    )
    return not list(refuse_at_gate(facts))
