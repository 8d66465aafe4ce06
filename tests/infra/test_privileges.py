"""What is allowed, against what was seen used: least privilege, kept by a record and a list of reasons."""

import pytest

from infra.privileges import faults, granted, kept, merged, recorded

READ, WRITE, SEND = "Read dynamodb:GetItem ${T}", "Write dynamodb:PutItem ${T}", "Send sqs:SendMessage ${Q}"


def test_every_policy_allows_what_is_used_and_else_only_what_has_a_reason() -> None:
    """After a change of a policy or of what a function does: `make privileges`."""
    assert list(faults(granted(), recorded(), kept())) == []


@pytest.mark.parametrize(
    ("used", "reasons", "told"),
    [
        ([READ, WRITE], {}, []),
        ([READ], {}, [f"allowed, never used, and no reason given: app {WRITE}"]),
        ([READ], {"app Write *": "on the last day only"}, []),
        ([READ], {"app Write *": " "}, ["no reason given: app Write *"]),
        ([READ, WRITE], {"app Write *": "never"}, [f"listed as unused, and used: app {WRITE}"]),
        ([READ, WRITE], {"app Send *": "never"}, ["listed as unused, and no policy allows it: app Send *"]),
        ([READ, WRITE, SEND], {}, [f"recorded as used, and no policy allows it (make privileges): app {SEND}"]),
    ],
)
def test_each_disagreement_is_told(used: list[str], reasons: dict[str, str], told: list[str]) -> None:
    assert list(faults({"app": {READ, WRITE}}, {"app": set(used)}, reasons)) == told


def test_a_record_keeps_what_is_allowed_still() -> None:
    assert merged({"b": {READ, WRITE}, "a": {SEND}}, {"b": {WRITE, SEND}}, {"b": {READ}, "echo": {READ}}) == {
        "a": [],
        "b": [READ, WRITE],
    }


def test_a_reason_is_a_sentence() -> None:
    assert not [why for why in kept().values() if len(why.split()) < 4]


def test_the_record_speaks_of_every_function() -> None:
    assert recorded().keys() == granted().keys()
