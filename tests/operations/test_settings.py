"""The settings, as an operator writes them."""

from pathlib import Path

import pytest

from dateline.config.settings import options
from dateline.config.settings.parsers import SettingRefused


def read(tmp_path, text="", **environ):
    (tmp_path / "dateline.toml").write_text(text)
    named = {f"DATELINE_{name.upper()}": value for name, value in environ.items()}
    return options.read({"DATELINE_DATA": str(tmp_path)} | named)


def test_the_environment_wins_over_the_file(tmp_path):
    text = 'port = 8001\nsite_url = "https://file.example"'
    chosen = read(tmp_path, text, port="8002")
    assert chosen.port == 8002
    assert chosen.public_url == "https://file.example"
    assert chosen.is_https


def test_without_a_choice_the_paper_stays_on_this_machine():
    chosen = options.read({})
    assert chosen.public_url == "http://127.0.0.1:8000"
    assert chosen.hosts == ["127.0.0.1", "localhost", "[::1]"]
    assert chosen.allowed_networks == ()
    assert not chosen.debug
    assert not chosen.is_https


def test_lists_are_words_with_commas_or_arrays(tmp_path):
    written = read(tmp_path, 'allowed_hosts = ["a.example", "b.example"]')
    spoken = read(tmp_path, allowed_hosts="a.example, b.example")
    assert written.allowed_hosts == spoken.allowed_hosts == ("a.example", "b.example")


def test_a_file_named_elsewhere_is_read(tmp_path):
    file = tmp_path / "elsewhere.toml"
    file.write_text("threads = 3")
    assert options.read({"DATELINE_CONFIG": str(file)}).threads == 3


@pytest.mark.parametrize(
    ("text", "environ", "sentence"),
    [
        ("", {"prot": "8000"}, "DATELINE_PROT is not a setting of Dateline"),
        ("prot = 8000", {}, "prot in .*dateline.toml is not a setting"),
        ('data = "/elsewhere"', {}, "data in .*dateline.toml is not a setting"),
        ("port = ", {}, "cannot be read"),
        ("port = true", {}, "must be a whole number"),
        ("", {"port": "70000"}, "must be a whole number from 1 to 65535"),
        ("", {"port": "٨٠٠x"}, "must be a whole number"),
        ("", {"debug": "perhaps"}, "must be true or false"),
        ("", {"site_url": "news.example"}, "must be an address"),
        ("", {"site_url": "https://news.example/paper"}, "must be an address"),
        ("", {"database_url": "mysql://x"}, "must begin with postgresql://"),
        ("", {"purge_caches": "http://127.0.0.1"}, "must name caches such as varnish"),
        ("", {"purge_caches": "varnish+http://u:p@h"}, "must not hold a password"),
        ("", {"purge_lifetime": "0"}, "must be a whole number from 1 to 604800"),
        ("", {"purge_lifetime_by_address": "1d"}, "from 1 to 3600"),
        ("", {"purge_fastly_token": "two words"}, "must be a token"),
        ("", {"secret_key": "short"}, "at least 32 characters"),
        ("", {"log_level": "loud"}, "must be one of debug"),
        ("", {"allowed_networks": "10.0.0.300"}, "does not appear to be"),
        ("", {"smtp_url": "mail.example"}, "must be an address such as smtp://"),
        ("allowed_hosts = 3", {}, "must be a list"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(tmp_path, text, environ, sentence):
    with pytest.raises(SettingRefused, match=sentence):
        read(tmp_path, text, **environ)


def test_a_file_that_is_named_and_missing_is_refused(tmp_path):
    with pytest.raises(SettingRefused, match="cannot be read"):
        options.read({"DATELINE_CONFIG": str(tmp_path / "none.toml")})


def test_sqlite_takes_writers_in_turn_and_keeps_what_it_acknowledges(tmp_path):
    database = read(tmp_path).database
    assert database["NAME"] == str(tmp_path / "dateline.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database["OPTIONS"]["timeout"] == 20
    assert "synchronous=FULL" in database["OPTIONS"]["init_command"]


def test_postgresql_may_be_behind_a_socket(tmp_path):
    url = "postgresql://us%40er:p%2Fw@/paper?host=/run/pg&sslmode=require"
    database = read(tmp_path, database_url=url).database
    assert database["NAME"] == "paper"
    assert database["USER"] == "us@er"
    assert database["PASSWORD"] == "p/w"
    assert database["HOST"] == "/run/pg"
    assert database["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize(
    ("url", "facts"),
    [
        ("smtp://u:p@mail.example", {"PORT": 587, "USE_TLS": True, "USE_SSL": False}),
        ("smtps://mail.example", {"PORT": 465, "USE_TLS": False, "USE_SSL": True}),
        ("smtp+plain://mail.example:2525", {"PORT": 2525, "USE_TLS": False}),
    ],
)
def test_the_mail_server_is_one_address(tmp_path, url, facts):
    mail = read(tmp_path, smtp_url=url).mail
    assert mail["HOST"] == "mail.example"
    assert {name: mail[name] for name in facts} == facts


def test_a_relative_data_folder_is_one_of_the_current_folder():
    assert options.read({"DATELINE_DATA": "paper"}).data == Path.cwd() / "paper"


def test_the_caches_in_front_are_named_once_each_and_their_tokens_kept_quiet(tmp_path):
    text = (
        'purge_caches = ["varnish+http://127.0.0.1:6083", "fastly://SERVICE",'
        ' "varnish+http://127.0.0.1:6083/"]\npurge_fastly_token = "s3cret"'
    )
    chosen = read(tmp_path, text)
    named = ["varnish+http://127.0.0.1:6083", "fastly://SERVICE"]
    assert list(map(str, chosen.purge_caches)) == named
    assert chosen.purge_secrets.fastly == "s3cret"
    assert "s3cret" not in repr(chosen.purge_secrets)
