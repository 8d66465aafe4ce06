"""Which methods of the APIs are allowed less than the rest: what costs much, or is guessed at.

All others (writes, polls) share the account's limit as they come: `RequestsPerSecond` in infra/api.yaml.
"""

from collections.abc import Mapping
from typing import Any

SLOW = frozenset(
    {
        ("GET", "/registration/captcha"),
        ("POST", "/registration/identity-checks"),
        ("POST", "/registration/status-checks"),
        ("POST", "/registration/sessions"),
        ("POST", "/registration/accounts"),
        ("POST", "/registration/password-resets"),
        ("POST", "/registration/password-resets/completions"),
        ("POST", "/registration/reclaims"),
        ("GET", "/announcements/captcha"),
        ("POST", "/announcements/usulan"),
        ("POST", "/announcements/tanggapan"),
        ("POST", "/announcements/bantuan"),
        ("POST", "/announcements/cases/lookups"),
        ("POST", "/announcements/cases/hearings"),
    }
)


def method_settings(paths: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The settings of a service's slow methods; in a setting's path every `/` but the first is written `~1`."""
    return [
        {
            "HttpMethod": method,
            "ResourcePath": "/" + path.replace("/", "~1"),
            "ThrottlingRateLimit": {"Ref": "SlowRequestsPerSecond"},
            "ThrottlingBurstLimit": {"Ref": "SlowRequestsBurst"},
        }
        for method, path in sorted(SLOW)
        if method.lower() in paths.get(path, {})
    ]
