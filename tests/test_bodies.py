"""What the body of any route of any service may hold: values of their own type, and texts as they are seen."""

import inspect
import json
import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any, get_args

import pytest
from pydantic import BaseModel, create_model
from pydantic.fields import FieldInfo

from services.kernel.problems import LONGEST_FIELD, MAX_FIELDS, FieldProblem, Problem
from services.kernel.web.bodies import FORM, JSON, parse_body
from services.kernel.web.http import Api

SERVICES = ("registration", "documents", "finalization", "announcements")
CONTROLS = ("\x00", "\x07", "\x1b", "\x7f", "\x80", "\x9a", "\ufffe")
ODD = ("\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u200b", "\u200e", "\u202a", "\u202e", "\u2066", "\u2069", "\ufeff")
"""Dropped or made a space."""
NEVER = re.compile(f"[{''.join(CONTROLS + ODD)}]")


def request_models() -> Iterator[type[BaseModel]]:
    """Every model that a body of some route is read into, and those within it."""
    found: list[type[BaseModel]] = []
    for service in SERVICES:
        api: Api = import_module(f"services.{service}.app").api
        for route in api.routes:
            body = inspect.signature(route.handler).parameters.get("body")
            if body is not None:
                found.append(body.annotation)
    for model in found:  # grows
        found.extend(inner for field in model.model_fields.values() for inner in models_in(field.annotation))
    yield from dict.fromkeys(found)


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


def kinds_in(annotation: Any) -> set[Any]:
    inner = get_args(annotation)
    return set().union(*map(kinds_in, inner)) if inner else {annotation}


FIELDS = {
    f"{model.__name__}.{name}": (name, field, kinds_in(field.annotation))
    for model in request_models()
    for name, field in model.model_fields.items()
}
PASSWORD = "password"
"""Left as it was typed, but for control characters."""
TEXTS = {place: one for place, one in FIELDS.items() if str in one[2]}
NUMBERS = {place: one for place, one in FIELDS.items() if int in one[2]}
TRUTHS = {place: one for place, one in FIELDS.items() if one[2] & {bool, True}}


def each(fields: dict[str, tuple[str, FieldInfo, set[Any]]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("name", "field", "kinds"), fields.values(), ids=fields.keys())


def test_there_are_fields_of_each_kind() -> None:
    assert len(TEXTS) > 40
    assert len(NUMBERS) > 10
    assert len(TRUTHS) > 2


class Alone:
    """A body of one field, whatever else its own body needs."""

    def __init__(self, name: str, field: FieldInfo) -> None:
        self._name = name
        self._model: type[BaseModel] = create_model("Alone", **{name: (field.annotation, field)})  # type: ignore[call-overload]

    def read(self, value: object) -> Any:
        """What becomes of a value sent in it."""
        return getattr(parse_body(self._model, json.dumps({self._name: value}), JSON), self._name)

    def refuses(self, value: object) -> bool:
        """Whether the field is named as wrong; any other problem fails the test."""
        try:
            self.read(value)
        except Problem as problem:
            return {one.field.partition(".")[0] for one in problem.fields} == {self._name}
        return False


@each(TEXTS)
def test_no_text_carries_what_nobody_sees(name: str, field: FieldInfo, kinds: set[Any]) -> None:
    alone = Alone(name, field)
    for text in ("Siti{}Aminah binti", "{}Siti Aminah binti", "9901{}"):
        assert [sign for sign in CONTROLS if not alone.refuses(text.format(sign))] == []
    for text in ("Siti{} Aminah binti", "{}Siti Aminah binti", "08129999{}0000", "a{}@contoh.id"):
        sent = [text.format(sign) for sign in ODD]
        kept = [alone.read(each) for each in sent if not alone.refuses(each)]
        if name == PASSWORD:
            assert kept == sent
            continue
        assert not NEVER.search("".join(map(str, kept)))


@each(NUMBERS)
def test_a_number_is_a_number(name: str, field: FieldInfo, kinds: set[Any]) -> None:
    wrong: list[object] = [True, False, 1.5, [1], {}] + ([] if str in kinds else ["1", "satu", ""])
    alone = Alone(name, field)
    assert [value for value in wrong if not alone.refuses(value)] == []


@each(TRUTHS)
def test_a_truth_value_is_one(name: str, field: FieldInfo, kinds: set[Any]) -> None:
    wrong: list[object] = ["true", "yes", "ya", "1", 1, 0, 1.0, []]
    alone = Alone(name, field)
    assert [value for value in wrong if not alone.refuses(value)] == []
    assert alone.read(True) is True


def test_a_form_has_nothing_but_texts() -> None:
    class Ticked(BaseModel):
        v: int
        active: bool

    assert parse_body(Ticked, "v=7&active=true", FORM) == Ticked(v=7, active=True)
    with pytest.raises(Problem) as refused:
        parse_body(Ticked, "v=7%00&active=true", FORM)
    assert [(each.field, each.code) for each in refused.value.fields] == [("v", "unreadable")]


def test_what_cannot_be_read_is_named_by_its_place() -> None:
    class Inner(BaseModel):
        names: list[str]

    class Outer(BaseModel):
        inner: Inner

    with pytest.raises(Problem) as refused:
        parse_body(Outer, json.dumps({"inner": {"names": ["a", "b\x9a", "c\u202e"]}}), JSON)
    assert [(each.field, each.code) for each in refused.value.fields] == [("inner.names.1", "unreadable")]
    read = parse_body(Outer, json.dumps({"inner": {"names": ["a\u200b", "c\u202e d\x0be"]}}), JSON)
    assert read == Outer(inner=Inner(names=["a", "c d e"]))


UNKNOWN = tuple(json.dumps(body) for body in ({f"x{n}": 1 for n in range(900)}, {"x" * 1_000_000: 1}))


@pytest.mark.parametrize("model", list(request_models()))
def test_unknown_fields_never_make_a_large_answer(model: type[BaseModel]) -> None:
    for body in UNKNOWN:
        require_short(model, body)


def test_many_more_of_them_neither() -> None:
    for model in list(request_models())[:3]:
        require_short(model, json.dumps({f"x{n}": 1 for n in range(100_000)}))


def require_short(model: type[BaseModel], body: str) -> None:
    told: Sequence[FieldProblem] = ()
    try:
        parse_body(model, body, JSON)
    except Problem as problem:
        told = problem.fields
    assert len(told) <= MAX_FIELDS
    assert all(len(each.field) <= LONGEST_FIELD and len(each.message) < 200 for each in told)
