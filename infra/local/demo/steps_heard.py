"""Who is on the list and should not be, who is not and should be: both are heard, and judged anew.

Both decisions are a colleague's who has not judged the two before, and the record is the first one in the queue then.
"""

import re
from datetime import timedelta
from typing import Any

from infra.local import seed
from infra.local.client import Visitor, new_key
from infra.local.demo.papers import words_of
from infra.local.demo.stage import Stage
from infra.local.demo.steps_cases import (
    ANNOUNCEMENTS,
    CASES,
    Filed,
    carry_out,
    closed,
    decide,
    inbox,
    open_on_checklist,
)
from infra.local.demo.steps_institution import AT_THE_OFFICE, stage_person
from infra.local.demo.steps_person import PASSWORD
from infra.local.demo.steps_putting_right import id_of
from tools.sample.verdicts import verdicts

_OBJECTION = "/api/registration/me/objection"
_WITNESS = "saksi@contoh.example"
NOTICE_CODE = re.compile(r"(?<!-)\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
_NOTED_FOR = timedelta(minutes=10, seconds=1)
"""So long a noted decision that was not carried out keeps others from deciding."""


def invite_a_second_verifikator(stage: Stage) -> None:
    """Who judged a record does not decide what is said against it: the office needs another one."""
    institution = seed.Institution(stage.code, f"Pemerintah Kabupaten Contoh {stage.number}", "kabupaten")
    seed.invite(stage.staff("admin"), institution, stage.number + seed.SECOND, "verifikator")


def report_a_false_name(stage: Stage) -> str:
    """Somebody unnamed reports a listed person, who is heard; it is borne out all the same. His number on the list."""
    stage.report.step("Tanggapan masyarakat: nama yang seharusnya tidak ada pada daftar")
    one, visitor = _never_came(stage), Visitor(stage.base)
    body = {
        "institution": stage.code,
        "nomor_registrasi": one["nomor_registrasi"],
        "alasan": "Orang ini tidak pernah bekerja di sini; ia tinggal di kota lain sejak 2015.",
        "email": _WITNESS,
        "captcha": visitor.captcha("announcements"),
    }
    told = visitor.post(f"{ANNOUNCEMENTS}/tanggapan", body, key=new_key(), expect=201)
    filed = Filed(told["number"], told["code"], {})
    open_on_checklist(stage, "tanggapan", 1)
    _is_unnamed(stage, filed)
    second, reason = stage.staff("verifikator", second=True), "Absensi sejak 2015 kosong; ia tidak bekerja di sini."
    path = f"{inbox(stage)}/{filed.number}"
    early = {"v": second.get(path)["v"], "accepted": True, "reason": "BUKAN_PEGAWAI", "text": reason}
    refused = second.send("POST", f"{path}/decisions", early)
    stage.report.same("sebelum ia didengar", (refused.status, refused.json["type"]), (409, "wrong-phase"))
    _hear(stage, filed)
    judge = stage.staff("verifikator")
    own = carry_out(stage, judge, one["id"], decide(stage, judge, filed, "BUKAN_PEGAWAI", reason))
    stage.report.same("yang memutus orang ini", (own.status, own.json["type"]), (403, "second-person-needed"))
    stage.move_clock(stage.now() + _NOTED_FOR)
    second = stage.staff("verifikator", second=True)
    done = carry_out(stage, second, one["id"], decide(stage, second, filed, "BUKAN_PEGAWAI", reason)).json
    stage.report.same("putusannya batal", (done["outcome"], done["state"]), ("DIPUTUS", "TERDAFTAR"))
    closed(stage, filed, "DIPUTUS")
    open_on_checklist(stage, "tanggapan", 0)
    _judge_anew(stage, one["id"], "TIDAK_MEMENUHI_SYARAT")
    return str(one["nomor_registrasi"])


def object_to_a_verdict(stage: Stage) -> str:
    """Somebody judged wrong objects; admin and verifikator think so too, and he is judged anew. His number."""
    stage.report.step("Keberatan atas putusan sendiri")
    person, me = stage_person(stage, 2), Visitor(stage.base)
    stage.staff("operator")
    pid = id_of(stage, person)
    _judge(stage, pid, "TIDAK_MEMENUHI_SYARAT")
    me.sign_in(person["nik"], PASSWORD)
    offered = me.get(_OBJECTION)
    stage.report.check("boleh berkeberatan, sampai kapan", so=bool(offered["token"] and offered["until"]), seen=offered)
    body = {"objection": offered["token"], "alasan": "Jabatan saya guru, bukan tenaga kebersihan; SK terlampir."}
    told = me.post(f"{ANNOUNCEMENTS}/keberatan", body, key=new_key(), expect=201)
    filed = Filed(told["number"], told["code"], person)
    open_on_checklist(stage, "keberatan", 1)
    stage.report.same("tidak ditawarkan sekali lagi", me.get(_OBJECTION)["token"], None)
    text = "SK yang dilampirkan menunjukkan jabatan guru; diputus ulang."
    outcomes = []
    for staff in (stage.staff("admin"), stage.staff("verifikator"), stage.staff("verifikator", second=True)):
        told = carry_out(stage, staff, pid, decide(stage, staff, filed, "TERBUKTI", text)).json
        outcomes.append(told.get("outcome", told.get("type")))
    stage.report.same(
        "admin, yang memutus, verifikator lain", outcomes, ["MENUNGGU", "second-person-needed", "DIPUTUS"]
    )
    closed(stage, filed, "DIPUTUS")
    open_on_checklist(stage, "keberatan", 0)
    _judge_anew(stage, pid, "MEMENUHI_SYARAT")
    return str(stage.staff("operator").get(f"{stage.registration}/people/{pid}")["nomor_registrasi"])


def _never_came(stage: Stage) -> dict[str, Any]:
    """Somebody who was found to fit and never made an account."""
    came = {stage_person(stage, at)["nama"] for at in (0, 2, 3, 4)}
    return next(one for one in stage.people(state="MEMENUHI_SYARAT") if one["nama"] not in came)


def _is_unnamed(stage: Stage, filed: Filed) -> None:
    """Nobody of the institution sees who reports; bkn does."""
    path = f"{inbox(stage)}/{filed.number}"
    case = stage.staff("verifikator").get(path)
    hidden = case["reporter"] is None and _WITNESS not in str(case)
    stage.report.check("instansi tidak melihat siapa yang melapor", so=hidden, seen=case)
    stage.report.same("BKN melihatnya", stage.staff("bkn").get(path)["reporter"]["email"], _WITNESS)


def _hear(stage: Stage, filed: Filed) -> None:
    """The help desk hands him the notice against signature; with its code he reads the report, and answers once."""
    helpdesk, path = stage.staff("helpdesk"), f"{inbox(stage)}/{filed.number}"
    words = words_of(helpdesk.download(f"{path}/notice"))
    code = NOTICE_CODE.search(words)
    stage.report.check(
        "surat kepadanya memuat kode, tanpa pelapor", so=bool(code) and _WITNESS not in words, seen=words
    )
    told = {"v": helpdesk.get(path)["v"], "tanggal": stage.now().date().isoformat()}
    helpdesk.post(f"{path}/handed-over", told, key=new_key())
    opened = {"number": filed.number, "code": code[0] if code else ""}
    read = Visitor(stage.base).post(f"{CASES}/hearings", opened)
    stage.report.check("ia membacanya, tanpa pelapor", so=read["can_answer"] and _WITNESS not in str(read), seen=read)
    answer = {**opened, "text": "Saya bekerja dari rumah sejak 2015."}
    answered = Visitor(stage.base).post(f"{CASES}/hearings/answers", answer, key=new_key())
    stage.report.same("ia menjawab, sekali", (answered["answer"], answered["can_answer"]), (answer["text"], False))


def _judge_anew(stage: Stage, pid: str, decision: str) -> None:
    """The queue hands it out first, and a human decides."""
    stage.settle()
    state = stage.staff("verifikator").get(f"{stage.registration}/people/{pid}")["state"]
    turn = stage.staff("verifikator").post(f"{stage.registration}/queue/turns", {"state": state})
    stage.report.same("yang pertama di antrean", turn["id"], pid)
    _judge(stage, pid, decision)


def _judge(stage: Stage, pid: str, decision: str) -> None:
    verifikator, path = stage.staff("verifikator"), f"{stage.registration}/people/{pid}"
    body = {"v": verifikator.get(path)["v"], "criteria": verdicts(decision, AT_THE_OFFICE)}
    decided = verifikator.post(f"{path}/verdicts", body, key=new_key())
    stage.report.same("putusan", decided["state"], decision)
