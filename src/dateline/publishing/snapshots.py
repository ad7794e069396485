"""
The public snapshot of a working copy: plain data, and all that readers get.

Its shape is ``format`` 1 of docs/architecture.md. Text is copied as it is;
references become slugs, codes and what must be read with them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from dateline.articles.blocks import table_rows
from dateline.articles.models import Article, Attribution, Contradiction
from dateline.articles.spans import span_ids
from dateline.articles.statements.finding import find_statements
from dateline.articles.statements.vocabulary import HEADLINE, LEAD_PICTURE, LEDE
from dateline.articles.vocabulary import Settled
from dateline.people.models import User
from dateline.publishing.before_an_act import (
    attributions_laid,
    gate_policy,
    marks_laid,
    overrides_of,
)
from dateline.publishing.differing import contradictions_of, later_block, shown
from dateline.publishing.grading import Grade, grades
from dateline.publishing.interests import disclosures
from dateline.publishing.picture_context import add_context
from dateline.publishing.tracing import traced
from dateline.sources.media import address
from dateline.sources.models import MediaFile, Picture, Source


def snapshot(copy: Article) -> dict[str, Any]:
    """Return what would be public if `copy` were published as it stands."""
    stream: Any = copy.body
    content = _content(copy, [_block(child) for child in stream])
    add_context(copy, content)
    content["attributions"] = _attributions(copy, content)
    if contradictions := _contradictions(copy, content):
        content["contradictions"] = contradictions
    if marks := _marks(copy, content):
        content["marks"] = marks
    if told := disclosures(copy, content):
        content["disclosures"] = told
    if overrides := _overrides(copy):
        content["overrides"] = overrides
    return content


def _content(copy: Article, body: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "format": 1,
        "uid": str(copy.uid),
        "language": copy.language,
        "form": copy.form,
        "purpose": copy.purpose,
        "genre": copy.genre,
        "urgency": copy.urgency,
        "headline": copy.headline.strip(),
        "lede": copy.lede.strip(),
        "slug": copy.slug,
        "section": copy.section.slug if copy.section else None,
        "story": copy.story.slug if copy.story else None,
        "topics": [link.topic.code for link in copy.topic_links.all()],
        "place": copy.place.slug if copy.place else None,
        "dateline": copy.dateline.strip(),
        "byline": [
            {
                "slug": who.slug,
                "name": who.names.get(copy.language) or who.name,
                "kind": who.kind,
            }
            for who in (link.contributor for link in copy.bylines.all())
        ],
        "byline_note": copy.byline_note.strip(),
        "picture": _lead_picture(copy),
        "body": body,
    }


def _lead_picture(copy: Article) -> dict[str, Any] | None:
    if copy.lead_picture is None:
        return None
    return _picture(copy.lead_picture, copy.language, copy.lead_caption, copy.lead_alt)


def _picture(
    picture: Picture, language: str, caption: str = "", alt: str = ""
) -> dict[str, Any]:
    return {
        "id": picture.pk,
        "title": picture.title,
        "width": picture.width,
        "height": picture.height,
        "alt": alt or picture.alt_texts.get(language) or picture.default_alt_text,
        "caption": caption or picture.captions.get(language) or picture.caption,
        "credit": picture.credit,
        "rights": picture.rights,
        "source": picture.source.name if picture.source else "",
    }


def _file(file: MediaFile) -> dict[str, Any]:
    return {
        "id": file.pk,
        "url": address(file),
        "title": file.title,
        "size": file.get_file_size() or 0,
        "type": file.content_type,
    }


def _block(child: Any) -> dict[str, Any]:
    shape: Callable[[Any], Any] = SHAPES.get(child.block_type, _text)
    return {"id": str(child.id), "type": child.block_type, "value": shape(child.value)}


def _text(value: Any) -> str:
    return str(getattr(value, "source", value))


def _quotation(value: Any) -> dict[str, Any]:
    return {
        "text": _text(value["text"]),
        "speaker": value["speaker"],
        "role": value["role"],
        "original": value["original"],
        "original_language": value["original_language"],
    }


def _picture_value(value: Any) -> dict[str, Any]:
    return _picture(value["picture"], "", value["caption"], value["alt"])


def _gallery(value: Any) -> dict[str, Any]:
    return {
        "title": value["title"],
        "pictures": [_picture_value(item) for item in value["pictures"]],
    }


def _list(value: Any) -> dict[str, Any]:
    return {
        "ordered": bool(value["ordered"]),
        "items": [_text(item) for item in value["items"]],
    }


def _table(value: Any) -> dict[str, Any]:
    return {
        "caption": value["caption"],
        "header": bool(value["header"]),
        "rows": table_rows(value["rows"]),
    }


def _fact_box(value: Any) -> dict[str, Any]:
    return {"title": value["title"], "text": _text(value["text"])}


def _related(value: Any) -> dict[str, Any]:
    article = value["article"]
    return {
        "article": str(article.uid) if article else None,
        "title": value["title"] or (article.headline if article else ""),
        "url": value["url"] or "",
    }


def _embed(value: Any) -> dict[str, Any]:
    return {key: value[key] or "" for key in ("url", "title", "description", "site")}


def _media(value: Any) -> dict[str, Any]:
    return {
        "file": _file(value["file"]),
        "title": value["title"] or value["file"].title,
        "transcript": value["transcript"] or value["file"].transcript,
    }


SHAPES: dict[str, Callable[[Any], Any]] = {
    "quotation": _quotation,
    "picture": _picture_value,
    "gallery": _gallery,
    "list": _list,
    "table": _table,
    "fact_box": _fact_box,
    "related": _related,
    "embed": _embed,
    "audio": _media,
    "video": _media,
}


def _attributions(copy: Article, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return whom each span, or whole part, that is attributed rests on."""
    rows = attributions_of(copy, handles_in(content))
    steps = traced(rows.values(), copy.language)
    known = grades(copy, content, rows, steps)
    return {
        handle: {
            "source": _source(row.source, copy.language),
            "wire_item": row.wire_item_id,
            "steps": steps[handle],
            "status": known[handle].status.value,
            **_set_status(known[handle], copy),
        }
        for handle, row in rows.items()
    }


