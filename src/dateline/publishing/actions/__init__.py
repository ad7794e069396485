"""
The only ways to the public. Each act is one transaction.

State, version, log entry and event are written together or not at all. An act
that may not be done raises `rules.ActRefused` with every reason at once.
"""

from dateline.publishing.actions.accuse import (
    answer_accusations,
    second_accusations,
)
from dateline.publishing.actions.differ import (
    drop_contradiction,
    settle_contradiction,
)
from dateline.publishing.actions.grade import set_status
from dateline.publishing.actions.kill import (
    kill_article,
    spike_article,
    unspike_article,
)
from dateline.publishing.actions.override import override_gate
from dateline.publishing.actions.publish import (
    amend_article,
    correct_article,
    publish_article,
    update_article,
)
from dateline.publishing.actions.redact import redact
from dateline.publishing.actions.schedule import (
    lift_schedule,
    publish_due,
    schedule_article,
)

__all__ = [
    "amend_article",
    "answer_accusations",
    "correct_article",
    "drop_contradiction",
    "kill_article",
    "lift_schedule",
    "override_gate",
    "publish_article",
    "publish_due",
    "redact",
    "schedule_article",
    "second_accusations",
    "set_status",
    "settle_contradiction",
    "spike_article",
    "unspike_article",
    "update_article",
]
