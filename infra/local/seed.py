"""The demo a fresh portal starts with: two institutions that do not exist, their staff, and a dozen listed people.

Everything but the first bkn account goes through the portal's own API, as in life.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from infra.local.client import Visitor, wait_for
from tools.sample import people, sheets

BKN_LOGIN = "190001011920011001"
PASSWORD = "contoh-sandi-demo-2022"  # noqa: S105 - a demo's password, printed at every start
DEMO_PEOPLE = 12


@dataclass(frozen=True)
class Institution:
    """A fictional institution of the demo."""

    code: str
    name: str
    kind: str


INSTITUTIONS = (
    Institution("9901", "Pemerintah Kabupaten Contoh Satu", "kabupaten"),
    Institution("9902", "Pemerintah Kota Contoh Dua", "kota"),
)
STAFF_ROLES = ("operator", "verifikator", "admin", "ppk", "helpdesk")


def seed(base: str, environment: Mapping[str, str]) -> list[str]:
    """Fill an empty portal; returns the lines that tell a visitor how to sign in.

    Args:
        base: the portal's address.
        environment: registration's, for the one account that no API can make.
    """
    create_first_bkn(environment)
    bkn = Visitor(base)
    bkn.sign_in(BKN_LOGIN, PASSWORD)
    for number, institution in enumerate(INSTITUTIONS, start=1):
        open_institution(bkn, institution, number)
    import_people(base, INSTITUTIONS[0], DEMO_PEOPLE)
    return [*sign_ins(), *sample_person()]


def create_first_bkn(environment: Mapping[str, str]) -> None:
    """Make the account that makes all others."""
    command = [sys.executable, "-m", "infra.first_account", BKN_LOGIN, "Petugas BKN Contoh"]
    subprocess.run(
        command, input=PASSWORD, text=True, env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL
    )


def open_institution(bkn: Visitor, institution: Institution, number: int) -> None:
    """Open the round for an institution and make its staff."""
    ppk = {"nama": f"Pejabat Contoh {number}", "nip": staff_login(number, "ppk"), "jabatan": "Kepala Daerah (contoh)"}
    body = {"name": institution.name, "kind": institution.kind, "size": 1000, "ppk": ppk}
    bkn.send("PUT", f"/api/finalization/institutions/{institution.code}", body, expect=200)
    for role in STAFF_ROLES:
        user = {
            "login": staff_login(number, role),
            "name": f"{'PPK' if role == 'ppk' else role.capitalize()} {institution.name}",
            "role": role,
            "units": [],
            "password": PASSWORD,
        }
        bkn.post(f"/api/registration/institutions/{institution.code}/users", user, expect=201)


def staff_login(number: int, role: str) -> str:
    """A NIP nobody has: born on 1 January 1900."""
    return f"190001011920011{number * len(STAFF_ROLES) + STAFF_ROLES.index(role):03d}"


def import_people(base: str, institution: Institution, count: int) -> None:
    """Import a spreadsheet as the operator does."""
    operator = Visitor(base)
    operator.sign_in(staff_login(1, "operator"), PASSWORD)
    content = sheets.xlsx_bytes(map(sheets.cells_of, people.people(count)))
    path = f"/api/registration/institutions/{institution.code}/imports"
    made = operator.post(path, {"filename": "contoh.xlsx", "size": len(content)}, expect=201)
    operator.post_form(made["upload"], content)
    wait_for(lambda: operator.get(f"{path}/{made['id']}")["state"] == "SELESAI", "demo import")


def sign_ins() -> list[str]:
    """Demo sign-ins, one line each."""
    lines = [f"Kata sandi semua akun demo: {PASSWORD}", f"  BKN          {BKN_LOGIN}"]
    for number, institution in enumerate(INSTITUTIONS, start=1):
        lines.append(f"  {institution.code} {institution.name}")
        lines += [f"    {role:<12} {staff_login(number, role)}" for role in STAFF_ROLES]
    return lines


def sample_person() -> list[str]:
    """A listed person with whose data a visitor can make an account."""
    one = people.person(0)
    shown = ("nik", "nomor_kk", "nama", "tempat_lahir", "tanggal_lahir", "hp", "email")
    return ["Orang contoh yang sudah didaftarkan di 9901 (belum punya akun):", *(f"  {k:<14} {one[k]}" for k in shown)]
