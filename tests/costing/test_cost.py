"""docs/cost.md says what the figures say, and the counted ones are still so."""

import os

import pytest

from infra.cost import page, units
from tests.costing.meter import size
from tests.costing.walk import Walk
from tests.support.aws import Cloud

DRIFT = 0.25
"""Of a deed's writes; more is a change somebody should have decided on."""


def test_a_deed_costs_what_was_counted(cloud: Cloud) -> None:
    """`make count-units` writes the file anew."""
    counted = Walk(cloud).go()
    if os.environ.get("COUNT_UNITS"):
        units.write(counted)
    known = units.read()
    assert counted.keys() == known.keys()
    for deed, found in counted.items():
        assert found.get("write", 0) == pytest.approx(known[deed].get("write", 0), rel=DRIFT, abs=1), deed


def test_the_page_is_what_the_tool_prints() -> None:
    assert page.PAGE.read_text() == page.render()


def test_every_counted_deed_is_in_the_census_and_priced() -> None:
    census, prices = page.read_census(), page.read_prices()
    assert {deed.name for deed in census.deeds} == units.read().keys()
    counted = {unit for deed in units.read().values() for unit in deed}
    assert counted <= prices.price.keys()
    assert {item.unit for item in census.besides} <= prices.price.keys()


def test_a_line_is_units_times_price_and_dearer_in_jakarta_unless_it_is_sold_everywhere() -> None:
    assert page.Line("x", 2_000_000, 1.25, 1_000_000).dollars == 2 * 1.25
    assert page.Line("x", 1_000_000, 2.5, 1_000_000).dollars == 2 * 1.25
    somewhere = page.Price(dollars=1, per=10, what="x", source="y")
    assert page.Line.of(somewhere, 100, 1.25).dollars == 12.5
    assert page.Line.of(somewhere.model_copy(update={"everywhere": True}), 100, 1.25).dollars == 10


def test_sizes_are_those_of_the_developer_guide() -> None:
    assert size({"pk": {"S": "abc"}}) == 5
    assert size({"n": {"N": "1234"}}) == 1 + 4
    assert size({"b": {"B": b"12345"}}) == 6
    assert size({"m": {"M": {"a": {"BOOL": True}}}}) == 1 + 3 + 1 + 1 + 1
    assert size({"l": {"L": [{"NULL": True}, {"S": "xy"}]}}) == 1 + 3 + (1 + 1) + (1 + 2)
