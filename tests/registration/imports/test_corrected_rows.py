"""A corrected workbook uploaded again: who is registered is corrected by it, the one way (domain.md, section 3)."""

from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from services.kernel.aws import dynamodb, s3
from services.kernel.notices import outbox
from services.kernel.notices.catalogue import Recipient, RecipientKind
from services.kernel.reference.pay_sources import PAY_SOURCES
from services.kernel.security.sessions import Role
from services.kernel.writes.calendar import DEFAULT_2022, Window
from services.registration.adapters import account_store, import_store, person_store, work_files
from services.registration.imports.chunk import decode_chunk
from services.registration.imports.correct_row import correct_row
from services.registration.imports.end_pass import MOST_VOIDED, end_pass
from services.registration.imports.give_up import give_up
from services.registration.settings import settings
from tests.registration.imports.importing import (
    Importing,
    bytes_of,
    commit,
    commit_all,
    csv_of,
    messages,
    run,
    start,
)
from tests.registration.listed import IN_TIME, ROW, with_account
from tests.registration.notices.mails import mails_of
from tests.registration.staff import Desk, at, desk, readings, row
from tests.support.aws import Cloud

NAME = "Siti Contoh Lestary"
ENTRY_OVER = at("2022-10-05T09:00:00+07:00")
"""After pre-finalization, with corrections open."""
ALL_OVER = DEFAULT_2022[Window.CORRECTION].closes


@pytest.fixture
def operator(portal: Cloud) -> Desk:
    return desk(portal, Role.OPERATOR)


@pytest.fixture
def admin(portal: Cloud) -> Desk:
    return desk(portal, Role.ADMIN, number=3)


@pytest.fixture
def verifier(portal: Cloud) -> Desk:
    return desk(portal, Role.VERIFIKATOR, number=4)


def entered(by: Desk, seed: int = 1, **changes: Any) -> str:
    return str(by.enter(row(seed, **changes)).json["id"])


def decided(operator: Desk, verifier: Desk, count: int) -> list[str]:
    """So many people of whom a verdict stands."""
    pids = [entered(operator, seed) for seed in range(count)]
    assert {verifier.decide(pid, 1, "MEMENUHI_SYARAT").status for pid in pids} == {200}
    return pids


def voiding(count: int) -> list[dict[str, Any]]:
    """The rows of so many people, with an input of a criterion changed."""
    return [row(seed, sumber_pembayaran="AKUN_52") for seed in range(count)]


def settle(by: Desk, importing: Importing, what: str, **more: Any) -> Any:
    return by.call("POST", f"/imports/{importing.id}/{what}", **more)


def states(pids: list[str]) -> set[str]:
    return {person_store.load(pid).state.value for pid in pids}


def test_who_is_registered_is_corrected_and_the_answer_says_what_changed(portal: Cloud, operator: Desk) -> None:
    pid = entered(desk(portal, Role.OPERATOR, number=2), nominal_honor=1500000)
    importing = run(operator, [row(1, nama=NAME, nominal_honor=1750000), row(2)])
    assert importing.counts() == {"rows": 2, "done": 2, "corrected": 1, "accepted": 1}
    first, _ = importing.answers()
    assert (first["outcome"], first["id"], first["nama"]) == ("DIPERBAIKI", pid, NAME)
    assert first["changes"] == [
        {"column": "nama", "before": row(1)["nama"], "after": NAME},
        {"column": "nominal_honor", "before": 1500000, "after": 1750000},
    ]
    person = person_store.load(pid)
    assert (person.nama, person.v) == (NAME, 2)
    assert person.is_work_of(operator.actor.id), "whoever imported a correction may not decide on the person"
    history = desk(portal, Role.ADMIN, number=3).call("GET", f"/people/{pid}/history").json["items"]
    told = next(item for item in history if item["action"] == "correct")
    assert told["reason"] == "Impor ulang orang.csv, baris 2"
    assert [one["field"] for one in told["changes"]] == ["nama", "nominal_honor"]


def test_the_person_is_told_which_fields_and_never_what(portal: Cloud, operator: Desk) -> None:
    person = with_account(portal)
    run(operator, [{**person.row, "nama": NAME}])
    event = f"corrected.{person.pid}.{person.v + 1}"
    recipient = Recipient(RecipientKind.PERSON, account_store.account_id(ROW["nik"]))
    notice = outbox.lease(outbox.Key(event, recipient))
    assert notice is not None
    assert notice.fields["corrected"] == "nama"


