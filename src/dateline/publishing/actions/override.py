"""Letting a text pass what the gate refuses: an act, signed, with its reason."""

from django.db import transaction

from dateline.articles.models import Article
from dateline.people.models import User
from dateline.publishing import log, rules
from dateline.publishing.actions import passing
from dateline.publishing.chain import commitment, new_nonce
from dateline.publishing.facts import may_use_door
from dateline.publishing.gating import gate_facts
from dateline.publishing.models import Override
from dateline.publishing.snapshots import snapshot
from dateline.publishing.vocabulary import Act


@transaction.atomic
def override_gate(
    article: Article, *, by: User, reason: str, seen_revision: int | None = None
) -> Override:
    """
    Let the newest draft pass what the gate refuses now, and nothing else.

    It holds for the very statements and quotations that were refused: words that are
    changed later are asked again. Nothing becomes public by it.

    :raises rules.ActRefused: the policy does not let `by`, or there is nothing to pass
    """
    copy = passing.take(article)
    gate = gate_facts(copy, snapshot(copy), by=by)
    refused = list(rules.refuse_at_gate(gate))
    rules.raise_if_any(
        [
            *rules.refuse_overrider(
                gate.policy,
                is_administrator=by.is_active and by.is_superuser,
                may_use_door=may_use_door(by),
            ),
            *rules.refuse_unseen_draft(seen_revision, copy.latest_revision_id),
            *rules.refuse_missing_reason(reason, what="why it may pass"),
            *_refuse_nothing(refused),
        ]
    )
    nonce = new_nonce()
    payload = {
        "rules": {refusal.code: len(refusal.findings) for refusal in refused},
        "note_hash": commitment(reason.strip(), nonce),
    }
    entry = log.append(Act.OVERRIDE, copy, by=by, payload=payload)
    return Override.objects.create(
        article=copy,
        entry=entry,
        findings={r.code: [f.key for f in r.findings] for r in refused},
        reason=reason.strip(),
        nonce=nonce,
        overridden_at=entry.recorded_at,
    )


def _refuse_nothing(refused: list[rules.Refusal]) -> list[rules.Refusal]:
    if refused:
        return []
    return [rules.NothingToOverride("The gate refuses nothing here.")]
