"""
A stock Wagtail page beside us: `python -m bench.peers.wagtail`.

The project is what `wagtail start` makes, with one field more on its home page, which
holds the text of an article of ours. Granian serves it as it serves us, on SQLite,
rendered for each request; what we render for each request is asked for beside it
(articles that nobody has asked for before), and what we keep. Three rounds in turn.
"""

import http.client
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench import hits
from bench.loading import load
from bench.newsroom import STATE, newsroom
from bench.results import Figure, spelled, write
from bench.serving import Server, free_port, opened

ROUNDS, SECONDS, OPENS_WITHIN = 3, 6, 60
MISSES = 400
OK = 200
HOME = """
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class HomePage(Page):
    body = RichTextField(blank=True)
    content_panels = [*Page.content_panels, FieldPanel("body")]
"""
TEMPLATE = """{% extends "base.html" %}
{% load wagtailcore_tags %}
{% block content %}
<article><h1>{{ page.title }}</h1>{{ page.body|richtext }}</article>
{% endblock content %}
"""
SETTINGS = """
from .base import *
DEBUG = False
SECRET_KEY = "measured on loopback and nowhere else"
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
LOGGING = {"version": 1, "disable_existing_loggers": True}
"""
FILL = """
import json, sys
from home.models import HomePage
page = HomePage.objects.get()
page.title, page.body = json.load(open(sys.argv[1]))
page.save_revision().publish()
"""


@dataclass(frozen=True)
class Cost:
    """What answers cost: how many a second, and processor time of each."""

    rate: float
    cpu: float


def main() -> None:
    folder = newsroom(hits.SIZE)
    with opened(folder) as ours, stock(folder) as theirs:
        kept = list(hits.fill(ours))
        articles = hits.unasked(ours)
        rows: dict[str, list[Cost]] = {"Wagtail": [], "rendered": [], "kept": []}
        for _ in range(ROUNDS):
            rows["Wagtail"].append(cost(theirs, lambda: loaded(theirs, ["/"])))
            rows["rendered"].append(cost(ours, lambda: rendered(ours, articles)))
            rows["kept"].append(cost(ours, lambda: loaded(ours, kept)))
    names = {
        "Wagtail": "stock Wagtail, its home page, rendered for each request",
        "rendered": "Dateline, articles that nobody has asked for before",
        "kept": "Dateline, 10,000 kept pages at random",
    }
    write("peers", [Figure(what=names[key], measured=_told(rows[key])) for key in rows])


def _told(rows: list[Cost]) -> str:
    rate = spelled(statistics.median(row.rate for row in rows))
    cpu = statistics.median(row.cpu for row in rows)
    return f"{rate} a second, {cpu:.2f} ms of processor each"


def cost(server: Server, ask: Callable[[], tuple[int, float]]) -> Cost:
    before = server.cpu_seconds()
    count, seconds = ask()
    return Cost(count / seconds, (server.cpu_seconds() - before) * 1000 / count)


def loaded(server: Server, paths: list[str]) -> tuple[int, float]:
    told = load(server.address, paths, seconds=SECONDS)
    if told.errors:
        sys.exit(f"{told.errors} answers were errors")
    return int(told.rate * SECONDS), SECONDS


def rendered(server: Server, articles: Iterator[str]) -> tuple[int, float]:
    began = time.monotonic()
    with hits.rendering(server, articles) as done:
        while len(done) < MISSES:
            time.sleep(0.01)
    return len(done), time.monotonic() - began


@contextmanager
def stock(folder: os.PathLike[str]) -> Iterator[Server]:
    """Make the project, and serve it."""
    project = STATE / "wagtail"
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    python = sys.executable
    start = [python, "-m", "wagtail.bin.wagtail", "start", "measured", str(project)]
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL)
    (project / "home" / "models.py").write_text(HOME)
    page = project / "home" / "templates" / "home" / "home_page.html"
    page.write_text(TEMPLATE)
    (project / "measured" / "settings" / "measured.py").write_text(SETTINGS)
    (project / "text.json").write_text(json.dumps(_text(folder)))
    environ = os.environ | {"DJANGO_SETTINGS_MODULE": "measured.settings.measured"}
    environ["PYTHONPATH"] = str(project)
    manage = [python, "manage.py"]
    for words in (
        [*manage, "makemigrations", "home", "-v0"],
        [*manage, "migrate", "-v0"],
        [*manage, "collectstatic", "--noinput", "-v0"],
        [python, "-c", f"import django; django.setup()\n{FILL}", "text.json"],
    ):
        subprocess.run(words, cwd=project, env=environ, check=True)
    port = free_port()
    serve = [python, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    serve += ["--blocking-threads", "8", "--log-level", "error"]
    process = subprocess.Popen(
        [*serve, "measured.wsgi:application"], cwd=project, env=environ
    )
    try:
        _wait(port)
        yield Server(project, port, process.pid)
    finally:
        process.terminate()
        process.wait(10)


def _text(folder: os.PathLike[str]) -> tuple[str, str]:
    """Return headline and body of a new and long article, as Wagtail keeps them."""
    rows = sqlite3.connect(f"file:{folder}/dateline.sqlite3?mode=ro", uri=True)
    content = json.loads(
        rows.execute(
            "SELECT content FROM publishing_version WHERE content LIKE "
            '\'%"language": "en"%\' ORDER BY id DESC LIMIT 1'
        ).fetchone()[0]
    )
    told = (block["value"] for block in content["body"])
    paragraphs = (value for value in told if isinstance(value, str))
    return content["headline"], "".join(
        value if value.startswith("<p") else f"<h2>{value}</h2>" for value in paragraphs
    )


def _wait(port: int) -> None:
    until = time.monotonic() + OPENS_WITHIN
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/")
            if connection.getresponse().status == OK:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    sys.exit("Wagtail did not answer.")


if __name__ == "__main__":
    main()