def test_the_same_file_a_second_time_changes_nothing(operator: Desk) -> None:
    pids = [entered(operator, seed, tanggal_akhir="2022-12-31") for seed in range(4)]
    rows = [row(seed, nama=f"{NAME} {'ABCD'[seed]}") for seed in range(4)]
    assert run(operator, rows).counts() == {"rows": 4, "done": 4, "corrected": 4}
    versions = [person_store.load(pid).v for pid in pids]
    assert run(operator, rows).counts() == {"rows": 4, "done": 4, "unchanged": 4}
    assert [person_store.load(pid).v for pid in pids] == versions == [2] * 4


CELLS = {
    "nama": st.sampled_from([NAME, "Siti Contoh"]),
    "jabatan": st.sampled_from(["Guru Kelas", "Penjaga Sekolah"]),
    "sekolah": st.sampled_from([None, "Universitas Contoh"]),
    "nominal_honor": st.sampled_from([None, 1500000, 1750000]),
    "sumber_pembayaran": st.sampled_from(["AKUN_52", "BLU_BLUD"]),
}


@examples(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.fixed_dictionaries({}, optional=CELLS))
def test_whatever_a_file_says_it_says_nothing_new_the_second_time(operator: Desk, cells: dict[str, Any]) -> None:
    rows = [row(1, **cells), row(2, **cells, nomor_sk=None)]
    run(operator, rows)
    stored = {answer["row"]: answer["id"] for answer in run(operator, rows).answers()}
    versions = {number: person_store.load(pid).v for number, pid in stored.items()}
    again = run(operator, rows)
    assert again.counts() == {"rows": 2, "done": 2, "unchanged": 2}
    assert {number: person_store.load(pid).v for number, pid in stored.items()} == versions


def test_a_blank_cell_leaves_what_stands_and_the_answer_says_so(operator: Desk) -> None:
    pid = entered(operator, sekolah="Universitas Contoh")
    importing = run(operator, [row(1, nama=NAME, sekolah=None)])
    (answer,) = importing.answers()
    assert [one["column"] for one in answer["changes"]] == ["nama"]
    (kept,) = [one for one in answer["warnings"] if one["code"] == "blank-kept"]
    assert "Sekolah/Universitas" in kept["message"]
    assert person_store.load(pid).row["sekolah"] == "Universitas Contoh"


def test_a_draft_is_completed_and_registered(operator: Desk) -> None:
    pid = entered(operator, nomor_sk=None, jabatan=None)
    (half,) = run(operator, [row(1, nomor_sk=None)]).answers()
    assert (half["outcome"], half["missing"]) == ("DIPERBAIKI", ["nomor_sk"])
    (whole,) = run(operator, [row(1)]).answers()
    assert (whole["outcome"], whole["missing"]) == ("DIPERBAIKI", [])
    assert [one["column"] for one in whole["changes"]] == ["nomor_sk"]
    assert person_store.load(pid).state == "TERDAFTAR"


def test_after_entry_existing_rows_are_corrected_and_new_ones_told_that_it_is_closed(
    portal: Cloud, operator: Desk
) -> None:
    pid, draft = entered(operator), entered(operator, 2, nomor_sk=None)
    portal.at(ENTRY_OVER)
    importing = run(operator, [row(1, nama=NAME), row(2), row(3)], ENTRY_OVER)
    assert importing.outcomes() == [(2, "DIPERBAIKI"), (3, "DIPERBAIKI"), (4, "DITUTUP")]
    closed = importing.answers()[2]["problems"][0]
    assert closed["message"].startswith("Penginputan data oleh instansi sudah ditutup")
    assert (person_store.load(pid).nama, person_store.load(draft).state) == (NAME, "TERDAFTAR")


def test_a_file_in_time_is_carried_through_and_one_too_late_is_not(operator: Desk) -> None:
    pid = entered(operator)
    late = run(operator, [row(1, nama=NAME)], ALL_OVER)
    (answer,) = late.answers()
    assert (answer["outcome"], answer["problems"][0]["code"]) == ("DITUTUP", "window-closed")
    assert person_store.load(pid).v == 1
    run(operator, [row(1, nama=NAME)], ALL_OVER - timedelta(seconds=1))
    assert person_store.load(pid).nama == NAME


