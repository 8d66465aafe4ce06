import pytest

from infra.houses import HOUSES, House
from infra.openapi import path_of, text_of


@pytest.mark.parametrize("house", HOUSES, ids=lambda house: house.name)
def test_the_committed_description_is_what_the_routes_say(house: House) -> None:
    assert path_of(house).read_text() == text_of(house), "the API changed: run `make openapi` and say so in the commit"
