import time
from datetime import timedelta

import pytest

from dateline.plumbing import clock, health
from dateline.plumbing.models import Heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture
def long_awake(monkeypatch):
    """A server that has been up for an hour."""
    monkeypatch.setattr(health, "_awake_since", time.monotonic() - 3600)


@pytest.fixture
def just_awake(monkeypatch):
    """A server that has been up for a second."""
    monkeypatch.setattr(health, "_awake_since", time.monotonic() - 1)


def test_a_newsroom_that_is_well_answers_200(client):
    health.beat()
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "database": "ok",
        "data_folder": "ok",
        "worker": "ok",
    }
    assert answer["Cache-Control"] == "no-store"


def test_a_worker_that_fell_silent_is_told(client, long_awake):
    health.beat()
    silent_since = clock.now() - timedelta(seconds=61)
    Heartbeat.objects.update(seen_at=silent_since)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["worker"] == "has not been seen for a minute"


def test_a_server_that_has_just_started_waits_for_its_worker(just_awake):
    assert health.examine()["worker"] == "ok"


def test_a_worker_that_never_came_is_told(client, long_awake):
    assert health.examine()["worker"] != "ok"


def test_a_folder_that_cannot_be_written_is_told(client, settings, tmp_path):
    settings.DATELINE_DATA = tmp_path / "gone"
    health.beat()
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["data_folder"].startswith("cannot be written")
