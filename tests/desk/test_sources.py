"""The source desk: sources, where they are used, notes, merging, the report."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dateline.articles.actions import attribute_span
from dateline.articles.models import Article, Attribution
from dateline.articles.spans import wrap
from dateline.desk import ledger
from dateline.people.models import User
from dateline.plumbing import clock
from dateline.publishing import actions
from dateline.sources.actions import (
    check_due_links,
    cite,
    keep_page,
    watch_addresses,
)
from dateline.sources.models import Citation, KeptCopy, Source, SourceMerge
from dateline.sources.vocabulary import SourceKind
from tests.desk.desk_forms import signed_in
from tests.publishing.factories import a_draft, an_editor
from tests.sources.a_web import web

__all__ = ["web"]

pytestmark = pytest.mark.django_db
SPANS = [letter * 12 for letter in "abcdefg"]


@pytest.fixture
def agency():
    return Source.objects.create(kind=SourceKind.PUBLICATION, name="The agency")


def page_of(desk, path, status=200):
    answer = desk.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def saying(source, *texts, by=None, headline="Two berths close"):
    """Return an article whose passages are laid to a source."""
    spans = [
        f"{Attribution.objects.count() + place:012d}" for place in range(len(texts))
    ]
    spans = [
        span.translate(str.maketrans("0123456789", "abcdefghij")) for span in spans
    ]
    body = [
        {"type": "paragraph", "value": f"<p>{wrap(text, span)}</p>"}
        for text, span in zip(texts, spans, strict=True)
    ]
    article = a_draft(body=body, headline=headline, slug=f"berths-{spans[0]}")
    for span in spans:
        attribute_span(article, span, source=source, by=by or an_editor())
    return article


# Sources


def test_a_source_is_made_and_found(reporters_desk):
    told = {"name": "Ina Brook", "kind": "person", "names": "uk = Іна Брук", "url": ""}
    made = reporters_desk.post("/desk/sources/add/", told | {"description": ""})

    source = Source.objects.get(name="Ina Brook")
    assert made.headers["Location"] == f"/desk/sources/{source.pk}/"
    assert "Іна Брук" in page_of(reporters_desk, made.headers["Location"])
    assert "Ina Brook" in page_of(reporters_desk, "/desk/sources/?q=брук")
    assert "Ina Brook" not in page_of(reporters_desk, "/desk/sources/?kind=document")


def test_the_list_says_how_often_each_is_used(reporters_desk, agency):
    saying(agency, *("Fog." for _ in range(7)))

    told = page_of(reporters_desk, "/desk/sources/").replace(" ", "").replace("\n", "")

    assert 'href="/desk/sources/report/"' in told
    assert 'href="/desk/sources/links/"' in told
    assert ">Publication</td>" in told
    assert ">7</td>" in told


def unnamed(editor, **told):
    return {
        "name": "a ministry official",
        "unnamed_reason": "Would lose the post.",
        "known_to": editor.pk,
        "names": "uk = посадовець міністерства",
    } | told


def add_unnamed(desk, told):
    return desk.post("/desk/sources/add/?kind=unnamed", told)


def test_the_form_for_a_source_that_is_not_named_asks_for_no_name(
    reporters_desk, editor
):
    page = page_of(reporters_desk, "/desk/sources/add/?kind=unnamed")
    answer = add_unnamed(reporters_desk, unnamed(editor))

    assert "Described as" in page
    assert 'name="url"' not in page
    assert 'id="id_description"' not in page
    source = Source.objects.get()
    assert answer.headers["Location"] == f"/desk/sources/{source.pk}/"
    assert (source.kind, source.known_to) == (SourceKind.UNNAMED, editor)
    shown = page_of(reporters_desk, answer.headers["Location"])
    assert "Would lose the post." in shown
    assert "Who knows who it is" in shown


def test_a_name_typed_by_accident_is_asked_about(reporters_desk, editor):
    told = unnamed(editor, name="Maria Petrenko of the ministry")
    refused = add_unnamed(reporters_desk, told).content.decode()
    assert "looks like a person&#x27;s name" in refused
    assert not Source.objects.exists()

    assert "names no person" in refused
    assert "names no person" not in page_of(
        reporters_desk, "/desk/sources/add/?kind=unnamed"
    )

    told = unnamed(editor, name="an official of the White House", names_nobody="on")
    assert add_unnamed(reporters_desk, told).status_code == 302


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"name": "ina@port.example"}, "leads to a person"),
        ({"unnamed_reason": "Call +33 6 12 34 56 78"}, "leads to a person"),
        ({"unnamed_reason": ""}, "This field is required"),
        ({"known_to": ""}, "This field is required"),
        ({"name": "an official, Іна Брук"}, "looks like a person"),
    ],
)
def test_what_an_unnamed_source_must_not_say_or_lack(
    reporters_desk, editor, told, says
):
    Source.objects.create(kind="person", name="Ina Brook", names={"uk": "Іна Брук"})
    answer = add_unnamed(reporters_desk, unnamed(editor, **told))

    assert says in answer.content.decode()
    assert not Source.objects.filter(kind=SourceKind.UNNAMED).exists()


def test_only_editors_may_know_who_it_is(reporters_desk, reporter):
    add_unnamed(reporters_desk, unnamed(reporter))

    assert not Source.objects.exists()


def test_a_named_source_is_never_made_unnamed_at_the_desk(reporters_desk, agency):
    told = {"name": "The agency", "kind": "unnamed", "names": "", "url": ""}
    reporters_desk.post(f"/desk/sources/edit/{agency.pk}/", told)

    agency.refresh_from_db()
    assert agency.kind == SourceKind.PUBLICATION


# Where used


def test_a_source_shows_what_rests_on_it(reporters_desk, agency):
    saying(agency, "Two <b>berths</b> &amp; a quay close.", headline="Berths")
    published = saying(agency, "Fog came.", headline="Fog")
    actions.publish_article(published, by=an_editor())

    page = page_of(reporters_desk, f"/desk/sources/{agency.pk}/")
    public = page_of(reporters_desk, f"/desk/sources/{agency.pk}/used/?public=yes")

    assert "Two berths &amp; a quay close." in page
    assert page.index("Fog came.") < page.index("Two berths")
    assert "Fog came." in public
    assert "Two berths" not in public


def test_what_readers_have_is_told_from_the_draft(reporters_desk, agency):
    article = saying(agency, "Fog came.", "Rain came.", headline="Fog")
    actions.publish_article(article, by=an_editor())
    article.refresh_from_db()
    article.body = [article.body.raw_data[0]]
    article.save_revision()

    (row,) = ledger.where_used(agency).rows
    assert (row.in_public, row.in_draft) == (2, 1)
    assert row.statements == ["Fog came.", "Rain came."]


def test_a_headline_a_lede_and_a_whole_block_are_laid_to_sources_too(agency):
    table = {"type": "fact_box", "id": "b" * 36}
    table["value"] = {"title": "The quay", "text": "<p>Five berths.</p>"}
    article = a_draft(body=[table], headline="Fog closes the port", lede="It came.")
    for handle in ("headline", "lede", table["id"]):
        attribute_span(article, handle, source=agency, by=an_editor())

    (row,) = ledger.where_used(agency).rows
    assert row.statements == [
        "Fog closes the port",
        "It came.",
        "The quay Five berths.",
    ]


def test_a_public_version_finds_its_source_under_the_old_name(agency, editor):
    from dateline.sources.actions import merge_sources

    twin = Source.objects.create(kind=SourceKind.PUBLICATION, name="Agency Ltd")
    actions.publish_article(saying(twin, "Fog came."), by=an_editor())
    merge_sources(twin, into=agency, by=editor, reason="One house.")

    (row,) = ledger.where_used(agency).rows
    assert (row.in_public, row.statements) == (1, ["Fog came."])


def test_older_articles_are_a_page_away(reporters_desk, agency):
    articles = [saying(agency, "Fog.", headline=f"Fog {n}") for n in range(4)]
    first = ledger.where_used(agency, limit=3)
    second = ledger.where_used(agency, limit=3, before=first.older)

    assert [row.article for row in first.rows] == articles[:0:-1]
    assert [row.article for row in second.rows] == articles[:1]
    assert second.older is None


def test_where_used_walks_one_index_and_asks_a_few_times(agency):
    for number in range(6):
        saying(agency, "Fog.", headline=f"Fog {number}")
    with CaptureQueriesContext(connection) as asked:
        ledger.where_used(agency)
    assert len(asked) <= 5

    # Which index is the quickest of six rows nobody can tell.
    other, article = Source.objects.create(name="Other"), Article.objects.first()
    Attribution.objects.bulk_create(
        Attribution(
            article=article, span=f"s{n}", source=other, attributed_at=clock.now()
        )
        for n in range(2_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE articles_attribution")
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    for before in (None, 10_000):
        plan = ledger.article_ids(agency, before=before, is_public=False).explain()
        assert "attribution_source" in plan
        assert "SCAN articles_attribution" not in plan
        assert "TEMP B-TREE" not in plan


def test_the_page_of_a_source_asks_as_often_for_many_as_for_few(reporters_desk, agency):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            page_of(reporters_desk, f"/desk/sources/{agency.pk}/")
        return len(queries)

    saying(agency, "Fog.")
    cite(agency, by=None)
    asked()
    few = asked()
    below = None
    for number in range(5):
        saying(agency, "Fog.", headline=f"Fog {number}")
        other = Source.objects.create(name=f"Paper {number}")
        below = cite(other, by=None, rests_on=below)
    cite(agency, by=None, rests_on=below)

    assert asked() == few
    assert few <= 24


# Links


def test_a_source_shows_whether_its_links_answer(reporters_desk, web):
    source = Source.objects.create(name="The port", url=f"{web.address}/gone")
    watch_addresses([source.url])
    check_due_links()

    page = page_of(reporters_desk, f"/desk/sources/{source.pk}/")
    dead = page_of(reporters_desk, "/desk/sources/links/")

    assert "Does not answer just now" in page
    assert "answered 410" in page
    assert f'href="/desk/sources/{source.pk}/"' in dead


# Notes and corrections


def test_a_note_is_dated_and_signed(reporters_desk, agency, reporter):
    path = f"/desk/sources/{agency.pk}/note/"
    reporters_desk.post(path, {"note-text": "It corrects itself within a day."})

    note = agency.notes.get()
    assert note.noted_by == reporter
    assert "It corrects itself" in page_of(
        reporters_desk, f"/desk/sources/{agency.pk}/"
    )


def test_its_own_correction_is_kept_with_its_day(reporters_desk, agency):
    path = f"/desk/sources/{agency.pk}/correction/"
    told = {
        "correction-text": "It had said three berths.",
        "correction-corrected_on": "2026-03-03",
        "correction-address": "agency.example/corrections",
    }
    reporters_desk.post(path, told)
    tomorrow = (clock.now() + timedelta(days=2)).date().isoformat()
    refused = reporters_desk.post(path, told | {"correction-corrected_on": tomorrow})

    correction = agency.corrections.get()
    assert correction.address == "https://agency.example/corrections"
    assert "3 March 2026" in page_of(reporters_desk, f"/desk/sources/{agency.pk}/")
    assert "has not come yet" in refused.content.decode()


def test_a_note_on_an_unnamed_source_must_not_lead_to_it(reporters_desk, editor):
    source = Source.objects.create(
        kind="unnamed", name="an official", unnamed_reason="Asked.", known_to=editor
    )
    path = f"/desk/sources/{source.pk}/note/"
    refused = reporters_desk.post(path, {"note-text": "Call 0612 345 678."})

    assert refused.status_code == 422
    assert "leads to a person" in refused.content.decode()
    assert not source.notes.exists()


# Citing and keeping


def cite_path(source):
    return f"/desk/sources/{source.pk}/cite/"


def test_a_page_is_cited_and_a_dead_link_loses_nothing(reporters_desk, agency, web):
    told = {"address": f"{web.address}/page", "place": "line 2"}
    told["rests_on_described"] = "people it does not name"
    answer = reporters_desk.post(cite_path(agency), told)

    assert answer.headers["Location"] == f"/desk/sources/{agency.pk}/"
    page = page_of(reporters_desk, answer.headers["Location"])
    assert "people it does not name" in page
    kept = KeptCopy.objects.get()
    web.shutdown()
    web.server_close()
    copy = page_of(reporters_desk, f"/desk/sources/kept/{kept.pk}/")
    assert "«Лід тримає пором»" in copy
    assert kept.original_hash in copy


def test_nothing_in_a_hostile_page_runs_at_the_desk(reporters_desk, web):
    kept = keep_page(f"{web.address}/page", by=None)
    path = f"/desk/sources/kept/{kept.pk}/"

    page = page_of(reporters_desk, path)
    assert "spy.example" not in page
    original = reporters_desk.get(f"{path}original/")
    markup = reporters_desk.get(f"{path}markup/")
    for told in (original.headers, markup.headers):
        assert told["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert told["X-Content-Type-Options"] == "nosniff"
        assert "html" not in told["Content-Type"]
    assert markup.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "<script>fetch(" in markup.content.decode()
    assert original.headers["Content-Disposition"].startswith("attachment;")
    assert original.getvalue()[:2] == b"\x1f\x8b"
    original.close()


def test_a_file_is_cited_under_a_name_of_our_own(reporters_desk, agency):
    evil = 'x".html\r\nSet-Cookie: a=b;.html'
    file = SimpleUploadedFile(evil, b"<script>alert(1)</script><p>Fog.</p>")
    reporters_desk.post(cite_path(agency), {"file": file})

    kept = KeptCopy.objects.get()
    answer = reporters_desk.get(f"/desk/sources/kept/{kept.pk}/original/")
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="kept-{kept.pk}-{kept.original_hash[:12]}.html"'
    )
    assert kept.text == "Fog."
    assert answer.getvalue().startswith(b"<script>")
    answer.close()


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"address": "http://127.0.0.1/"}, "inside a network"),
        ({"address": "https://a.example", "place": "x" * 201}, "at most 200"),
        (
            {"address": "https://a.example", "file": SimpleUploadedFile("a", b"x")},
            "Give one of them.",
        ),
        ({"file": SimpleUploadedFile("a.warc", b"no")}, "cannot be read as WARC"),
    ],
)
def test_what_is_not_cited_says_why(reporters_desk, agency, told, says):
    answer = reporters_desk.post(cite_path(agency), told)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Citation.objects.exists()


def test_a_web_archive_of_500_mb_is_refused_unread(reporters_desk, agency):
    class Unread:
        def read(self, *_size):
            msg = "It was read."
            raise AssertionError(msg)

        readline = read

    answer = reporters_desk.generic(
        "POST",
        cite_path(agency),
        content_type="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": "500000000", "wsgi.input": Unread()},
    )

    assert answer.status_code == 413
    assert "not the whole archive" in answer.content.decode()


def test_a_citation_needs_the_token_of_the_form(reporter, agency):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reporter)

    assert strict.post(cite_path(agency), {"place": "p. 2"}).status_code == 403
    assert not Citation.objects.exists()


def test_nothing_is_kept_of_a_source_that_is_not_named(reporters_desk, editor):
    source = Source.objects.create(
        kind="unnamed", name="an official", unnamed_reason="Asked.", known_to=editor
    )
    mail = SimpleUploadedFile("a.eml", b"From: ina@port.example\n\nFog.")
    refused = reporters_desk.post(cite_path(source), {"file": mail})

    assert "would tell who it is" in refused.content.decode()
    assert not KeptCopy.objects.exists()


def test_a_chain_is_built_on_what_is_cited_already(reporters_desk, agency):
    ministry = Source.objects.create(kind="official_body", name="The ministry")
    first = cite(ministry, by=None)
    reporters_desk.post(cite_path(agency), {"rests_on": first.pk})
    paper = Source.objects.create(kind="publication", name="The paper")
    reporters_desk.post(cite_path(paper), {"rests_on_source": agency.pk})

    page = page_of(reporters_desk, f"/desk/sources/{agency.pk}/")
    assert page.index("The agency</span>") < page.index("The ministry")
    assert Citation.objects.get(source=paper).depth == 2


# Merging


def test_an_editor_merges_twins_and_undoes_it(editors_desk, reporters_desk, agency):
    twin = Source.objects.create(kind=SourceKind.PUBLICATION, name="Agency Ltd")
    saying(twin, "Fog came.")
    path = f"/desk/sources/{twin.pk}/merge/"
    told = {"into": agency.pk, "reason": "One house, two names."}

    assert reporters_desk.post(path, told).status_code == 302
    assert not SourceMerge.objects.exists()
    assert "1 statements" in page_of(editors_desk, path)
    done = editors_desk.post(path, told)

    assert done.headers["Location"] == f"/desk/sources/{agency.pk}/"
    page = page_of(editors_desk, done.headers["Location"])
    assert "One house, two names." in page
    assert "Fog came." in page
    assert f'href="/desk/sources/{agency.pk}/"' in page_of(
        editors_desk, f"/desk/sources/{twin.pk}/"
    )
    assert "Agency Ltd" not in page_of(editors_desk, "/desk/sources/")
    merge = SourceMerge.objects.get()
    editors_desk.post(f"/desk/sources/merges/{merge.pk}/undo/")
    assert "Fog came." in page_of(editors_desk, f"/desk/sources/{twin.pk}/")


def test_a_merged_source_is_chosen_no_more(editors_desk, agency):
    twin = Source.objects.create(kind=SourceKind.PUBLICATION, name="Agency Ltd")
    Source.objects.filter(pk=twin.pk).update(merged_into=agency)
    chooser = "/desk/choose/source/"
    from django.urls import reverse

    chooser = reverse("wagtailsnippetchoosers_sources_source:choose")
    offered = json.loads(editors_desk.get(chooser).content)["html"]

    assert "The agency" in offered
    assert "Agency Ltd" not in offered


def test_a_source_in_use_is_not_deleted_at_the_desk(agency):
    saying(agency, "Fog came.")
    User.objects.filter(username="editor").update(is_superuser=True, is_staff=True)
    desk = signed_in(User.objects.get(username="editor"))
    answer = desk.post(f"/desk/sources/delete/{agency.pk}/", follow=True)

    assert "Merge it into another instead." in answer.content.decode()
    assert Source.objects.filter(pk=agency.pk).exists()


# The report


def test_the_report_counts_what_was_published(reporters_desk, agency, editor):
    official = Source.objects.create(
        kind="unnamed", name="an official", unnamed_reason="Asked.", known_to=editor
    )
    single = saying(agency, "One.", "Two.", headline="Alone")
    both = saying(agency, "Three.", headline="Together")
    attribute_span(both, SPANS[0], source=official, by=editor)
    saying(agency, "Never out.", headline="Draft")
    for article in (single, both):
        actions.publish_article(article, by=an_editor())

    page = page_of(reporters_desk, "/desk/sources/report/")

    told = " ".join(page.split())
    assert "2 public articles of these days, 4 statements laid to a source." in told
    assert "1 rests on a single source, 0 on none." in told
    assert "<td>3</td><td>75.0 %</td>" in told
    assert "Asked." in told
    assert "Alone" in told
    assert "Together" not in told


@pytest.mark.parametrize(
    "period", ["first=2026-03-02&last=2026-03-01", "first=2024-01-01&last=2026-01-01"]
)
def test_a_period_has_a_length(reporters_desk, period):
    page = page_of(reporters_desk, f"/desk/sources/report/?{period}", 422)
    assert "A period goes forward" in page


def test_strangers_see_nothing_of_the_ledger(agency):
    path = f"/desk/sources/{agency.pk}/"
    for way in ("", "used/", "merge/", "cite/", "note/"):
        assert Client().get(path + way).status_code == 302
    assert Client().get("/desk/sources/report/").status_code == 302
