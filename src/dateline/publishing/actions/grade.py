"""An editor's own word for how well a statement is known."""

from django.db import transaction

from dateline.articles.models import Article, StatusSetting
from dateline.articles.statements.finding import find_statements
from dateline.articles.statements.held import held_words
from dateline.articles.vocabulary import Status
from dateline.people.models import User
from dateline.plumbing import clock
from dateline.publishing.facts import may_use_door
from dateline.publishing.grading import grades
from dateline.publishing.snapshots import attributions_of, handles_in, snapshot
from dateline.publishing.statuses import StatusRefused, Wanted, refuse_setting
from dateline.sources.models import Source
from dateline.sources.queries import standing_source
from dateline.sources.rules import IdentityAtRisk, refuse_contact_details

LONGEST_REASON = 500


@transaction.atomic
def set_status(
    article: Article,
    handle: str,
    *,
    status: Status | None,
    by: User,
    reason: str = "",
    second: Source | None = None,
) -> StatusSetting:
    """
    Call a statement more or less known than the rules do; None leaves it to them.

    It holds for the source and the words that it is said of. Readers see by whom and
    why with the next version.

    :raises StatusRefused: nothing is attributed there, or it would be called better
        known without a second source or a reason
    """
    copy = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    content, reason = snapshot(copy), reason.strip()[:LONGEST_REASON]
    told = content["attributions"]
    if handle not in told:
        raise StatusRefused("It rests on no source: give it one first.")
    rows = attributions_of(copy, handles_in(content))
    steps = {name: row["steps"] for name, row in told.items()}
    rules = grades(copy, content, rows, steps)[handle].rules
    _refuse_leads(reason)
    second = standing_source(second) if second else None
    wanted = Wanted(
        status=status or rules,
        rules=rules,
        reason=reason,
        second=second.pk if second else None,
        may_raise=may_use_door(by),
    )
    refuse_setting(wanted, handle, told)
    return StatusSetting.objects.create(
        article=copy,
        span=handle,
        source_id=rows[handle].source_id,
        words=held_words(find_statements(content), handle),
        status=status or "",
        second=second,
        reason=reason,
        set_by=by,
        set_at=clock.now(),
    )


def _refuse_leads(reason: str) -> None:
    """Refuse what leads to a person: a reason is public."""
    try:
        refuse_contact_details(reason)
    except IdentityAtRisk as refusal:
        raise StatusRefused(str(refusal)) from None


def drop_stale_statuses(article: Article) -> None:
    """
    Take away the settings whose words stand in the article no longer.

    A redaction needs it: from a hash of the removed words one could guess them.
    """
    statements = find_statements(snapshot(Article.objects.get(pk=article.pk)))
    for setting in StatusSetting.objects.filter(article=article):
        if setting.words != held_words(statements, setting.span):
            setting.delete()
