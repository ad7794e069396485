"""Reading what the rules decide on."""

from typing import Any

from dateline.articles.models import Article
from dateline.editions.queries import live_edition
from dateline.people.models import Contributor, User
from dateline.publishing.gating import gate_facts
from dateline.publishing.hands import accounts_that_acted
from dateline.publishing.rules import BylineFact, CopyFacts, PictureFact

DOOR = "publishing.use_door"


def may_use_door(user: User) -> bool:
    """Tell whether this member of staff may make things public."""
    return user.is_active and user.has_perm(DOOR)


def copy_facts(
    copy: Article, content: dict[str, Any], *, by: User | None = None
) -> CopyFacts:
    """Return what decides whether `by` may make this working copy public."""
    item = copy.wire_item
    return CopyFacts(
        form=copy.form,
        headline=content["headline"],
        lede=content["lede"],
        section=content["section"],
        has_body=bool(content["body"]),
        edition_is_live=live_edition(copy.language) is not None,
        byline=tuple(_byline_fact(link.contributor) for link in copy.bylines.all()),
        acted=frozenset(accounts_that_acted(copy)),
        embargoed_until_at=copy.embargoed_until_at,
        withdrawn_wire_item=str(item) if item and item.is_withdrawn else None,
        pictures=tuple(_picture_facts(content)),
        gate=gate_facts(copy, content, by=by),
    )


def _byline_fact(who: Contributor) -> BylineFact:
    return BylineFact(
        slug=who.slug,
        name=who.name,
        kind=who.kind,
        account=who.account_id,
        is_vouched_for=bool(who.vouched_by_id and who.vouched_reason),
    )


def _picture_facts(content: dict[str, Any]) -> list[PictureFact]:
    pictures = [("lead_picture", content["picture"])] if content["picture"] else []
    for block in content["body"]:
        if block["type"] == "picture":
            pictures.append(("body", block["value"]))
        elif block["type"] == "gallery":
            pictures += [("body", item) for item in block["value"]["pictures"]]
    return [
        PictureFact(
            title=picture["title"],
            has_credit=bool(picture["credit"]),
            has_rights=bool(picture["rights"]),
            has_alt=bool(picture["alt"] and picture["alt"] != picture["title"]),
            place=place,
        )
        for place, picture in pictures
    ]
