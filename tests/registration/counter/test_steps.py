"""The help desk finds somebody and sees his state and steps, and nothing of his record."""

import pytest

from services.kernel.security.sessions import Role
from services.registration.facts.project_case import project_case
from tests.registration.cases.test_project_case import moved
from tests.registration.listed import ROW, portal, register, stand_with_account
from tests.registration.staff import desk
from tests.support.aws import Cloud

__all__ = ["portal"]


def test_steps_and_what_is_missing_without_the_record(portal: Cloud) -> None:
    person = stand_with_account(portal)
    project_case(moved(person.pid))
    help_desk = desk(portal, Role.HELPDESK)
    (found,) = help_desk.call("POST", "/nik-lookups", {"nik": ROW["nik"]}).json["items"]
    answer = help_desk.call("GET", f"/people/{found['id']}/steps")
    assert answer.status == 200, answer.text
    seen = answer.json
    assert (seen["state"], seen["has_account"]) == ("AKUN_DIBUAT", True)
    assert [name for name, done in seen["steps"].items() if done] == ["account"]
    assert seen["missing"][0]["code"] == "active"
    assert [each["number"] for each in seen["cases"]] == ["L-2345-6789"]
    for hidden in ("nik", "tanggal_lahir", "nomor_sk", "jabatan_penandatangan"):
        assert ROW[hidden] not in answer.text
    assert help_desk.call("GET", f"/people/{person.pid}").code == "forbidden"


@pytest.mark.parametrize(("unit", "code"), [(ROW["unit_kerja"], ""), ("Unit lain", "not-found")])
def test_of_his_units_alone(portal: Cloud, unit: str, code: str) -> None:
    person = register()
    answer = desk(portal, Role.HELPDESK, units=[unit]).call("GET", f"/people/{person.pid}/steps")
    assert (answer.status == 200) is (code == "")
    assert answer.json["missing"] if not code else answer.code == code
