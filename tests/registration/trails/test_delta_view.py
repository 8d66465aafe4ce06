"""Of what was changed a reader sees no more than domain.md, section 8, lets his role see."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.security.sessions import Role
from services.registration.trails.delta_view import HIDDEN, FieldChange, shown_reason, view_delta
from tests.registration.listed import CLAIM, HISTORY, ROW

NIK, KK, PHONE, EMAIL = ROW["nik"], CLAIM["nomor_kk"], "+6281234567890", "siti@contoh.id"
CANARIES = (NIK, KK, PHONE, EMAIL, "81234567890", "3500000")
DELTAS: Mapping[str, Mapping[str, Any]] = {
    "a row": {"row": {**ROW, "nominal_honor": 3500000}, "state": "DRAF"},
    "a draft": {"nama": [ROW["nama"], f"Siti {NIK}"], "nominal_honor": [3500000, None], "nik": [None, NIK]},
    "an account": {"contact": {"hp": PHONE, "email": EMAIL, "nomor_kk": KK, "typed": {"nama": NIK}}},
    "a contact": {"hp": [PHONE, None], "email": [None, EMAIL], "nomor_kk": [KK, KK[::-1]]},
    "an appointment": {"h1": [{**HISTORY, "nomor_sk": PHONE}, {**HISTORY, "hp": PHONE, "typed": NIK}]},
    "a reason": {"reason": f"salah orang, NIK {NIK}", "number": NIK},
    "what nobody knows": {"x": {"nik": NIK}, "y": [NIK, EMAIL], "z": [{"y": KK}, None], "import": KK},
}


def told(delta: Mapping[str, Any], role: Role) -> str:
    return str([*view_delta(delta, role), shown_reason(delta)])


@pytest.mark.parametrize("name", list(DELTAS))
@pytest.mark.parametrize("role", list(Role))
def test_no_personal_number_is_told_to_anybody(name: str, role: Role) -> None:
    sees_honor = role not in {Role.HONORER, Role.HELPDESK, Role.PPK}
    seen = [number for number in CANARIES if number in told(DELTAS[name], role)]
    assert seen == (["3500000"] if sees_honor and name in {"a row", "a draft"} else [])


@given(field=st.sampled_from(["hp", "email", "nomor_kk"]), value=st.text(min_size=1))
def test_of_a_contact_only_that_it_changed_is_told(field: str, value: str) -> None:
    assert view_delta({field: [None, value]}, Role.ADMIN) == [FieldChange(field=field, before=None, after=HIDDEN)]


def test_changes_stand_in_the_order_of_the_template_with_both_values() -> None:
    delta = {"unit_kerja": ["A", "B"], "nama": ["X", "Y"], "active": [None, False]}
    assert [(c.field, c.before, c.after) for c in view_delta(delta, Role.ADMIN)] == [
        ("nama", "X", "Y"),
        ("unit_kerja", "A", "B"),
        ("active", None, False),
    ]


def test_of_an_appointment_what_differs_is_told() -> None:
    before, after = dict(HISTORY), {**HISTORY, "jabatan": "Guru Mapel"}
    assert [c.field for c in view_delta({"h1": [before, after]}, Role.ADMIN)] == ["jabatan"]
    assert {c.field for c in view_delta({"h1": [None, after]}, Role.ADMIN)} == set(HISTORY)
    assert {c.after for c in view_delta({"h1": [before, None]}, Role.ADMIN)} == {None}


def test_a_nik_is_masked_and_dates_stay() -> None:
    shown = {c.field: c.after for c in view_delta({"row": dict(ROW)}, Role.AUDITOR)}
    assert shown["nik"] == "9901**********01"
    assert shown["tanggal_sk"] == ROW["tanggal_sk"]


def test_a_reason_is_told_as_it_was_typed() -> None:
    assert (
        shown_reason({"reason": "SK tertanggal 29-12-2017 tidak terbaca"}) == "SK tertanggal 29-12-2017 tidak terbaca"
    )
    assert shown_reason({"reason": None}) is None
