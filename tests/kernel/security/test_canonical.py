"""The canonical form: the standard library's with sorted keys and no spaces, whatever is inside."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.security.canonical import canonical

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
PLAIN = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | TEXT
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4))


@given(st.dictionaries(TEXT, VALUES, max_size=5))
def test_it_is_what_anybody_s_json_library_makes(value: dict[str, object]) -> None:
    assert canonical(value) == json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_order_does_not_matter() -> None:
    assert canonical({"b": {"d": 1, "c": "ü"}, "a": None}) == '{"a":null,"b":{"c":"ü","d":1}}'.encode()


@pytest.mark.parametrize("value", [{"a": 2**64}, {"a": "\ud800"}, {"a": {1, 2}}, {1: "a"}])
def test_what_has_no_form_is_refused(value: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        canonical(value)
