"""Whatever stands in a path where an id belongs, of any route of any service: nothing is found, and nothing breaks."""

from importlib import import_module
from urllib.parse import quote

import pytest

from services.kernel.security.sessions import NATIONAL
from services.kernel.web.http import Api
from tests.support.aws import Cloud

SERVICES = ("registration", "documents", "finalization", "announcements")
ODD = (
    "a" * 129,
    "a" * 3000,
    "é" * 1100,
    "9901#0",
    "a/b",
    "\x00",
    "9901\n",
    "\x1f",
    "\x7f",
    "\x9a",
    "\u202e",
    "\ufffd",
    "\U0001f600",
    "𝟗𝟗𝟎𝟏",  # noqa: RUF001 - digits to `str.isdigit`, but no code of ours
)
"""Too long for a key of DynamoDB, with the marks that divide our keys, with what cannot be seen."""


@pytest.mark.parametrize("service", SERVICES)
def test_what_can_be_no_id_is_not_found(cloud: Cloud, service: str) -> None:
    cloud.use(service)
    entry = import_module(f"services.{service}.app")
    api: Api = entry.api if hasattr(entry, "api") else import_module(f"services.{service}.api").api
    with_variables = [route for route in api.routes if "{" in route.path]
    assert with_variables
    for route in with_variables:
        for odd in ODD:
            path = route.path
            while "{" in path:
                name = path.partition("{")[2].partition("}")[0]
                path = path.replace(f"{{{name}}}", quote(odd, safe=""))
            role = min(route.roles) if route.roles else None
            token = cloud.token(role, None if role in NATIONAL else "9901") if role else None
            answer = cloud.call(entry.app, route.method, path, {}, token=token)
            assert (answer.status, answer.code) == (404, "not-found"), (route.path, odd[:20])
            assert answer.headers["content-type"] == "application/problem+json"
