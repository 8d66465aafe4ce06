"""Request bodies and queries into pydantic models; what does not fit is a problem that names the fields."""

import json
from collections.abc import Sequence
from urllib.parse import parse_qs

from pydantic import BaseModel, ValidationError

from services.kernel.problems import Code, FieldProblem, Problem
from services.kernel.validation_texts import field_problems

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def media_type(content_type: str) -> str:
    """A Content-Type header without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def read_body(raw: str | bytes, media: str) -> object:
    """The body as Python values: a form's last value of each name, or whatever JSON it is.

    Raises:
        Problem: `malformed`, also for half of a surrogate pair: no text, and nothing could store it (RFC 7493,
            section 2.1).
    """
    try:
        text = raw if isinstance(raw, str) else raw.decode()
        if media == FORM:
            return {name: values[-1] for name, values in parse_qs(text, keep_blank_values=True).items()}
        return _encodable(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise Problem(Code.MALFORMED) from error


def _encodable(value: object) -> object:
    """The value, once UTF-8 has a form for every text and name in it; UnicodeEncodeError is a ValueError."""
    json.dumps(value, ensure_ascii=False).encode()
    return value


def parse(model: type[BaseModel], data: object) -> BaseModel:
    """The data as a model.

    Raises:
        Problem: `malformed` for what is no object, `invalid-fields` with one problem for each wrong field.
    """
    if not isinstance(data, dict):
        raise Problem(Code.MALFORMED)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        raise Problem(Code.INVALID_FIELDS, fields=_no_repeats(field_problems(found))) from error


def _no_repeats(problems: Sequence[FieldProblem]) -> list[FieldProblem]:
    return list({problem.field: problem for problem in reversed(problems)}.values())[::-1]
