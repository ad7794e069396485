"""On whom an article rests and whom it quotes, as schema.org says it."""

from collections.abc import Iterator
from typing import Any

from dateline.languages import find
from dateline.website.ledger import plain
from dateline.website.pages import ArticleView, Block, SourceLine

Node = dict[str, Any]

WORKS = frozenset({"publication", "document", "data_set"})
"""Kinds of source that are works themselves; the others are people and bodies."""
SPEAKERS = {
    "person": "Person",
    "eyewitness": "Person",
    "unnamed": "Person",
    "organisation": "Organization",
    "official_body": "Organization",
}


def citations(article: ArticleView) -> list[Node | str]:
    """Return each source as what it is: a work, or the words of a person or body."""
    return [_citation(line) for line in article.sources]


def based_on(article: ArticleView) -> list[Node]:
    """Return the works from which the article was made."""
    return [_work(line) for line in article.sources if line.kind in WORKS]


def claims(article: ArticleView) -> list[Node]:
    """Return what the article says from its sources, and how well each is known."""
    return [
        {
            "@type": "Claim",
            "text": said.words,
            "creditText": ", ".join(filter(None, (note.name, said.second))),
            "creativeWorkStatus": said.status,
        }
        for block in article.body
        if block.type != "quotation"
        for note in block.notes
        for said in note.said
        if said.words
    ]


def questions(article: ArticleView) -> list[Node]:
    """Return on what the sources differ, with the answer of each."""
    return [
        {
            "@type": "Question",
            "name": row.question,
            "suggestedAnswer": [
                {
                    "@type": "Answer",
                    "text": answer.says,
                    "creditText": answer.name,
                    "creativeWorkStatus": answer.status,
                }
                for answer in row.answers
            ],
        }
        for row in article.differences
    ]


def quotations(article: ArticleView, tag: str) -> list[Node]:
    """Return what the article quotes at length, with who said it."""
    found = (_quotation(block, tag) for block in _quoted(article))
    return [node for node in found if node["text"]]


def _citation(line: SourceLine) -> Node | str:
    if line.kind in WORKS or line.url:
        return _work(line) | _cites(line)
    return line.name


def _work(line: SourceLine) -> Node:
    work = {"@type": "CreativeWork", "name": line.name}
    return work | ({"url": line.url} if line.url else {})


def _cites(line: SourceLine) -> Node:
    """Say on whom the source rests in turn: the next step of each of its chains."""
    names = list(dict.fromkeys(" → ".join(chain) for chain in line.chains))
    return {"citation": names} if names else {}


def _quoted(article: ArticleView) -> Iterator[Block]:
    return (block for block in article.body if block.type == "quotation")


def _quotation(block: Block, tag: str) -> Node:
    value = block.value
    node: Node = {
        "@type": "Quotation",
        "text": plain(str(value["text"])),
        "inLanguage": tag,
    }
    if value["speaker"]:
        node["creditText"] = ", ".join(filter(None, (value["speaker"], value["role"])))
    # A body can be quoted as well as a person: the source of the block tells which.
    kinds = {SPEAKERS[note.kind] for note in block.notes if note.kind in SPEAKERS}
    if value["speaker"] and len(kinds) == 1:
        node["spokenByCharacter"] = {"@type": kinds.pop(), "name": value["speaker"]}
    if value["original"]:
        node["translationOfWork"] = _original(value)
    return node


def _original(value: Any) -> Node:
    language = find(value["original_language"] or "")
    node = {"@type": "Quotation", "text": value["original"]}
    return node | ({"inLanguage": language.tag} if language else {})
