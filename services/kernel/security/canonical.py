"""One byte form for a JSON value, so that whoever hashes or signs it anywhere gets the same."""

from collections.abc import Mapping
from typing import Any

import orjson


def canonical(value: Mapping[str, Any]) -> bytes:
    """Sorted keys, no spaces, UTF-8: RFC 8785 for what we put in (strings, whole numbers of 64 bits, booleans, null).

    Raises:
        TypeError: for what JSON has no form for, a lone surrogate or a larger number among it.
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