def test_a_row_that_cannot_be_corrected_says_why(portal: Cloud, operator: Desk, admin: Desk, verifier: Desk) -> None:
    wrong, deleted = entered(operator, tanggal_akhir="2022-12-31"), entered(operator, 2)
    assert admin.delete(deleted, 1).status == 200
    own = desk(portal, Role.OPERATOR, number=5, own=entered(operator, 3))
    rows = [row(1, tanggal_mulai="2023-02-01", tanggal_akhir=None), row(2, nama=NAME), row(3, nama=NAME)]
    answers = run(own, rows).answers()
    assert [answer["outcome"] for answer in answers] == ["DITOLAK", "DUPLIKAT", "DITOLAK"]
    assert [answer["problems"][0]["code"] for answer in answers] == ["end-before-start", "deleted", "own-record"]
    assert person_store.load(wrong).v == 1


def test_a_mistyped_nik_puts_nobody_in_anothers_place(operator: Desk) -> None:
    """Neither name nor birth date is his: the NIK is wrong, not the record. One of the two may be corrected."""
    pid = entered(operator)
    stranger = {"nama": "Budi Lain", "tanggal_lahir": "1981-02-03"}
    (answer,) = run(operator, [row(1, nik=row(1)["nik"], **stranger)]).answers()
    assert (answer["outcome"], answer["problems"][0]["code"]) == ("DITOLAK", "another-person")
    assert person_store.load(pid).v == 1
    cells = row(1)
    for name, cell in stranger.items():
        cells[name] = cell
        assert run(operator, [cells]).counts().get("corrected") == 1


def test_who_is_of_another_unit_is_not_corrected(portal: Cloud, operator: Desk) -> None:
    theirs, mine = entered(operator, unit_kerja="Unit B"), entered(operator, 2, unit_kerja="Unit A")
    limited = desk(portal, Role.OPERATOR, units=["Unit A"], number=2)
    rows = [row(1, unit_kerja="Unit A"), row(2, unit_kerja="Unit A", nama=NAME), row(3, unit_kerja="Unit B")]
    answers = run(limited, rows).answers()
    assert [answer["outcome"] for answer in answers] == ["DUPLIKAT", "DIPERBAIKI", "DITOLAK"]
    assert answers[0]["problems"][0]["code"] == "already-registered"
    assert (person_store.load(theirs).v, person_store.load(mine).v) == (1, 2)


def test_a_verdict_stands_marked_where_no_input_of_a_criterion_changed(operator: Desk, verifier: Desk) -> None:
    (pid,) = decided(operator, verifier, 1)
    (answer,) = run(operator, [row(0, nama=NAME)]).answers()
    assert answer["outcome"] == "DIPERBAIKI"
    person = person_store.load(pid)
    assert (person.state, list(person.marks)) == ("MEMENUHI_SYARAT", ["nama"])


def told_of(staff: Desk, importing: Importing) -> list[str]:
    """Who was told that this import waits."""
    event = f"NOTICE#import-waits.{importing.id}"
    return [item["sk"] for item in staff.cloud.items("RegTable") if item["pk"] == event]


@pytest.mark.parametrize(
    ("changes", "void"),
    [
        ({"sekolah": "Universitas Contoh Lain"}, set()),
        ({"tanggal_mulai": "2017-02-01"}, {"MASA_KERJA"}),
        ({"sumber_pembayaran": "BOS"}, {"PEMBAYARAN"}),
        ({"jabatan": "Guru Kelas"}, {"JABATAN"}),
    ],
)
def test_a_row_voids_the_verdict_on_the_criteria_it_changes_alone(
    operator: Desk, verifier: Desk, changes: dict[str, str], void: set[str]
) -> None:
    (pid,) = decided(operator, verifier, 1)
    run(operator, [row(0, **changes)])
    assert person_store.load(pid).is_decided is not bool(void)
    assert {each.value for each in person_store.load(pid).private.voided} == void


