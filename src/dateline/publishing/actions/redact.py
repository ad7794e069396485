"""Removing a passage from everything that is kept: a minor's name, a court order."""

import json
import re
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import ModelLogEntry, Revision

from dateline.articles.actions import drop_stale_marks
from dateline.articles.blocks import BodyBlock
from dateline.articles.models import Article, Contradiction, StatusSetting
from dateline.people.models import User
from dateline.publishing import log, rules
from dateline.publishing.actions import passing, stale
from dateline.publishing.actions.accuse import redact_answers
from dateline.publishing.actions.differ import renew_sides
from dateline.publishing.actions.grade import drop_stale_statuses
from dateline.publishing.actions.stale import Shown
from dateline.publishing.before_an_act import publication_of
from dateline.publishing.chain import commitment, new_nonce, version_hash
from dateline.publishing.facts import may_use_door
from dateline.publishing.models import (
    Correction,
    Override,
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


@dataclass(frozen=True)
class Cut:
    """What is taken out, and the slug that replaces one that held it."""

    patterns: tuple[re.Pattern[str], ...]
    slug: str

    def of(self, value: Any) -> Any:
        return without(value, list(self.patterns))

    def content(self, content: dict[str, Any]) -> dict[str, Any]:
        cleaned: dict[str, Any] = self.of(content)
        return cleaned | {"slug": self.slug} if self.slug else cleaned


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
    publication = publication_of(copy)
    patterns = [pattern_of(text.strip()) for text in passages if text.strip()]
    rules.raise_if_any(
        [
            *rules.refuse_actor(may_use_door=may_use_door(by)),
            *_refuse(publication, copy, patterns, reason=reason, passages=passages),
        ]
    )
    publication = passing.settled(publication)
    shown = Shown.of(publication)
    cut = Cut(tuple(patterns), new_slug)
    touched = _versions_without(copy, cut)
    nonce = new_nonce()
    payload = {
        "versions": [_told(version) for version in touched],
        "note_hash": commitment(reason.strip(), nonce),
    }
    entry = log.append(Act.REDACT, copy, by=by, payload=payload)
    for version in touched:
        version.redacted_by = entry
        version.save(update_fields=["content", "note", "nonce", "redacted_by"])
    _rewrite_drafts(copy, cut)
    drop_stale_marks(copy)
    _rewrite_statuses(copy, cut)
    _rewrite_contradictions(copy, cut)
    _rewrite_overrides(copy, cut)
    redact_answers(copy, cut.of)
    corrections = _rewrite_publication(publication, cut)
    redaction = Redaction.objects.create(
        publication=publication,
        entry=entry,
        reason=reason.strip(),
        nonce=nonce,
        redacted_at=entry.recorded_at,
    )
    numbers = [version.number for version in touched]
    made_stale = stale.by_redaction(publication, shown, numbers, corrections)
    made_stale |= _leave_sources(publication, touched)
    passing.tell("article.redacted", publication, entry, made_stale, hard=True)
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
                rules.ReasonMissing(
                    "The reason is public: it must not repeat the passage."
                )
            )
    return found


def _versions_without(copy: Article, cut: Cut) -> list[Version]:
    """Return the versions that the cut changes, changed and not yet saved."""
    touched = []
    for version in Version.objects.filter(article=copy).order_by("number"):
        content, note = cut.content(version.content), cut.of(version.note)
        if (content, note) != (version.content, version.note):
            version.content, version.note = content, note
            version.nonce = new_nonce()
            touched.append(version)
    return touched


def _told(version: Version) -> dict[str, Any]:
    return {
        "version": version.number,
        "content_hash": version.content_hash,
        "redacted_hash": version_hash(version.content, version.note, version.nonce),
    }


def _rewrite_drafts(copy: Article, cut: Cut) -> None:
    """Take the passages out of the working copy, its revisions and Wagtail's log."""
    values = {name: cut.of(getattr(copy, name)) for name in COPY_FIELDS}
    values["body"] = BodyBlock().to_python(cut.of(list(copy.body.raw_data)))
    if cut.slug:
        values["slug"] = cut.slug
    Article.objects.filter(pk=copy.pk).update(**values)
    kind = ContentType.objects.get_for_model(Article)
    drafts = Revision.objects.filter(base_content_type=kind, object_id=str(copy.pk))
    for revision in drafts:
        Revision.objects.filter(pk=revision.pk).update(
            content=_draft_without(revision.content, cut),
            object_str=cut.of(revision.object_str),
        )
    for row in ModelLogEntry.objects.filter(content_type=kind, object_id=str(copy.pk)):
        ModelLogEntry.objects.filter(pk=row.pk).update(label=cut.of(row.label))


def _rewrite_overrides(copy: Article, cut: Cut) -> None:
    """Take the passages out of reasons, and hashes of what was let pass altogether."""
    for row in Override.objects.filter(article=copy):
        row.findings = {}
        if (reason := cut.of(row.reason)) != row.reason:
            # Without its nonce nobody can try what the reason was.
            row.reason, row.nonce = reason, ""
        row.save(update_fields=["findings", "reason", "nonce"])


def _leave_sources(publication: Publication, touched: list[Version]) -> set[str]:
    """Take the article from the pages of sources whose names were removed."""
    now = next((one for one in touched if one.pk == publication.version_id), None)
    if now is None or not publication.is_public:
        return set()
    return passing.place_sources(publication, now.content)


def _rewrite_statuses(copy: Article, cut: Cut) -> None:
    """Take the passages out of why statements were called more or less known."""
    drop_stale_statuses(copy)
    for row in StatusSetting.objects.filter(article=copy):
        StatusSetting.objects.filter(pk=row.pk).update(reason=cut.of(row.reason))


def _rewrite_contradictions(copy: Article, cut: Cut) -> None:
    """Take the passages out of what the sources were said to differ on."""
    for row in Contradiction.objects.filter(article=copy):
        row.question, row.reason = cut.of(row.question), cut.of(row.reason)
        row.sides = cut.of(row.sides)
        row.save(update_fields=["question", "reason", "sides"])
    renew_sides(copy)


def _draft_without(content: dict[str, Any], cut: Cut) -> dict[str, Any]:
    # The body is JSON inside JSON: taken out as text, a passage with a quotation
    # mark in it would be missed behind the escape.
    raw = content.get("body")
    rest = cut.content({**content, "body": None})
    if isinstance(raw, str):
        rest["body"] = json.dumps(cut.of(json.loads(raw)), ensure_ascii=False)
    return rest


def _rewrite_publication(publication: Publication, cut: Cut) -> list[int]:
    """Take the passages out of what lists show; return the notices that held one."""
    if cut.slug and cut.slug != publication.slug:
        passing.remember_address(publication)
        publication.slug = cut.slug
    publication.headline = cut.of(publication.headline)
    publication.lede = cut.of(publication.lede)
    publication.byline = cut.of(publication.byline)
    publication.save(update_fields=["slug", "headline", "lede", "byline"])
    held = []
    for correction in Correction.objects.filter(publication=publication):
        text = cut.of(correction.text)
        if text != correction.text:
            correction.text = text
            correction.save(update_fields=["text"])
            held.append(correction.pk)
    return held
