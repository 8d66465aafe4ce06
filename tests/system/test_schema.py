"""Generated requests against what each service says of itself: no 500, and every answer as described."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from infra.local.client import Visitor
from tests.support.large import LARGE
from tests.support.office import PASSWORD, Office, open_office
from tests.support.portal import Portal
from tests.system.routes import SERVICES, description

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
ENDS_SESSIONS = {("DELETE", "/registration/sessions"), ("POST", "/registration/sessions/refresh")}
ROLES = ("nobody", "honorer", "operator", "verifikator", "admin", "ppk", "bkn")
EXAMPLES = 40 if LARGE else 5
"""Requests for each operation: by night (`make test-large`) the same ones and many more."""


@pytest.fixture(scope="module")
def office(portal: Portal) -> Office:
    """An institution that may be finalized by chance."""
    made = open_office(portal)
    made.enlist([made.person(0)])
    return made


@pytest.fixture(scope="module")
def visitors(office: Office) -> dict[str, Visitor]:
    """One visitor of every role."""
    honorer = office.make_account(office.person(0))
    honorer.sign_in(office.person(0)["nik"], PASSWORD)
    staff = {role: office.stage.staff(role) for role in ROLES[2:]}
    return {"nobody": Visitor(office.portal.base_url), "honorer": honorer, **staff}


@pytest.mark.parametrize("service", SERVICES)
def test_generated_requests(office: Office, visitors: dict[str, Visitor], service: str) -> None:
    base = office.portal.base_url
    schema = schemathesis.openapi.from_dict(description(base, service))
    schema.config.update(base_url=f"{base}/api")
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if (operation.method.upper(), operation.path) in ENDS_SESSIONS:
            continue

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(), role=st.sampled_from(ROLES), own=st.booleans())
        def ask(case: Any, role: str, own: bool) -> None:
            if own and case.method != "PUT" and "code" in case.path_parameters:  # PUT would rename it
                case.path_parameters["code"] = office.code
            answer = case.call(cookies=visitors[role].cookies, headers={"Origin": base}, timeout=30)
            case.validate_response(answer, checks=CHECKS)

        ask()
