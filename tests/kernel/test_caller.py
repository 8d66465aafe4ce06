"""Who calls, as far as a request tells: the network limits are counted by."""

import pytest

from services.kernel.caller import Caller


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
    assert Caller.of({"x-viewer-address": address}, {}, sent_form=False).network == network
