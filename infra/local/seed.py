"""The demo a fresh portal starts with: two institutions that do not exist, their staff, and a dozen listed people.

Everything but the invitation of bkn's first accounts goes through the portal's own API, as in life.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from infra.local.client import Visitor, wait_for
from tools.sample import people, sheets

BKN_LOGINS = ("190001011920011001", "190001011920011002")
BKN_LOGIN = BKN_LOGINS[0]
MAIL = "petugas@contoh.id"
PPK_TITLE = "Kepala Daerah (contoh)"
PASSWORD = "contoh-sandi-demo-2022"  # noqa: S105 - a demo's password, printed at every start
DEMO_PEOPLE = 12
SECOND = 100
"""So far from an institution's number is that of a second member of its staff in one role."""


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
STAFF_ROLES = ("admin", "operator", "verifikator", "ppk", "helpdesk")


def seed(base: str, environment: Mapping[str, str]) -> list[str]:
    """Fill an empty portal; returns the lines that tell a visitor how to sign in.

    Args:
        base: the portal's address.
        environment: registration's, for the accounts that no API can invite.
    """
    for number, login in enumerate(BKN_LOGINS, start=1):
        Visitor(base).accept(invite_first_bkn(login, number, environment), login, PASSWORD)
    bkn = Visitor(base)
    bkn.sign_in_staff(BKN_LOGIN, PASSWORD)
    for number, institution in enumerate(INSTITUTIONS, start=1):
        open_round(bkn, institution, number)
        invite_staff(bkn, institution, number)
    import_people(base, INSTITUTIONS[0], DEMO_PEOPLE)
    return [*sign_ins(base), *sample_person()]


def invite_first_bkn(login: str, number: int, environment: Mapping[str, str]) -> str:
    """Invite one of the accounts that invite all others; returns the address at which it is accepted."""
    command = [sys.executable, "-m", "infra.first_account", login, f"Petugas BKN Contoh {number}", MAIL]
    told = subprocess.run(command, text=True, env={**os.environ, **environment}, check=True, stdout=subprocess.PIPE)
    return told.stdout.strip()


def open_round(bkn: Visitor, institution: Institution, number: int) -> None:
    """Open the round for an institution."""
    ppk = {"nama": f"Pejabat Contoh {number}", "nip": staff_login(number, "ppk"), "jabatan": PPK_TITLE}
    body = {"name": institution.name, "kind": institution.kind, "size": 1000, "ppk": ppk}
    bkn.send("PUT", f"/api/finalization/institutions/{institution.code}", body, expect=200)


def invite_staff(bkn: Visitor, institution: Institution, number: int) -> None:
    """Let an institution's staff be invited: the admin and PPK by bkn, the others by him."""
    admin = Visitor(bkn.base)
    for role in STAFF_ROLES:
        inviter = bkn if role in {"admin", "ppk"} else admin
        invite(inviter, institution, number, role)
        if role == "admin":
            admin.sign_in_staff(staff_login(number, role), PASSWORD)


def invite(inviter: Visitor, institution: Institution, number: int, role: str) -> None:
    """One member of staff, from the invitation that is printed to the confirmation."""
    path, login = f"/api/registration/institutions/{institution.code}/invitations", staff_login(number, role)
    wanted = {
        "login": login,
        "name": f"{'PPK' if role == 'ppk' else role.capitalize()} {institution.name}",
        "email": MAIL,
        "role": role,
        "position": PPK_TITLE if role == "ppk" else "",
        "delivery": "CETAK",
    }
    made = inviter.post(path, wanted, expect=201)
    Visitor(inviter.base).accept(made["address"], login, PASSWORD)
    inviter.post(f"{path}/{made['id']}/confirmation", {"v": made["v"] + 1})


def staff_login(number: int, role: str) -> str:
    """A NIP nobody has: born on 1 January 1900."""
    return f"190001011920011{number * len(STAFF_ROLES) + STAFF_ROLES.index(role):03d}"


def import_people(base: str, institution: Institution, count: int) -> None:
    """Import a spreadsheet as the operator does."""
    operator = Visitor(base)
    operator.sign_in_staff(staff_login(1, "operator"), PASSWORD)
    content = sheets.xlsx_bytes(map(sheets.cells_of, people.people(count)))
    path = f"/api/registration/institutions/{institution.code}/imports"
    made = operator.post(path, {"filename": "contoh.xlsx", "size": len(content)}, expect=201)
    operator.post_form(made["upload"], content)
    wait_for(lambda: operator.get(f"{path}/{made['id']}")["state"] == "SELESAI", "demo import")


def sign_ins(base: str) -> list[str]:
    """Demo sign-ins, one line each."""
    lines = [
        f"Petugas masuk di {base}/instansi/masuk/ dengan kata sandi {PASSWORD}",
        f"dan kode dari {base}/_local/totp/; surat yang dikirim portal ada di {base}/_local/kotak-keluar/",
        *(f"  BKN          {login}" for login in BKN_LOGINS),
    ]
    for number, institution in enumerate(INSTITUTIONS, start=1):
        lines.append(f"  {institution.code} {institution.name}")
        lines += [f"    {role:<12} {staff_login(number, role)}" for role in STAFF_ROLES]
    return lines


def sample_person() -> list[str]:
    """A listed person with whose data a visitor can make an account."""
    one = people.person(0)
    shown = ("nik", "nomor_kk", "nama", "tempat_lahir", "tanggal_lahir", "hp", "email")
    return ["Orang contoh yang sudah didaftarkan di 9901 (belum punya akun):", *(f"  {k:<14} {one[k]}" for k in shown)]