@pytest.mark.parametrize("count", [MOST_VOIDED, MOST_VOIDED + 1])
def test_up_to_fifty_verdicts_go_on_by_themselves_and_more_wait_for_the_admin(
    operator: Desk, verifier: Desk, admin: Desk, count: int
) -> None:
    pids = decided(operator, verifier, count)
    calm = entered(operator, 90)
    importing = run(operator, [*voiding(count), row(90, nama=NAME)], rows_per_chunk=30)
    assert person_store.load(calm).nama == NAME, "what voids nothing does not wait"
    if count == MOST_VOIDED:
        assert importing.counts() == {"rows": count + 1, "done": count + 1, "corrected": count + 1}
        assert (importing.status()["state"], states(pids)) == ("SELESAI", {"TERDAFTAR"})
        assert {one["code"] for one in importing.answers()[0]["warnings"]} >= {"verdict-void"}
        assert told_of(admin, importing) == []
        return
    status = importing.status()
    assert (status["state"], status["held"], status["corrected"]) == ("MENUNGGU_KONFIRMASI", count, 1)
    assert status["confirm_until"] is not None
    end_pass(importing.id)
    assert told_of(admin, importing) == [f"staff#{admin.actor.id}"], "admins alone, and once"
    account = account_store.load(admin.actor.id)
    assert account is not None
    (mail,) = mails_of(admin.cloud, account)
    assert f"membatalkan {count} putusan" in mail.body
    assert states(pids) == {"MEMENUHI_SYARAT"}
    held = importing.answers("&outcome=DITAHAN")
    assert [one["id"] for one in held] == pids
    assert {one["column"] for answer in held for one in answer["changes"]} == {"sumber_pembayaran"}
    assert settle(operator, importing, "confirmation").code == "forbidden"
    answer = settle(admin, importing, "confirmation")
    assert (answer.status, answer.json["state"]) == (200, "MEMPERBAIKI")
    commit_all()
    assert importing.counts() == {"rows": count + 1, "done": count + 1, "corrected": count + 1}
    assert (importing.status()["state"], states(pids)) == ("SELESAI", {"TERDAFTAR"})
    assert settle(admin, importing, "confirmation").code == "conflict"


@pytest.fixture
def waiting(operator: Desk, verifier: Desk) -> tuple[Importing, str]:
    """An import that waits for the admin with one row, as 51 would; and whose verdict is at stake."""
    (pid,) = decided(operator, verifier, 1)
    importing = start(operator)
    importing.upload(csv_of(voiding(1)))
    importing.arrive()
    (message,) = messages()
    job = import_store.load(importing.id)
    assert commit([message]) == []
    messages()  # of one row it would go on by itself
    key = import_store.job_key(job.id)
    dynamodb.transact([dynamodb.update(settings().table, key, values={"state": "MENUNGGU_KONFIRMASI"})])
    return importing, pid


def test_what_is_withdrawn_stays_as_it_is(operator: Desk, admin: Desk, waiting: tuple[Importing, str]) -> None:
    importing, pid = waiting
    for _ in range(2):
        answer = settle(operator, importing, "withdrawal", headers={"idempotency-key": "the-same-key"})
        assert (answer.status, answer.json["state"], answer.json["held"]) == (200, "SELESAI", 1)
    assert settle(operator, importing, "withdrawal").code == "conflict"
    assert settle(admin, importing, "confirmation").code == "conflict"
    assert (person_store.load(pid).state, person_store.load(pid).v) == ("MEMENUHI_SYARAT", 2)
    assert importing.outcomes() == [(2, "DITAHAN")]


def test_a_confirmation_is_once_and_sends_again_what_was_lost(admin: Desk, waiting: tuple[Importing, str]) -> None:
    importing, pid = waiting
    body = {"headers": {"idempotency-key": "the-same-key"}}
    assert settle(admin, importing, "confirmation", **body).json["state"] == "MEMPERBAIKI"
    sent = messages()
    assert settle(admin, importing, "confirmation", **body).json["state"] == "MEMPERBAIKI"
    assert commit([*sent, *sent]) == []
    assert (importing.status()["state"], importing.counts()) == ("SELESAI", {"rows": 1, "done": 1, "corrected": 1})
    assert person_store.load(pid).v == 3
    assert import_store.load(importing.id).confirmed_by == admin.actor.id
    assert ("confirm-import", admin.actor.id) in [(action, by) for by, action, _ in readings()]


def test_a_confirmation_comes_while_corrections_are_open_and_the_file_is_kept(
    admin: Desk, waiting: tuple[Importing, str]
) -> None:
    importing, pid = waiting
    assert settle(admin, importing, "confirmation", received=ALL_OVER).code == "window-closed"
    old = settle(admin, importing, "confirmation", received=IN_TIME + work_files.KEPT)
    assert (old.code, "5 hari" in old.json["detail"]) == ("conflict", True)
    assert person_store.load(pid).v == 2
    last = IN_TIME + work_files.KEPT - timedelta(seconds=1)
    assert settle(admin, importing, "confirmation", received=last).status == 200


