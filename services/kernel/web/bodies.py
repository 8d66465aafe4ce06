"""Request bodies and queries into pydantic models; what does not fit is a problem that names the fields."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from pydantic import BaseModel, ValidationError

from services.kernel.problems import Code, FieldProblem, Problem
from services.kernel.values.texts import as_written, read_texts
from services.kernel.web.validation_texts import field_problems

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
_MAX_MEMBERS = 1000
"""Of an object, as of a form: far more than any of ours has, and few enough to name what is wrong with each."""


def media_type(content_type: str) -> str:
    """A Content-Type header without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def parse_body(model: type[BaseModel], raw: str | bytes, media: str) -> BaseModel:
    """The body as a model: a form's last value of each name, or a JSON object.

    In JSON every value has its own type: `true` and `"1"` are no numbers. A form has nothing but texts, so there they
    are read for what they say.

    Raises:
        Problem: `malformed` for what is no object, has more than 1,000 members, or holds half of a surrogate pair: no
            text, and nothing could store it (RFC 7493, section 2.1); `invalid-fields` with a problem for each wrong
            field.
    """
    try:
        text = raw if isinstance(raw, str) else raw.decode()
        if media == FORM:
            return _validated(model.model_validate, read_texts(_read_form(text)))
        written = json.dumps(read_texts(_read_object(text)), ensure_ascii=False).encode()  # fails for half of a pair
    except (ValueError, RecursionError) as error:
        raise Problem(Code.MALFORMED) from error
    return _validated(partial(model.model_validate_json, strict=True), written)


def _read_form(text: str) -> dict[str, str]:
    sent = parse_qs(text, keep_blank_values=True, max_num_fields=_MAX_MEMBERS)
    return _join_days({name: values[-1] for name, values in sent.items()})


_PARTS = ("hari", "bulan", "tahun")


def _join_days(form: dict[str, str]) -> dict[str, str]:
    """A day is three inputs, which a script joins (web/src/form/values.js); where none ran they come as they are."""
    days = {name.removesuffix("-hari") for name in form if name.endswith("-hari")}
    return {**{day: "-".join(form.get(f"{day}-{part}", "").strip() for part in _PARTS) for day in days}, **form}


def _read_object(text: str) -> dict[str, object]:
    body = json.loads(text)
    if not isinstance(body, dict) or len(body) > _MAX_MEMBERS:
        raise Problem(Code.MALFORMED)
    return body


def parse_query(model: type[BaseModel], query: Mapping[str, str]) -> BaseModel:
    """The parameters of a query, all of them texts as they are seen, as a model.

    Raises:
        Problem: `invalid-fields` with a problem for each wrong one.
    """
    return _validated(model.model_validate, {name: as_written(value) for name, value in query.items()})


def _validated(validate: Callable[[Any], BaseModel], data: object) -> BaseModel:
    try:
        return validate(data)
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        if found[0]["type"] == "json_invalid":  # deeper than pydantic reads
            raise Problem(Code.MALFORMED) from error
        raise Problem(Code.INVALID_FIELDS, fields=_no_repeats(field_problems(found))) from error


def _no_repeats(problems: Sequence[FieldProblem]) -> list[FieldProblem]:
    return list({problem.field: problem for problem in reversed(problems)}.values())[::-1]
