"""Removing a passage from everything that is kept: a minor's name, a court order."""

import json
import re
import secrets
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import ModelLogEntry, Revision

from dateline.articles.blocks import BodyBlock
from dateline.articles.models import Article
from dateline.people.models import User
from dateline.publishing import log, rules, tags
from dateline.publishing.actions import passing
from dateline.publishing.chain import commitment
from dateline.publishing.facts import may_use_door
from dateline.publishing.lists import listing_keys
from dateline.publishing.models import (
    Correction,
    LogEntry,
    Publication,
    Redaction,
    Version,
)
from dateline.publishing.redacting import pattern_of, without
from dateline.publishing.vocabulary import Act

COPY_FIELDS = (
    "headline", "lede", "slugline", "dateline", "byline_note", "lead_caption",
    "lead_alt", "ednote",
)  # fmt: skip
SHORTEST_PASSAGE = 2


@transaction.atomic
def redact(
    article: Article,
    *,
    by: User,
    passages: list[str],
    reason: str,
    new_slug: str = "",
) -> Redaction:
    """
    Remove passages from all versions, drafts and lists of an article.

    The versions' hashes stay in the log, with the hashes of what is left, so
    the chain still verifies. `reason` is public and must not repeat what is
    removed. If the address holds a passage, `new_slug` takes its place.

    :raises rules.ActRefused: with every reason at once
    """
    copy = passing.take(article)
    publication = passing.publication_of(copy)
    patterns = [pattern_of(text.strip()) for text in passages if text.strip()]
    rules.raise_if_any(
        [
            *rules.refuse_actor(may_use_door=may_use_door(by)),
            *_refuse(publication, copy, patterns, reason=reason, passages=passages),
        ]
    )
    assert publication is not None
    lists = listing_keys(publication.version.content)
    entry, touched = _rewrite_versions(copy, publication, patterns, by=by, reason=reason, slug=new_slug)
    _rewrite_drafts(copy, patterns, slug=new_slug)
    _rewrite_publication(publication, patterns, slug=new_slug)
    redaction = Redaction.objects.create(
        publication=publication,
        entry=entry,
        reason=reason.strip(),
        redacted_at=entry.recorded_at,
    )
    passing.tell(
        "article.redacted",
        publication,
        entry,
        lists=lists,
        extra_tags=(tags.corrections(publication.language),),
    )
    return redaction


def _refuse(
    publication: Publication | None,
    copy: Article,
    patterns: list[re.Pattern[str]],
    *,
    reason: str,
    passages: list[str],
) -> list[rules.Refusal]:
    found = [*rules.refuse_missing_reason(reason, what="on what ground it is removed")]
    if publication is None:
        return [*found, rules.NotPublic("It was never public: edit the draft.")]
    if not patterns or any(len(text.strip()) < SHORTEST_PASSAGE for text in passages):
        found.append(rules.PassageNotFound("Give each passage, letter for letter."))
    held = json.dumps(
        list(copy.versions.values_list("content", flat=True)), ensure_ascii=False
    ).replace('\\"', '"')
    for text, pattern in zip(passages, patterns, strict=False):
        if not pattern.search(held):
            found.append(
                rules.PassageNotFound(f"“{text[:80]}” stands in no version of it.")
            )
        elif pattern.search(reason):
            found.append(
                rules.ReasonMissing("The reason is public: it must not repeat the passage.")
            )
    return found


def _rewrite_versions(  # noqa: PLR0913  (one act, told in full)
    copy: Article,
    publication: Publication,
    patterns: list[re.Pattern[str]],
    *,
    by: User,
    reason: str,
    slug: str,
) -> tuple[LogEntry, list[Version]]:
    touched = []
    for version in Version.objects.filter(article=copy).order_by("number"):
        content = _with_slug(without(version.content, patterns), slug)
        note = without(version.note, patterns)
        if content != version.content or note != version.note:
            version.content, version.note = content, note
            version.nonce = secrets.token_hex(16)
            touched.append(version)
    told = [
        {
            "version": version.number,
            "content_hash": version.content_hash,
            "redacted_hash": commitment(version.content, version.nonce),
        }
        for version in touched
    ]
    payload = {"versions": told, "note_hash": commitment(reason.strip(), secrets.token_hex(16))}
    entry = log.append(Act.REDACT, copy, by=by, payload=payload)
    for version in touched:
        version.redacted_by = entry
        version.save(update_fields=["content", "note", "nonce", "redacted_by"])
    for correction in Correction.objects.filter(publication=publication):
        correction.text = without(correction.text, patterns)
        correction.save(update_fields=["text"])
    return entry, touched


def _with_slug(content: dict[str, Any], slug: str) -> dict[str, Any]:
    return content | {"slug": slug} if slug else content


def _rewrite_drafts(
    copy: Article, patterns: list[re.Pattern[str]], *, slug: str
) -> None:
    """Take the passages out of the working copy, its revisions and Wagtail's log."""
    body = without(list(copy.body.raw_data), patterns)
    values = {name: without(getattr(copy, name), patterns) for name in COPY_FIELDS}
    values["body"] = BodyBlock().to_python(body)
    if slug:
        values["slug"] = slug
    Article.objects.filter(pk=copy.pk).update(**values)
    kind = ContentType.objects.get_for_model(Article)
    for revision in Revision.objects.filter(
        base_content_type=kind, object_id=str(copy.pk)
    ):
        revision.content = _draft_without(revision.content, patterns, slug)
        revision.object_str = without(revision.object_str, patterns)
        Revision.objects.filter(pk=revision.pk).update(
            content=revision.content, object_str=revision.object_str
        )
    for row in ModelLogEntry.objects.filter(content_type=kind, object_id=str(copy.pk)):
        ModelLogEntry.objects.filter(pk=row.pk).update(
            label=without(row.label, patterns)
        )


def _draft_without(
    content: dict[str, Any], patterns: list[re.Pattern[str]], slug: str
) -> dict[str, Any]:
    # The body is JSON inside JSON: taken out as text, a passage with a quotation
    # mark in it would be missed behind the escape.
    raw = content.get("body")
    rest = without({**content, "body": None}, patterns)
    if isinstance(raw, str):
        cleaned = without(json.loads(raw), patterns)
        rest["body"] = json.dumps(cleaned, ensure_ascii=False)
    return _with_slug(rest, slug)


def _rewrite_publication(
    publication: Publication, patterns: list[re.Pattern[str]], *, slug: str
) -> None:
    if slug and slug != publication.slug:
        passing.remember_address(publication)
        publication.slug = slug
    publication.headline = without(publication.headline, patterns)
    publication.lede = without(publication.lede, patterns)
    publication.byline = without(publication.byline, patterns)
    publication.save(update_fields=["slug", "headline", "lede", "byline"])
