"""Who calls over HTTP, signed in or not, as far as the request itself tells."""

import hmac
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Any, Self

from services.kernel.web.languages import Language, language_of

VIEWER_ADDRESS = "x-viewer-address"
"""The header in which the CDN passes the caller's address on, over whatever the caller wrote there (infra/cdn.yaml)."""
ORIGIN_SECRET = "x-origin-secret"  # noqa: S105 - a header's name
"""The header by which the CDN shows that it is the CDN: API Gateway's own addresses answer everybody."""

_LONGEST_AGENT = 300


@dataclass(frozen=True)
class Caller:
    """What is known of whoever calls, signed in or not.

    `agent` is what his browser calls itself (RFC 9110, 10.1.5), `language` what his page is written in.
    """

    address: str
    request_id: str
    cookies: Mapping[str, str]
    idempotency_key: str | None
    sent_form: bool
    agent: str = ""
    language: Language = Language.INDONESIAN

    @property
    def network(self) -> str:
        """What limits are counted by: the address, of IPv6 its first half, since one line has all that follow it."""
        try:
            address = ip_address(self.address)
        except ValueError:
            return self.address
        if address.version == 4 or address.ipv4_mapped:
            return self.address
        return str(ip_network((int(address), 64), strict=False))

    @classmethod
    def of(cls, headers: Mapping[str, str], context: Mapping[str, Any], *, sent_form: bool, cdn: Sequence[str]) -> Self:
        """Read a request's headers (names in lower case) and API Gateway's request context.

        `cdn` holds the secrets by which the CDN may show itself: two while one is replaced; an empty one is none.
        """
        return cls(
            address=_address(headers, context, cdn),
            request_id=str(context.get("requestId", "")),
            cookies=_cookies(headers.get("cookie", "")),
            idempotency_key=headers.get("idempotency-key"),
            sent_form=sent_form,
            agent=headers.get("user-agent", "")[:_LONGEST_AGENT],
            language=language_of(headers.get("accept-language", "")),
        )


def _address(headers: Mapping[str, str], context: Mapping[str, Any], cdn: Sequence[str]) -> str:
    """The caller's address as the CDN tells it; whoever comes round the CDN is known by where API Gateway saw him."""
    told = headers.get(VIEWER_ADDRESS)
    if told and _is_cdn(headers.get(ORIGIN_SECRET, ""), cdn):
        return str(told)
    return str(context.get("identity", {}).get("sourceIp", ""))


def _is_cdn(secret: str, cdn: Sequence[str]) -> bool:
    given = secret.encode()
    # each is compared, whatever the first one says
    return sum(hmac.compare_digest(given, each.encode()) for each in cdn if each) > 0


def _cookies(header: str) -> dict[str, str]:
    """Name and value of each cookie (RFC 6265, section 4.2.1); a stranger's odd one must not hide ours.

    A name that comes twice is left out: one of the two was planted, by a neighbour under the same domain, and which of
    them is ours nobody can tell (section 8.6).
    """
    pairs = [(name.strip(), value.strip()) for name, _, value in (pair.partition("=") for pair in header.split(";"))]
    times = Counter(name for name, _ in pairs)
    return {name: value for name, value in pairs if name and times[name] == 1}
