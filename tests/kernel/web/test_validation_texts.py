"""What is told of a wrong field: nothing of pydantic's own words."""

from enum import StrEnum
from typing import Literal

import pytest
from pydantic import BaseModel, Field, ValidationError

from services.kernel.states import PersonState
from services.kernel.web.validation_texts import field_problems


class Colour(StrEnum):
    """Three of them."""

    RED = "merah"
    GREEN = "hijau muda"
    BLUE = "biru"


class Only(StrEnum):
    """One alone."""

    ONE = "satu"


class Form(BaseModel):
    """A field of each kind with choices, and one with a limit."""

    colour: Colour = Colour.RED
    colours: dict[Colour, int] = Field(default_factory=dict)
    only: Only = Only.ONE
    verdict: Literal[PersonState.MEMENUHI_SYARAT, PersonState.DIKEMBALIKAN] = PersonState.DIKEMBALIKAN
    plain: Literal["a, b", "it's"] = "it's"
    confirm: Literal[True] = True
    age: int = Field(default=1, ge=1)


def told(name: str, value: object) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as refused:
        Form.model_validate({name: value})
    return [(found.code, found.message) for found in field_problems(refused.value.errors())]


@pytest.mark.parametrize(
    ("name", "value", "code", "message"),
    [
        ("colour", "x", "enum", "Pilih salah satu: merah, hijau muda, atau biru."),
        ("colours", {"x": 1}, "enum", "Pilih salah satu: merah, hijau muda, atau biru."),
        ("only", "x", "enum", "Pilih salah satu: satu."),
        ("verdict", "x", "literal-error", "Pilih salah satu: MEMENUHI_SYARAT atau DIKEMBALIKAN."),
        ("plain", "x", "literal-error", "Pilih salah satu: a, b atau it's."),
        ("confirm", False, "literal-error", "Pilih salah satu: true."),
        ("age", 0, "greater-than-equal", "Nilai paling kecil 1."),
    ],
)
def test_choices_are_named_as_one_would_send_them(name: str, value: object, code: str, message: str) -> None:
    assert told(name, value) == [(code, message)]


def test_every_state_of_a_person_is_named() -> None:
    class Query(BaseModel):
        """A filter."""

        state: PersonState

    with pytest.raises(ValidationError) as refused:
        Query.model_validate({"state": "x"})
    (found,) = field_problems(refused.value.errors())
    assert found.message.removeprefix("Pilih salah satu: ").removesuffix(".").replace(" atau", "").split(", ") == list(
        PersonState
    )
