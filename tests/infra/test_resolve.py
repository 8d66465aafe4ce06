"""References and conditions as the local cloud reads them."""

from typing import Any

import pytest

from infra.local.resolve import Names, resolve

CONDITIONS = {"Capped": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Most"}, "0"]}]}}
SCALING = {"Fn::If": ["Capped", {"MaximumConcurrency": {"Ref": "Most"}}, {"Ref": "AWS::NoValue"}]}


@pytest.mark.parametrize(
    ("most", "value", "wanted"),
    [
        ("0", {"Size": 1, "Scaling": SCALING}, {"Size": 1}),
        ("5", {"Size": 1, "Scaling": SCALING}, {"Size": 1, "Scaling": {"MaximumConcurrency": "5"}}),
        ("0", ["a", SCALING], ["a"]),
        ("5", ["a", SCALING], ["a", {"MaximumConcurrency": "5"}]),
        ("0", {"Fn::If": ["Capped", "yes", "no"]}, "no"),
        ("5", {"Fn::If": ["Capped", "yes", "no"]}, "yes"),
        ("5", {"Fn::Sub": "most ${Most}"}, "most 5"),
    ],
)
def test_what_a_condition_leaves_away_is_not_there(most: str, value: Any, wanted: Any) -> None:
    assert resolve(value, Names({"Most": most}, {}, CONDITIONS)) == wanted


def test_what_does_not_exist_is_told() -> None:
    with pytest.raises(KeyError, match="Nothing"):
        resolve({"Ref": "Nothing"}, Names({}, {}))
