import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.plumbing.client_address import client_address

PROXY = ("127.0.0.1/32", "10.0.0.0/8")


@pytest.mark.parametrize(
    ("remote", "forwarded", "trusted", "counted"),
    [
        ("203.0.113.9", "", (), "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", (), "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", PROXY, "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1", PROXY, "198.51.100.1"),
        # What a visitor wrote stands to the left of what the proxy heard.
        ("127.0.0.1", "1.2.3.4, 198.51.100.1", PROXY, "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1, 10.1.2.3", PROXY, "198.51.100.1"),
        ("127.0.0.1", "nonsense", PROXY, "127.0.0.1"),
        ("::ffff:203.0.113.9", "", (), "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "", (), "2001:db8:1:2::/64"),
        ("", "198.51.100.1", PROXY, "unknown"),
    ],
)
def test_only_our_own_proxies_are_believed(remote, forwarded, trusted, counted):
    assert client_address(remote, forwarded, trusted=trusted) == counted


@given(st.text(max_size=200))
def test_a_header_alone_changes_nothing(forwarded):
    assert client_address("203.0.113.9", forwarded, trusted=PROXY) == "203.0.113.9"
