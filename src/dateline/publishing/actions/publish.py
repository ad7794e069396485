"""Publish, update, amend, correct."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from dateline import languages
from dateline.articles.models import Article
from dateline.articles.vocabulary import Form
from dateline.editions.queries import timezone
from dateline.people.models import User
from dateline.plumbing import clock
from dateline.plumbing.prepared import Prepared
from dateline.publishing import rules
from dateline.publishing.actions import passing, stale
from dateline.publishing.actions.acting import in_one_act
from dateline.publishing.amending import changed_facts
from dateline.publishing.before_an_act import publication_of
from dateline.publishing.facts import copy_facts, may_use_door
from dateline.publishing.lists import slug_hash
from dateline.publishing.models import Correction, FormerAddress, Publication, Version
from dateline.publishing.rules import Refusal
from dateline.publishing.snapshots import snapshot
from dateline.publishing.vocabulary import Act


@in_one_act
def publish_article(
    article: Article, *, by: User, seen_revision: int | None = None
) -> Publication:
    """
    Make an article public for the first time, as its newest draft stands.

    `seen_revision` is the id of the draft that the editor looked at.

    :raises rules.ActRefused: with every reason at once
    """
    copy = passing.take(article)
    content = snapshot(copy)
    rules.raise_if_any(
        [
            *rules.refuse_actor(may_use_door=may_use_door(by)),
            *rules.refuse_unseen_draft(seen_revision, copy.latest_revision_id),
            *refuse_publishing(copy, content, by=by),
        ]
    )
    return go_public(copy, content, by=by, revision=copy.latest_revision_id)


def refuse_publishing(
    copy: Article,
    content: dict[str, Any],
    *,
    by: User,
    at: datetime | None = None,
) -> Iterator[Refusal]:
    """Yield what keeps a working copy from its first publication at that moment."""
    publication = publication_of(copy)
    if publication is not None:
        yield _already_out(publication)
    if copy.spiked_at:
        yield rules.Spiked("It is spiked: take it off the spike first.")
    yield from rules.refuse_copy(copy_facts(copy, content, by=by), at=at or clock.now())
    if publication is None:
        yield from _refuse_taken_address(copy)


def go_public(
    copy: Article, content: dict[str, Any], *, by: User, revision: int | None
) -> Publication:
    """Write a first publication that passed the rules."""
    version = passing.write_version(Act.PUBLISH, copy, content, by=by)
    publication, made_stale = passing.first_publication(copy, version)
    passing.mark_live(copy, publication, revision=revision)
    passing.settle_translations(copy)
    passing.tell("article.published", publication, version.entry, made_stale)
    return publication


def update_article(
    article: Article, *, by: User, seen_revision: int | None = None
) -> Publication:
    """
    Make the newest draft of a public article public: new facts, same article.

    :raises rules.ActRefused: with every reason at once
    """
    return _replace(Act.UPDATE, article, by=by, seen_revision=seen_revision)


def amend_article(
    article: Article, *, by: User, seen_revision: int | None = None
) -> Publication:
    """
    Make a change of spelling or style public, without a notice.

    :raises rules.ActRefused: also if a name, number, date, quotation or
        attribution would change (`rules.FactsChanged`)
    """
    return _replace(Act.AMEND, article, by=by, seen_revision=seen_revision)


def correct_article(
    article: Article, *, by: User, text: str, seen_revision: int | None = None
) -> Publication:
    """
    Make a correction public and say, in `text`, what was wrong.

    The text stands on the article, on the edition's corrections page and in its feed.

    :raises rules.ActRefused: with every reason at once
    """
    return _replace(
        Act.CORRECT, article, by=by, seen_revision=seen_revision, note=text.strip()
    )


@in_one_act
def _replace(
    act: Act,
    article: Article,
    *,
    by: User,
    seen_revision: int | None,
    note: str = "",
) -> Publication:
    copy = passing.take(article)
    content = snapshot(copy)
    publication = publication_of(copy)
    rules.raise_if_any(
        [
            *rules.refuse_actor(may_use_door=may_use_door(by)),
            *rules.refuse_unseen_draft(seen_revision, copy.latest_revision_id),
            *_refuse_replacing(act, copy, content, publication, note),
            *_refuse_copy(copy, content, publication, by),
        ]
    )
    publication = passing.settled(publication)
    version = passing.write_version(act, copy, content, by=by, note=note)
    if act == Act.CORRECT:
        publication.corrected_at = version.published_at
    made_stale = passing.next_publication(publication, copy, version)
    passing.mark_live(copy, publication, revision=copy.latest_revision_id)
    if act == Act.CORRECT:
        correction = _tell_correction(publication, version, note)
        made_stale |= stale.by_correcting(correction)
    if act != Act.AMEND:
        passing.settle_translations(copy)
    passing.tell(EVENTS[act], publication, version.entry, made_stale)
    return publication


EVENTS = {
    Act.UPDATE: "article.updated",
    Act.AMEND: "article.amended",
    Act.CORRECT: "article.corrected",
}


def _tell_correction(
    publication: Publication, version: Version, note: str
) -> Correction:
    return Correction.objects.create(
        publication=publication,
        language=publication.language,
        version=version,
        text=note,
        corrected_at=version.published_at,
    )


def _refuse_copy(
    copy: Article, content: dict[str, Any], publication: Publication | None, by: User
) -> Iterator[Refusal]:
    if publication is not None and publication.is_public:
        facts = copy_facts(copy, content, by=by)
        yield from rules.refuse_copy(facts, at=clock.now())


def _refuse_replacing(
    act: Act,
    copy: Article,
    content: dict[str, Any],
    publication: Publication | None,
    note: str,
) -> Iterator[Refusal]:
    if publication is None:
        yield rules.NotPublic("It was never public: publish it.")
        return
    if not publication.is_public:
        yield rules.AlreadyKilled("It was withdrawn: a killed article stays withdrawn.")
        return
    old = publication.version.content
    if old == content:
        yield rules.NothingChanged("The text is the same as what readers have.")
    if content["language"] != old["language"]:
        yield rules.AddressTaken(
            "A public article stays in its language.", place="language"
        )
    if content["slug"] != publication.slug:
        yield from _refuse_taken_address(copy, publication)
    if act == Act.CORRECT:
        yield from rules.refuse_missing_reason(
            note, what="what was wrong and what is right"
        )
    if act == Act.AMEND:
        yield from _refuse_amending(old, content)


def _refuse_amending(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Refusal]:
    changed = changed_facts(old, new, tag=languages.LANGUAGES[new["language"]].tag)
    if changed:
        yield rules.FactsChanged(
            f"This changes more than spelling or style ({', '.join(changed)}): "
            "update the article, or correct it and say what was wrong."
        )


def _already_out(publication: Publication) -> Refusal:
    if publication.is_public:
        return rules.AlreadyPublic("It is public already: update, amend or correct it.")
    return rules.AlreadyKilled("It was withdrawn: a killed article stays withdrawn.")


def _refuse_taken_address(
    copy: Article, own: Publication | None = None
) -> Iterator[Refusal]:
    known = own.pk if own else 0
    if copy.form == Form.STANDING:
        taken = _STANDING_AT(language=copy.language, purpose=copy.purpose, known=known)
    else:
        date = own.date if own else clock.now().astimezone(timezone()).date()
        day: dict[str, Any] = {"language": copy.language, "date": date, "known": known}
        taken = _STANDS_AT(slug=copy.slug, **day)
        if _STOOD_AT(slug_hash=slug_hash(copy.slug), **day):
            yield rules.AddressTaken(
                f"“{copy.slug}” was another article's address: choose another slug.",
                place="slug",
            )
    if taken:
        yield rules.AddressTaken(
            f"“{copy.slug}” is the address of another article of that day: "
            "choose another slug.",
            place="slug",
        )


_STANDING_AT = Prepared(
    lambda *, language, purpose, known: (
        Publication.objects.filter(language=language, purpose=purpose)
        .exclude(pk=known)
        .values_list("pk")[:1]
    )
)
_STANDS_AT = Prepared(
    lambda *, language, date, slug, known: (
        Publication.objects.filter(
            language=language, date=date, slug=slug, form=Form.ARTICLE
        )
        .exclude(pk=known)
        .values_list("pk")[:1]
    )
)
_STOOD_AT = Prepared(
    lambda *, language, date, slug_hash, known: (
        FormerAddress.objects.filter(language=language, date=date, slug_hash=slug_hash)
        .exclude(publication_id=known)
        .values_list("pk")[:1]
    )
)
