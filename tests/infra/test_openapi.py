import json
import re

import pytest

from infra.openapi import path_of, text_of
from infra.services import SERVICES, Service


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_the_committed_description_is_what_the_routes_say(service: Service) -> None:
    assert path_of(service).read_text() == text_of(service), (
        "the API changed: run `make openapi` and say so in the commit"
    )


ON_THEIR_WAY = {
    "post /registration/staff-sessions 202",
    "post /registration/staff-password-resets 202",
    "post /registration/password-resets 202",
    "post /registration/me/email 202",
}
"""What was taken in and goes on elsewhere, by a cookie or a mail; nothing is to be told of it."""


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_every_operation_says_what_it_answers(service: Service) -> None:
    """But for what has no content: done (204), the way to a file or a page (303), and `ON_THEIR_WAY`."""
    answers = {
        f"{method} {path} {status}": answer
        for path, operations in json.loads(text_of(service))["paths"].items()
        for method, operation in operations.items()
        for status, answer in operation["responses"].items()
        if status not in {"204", "303"}
    }
    assert {name for name, answer in answers.items() if "content" not in answer} == ON_THEIR_WAY & answers.keys()


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_what_is_referred_to_is_described(service: Service) -> None:
    """A model whose name another one has too is described under a longer one."""
    described = json.loads(text_of(service))["components"]["schemas"]
    assert set(re.findall(r'"#/components/schemas/([^"]+)"', text_of(service))) <= set(described)
