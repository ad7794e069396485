import pytest

from dateline.people.checks import check_proxy_is_named

HTTPS = ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.parametrize(
    ("header", "trusted", "told"),
    [
        (None, (), []),
        (HTTPS, ("127.0.0.1/32",), []),
        (HTTPS, (), ["people.W001"]),
    ],
)
def test_a_proxy_that_is_not_named_is_told(settings, header, trusted, told):
    settings.SECURE_PROXY_SSL_HEADER = header
    settings.DATELINE_TRUSTED_PROXIES = trusted
    assert [said.id for said in check_proxy_is_named()] == told
