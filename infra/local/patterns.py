"""Event patterns, as far as the portal's filters use them: what Lambda hands on of a stream.

Source: AWS Lambda developer guide, "Control which events Lambda sends to your function", "Filter rule syntax".
"""

from collections.abc import Iterable, Mapping
from typing import Any


def passes(record: Mapping[str, Any], patterns: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a record meets one of the patterns; any record does where there is none.

    Raises:
        ValueError: for a rule that is not known here.
    """
    wanted = list(patterns)
    return not wanted or any(_meets(record, pattern) for pattern in wanted)


def _meets(value: Any, pattern: Any) -> bool:  # noqa: ANN401 - an event is a tree of anything
    if not isinstance(pattern, Mapping):
        return any(_is(value, rule) for rule in pattern)
    return isinstance(value, Mapping) and all(_meets(value.get(name), rule) for name, rule in pattern.items())


def _is(value: Any, rule: Any) -> bool:  # noqa: ANN401 - see above
    if isinstance(rule, str):
        return bool(value == rule)
    if isinstance(rule, Mapping) and rule.keys() == {"prefix"}:
        return isinstance(value, str) and value.startswith(rule["prefix"])
    raise ValueError(f"not a rule of ours: {rule}")
