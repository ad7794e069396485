"""The page for when Django does not answer."""

import json

from dateline.pagestore.front.troubles import HEADERS, Troubles


def written(folder, **pages):
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text)
    (folder / HEADERS).write_text(json.dumps([["x-guard", "on"]]))
    return Troubles(folder)


def test_it_speaks_the_language_of_the_address(tmp_path):
    troubles = written(tmp_path, uk="<p>ні</p>", any="<p>no</p>")
    for path, text in (
        ("/uk/latest/", "<p>ні</p>"),
        ("/uk", "<p>ні</p>"),
        ("/fr/", "<p>no</p>"),
        ("/", "<p>no</p>"),
        ("/ukulele/", "<p>no</p>"),
        ("/../uk/", "<p>no</p>"),
    ):
        status, headers, body = troubles.answer(path)
        assert (status, body.decode()) == (503, text)
        said = dict(headers)
        assert said["content-type"] == "text/html; charset=utf-8"
        assert said["cache-control"] == "no-store"
        assert said["retry-after"].isdigit()
        assert said["x-guard"] == "on"


def test_without_any_file_it_still_says_a_sentence(tmp_path):
    status, headers, body = Troubles(tmp_path / "none").answer("/en/")
    assert status == 503
    assert b"try again" in body
    assert dict(headers)["content-type"] == "text/plain; charset=utf-8"
    assert "content-security-policy" in dict(headers)


def test_a_damaged_file_of_headers_costs_no_protection(tmp_path):
    troubles = written(tmp_path, any="<p>no</p>")
    (tmp_path / HEADERS).write_text("{")
    assert "content-security-policy" in dict(troubles.answer("/")[1])