def test_nobody_confirms_what_voids_his_own_verdict(portal: Cloud, waiting: tuple[Importing, str]) -> None:
    importing, pid = waiting
    listed = desk(portal, Role.ADMIN, number=6, own=pid)
    assert settle(listed, importing, "confirmation").code == "own-record"
    assert importing.status()["state"] == "MENUNGGU_KONFIRMASI"


def test_held_rows_whose_file_is_gone_are_told_as_such(admin: Desk, waiting: tuple[Importing, str]) -> None:
    importing, pid = waiting
    settle(admin, importing, "confirmation")
    s3.remove(settings().imports_bucket, f"chunks/{importing.id}/00000.json")
    commit_all()
    (answer,) = importing.answers()
    assert (answer["outcome"], answer["problems"][0]["code"]) == ("DITOLAK", "held-gone")
    assert (importing.status()["state"], person_store.load(pid).v) == ("SELESAI", 2)


def test_a_message_of_held_rows_that_is_given_up_answers_them(admin: Desk, waiting: tuple[Importing, str]) -> None:
    importing, pid = waiting
    settle(admin, importing, "confirmation")
    (message,) = messages()
    give_up(message)
    assert (importing.status()["state"], importing.outcomes()) == ("SELESAI", [(2, "DIPERBAIKI")])
    assert person_store.load(pid).state == "TERDAFTAR"


def test_a_worker_that_was_killed_before_the_answers_corrects_nobody_twice(operator: Desk) -> None:
    pid = entered(operator)
    importing = run(operator, [row(1, nama=NAME)])
    key, job = {"pk": f"J#{importing.id}", "sk": "CH#00000"}, import_store.job_key(importing.id)
    values = {"state": "DIPROSES", "cd": 0, "done": 0, "o_DIPERBAIKI": 0}
    table = settings().table
    dynamodb.transact([dynamodb.delete(table, key), dynamodb.update(table, job, values=values)])
    colleague = operator.call("POST", f"/people/{pid}/corrections", {"v": 2, "reason": "KTP", "nama": "Siti Contoh"})
    assert colleague.status == 200
    message = {"import_id": importing.id, "chunk": 0, "lane": "i0"}
    assert commit([message]) == []
    (again,) = importing.answers()
    assert (again["outcome"], again["id"]) == ("DIPERBAIKI", pid)
    (noted,) = [one for one in again["warnings"] if one["code"] == "corrected-before"]
    assert "Nama Lengkap" in noted["message"]
    assert (person_store.load(pid).nama, person_store.load(pid).v) == ("Siti Contoh", 3)


def test_a_verdict_given_meanwhile_is_met_and_held(operator: Desk, verifier: Desk) -> None:
    """The record that was read has moved when the correction is written: it is read again, and decided anew."""
    pid = entered(operator, 0)
    read = person_store.load(pid)
    assert verifier.decide(pid, 1, "MEMENUHI_SYARAT").status == 200
    importing = start(operator)
    importing.upload(csv_of(voiding(1)))
    importing.arrive()
    (checked,) = _rows(importing)
    answer = correct_row(checked, read, import_store.load(importing.id), may_void=False)
    assert answer.outcome == "DITAHAN"
    assert (person_store.load(pid).state, person_store.load(pid).v) == ("MEMENUHI_SYARAT", 2)


def _rows(importing: Importing) -> list[Any]:
    content = work_files.read_chunk(importing.id, 0)
    assert content is not None
    return decode_chunk(content)


def test_the_spreadsheet_says_what_was_corrected_in_words(portal: Cloud, operator: Desk) -> None:
    entered(operator)
    importing = run(operator, [row(1, sumber_pembayaran="AKUN_52", sekolah="Universitas Contoh")])
    answer = operator.call("GET", f"/imports/{importing.id}/result")
    sheet = openpyxl.load_workbook(bytes_of(answer.headers["location"], portal))["Hasil"]
    line = [cell.value for cell in sheet[2]]
    assert line[1] == "Diperbaiki"
    before, after = (PAY_SOURCES.label(code) for code in (row(1)["sumber_pembayaran"], "AKUN_52"))
    school = f"Sekolah/Universitas: {row(1)['sekolah']} → Universitas Contoh"
    assert line[10] == f"{school}; Sumber Pembayaran: {before} → {after}"
