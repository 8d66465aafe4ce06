"""Lambda's rules for a failing batch of a stream."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from infra.local.batches import Record, Rules, failed_identifiers, first_failed, steps
from infra.local.pool import Outcome


def records(names: str) -> list[Record]:
    return [{"dynamodb": {"SequenceNumber": name}} for name in names]


def names(batch: Sequence[Record]) -> str:
    return "".join(record["dynamodb"]["SequenceNumber"] for record in batch)


def work(given: str, rules: Rules, invoke: Callable[[str], Outcome]) -> tuple[list[str], list[str]]:
    """Every batch invoked, and everything given up."""
    invoked: list[str] = []

    def call(batch: Sequence[Record]) -> Outcome:
        invoked.append(names(batch))
        return invoke(names(batch))

    given_up = [names(step.records) for step in steps(records(given), rules, call) if step.given_up]
    return invoked, given_up


def raises_at(poison: str) -> Callable[[str], Outcome]:
    return lambda batch: Outcome(error="ValueError" if poison in batch else None)


def reports(poison: str) -> Callable[[str], Outcome]:
    return lambda batch: Outcome(result={"batchItemFailures": [{"itemIdentifier": poison}] if poison in batch else []})


def test_a_batch_that_goes_through_is_invoked_once() -> None:
    assert work("abcd", Rules(5, bisect=True, partial=True), lambda _: Outcome()) == (["abcd"], [])


def test_an_exception_halves_until_the_poisoned_record_stands_alone_and_order_is_kept() -> None:
    invoked, given_up = work("abcd", Rules(1, bisect=True, partial=True), raises_at("c"))
    assert invoked == ["abcd", "ab", "cd", "c", "c", "d"]
    assert given_up == ["c"]


def test_a_reported_failure_is_taken_up_from_the_failed_record() -> None:
    invoked, given_up = work("abcd", Rules(0, bisect=True, partial=True), reports("b"))
    assert invoked == ["abcd", "b", "cd"]
    assert given_up == ["b"]


def test_without_bisect_the_rest_of_the_batch_is_given_up_with_it() -> None:
    invoked, given_up = work("abcd", Rules(2, bisect=False, partial=True), reports("b"))
    assert invoked == ["abcd", "bcd", "bcd"]
    assert given_up == ["bcd"]


def test_retries_are_counted_after_the_first_try() -> None:
    invoked, given_up = work("a", Rules(5, bisect=True, partial=True), raises_at("a"))
    assert invoked == ["a"] * 6
    assert given_up == ["a"]


def test_without_a_limit_a_batch_is_tried_until_it_goes_through() -> None:
    left = iter([True] * 30)
    invoked, given_up = work(
        "a", Rules(-1, bisect=True, partial=True), lambda _: Outcome(error="X" if next(left, False) else None)
    )
    assert len(invoked) == 31
    assert given_up == []


def test_without_partial_reports_a_report_is_passed_over() -> None:
    assert work("ab", Rules(5, bisect=True, partial=False), reports("a")) == (["ab"], [])


def test_a_step_holds_all_that_is_left() -> None:
    asked = steps(records("abcd"), Rules(5, bisect=True, partial=True), lambda batch: raises_at("a")(names(batch)))
    assert names(next(asked).records) == "abcd"


@pytest.mark.parametrize("result", [None, "", {}, {"batchItemFailures": None}, {"batchItemFailures": []}])
def test_answers_that_mean_success(result: Any) -> None:
    assert first_failed(Outcome(result=result), records("ab"), partial=True) is None


@pytest.mark.parametrize(
    "result",
    [
        "text",
        {"batchItemFailures": "a"},
        {"batchItemFailures": [{}]},
        {"batchItemFailures": [{"itemIdentifier": ""}]},
        {"batchItemFailures": [{"itemIdentifier": None}]},
        {"batchItemFailures": [{"itemIdentifier": "unknown"}]},
    ],
)
def test_answers_that_fail_the_whole_batch(result: Any) -> None:
    assert first_failed(Outcome(result=result), records("ab"), partial=True) == 0


def test_the_lowest_failed_record_counts() -> None:
    failed = {"batchItemFailures": [{"itemIdentifier": "c"}, {"itemIdentifier": "b"}]}
    assert first_failed(Outcome(result=failed), records("abcd"), partial=True) == 1


def test_identifiers_are_read() -> None:
    assert failed_identifiers({"batchItemFailures": [{"itemIdentifier": "a"}]}) == {"a"}
