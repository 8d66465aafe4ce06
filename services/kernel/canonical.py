"""One byte form for a JSON value, so that whoever hashes or signs it anywhere gets the same."""

import json
from collections.abc import Mapping
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical(value: Mapping[str, Any]) -> bytes:
    """Sorted keys, no spaces, UTF-8: RFC 8785 for what we put in (strings, whole numbers, booleans, null)."""
    return _encode(value).encode()
