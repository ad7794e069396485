"""
The public snapshot of a working copy: plain data, and all that readers get.

Its shape is ``format`` 1 of docs/architecture.md. Text is copied as it is;
references become slugs, codes and what must be read with them.
"""

from collections.abc import Callable
from typing import Any

from dateline.articles.blocks import table_rows
from dateline.articles.models import Article, Attribution
from dateline.articles.spans import span_ids
from dateline.sources.media import address
from dateline.sources.models import MediaFile, Picture


def snapshot(copy: Article) -> dict[str, Any]:
    """Return what would be public if `copy` were published as it stands."""
    stream: Any = copy.body
    body = [_block(child) for child in stream]
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
        "attributions": _attributions(copy, body),
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


def _attributions(copy: Article, body: list[dict[str, Any]]) -> dict[str, Any]:
    """Return, for each span in the body that is attributed, whom it rests on."""
    spans = span_ids(body)
    rows = Attribution.objects.filter(
        article_id=copy.pk, span__in=spans
    ).select_related("source")
    return {
        row.span: {
            "source": {
                "id": row.source_id,
                "name": row.source.names.get(copy.language) or row.source.name,
                "kind": row.source.kind,
                "url": row.source.url,
            },
            "wire_item": row.wire_item_id,
        }
        for row in rows
    }
