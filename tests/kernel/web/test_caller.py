"""Who calls, as far as a request tells: the network limits are counted by."""

import pytest

from services.kernel.web.caller import Caller


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("2001:DB8:0:1:ffff:ffff:ffff:ffff", "2001:db8:0:1::/64"),
        ("2001:db8:0:2::1", "2001:db8:0:2::/64"),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
        ("", ""),
        ("unknown", "unknown"),
        ("192.0.2.1, 198.51.100.1", "192.0.2.1, 198.51.100.1"),
    ],
)
def test_one_line_is_one_network(address: str, network: str) -> None:
    context = {"identity": {"sourceIp": address}}
    assert Caller.of({}, context, sent_form=False, cdn=()).network == network


CDN = ("new", "before")


@pytest.mark.parametrize(
    ("secret", "cdn", "address"),
    [
        ("new", CDN, "2001:db8::1"),
        ("before", CDN, "2001:db8::1"),
        ("older", CDN, "192.0.2.1"),
        (None, CDN, "192.0.2.1"),
        ("", CDN, "192.0.2.1"),
        ("new", (), "192.0.2.1"),
        ("", (), "192.0.2.1"),
        ("", ("", ""), "192.0.2.1"),
        ("new", ("new", ""), "2001:db8::1"),
        ("", ("new", ""), "192.0.2.1"),
        ("n\u00e9w", CDN, "192.0.2.1"),
    ],
)
def test_only_the_distribution_is_believed_who_calls(secret: str | None, cdn: tuple[str, ...], address: str) -> None:
    """API Gateway's own address answers everybody, who may write into any header what he likes."""
    headers = {"x-viewer-address": "2001:db8::1", **({} if secret is None else {"x-origin-secret": secret})}
    context = {"identity": {"sourceIp": "192.0.2.1"}}
    assert Caller.of(headers, context, sent_form=False, cdn=cdn).address == address


def test_what_the_distribution_does_not_tell_is_where_the_request_came_from() -> None:
    context = {"identity": {"sourceIp": "192.0.2.1"}}
    assert Caller.of({"x-origin-secret": "new"}, context, sent_form=False, cdn=CDN).address == "192.0.2.1"