def _source(source: Source, language: str) -> dict[str, Any]:
    return {
        "id": source.pk,
        "name": source.name_in(language),
        "kind": source.kind,
        "url": source.url,
    }


def _set_status(grade: Grade, copy: Article) -> dict[str, Any]:
    """Return who called it so, where somebody did, and on what ground."""
    setting = grade.setting
    if setting is None:
        return {}
    told: dict[str, Any] = {
        "by": name_of(setting.set_by, copy),
        "at": setting.set_at.isoformat(),
        "reason": setting.reason,
    }
    if setting.second is not None:
        told["second"] = _source(setting.second, copy.language)
    return {"status_set": told}


def _contradictions(copy: Article, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return on what the sources differ, each side with its own words for it."""
    rests_on = content["attributions"]
    if not rests_on or not Contradiction.objects.filter(article_id=copy.pk).exists():
        return []
    found = contradictions_of(copy, find_statements(content), rests_on)
    return [
        {
            "question": row.question,
            "sides": [{"handle": s["handle"], "says": s["says"]} for s in sides],
            "after": later_block(content, (side["handle"] for side in sides)),
            **_resolution(row, copy),
        }
        for row, sides in shown(found)
    ]


def _resolution(row: Contradiction, copy: Article) -> dict[str, Any]:
    """Return by whom and why it was settled, where it was."""
    if row.state != Settled.RESOLVED:
        return {}
    by, at = name_of(row.settled_by, copy), row.settled_at.isoformat()
    return {"resolved": {"by": by, "at": at, "reason": row.reason}}


def attributions_of(copy: Article, handles: list[str]) -> dict[str, Attribution]:
    """
    Return the attribution that hangs on each handle, in the order of the text.

    A translation keeps the spans of what it was carried from, and what they rest on.
    """
    found: dict[str, Attribution] = {}
    for row in attributions_laid(copy):
        if row.article_id == copy.pk or row.span not in found:
            found[row.span] = row
    return {handle: found[handle] for handle in handles if handle in found}


def handles_in(content: Mapping[str, Any]) -> list[str]:
    """Return all that an attribution or a mark can hang on, in a snapshot."""
    whole = [HEADLINE, LEDE, LEAD_PICTURE, *(block["id"] for block in content["body"])]
    return [*whole, *span_ids(content["body"])]


def _marks(copy: Article, content: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return the marks whose words stand as they were marked, each with a name.

    What the words were stays in the house: a hash of redacted words could be guessed.
    """
    held = marks_laid(copy)
    if not held:
        return {}
    return {
        handle: {
            "kind": row.kind,
            "by": name_of(row.marked_by, copy),
            "at": row.marked_at.isoformat(),
        }
        for statement in find_statements(content)
        for handle in statement.handles
        if (row := held.get(handle)) and row.words == statement.words
    }


def name_of(user: User, copy: Article) -> str:
    """Return the name under which somebody writes, and over this text if they do."""
    over = {link.contributor_id for link in copy.bylines.all()}
    names = sorted(
        user.contributors.all(), key=lambda who: (who.pk not in over, who.pk)
    )
    if names:
        return names[0].names.get(copy.language) or names[0].name
    return user.get_full_name() or user.get_username()


def _overrides(copy: Article) -> list[dict[str, Any]]:
    """Return what the gate was made to let pass, if the policy shows it to readers."""
    rows = overrides_of(copy)
    if not rows or not gate_policy().shows_overrides:
        return []
    return [
        {
            "rules": sorted(row.findings),
            "reason": row.reason,
            "at": row.overridden_at.isoformat(),
        }
        for row in rows
    ]
