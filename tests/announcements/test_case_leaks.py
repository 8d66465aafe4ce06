"""Nothing of what somebody wrote, nor who he is, leaves a case: by page, mail, fact, log line, key or address.

Each kind is filed with canaries in every field, handled and decided; then everything that was made is looked through.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

import pytest

from services.announcements.settings import files_key
from services.kernel import clock
from services.kernel.aws import clients
from services.kernel.cases.number import read_case_number
from services.kernel.cases.objection import Objection, sign_objection
from services.kernel.security.sessions import Role
from services.kernel.states import Phase
from tests.announcements.post import Post
from tests.announcements.world import CODE, NOON, Filed, World

NIK: Final = "9901015703930007"
BORN: Final = "1993-03-17"
WORDS: Final = ("Canarymanuk", "Kenaritukang", "Kutilangsiul", "Jalakdesa", "Perkututmaung", "Gelatikjawa", "Cucakrowo")
REPORTED, UNIT, TITLE, REPORTER, WHY, SAID, ANSWER = WORDS
MAIL: Final = "burung.kenari@sangkar.example"
PHONE: Final = "081298765432"
CANARIES: Final = (NIK, NIK[6:], BORN, "17-03-1993", "17 Maret 1993", *WORDS, MAIL, "sangkar.example", PHONE, PHONE[1:])
HIS: Final = {"email": MAIL, "hp": PHONE}
WHY_AT_LENGTH: Final = f"{WHY} adalah alasannya, dan cukup panjang untuk ditulis."


def answer_all(post: Post) -> Iterator[str]:
    """File, follow, ask, answer, hear and decide one of each kind; what everybody but its reader was answered."""
    world = post.world
    usulan = world.filed(
        nik=NIK, tanggal_lahir=BORN, nama=REPORTED, unit_kerja=UNIT, jabatan=TITLE, alasan=WHY_AT_LENGTH, **HIS
    )
    about = {"institution": CODE, "nomor_registrasi": "REG000001", "nama_pelapor": REPORTER}
    tanggapan = world.filed("/tanggapan", **about, alasan=WHY_AT_LENGTH, **HIS)
    help_ = {"topic": "LUPA_SANDI", "institution": CODE, "nama": REPORTER, "alasan": WHY_AT_LENGTH}
    bantuan = world.filed("/bantuan", **help_, **HIS)
    his = world.cloud.token(Role.HONORER, CODE, sub="pid0001xyz")
    keberatan = Filed(_object(world, his), "")
    refused: dict[str, Any] = {"accepted": False, "reason": "LAINNYA", "text": f"{SAID} adalah putusannya."}
    for filed, role in ((usulan, Role.OPERATOR), (bantuan, Role.HELPDESK)):
        world.do(filed, "messages", role, text=f"{SAID} adalah pertanyaannya.", asks=True)
        world.follow(filed, "/cases/messages", text=f"{ANSWER} adalah jawabannya.")
        assert world.do(filed, "decisions", role, **refused).json["state"] == "DITOLAK"
    world.post({"text": f"{ANSWER} adalah jawabannya."}, f"/me/reports/{tanggapan.number}/answer", token=his)
    for filed in (tanggapan, keberatan):
        noted = world.do(filed, "decisions", Role.VERIFIKATOR, **refused)
        assert noted.json["handover"], noted.text
        yield noted.text
    for which in ("TERBUKA", "SELESAI"):
        listed = world.get(f"/institutions/{CODE}/cases?which={which}", world.staff(Role.HELPDESK)).text
        assert listed.count(CODE) == 2, listed
        yield listed.replace(UNIT, "")  # which unit a case names is told by the list
    yield world.get(f"/me/reports/{tanggapan.number}", his).text.replace(WHY, "").replace(ANSWER, "")
    yield str(world.case(tanggapan, Role.VERIFIKATOR)).replace(WHY, "").replace(ANSWER, "")


def _object(world: World, token: str) -> str:
    objection = Objection(pid="pid0001xyz", institution=CODE, decided=1, until=clock.millis(NOON + timedelta(days=9)))
    body = {"objection": sign_objection(files_key(), objection), "alasan": WHY_AT_LENGTH, **HIS}
    return str(world.post(body, "/keberatan", token=token).json["number"])


def test_nothing_of_a_case_is_in_what_others_see(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    world = post.world
    world.prefinal(world.person(1, assured=True))
    told = list(answer_all(post))
    assert post.deliver() == []
    facts = post.moves()
    world.tell(*facts)
    world.published(world.phase(Phase.PRAFINAL, v=3))
    site = world.site()
    written = {
        "answers": "".join(told),
        "addresses of the site": "".join(site),
        "pages": "".join(site.values()),
        "other buckets": _keys(world),
        "mails": post.bodies() + str([subject for _, subject in post.mails()]),
        "stream": repr(world.cloud.records("AnnTable", anew=True)),
        "facts": repr(facts),
        "tables": "".join(repr(world.cloud.items(table)) for table in ("AnnTable", "AuditTable", "AnnTtlTable")),
        "log": " ".join(str(vars(record)) for record in caplog.records),
    }
    assert len(post.mails()) >= 6
    leaks = [(where, canary) for where, text in written.items() for canary in CANARIES if canary in text]
    assert leaks == []


def _keys(world: World) -> str:
    """The keys of all objects but the site's."""
    names = [bucket["Name"] for bucket in clients.s3().list_buckets()["Buckets"]]
    listed = [clients.s3().list_objects_v2(Bucket=name).get("Contents", []) for name in names]
    return " ".join(entry["Key"] for entries in listed for entry in entries)


def test_no_number_and_no_code_is_in_a_log(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    filed = post.world.filed()
    post.world.follow(filed)
    post.deliver()
    written = " ".join(str(vars(record)) for record in caplog.records)
    for secret in (filed.code, filed.code.replace("-", ""), filed.number, str(read_case_number(filed.number))):
        assert secret not in written
