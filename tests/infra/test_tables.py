"""docs/tables.md says what the services declare, the declarations fit the template, and no write goes by them."""

import re
from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest

from infra import tables
from infra.services import ROOT
from infra.templates import load_template
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Operation
from services.kernel.aws.shapes import INDEX_KEYS, Shape, keys
from tests.support.shapes import fault, shape_of

SHARED: Mapping[str, Any] = load_template(ROOT / "infra" / "shared.yaml")["Resources"]
PERSON = {"pk": "P#a", "sk": "@"}


def test_the_page_is_fresh() -> None:
    assert tables.PAGE.read_text() == tables.text(), "make tables"


def test_the_page_names_every_table() -> None:
    declared = {name for name, resource in SHARED.items() if resource["Type"] == "AWS::DynamoDB::Table"}
    assert set(tables.TABLES) == declared
    assert {table for shape in tables.SHAPES for table in shape.tables} == declared


@pytest.mark.parametrize("shape", tables.SHAPES, ids=lambda shape: keys(shape.pk, shape.sk))
def test_a_shape_fits_its_tables(shape: Shape) -> None:
    for path in shape.by.split(", "):
        assert (ROOT / "services" / path).is_file(), path
    assert set(shape.encrypted) <= set(shape.attributes)
    for table in shape.tables:
        properties = SHARED[table]["Properties"]
        names = [part["AttributeName"] for part in properties["KeySchema"]]
        assert names == (["pk"] if shape.sk is None else ["pk", "sk"])
        assert ("expires" in shape.attributes) == ("TimeToLiveSpecification" in properties)
        ordered = {
            index["IndexName"]: tuple(part["AttributeName"] for part in index["KeySchema"])
            for index in properties.get("GlobalSecondaryIndexes", ())
        }
        for index in shape.indexes:
            assert ordered[index] == INDEX_KEYS.get(index, ("g1pk", "g1sk"))


def test_what_is_encrypted_has_one_name() -> None:
    for shape in tables.SHAPES:
        assert set(shape.encrypted) <= {"private", "delta", "wrapped"}
        assert ("private" in shape.attributes) == ("private" in shape.encrypted)


def test_no_attribute_has_two_names() -> None:
    other_words = {"st", "pii", "chain", "inst", "reg", "nomor", "kat"}
    assert [shape.name for shape in tables.SHAPES if other_words & shape.attributes.keys()] == []


def test_a_key_has_one_shape() -> None:
    """What one shape's own key would look like fits no other one, but for lists, whose names may be anything."""
    for one, other in combinations([shape for shape in tables.SHAPES if shape.sk != "<edition>"], 2):
        if set(one.tables) & set(other.tables):
            for shape, another in ((one, other), (other, one)):
                example = re.sub("<[^>]+>", "x", keys(shape.pk, shape.sk))
                assert not another.key.fullmatch(example), (shape.name, another.name)


@pytest.mark.parametrize(
    ("operation", "fine"),
    [
        (dynamodb.put("RegTable", {**PERSON, "nama": "A", "g1pk": "I#1#2"}), True),
        (dynamodb.put("RegTable", {**PERSON, "nama": "A", "nik": "1"}), False),
        (dynamodb.put("RegTable", {**PERSON, "st_DRAF": 1}), False),
        (dynamodb.put("RegTable", {"pk": "C#9901#i0", "sk": "@", "st_DRAF": 1}), True),
        (dynamodb.put("RegTable", {"pk": "Q#a", "sk": "@"}), False),
        (dynamodb.put("DocTable", {"pk": "INST", "sk": "9901"}), True),
        (dynamodb.put("DocTable", {"pk": "INST", "sk": "9901", "g1pk": "x"}), False),
        (dynamodb.update("RegTable", PERSON, values={"nama": "A"}, remove=["found"]), True),
        (dynamodb.update("RegTable", PERSON, remove=["nik"]), False),
        (dynamodb.update("RegTable", PERSON, values={"v": 1}, when=dynamodb.Attr("nik").not_exists()), True),
        (dynamodb.update("FinTable", {"pk": "F#9901", "sk": "CNT#3"}, add={"n#DRAF#THK2": 1, "m#usulan": 1}), True),
        (dynamodb.update("FinTable", {"pk": "F#9901", "sk": "CNT#3"}, add={"o#usulan": 1}), False),
        (dynamodb.check("RegTable", {"pk": "Q#a", "sk": "@"}, when=dynamodb.Attr("nik").exists()), True),
        (dynamodb.delete("RegTable", {"pk": "Q#a", "sk": "@"}), True),
    ],
)
def test_a_write_that_fits_no_shape_is_seen(operation: Operation, fine: bool) -> None:
    ((kind, parameters),) = operation.request.items()
    assert (fault(kind, parameters) is None) == fine


def test_the_lists_beside_their_plans() -> None:
    plan, made = shape_of("RegTable", "S#9901", "PLAN#3"), shape_of("RegTable", "S#9901", "prefinal-3")
    assert plan is not None
    assert made is not None
    assert ("attempt" in plan.attributes, "root" in made.attributes) == (True, True)
