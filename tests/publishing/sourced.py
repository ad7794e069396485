"""Copy whose every statement rests on something, and a policy that asks for it."""

from typing import Any

from dateline.articles.models import Article, Attribution
from dateline.articles.spans import new_span_id, wrap
from dateline.plumbing import clock
from dateline.publishing.models import GatePolicy
from dateline.sources.models import Source, WireItem
from tests.publishing.factories import a_draft, a_reporter, redraft

TOLD = (
    "The harbour board closed two of its five berths on Monday, said Ina Brook, its "
    "chair. “We cannot risk a third,” she said. “The quay is old,” said Tom Falk."
)


def a_policy(**levels: Any) -> GatePolicy:
    """Set the gate's one row; what is not named refuses."""
    policy = GatePolicy.load()
    names = ("unsourced", "quotation", "marks", "single_source")
    for name, value in (dict.fromkeys(names, "refuse") | levels).items():
        setattr(policy, name, value)
    policy.save()
    return policy


def a_source(name: str = "Ina Brook", **values: Any) -> Source:
    return Source.objects.get_or_create(
        name=name, defaults={"kind": "person"} | values
    )[0]


def an_item(*paragraphs: str, **values: Any) -> WireItem:
    count = WireItem.objects.count()
    return WireItem.objects.create(
        uri=f"tag:agency,2026:{count}",
        headline="Berths closed",
        language="en",
        content={"blocks": [{"kind": "paragraph", "text": p} for p in paragraphs]},
        format="ninjs",
        original_path="aa/bb",
        original_hash=f"{count:064}",
        original_size=1,
        received_at=clock.now(),
        source=a_source("The Agency", kind="publication"),
        **values,
    )


def attribute(article: Article, handle: str, item: WireItem | None = None) -> None:
    source = item.source if item else a_source()
    Attribution.objects.update_or_create(
        article=article,
        span=handle,
        defaults={
            "source": source,
            "wire_item": item,
            "attributed_by": a_reporter(),
            "attributed_at": clock.now(),
        },
    )


def a_sourced_draft(
    *sentences: str, item: WireItem | None = None, **values: Any
) -> Article:
    """Return a draft each of whose sentences is a span attributed to one source."""
    sentences = sentences or ("Two of five berths closed on Monday.",)
    spans = [new_span_id() for _ in sentences]
    html = " ".join(
        wrap(text, span) for text, span in zip(sentences, spans, strict=True)
    )
    draft = a_draft(body=[{"type": "paragraph", "value": f"<p>{html}</p>"}], **values)
    for handle in ("headline", "lede", *spans):
        attribute(draft, handle, item)
    return draft


def with_unsourced(article: Article, sentence: str = "The mayor stole it.") -> Article:
    """Save a newer draft with one more sentence that rests on nothing."""
    fresh = Article.objects.get(pk=article.pk)
    raw = list(fresh.body.raw_data)
    return redraft(
        article, body=[*raw, {"type": "paragraph", "value": f"<p>{sentence}</p>"}]
    )
