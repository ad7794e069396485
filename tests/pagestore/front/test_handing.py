"""Files that Django names and the front sends."""

import pytest

from dateline.pagestore.front.handing import FILE, headers_with_length, named, taken


@pytest.mark.parametrize("name", ["noise.pdf", "öde pläne 100%.pdf", "a\nb"])
def test_a_file_is_taken_over_whatever_its_name(tmp_path, name):
    path = tmp_path / name
    said = [("content-type", "x/y"), *named(str(path), 10, 20).items()]
    assert all(value.isprintable() and value.isascii() for _, value in said)
    assert taken(said, tmp_path) == (str(path), 10, 20)


def test_nothing_outside_the_folder_is_sent(tmp_path):
    inside = tmp_path / "media"
    inside.mkdir()
    (inside / "link").symlink_to(tmp_path / "secret")
    for path in (tmp_path / "secret", inside / "../secret", inside / "link", "/"):
        assert taken(list(named(str(path), 0, 1).items()), inside) is None


def test_an_answer_that_hands_nothing_over_is_left_alone(tmp_path):
    assert taken([("content-type", "x/y")], tmp_path) is None


def test_the_client_learns_the_length_and_not_the_place():
    said = [("content-length", "0"), ("etag", '"x"'), (FILE, "/x"), ("accept", "y")]
    assert headers_with_length(said, 7) == [
        ("etag", '"x"'),
        ("accept", "y"),
        ("content-length", "7"),
    ]
