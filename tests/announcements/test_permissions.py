"""Every role at every route, against the matrix (tests/permissions/matrix.py)."""

import pytest

from services.announcements import app as entry
from services.kernel.security.sessions import NATIONAL, Role
from tests.announcements.world import CODE, World
from tests.permissions.matrix import NOBODY, Rule, rules_of

RULES = rules_of("/announcements/")
OF_A_CASE = "/announcements/institutions/{code}/cases/{number}"
BODIES = {
    "/announcements/institutions/{code}/answers": {"v": 0, "answers": []},
    "/announcements/institutions/{code}/announcements/{name}": {"place": "WEB", "on": "2022-10-05"},
    f"{OF_A_CASE}/taking": {"v": 1},
    f"{OF_A_CASE}/handed-over": {"v": 1, "tanggal": "2022-10-05"},
    f"{OF_A_CASE}/messages": {"v": 1, "text": "Mohon kirim SK terakhir."},
    f"{OF_A_CASE}/release": {"decision": "0" * 16},
    f"{OF_A_CASE}/decisions": {"v": 1, "accepted": False, "reason": "LAINNYA", "text": "Bukti belum lengkap."},
}
"""What is asked only of a body that can be read."""


def ask(world: World, rule: Rule, who: str, institution: str = CODE, **claims: object) -> str | None:
    """The code with which the caller is turned away, or None; an empty body is refused only of whom is let in."""
    national = who in NATIONAL
    token = None
    if who != NOBODY:
        token = world.cloud.token(Role(who), None if national else institution, sub=f"staff-{who}", **claims)
    path = rule.path.format(code=CODE, name="prefinal-1", number=case_for(world, who))
    narrowed = institution != CODE or ("units" in claims and rule.unit == "403")
    body = BODIES.get(rule.path, {}) if narrowed else {}
    answer = world.cloud.call(entry.app, rule.method, path, None if rule.method == "GET" else body, token=token)
    assert answer.status < 500
    refused = answer.status in {401, 403} or (answer.status == 404 and rule.roles)
    return str(answer.code) if refused else None


def case_for(world: World, who: str) -> str:
    """The number of a case that this role has to do with: the listed person's own is the tanggapan about him."""
    kind = "TANGGAPAN" if who in {Role.HONORER, Role.VERIFIKATOR} else "USULAN"
    items = world.cloud.items("AnnTable")
    return next(str(one["pk"]).removeprefix("C#") for one in items if one["sk"] == "@" and one.get("kind") == kind)


@pytest.fixture
def opened(world: World) -> World:
    """With an usulan, and a tanggapan about the person who asks."""
    world.open_round()
    world.prefinal(world.person(1, pid=f"staff-{Role.HONORER}", assured=True))
    world.filed()
    about = {"institution": CODE, "nomor_registrasi": "REG000001", "email": "", "hp": ""}
    world.filed("/tanggapan", **about, alasan="Orang ini sudah pindah ke luar negeri sejak tahun 2019.")
    return world


def test_who_is_let_in(opened: World) -> None:
    for rule in RULES:
        for who in (NOBODY, *Role):
            assert ask(opened, rule, who) == rule.refusal(who), (str(rule), who)


def test_another_institution_does_not_exist(opened: World) -> None:
    for rule in RULES:
        for who in sorted(rule.roles - NATIONAL) if rule.elsewhere == "404" else []:
            assert ask(opened, rule, who, "9902") == "not-found", (str(rule), who)


def test_what_units_leave(opened: World) -> None:
    for rule in RULES:
        for who in sorted(rule.roles - NATIONAL):
            refused = ask(opened, rule, who, units=["Unit A"])
            assert refused == ("forbidden" if rule.unit == "403" else None), (str(rule), who)
