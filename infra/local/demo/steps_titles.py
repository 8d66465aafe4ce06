"""bkn loads a list of excluded job titles, sees its effect, and runs it; a verdict on the title is void by it."""

from datetime import date, timedelta
from typing import Any

from infra.local.client import Visitor, new_key, wait_for
from infra.local.demo.stage import Stage
from infra.local.demo.steps_institution import registered_fields, stage_person
from tools.sample.titles import TITLES, titles, titles_csv
from tools.sample.verdicts import verdicts

LISTS = "/api/registration/title-lists"
AT_THE_OFFICE = "Dokumen asli sudah diperiksa di kantor."
_NOTICE = timedelta(minutes=5)


def load_list(stage: Stage, number: str = "1") -> dict[str, Any]:
    """Bkn uploads the invented list under a letter of its own; it is there once its effect is counted."""
    content = titles_csv(f"B/{stage.code}.{number}/SM.01.00/2022", date(2022, 8, 29))
    bkn = stage.staff("bkn")
    made = bkn.post(LISTS, {"filename": "jabatan.csv", "size": len(content)}, key=new_key(), expect=201)
    bkn.post_form(made["upload"], content)
    return watch(bkn, made["id"], "preview")


def watch(bkn: Visitor, identifier: str, count: str) -> dict[str, Any]:
    """The list once its count, or its run, is over everywhere."""

    def counted() -> dict[str, Any] | None:
        found: dict[str, Any] = bkn.get(f"{LISTS}/{identifier}")
        is_over = found["state"] == "DITOLAK" or (found[count] and found[count]["over"])
        return found if is_over else None

    return wait_for(counted, "the list", 120)


def run_a_list(stage: Stage) -> None:
    """Somebody with a title of the list was found to fit; the run says otherwise, and a human decides again."""
    stage.report.step(f"BKN memuat dan menjalankan daftar {TITLES} jabatan")
    one = _decided(stage)
    stage.settle()
    found, bkn = load_list(stage), stage.staff("bkn")
    stage.report.same("jabatan dibaca", found["titles"], TITLES)
    stage.report.check("dampak dihitung tanpa mengubah", so=found["preview"]["effect"]["voided"] >= 1, seen=found)
    stage.report.same("putusan masih berlaku", _record(stage, one)["state"], "MEMENUHI_SYARAT")
    again = load_list(stage)
    stage.report.same("daftar yang sama sekali lagi", again["faults"][0]["code"], "list-known")
    bkn.post(f"{LISTS}/{found['id']}/run", {"v": found["v"]}, key=new_key(), expect=202)
    stage.move_clock(stage.now() + _NOTICE)
    ran = watch(bkn, found["id"], "run")
    stage.report.same("dampak seperti dihitung", ran["run"]["effect"], found["preview"]["effect"])
    record = _record(stage, one)
    stage.report.same("putusannya batal", record["state"], "TERDAFTAR")
    advice = next(each for each in record["advice"]["criteria"] if each["criterion"] == "JABATAN")
    stage.report.same("saran tentang jabatan", advice["advice"], "TIDAK")
    body = {"v": record["v"], "criteria": verdicts("TIDAK_MEMENUHI_SYARAT", AT_THE_OFFICE)}
    decided = stage.staff("verifikator").post(_path(stage, one, "/verdicts"), body, key=new_key())
    stage.report.same("diputuskan lagi", decided["state"], "TIDAK_MEMENUHI_SYARAT")


def _decided(stage: Stage) -> str:
    """Somebody with the first title of the list, entered by hand and found to fit; his id."""
    fields = {**registered_fields(stage_person(stage, 600)), "jabatan": titles()[0]}
    made = stage.staff("operator").post(f"{stage.registration}/people", fields, key=new_key(), expect=201)
    body = {"v": made["v"], "criteria": verdicts("MEMENUHI_SYARAT", AT_THE_OFFICE)}
    stage.staff("verifikator").post(_path(stage, made["id"], "/verdicts"), body, key=new_key())
    return str(made["id"])


def _record(stage: Stage, pid: str) -> dict[str, Any]:
    found: dict[str, Any] = stage.staff("verifikator").get(_path(stage, pid))
    return found


def _path(stage: Stage, pid: str, of: str = "") -> str:
    return f"{stage.registration}/people/{pid}{of}"
