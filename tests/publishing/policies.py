"""What the newsroom of the tests asks of a text."""

from dateline.publishing.models import GatePolicy
from dateline.publishing.rules import Level


def begin_on_paper() -> None:
    """
    Have the gate warn of statements that rest on nothing, and not refuse them.

    A newsroom may ask so that takes in an archive. The tests' database starts with it
    (`tests/databases.py`), since most tests are not about the gate.
    """
    policy = GatePolicy.load()
    policy.unsourced = Level.WARN
    policy.save()
