"""What several fronts count is told as one."""

import subprocess
import sys

from dateline.pagestore.front.tally import Tally
from dateline.pagestore.front.vocabulary import Count, Gauge
from dateline.pagestore.store import Store

ONE_THAT_ENDS = """
import sys
from pathlib import Path
from dateline.pagestore.front.tally import Tally
from dateline.pagestore.front.vocabulary import Count, Gauge
from dateline.pagestore.store import Store
counts = [0] * len(Count)
counts[Count.HITS] = 5
Tally(Store(Path(sys.argv[1]))).share(counts, {Gauge.STREAM_CLIENTS: 7})
"""


def counted(hits):
    counts = [0] * len(Count)
    counts[Count.HITS] = hits
    return counts


def one_ends(folder):
    subprocess.run([sys.executable, "-c", ONE_THAT_ENDS, str(folder)], check=True)


def test_what_two_count_is_told_as_one(tmp_path):
    one, other = Tally(Store(tmp_path)), Tally(Store(tmp_path))
    one.share(counted(3), {Gauge.WAITING: 1})
    other.share(counted(4), {Gauge.WAITING: 2})
    one.share(counted(10), {Gauge.WAITING: 0})
    for tally in (one, other):
        assert tally.counts()[Count.HITS] == 14
        assert tally.gauge(Gauge.WAITING) == 2


def test_a_successor_goes_on_where_the_one_before_it_stopped(tmp_path):
    one_ends(tmp_path)
    successor = Tally(Store(tmp_path))
    # Who listened to the one that ended listens to nobody now.
    assert successor.gauge(Gauge.STREAM_CLIENTS) == 0
    successor.share(counted(2), {Gauge.STREAM_CLIENTS: 1})
    assert successor.counts()[Count.HITS] == 7
    assert successor.gauge(Gauge.STREAM_CLIENTS) == 1


def test_where_the_shared_numbers_are_lost_each_tells_its_own_anew(tmp_path):
    tally = Tally(Store(tmp_path))
    tally.share(counted(3), {})
    (tmp_path / "shared").unlink()
    tally.share(counted(4), {})
    assert Tally(Store(tmp_path)).counts()[Count.HITS] == 4
