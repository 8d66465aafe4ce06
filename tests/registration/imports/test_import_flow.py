"""An import all the way on moto: every kind of answer, exact counters, messages that come twice, the deadline."""

from datetime import timedelta
from typing import Any

import openpyxl
import pytest

from services.kernel.audit import chain as audit
from services.kernel.aws import clients, dynamodb, s3
from services.kernel.aws.dynamodb import KeyPart
from services.kernel.security import privacy
from services.kernel.security.sessions import Role
from services.kernel.writes import gate
from services.kernel.writes.calendar import DEFAULT_2022, Window
from services.registration.adapters import (
    claim_store,
    counter_store,
    import_store,
    person_store,
    row_store,
    work_files,
)
from services.registration.app import import_file
from services.registration.model.import_job import JobState
from services.registration.settings import settings
from tests.registration.imports.importing import (
    Importing,
    bytes_of,
    commit,
    commit_all,
    created,
    csv_of,
    forget_answers,
    messages,
    run,
    start,
)
from tests.registration.listed import IN_TIME
from tests.registration.staff import Desk, at, desk, readings, row
from tests.support.aws import Cloud, queued
from tests.support.gates import close_lanes, open_gate
from tools.sample.sheets import cells_of, xlsx_bytes

CLOSES = at("2022-10-01T00:00:00+07:00")


@pytest.fixture
def operator(portal: Cloud) -> Desk:
    return desk(portal, Role.OPERATOR)


def test_a_clean_file_is_registered(portal: Cloud, operator: Desk) -> None:
    importing = start(operator, "Guru 2022.xlsx")
    content = xlsx_bytes([cells_of(row(seed)) for seed in range(5)])
    importing.upload(content)
    assert importing.status()["state"] == "MENUNGGU_UNGGAH"
    answer = import_file(queued([created(importing.id, IN_TIME)]), None)
    assert answer == {"batchItemFailures": []}
    assert (importing.status()["state"], importing.status()["rows"]) == ("DIPROSES", 5)
    commit_all()
    status = importing.status()
    assert (status["state"], status["filename"], status["problem"]) == ("SELESAI", "Guru 2022.xlsx", None)
    assert importing.counts() == {"rows": 5, "done": 5, "accepted": 5}
    answers = importing.answers()
    assert [one["row"] for one in answers] == [2, 3, 4, 5, 6]
    assert [one["nama"] for one in answers] == [row(seed)["nama"] for seed in range(5)]
    listed = operator.call("GET", "/people").json["items"]
    assert {one["nomor_registrasi"] for one in listed} == {one["nomor_registrasi"] for one in answers}
    assert {one["state"] for one in listed} == {"TERDAFTAR"}


def test_who_follows_an_import_is_told_how_long_to_wait_until_it_ends(portal: Cloud, operator: Desk) -> None:
    importing = start(operator)

    def told(seconds: float = 0) -> str | None:
        then = IN_TIME + timedelta(seconds=seconds)
        return operator.call("GET", f"/imports/{importing.id}", received=then).headers.get("retry-after")

    importing.upload(csv_of([row(1)]))
    assert told() is not None
    importing.arrive()
    assert importing.status()["state"] == "DIPROSES"
    assert [told(0), told(30), told(3600)] == ["1", "3", "5"]
    commit_all()
    assert (importing.status()["state"], told(30)) == ("SELESAI", None)
    refused = start(operator)
    refused.upload(b"not a sheet")
    refused.arrive()
    assert refused.status()["state"] == "DITOLAK"
    assert "retry-after" not in operator.call("GET", f"/imports/{refused.id}").headers


def test_every_kind_of_row_gets_its_answer(portal: Cloud, operator: Desk) -> None:
    open_gate("9902")
    desk(portal, Role.OPERATOR, "9902").enter(row(20))
    there = operator.enter(row(21)).json["id"]
    rows = [
        row(0),
        row(1, nik="123"),
        row(20),
        row(21),
        row(0),
        row(2, nomor_sk=None),
        row(3, sumber_pembayaran="AKUN_52"),
    ]
    importing = run(operator, rows)
    assert importing.outcomes() == [
        (2, "DITERIMA"),
        (3, "DITOLAK"),
        (4, "KONFLIK"),
        (5, "SAMA"),
        (6, "DUPLIKAT"),
        (7, "DITERIMA"),
        (8, "DITERIMA"),
    ]
    counts = {"rows": 7, "done": 7, "accepted": 3, "rejected": 1, "duplicates": 1, "conflicts": 1, "unchanged": 1}
    assert importing.counts() == counts
    by_row = {answer["row"]: answer for answer in importing.answers()}
    assert (by_row[3]["problems"][0]["column"], by_row[3]["problems"][0]["code"]) == ("nik", "nik-length")
    assert (by_row[5]["problems"], by_row[5]["changes"], by_row[5]["id"]) == ([], [], there)
    assert "baris 2" in by_row[6]["problems"][0]["message"]
    assert by_row[7]["missing"] == ["nomor_sk"]
    assert by_row[8]["overall"] == "TIDAK"
    failed = [one for one in by_row[8]["criteria"] if one["code"] == "TIDAK"]
    assert [one["column"] for one in failed] == ["PEMBAYARAN"]
    assert operator.call("GET", f"/people/{by_row[8]['id']}").json["nama"] == by_row[8]["nama"]
    (elsewhere,) = by_row[4]["problems"]
    assert elsewhere["code"] == "claimed-elsewhere"
    assert "9902" in elsewhere["message"]
    assert "menghapus barisnya" in elsewhere["message"]
    assert operator.call("GET", f"/people/{by_row[4]['id']}").json["state"] == "KONFLIK"
    assert [by_row[number]["id"] for number in (3, 6)] == [None] * 2
    assert person_store.load(there).v == 1
    assert operator.call("GET", "/progress").json["by_state"] == {"DRAF": 1, "TERDAFTAR": 3, "KONFLIK": 1}


def test_answers_can_be_asked_for_by_outcome(operator: Desk) -> None:
    importing = run(operator, [row(seed, **({"nik": "1"} if seed % 2 else {})) for seed in range(7)])
    assert [one["row"] for one in importing.answers("&outcome=DITOLAK")] == [3, 5, 7]
    assert [one["row"] for one in importing.answers("&outcome=KONFLIK")] == []


@pytest.mark.parametrize("cursor", ["x", "1", "1.x", "-1.0", "99999999.1"])
def test_a_cursor_of_no_use_is_refused(operator: Desk, cursor: str) -> None:
    importing = start(operator)
    assert operator.call("GET", f"/imports/{importing.id}/answers?cursor={cursor}").code == "malformed"


def test_the_result_is_a_spreadsheet_with_a_line_for_every_row(portal: Cloud, operator: Desk) -> None:
    importing = start(operator)
    early = operator.call("GET", f"/imports/{importing.id}/result")
    assert (early.status, early.code) == (409, "conflict")
    importing = run(operator, [row(0), row(1, nik="1"), row(0)])
    answer = operator.call("GET", f"/imports/{importing.id}/result")
    assert answer.status == 303
    sheet = openpyxl.load_workbook(bytes_of(answer.headers["location"], portal))["Hasil"]
    lines = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [(line[0], line[1]) for line in lines] == [(2, "Diterima"), (3, "Ditolak"), (4, "Duplikat")]
    stored, *_ = operator.call("GET", "/people").json["items"]
    record = f"{settings().site_origin}/instansi/orang/detail/?id={stored['id']}"
    assert [line[9] or "" for line in lines] == [record, "", ""]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"%PDF-1.7 x", "file-type"),
        (b"NIK;Nama\n1;2\n", "columns-missing"),
    ],
)
def test_a_file_is_refused_as_a_whole(operator: Desk, content: bytes, code: str) -> None:
    importing = start(operator)
    importing.upload(content)
    importing.arrive()
    status = importing.status()
    assert (status["state"], status["problem"]["code"]) == ("DITOLAK", code)
    assert status["problem"]["message"]
    assert messages() == []
    importing.arrive()
    assert importing.status() == status


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"filename": "orang.xlsx", "size": 52_428_801}, "too-large"),
        ({"filename": "orang.csv", "size": 0}, "invalid-fields"),
    ],
)
def test_what_is_too_large_or_empty_is_refused_at_once(operator: Desk, body: dict[str, Any], code: str) -> None:
    answer = operator.call("POST", "/imports", body)
    assert answer.code == code
    if code == "too-large":
        assert "batasnya" in answer.json["detail"]


@pytest.mark.parametrize("name", ["orang.xlsx", "orang", "orang.csv.pdf", "ORANG (1).TXT"])
def test_its_content_says_what_a_file_is_and_not_its_name(operator: Desk, name: str) -> None:
    importing = start(operator, name)
    importing.upload(csv_of([row(0)]))
    importing.arrive()
    assert (importing.status()["state"], importing.status()["rows"]) == ("DIPROSES", 1)


def test_the_form_takes_the_one_file(operator: Desk) -> None:
    answer = operator.call("POST", "/imports", {"filename": "C:\\data\\orang.XLSX", "size": 25_000_000})
    assert answer.status == 201
    assert answer.json["upload"]["fields"]["key"] == f"incoming/{answer.json['id']}"
    (listed,) = operator.call("GET", "/imports").json["items"]
    assert (listed["id"], listed["state"]) == (answer.json["id"], "MENUNGGU_UNGGAH")


def test_a_retry_is_promised_the_same_import_also_after_the_close(operator: Desk) -> None:
    """By a form that ends when the first one does, so that nobody sends for longer than he was promised."""
    body, key = {"filename": "orang.xlsx", "size": 1000}, {"Idempotency-Key": "the-same-key"}
    in_time = CLOSES - timedelta(seconds=1)
    first, again, last = (
        operator.call("POST", "/imports", body, headers=key, received=in_time + after)
        for after in (timedelta(0), timedelta(minutes=4), timedelta(hours=1))
    )
    assert [answer.status for answer in (first, again, last)] == [201, 201, 201]
    assert len({answer.json["id"] for answer in (first, again, last)}) == 1
    assert [answer.json["upload"]["expires_in"] for answer in (first, again, last)] == [300, 60, 1]
    assert len(operator.call("GET", "/imports").json["items"]) == 1


def test_another_file_under_the_same_key_is_refused(operator: Desk) -> None:
    body, key = {"filename": "orang.xlsx", "size": 1000}, {"Idempotency-Key": "the-same-key"}
    assert operator.call("POST", "/imports", body, headers=key).status == 201
    for other in ({"filename": "lain.xlsx"}, {"size": 1001}):
        refused = operator.call("POST", "/imports", body | other, headers=key)
        assert (refused.status, refused.json["fields"][0]["code"]) == (422, "idempotency-key-used")
    assert operator.call("POST", "/imports", body).json["id"] != operator.call("POST", "/imports", body).json["id"]


def test_messages_that_come_twice_change_nothing(operator: Desk) -> None:
    importing = start(operator)
    importing.upload(csv_of([row(seed) for seed in range(7)]))
    importing.arrive()
    sent = messages()
    assert [message["chunk"] for message in sent] == [0, 1, 2]
    assert commit([*sent, *sent]) == []
    assert importing.counts() == {"rows": 7, "done": 7, "accepted": 7}
    importing.arrive()
    assert messages() == []
    assert importing.status()["state"] == "SELESAI"


def test_a_file_whose_reading_was_interrupted_is_read_again(operator: Desk) -> None:
    importing = start(operator)
    importing.upload(csv_of([row(0)]))
    import_store.begin_reading(import_store.load(importing.id), IN_TIME, None)
    importing.arrive(IN_TIME + timedelta(days=90))
    commit_all()
    assert importing.counts() == {"rows": 1, "done": 1, "accepted": 1}
    assert import_store.load(importing.id).received == IN_TIME


def test_chunks_whose_messages_were_lost_are_asked_for_again(operator: Desk) -> None:
    importing = start(operator)
    importing.upload(csv_of([row(seed) for seed in range(4)]))
    importing.arrive()
    assert len(messages()) == 2
    commit([{"import_id": importing.id, "chunk": 0, "lane": "i0"}])
    assert importing.status()["state"] == "DIPROSES"
    commit([{"import_id": importing.id, "chunk": 1, "lane": "i0"}])
    assert importing.status()["state"] == "SELESAI"


def test_answers_lost_after_the_rows_were_stored_are_the_same_again(portal: Cloud, operator: Desk) -> None:
    """The function ended between the rows' transaction and the answers'."""
    open_gate("9902")
    desk(portal, Role.OPERATOR, "9902").enter(row(2))
    importing = run(operator, [row(0), row(1, nomor_sk=None), row(2)])
    first, versions = importing.answers(), counter_store.current(gate.read_round("9901")).versions
    forget_answers(importing)
    assert commit([{"import_id": importing.id, "chunk": 0, "lane": "i0"}]) == []
    assert importing.answers() == first
    assert [answer["outcome"] for answer in first] == ["DITERIMA", "DITERIMA", "KONFLIK"]
    assert counter_store.current(gate.read_round("9901")).versions == versions


def test_the_same_file_again_changes_nothing(operator: Desk) -> None:
    rows = [row(seed) for seed in range(4)]
    run(operator, rows)
    again = run(operator, rows)
    assert again.counts() == {"rows": 4, "done": 4, "unchanged": 4}
    assert operator.call("GET", "/progress").json["total"] == 4


def test_who_was_deleted_is_told_apart(portal: Cloud, operator: Desk) -> None:
    pid = operator.enter(row(0)).json["id"]
    desk(portal, Role.ADMIN).delete(pid, 1)
    importing = run(operator, [row(0)])
    (answer,) = importing.answers()
    assert (answer["outcome"], answer["problems"][0]["code"]) == ("DUPLIKAT", "deleted")
    assert claim_store.load(row(0)["nik"]) is None


def test_rows_of_other_units_are_refused(portal: Cloud) -> None:
    own = desk(portal, Role.OPERATOR, units=["Unit A"])
    importing = run(own, [row(0, unit_kerja="Unit A"), row(1, unit_kerja="Unit B"), row(2, unit_kerja=None)])
    assert importing.outcomes() == [(2, "DITERIMA"), (3, "DITOLAK"), (4, "DITOLAK")]
    assert importing.answers()[1]["problems"][0]["code"] == "unit-outside-scope"


def test_whoever_has_units_sees_his_own_imports_only(portal: Cloud, operator: Desk) -> None:
    theirs = start(operator)
    own = desk(portal, Role.OPERATOR, units=["Unit A"], number=2)
    mine = start(own)
    assert [one["id"] for one in own.call("GET", "/imports").json["items"]] == [mine.id]
    assert own.call("GET", f"/imports/{theirs.id}").code == "not-found"
    assert operator.call("GET", f"/imports/{mine.id}").status == 200


def test_the_instant_of_the_upload_decides(operator: Desk) -> None:
    in_time = run(operator, [row(0)], CLOSES - timedelta(seconds=1))
    assert in_time.outcomes() == [(2, "DITERIMA")]
    late = run(operator, [row(1), row(2, nik="1")], CLOSES)
    assert late.outcomes() == [(2, "DITUTUP"), (3, "DITOLAK")]
    assert late.counts() == {"rows": 2, "done": 2, "closed": 1, "rejected": 1}
    assert "ditutup pada 30 September 2022 pukul 24.00" in late.answers()[0]["problems"][0]["message"]
    assert late.status()["state"] == "SELESAI"


def test_what_waited_until_the_lanes_were_closed_is_ditutup(operator: Desk) -> None:
    importing = start(operator)
    importing.upload(csv_of([row(seed) for seed in range(4)]))
    importing.arrive(CLOSES - timedelta(seconds=1))
    first, second = messages()
    assert commit([first]) == []
    close_lanes("9901")
    assert commit([second]) == []
    assert [outcome for _, outcome in importing.outcomes()] == ["DITERIMA", "DITERIMA", "DITERIMA", "DITUTUP"]
    assert operator.call("GET", "/progress").json["total"] == 3


def test_rows_that_got_in_before_the_lock_stay_in_when_the_message_comes_again(operator: Desk) -> None:
    importing = run(operator, [row(0), row(1)])
    forget_answers(importing)
    close_lanes("9901")
    assert commit([{"import_id": importing.id, "chunk": 0, "lane": "i0"}]) == []
    assert [outcome for _, outcome in importing.outcomes()] == ["DITERIMA", "DITERIMA"]


def test_before_the_round_opens_no_place_is_promised(operator: Desk) -> None:
    early = operator.call(
        "POST", "/imports", {"filename": "a.csv", "size": 1}, received=at("2022-08-23T23:59:59.999+07:00")
    )
    late = operator.call(
        "POST", "/imports", {"filename": "a.csv", "size": 1}, received=DEFAULT_2022[Window.CORRECTION].closes
    )
    assert (early.code, late.code) == ("window-not-open", "window-closed")


def test_the_file_posted_first_is_the_one_that_is_read(operator: Desk) -> None:
    """The form is good for minutes: a second post, perhaps after the deadline, is another version."""
    importing = start(operator)
    importing.upload(csv_of([row(0)]))
    versions = clients.s3().list_object_versions(Bucket=settings().imports_bucket)["Versions"]
    importing.upload(csv_of([row(1), row(2)]))
    importing.arrive(version=versions[0]["VersionId"])
    importing.arrive(CLOSES)
    commit_all()
    assert [answer["nama"] for answer in importing.answers()] == [row(0)["nama"]]


def test_an_object_nobody_asked_for_is_ignored(operator: Desk) -> None:
    assert import_file(queued([created("nobody", IN_TIME)]), None) == {"batchItemFailures": []}


def test_a_chunk_that_is_gone_fails_and_comes_again(operator: Desk) -> None:
    importing = start(operator)
    importing.upload(csv_of([row(0)]))
    importing.arrive()
    s3.remove(settings().imports_bucket, f"chunks/{importing.id}/00000.json")
    assert commit(messages()) == ["0"]
    assert importing.status()["state"] == "DIPROSES"


def test_a_file_with_an_open_quote_is_refused_and_nobody_is_stored(operator: Desk) -> None:
    importing = start(operator)
    sound = csv_of([row(seed) for seed in range(4)]).decode()
    importing.upload(sound.replace(row(2)["nama"], f'"{row(2)["nama"]}', 1).encode())
    importing.arrive()
    commit_all()
    status = importing.status()
    assert (status["state"], status["rows"], status["problem"]["code"]) == ("DITOLAK", 0, "file-damaged")
    assert "baris 4" in status["problem"]["message"]
    assert importing.answers() == []
    assert operator.call("GET", "/people").json["items"] == []


def test_rows_that_tell_a_personal_number_are_refused_one_by_one(operator: Desk) -> None:
    nik = row(1)["nik"]
    importing = run(operator, [row(0), {**row(1), "nama": f"Siti {nik}"}, {**row(2), "unit_kerja": f"SD {nik}"}])
    assert importing.outcomes() == [(2, "DITERIMA"), (3, "DITOLAK"), (4, "DITOLAK")]
    answers = importing.answers()
    assert [answer["nama"] for answer in answers] == [row(0)["nama"], "", row(2)["nama"]]
    assert [(one["column"], one["code"]) for answer in answers for one in answer["problems"]] == [
        ("nama", "personal-number"),
        ("unit_kerja", "personal-number"),
    ]
    assert nik not in str(answers)


def test_rows_kept_no_longer_are_told_as_such(operator: Desk, portal: Cloud) -> None:
    importing = start(operator)
    importing.upload(csv_of([row(seed) for seed in range(4)]))
    importing.arrive()
    first, second = messages()
    s3.remove(settings().imports_bucket, f"chunks/{importing.id}/00001.json")
    assert commit([first]) == []
    portal.at(IN_TIME + work_files.KEPT)
    assert commit([second]) == []
    status = importing.status()
    assert (status["state"], status["done"], status["problem"]["code"]) == ("DITOLAK", 3, "rows-gone")
    assert status["problem"]["message"].startswith("1 dari 4 baris")
    assert len(importing.answers()) == 3
    answer = operator.call("GET", f"/imports/{importing.id}/result")
    assert (answer.status, answer.json["detail"]) == (409, status["problem"]["message"])
    assert commit([first, second]) == [], "a message that comes again changes nothing"
    again = run(operator, [row(seed) for seed in range(4)])
    assert [outcome for _, outcome in again.outcomes()] == ["SAMA"] * 3 + ["DITERIMA"]


@pytest.mark.parametrize("version", [None, "none-such"])
def test_a_file_kept_no_longer_is_told_as_such(operator: Desk, version: str | None) -> None:
    importing = start(operator)
    importing.arrive(version=version)
    assert importing.status()["problem"]["code"] == "file-gone"
    assert "7 hari" in importing.status()["problem"]["message"]


def test_the_chain_of_a_lane_commits_to_every_row(operator: Desk) -> None:
    run(operator, [row(seed) for seed in range(4)])
    links = list(dynamodb.query_all(settings().audit_table, KeyPart("pk").eq(audit.lane_chain("9901", "i0"))))
    assert [link["previous"] for link in links] == ["", links[0]["hash"]]
    head = dynamodb.get(settings().table, counter_store.lane_key("9901", "i0"))
    assert head is not None
    assert (head["head"], head["links"], head["n"], head["w"]) == (links[1]["hash"], 2, 4, 4)
    for listed in operator.call("GET", "/people").json["items"]:
        person = person_store.load(listed["id"])
        origin = person.private.origin
        assert origin is not None
        link = links[origin.link - 1]
        place = privacy.Place(settings().audit_table, link["pk"], link["sk"])
        delta = privacy.decrypt(link["delta"], institution="9901", salt=head["salt"], place=place)
        assert delta["heads"][person.pid] == person.head
        assert person.head == row_store.first_hash(person.pid, person.row, origin.nonce)


def test_an_imported_persons_own_chain_goes_on_from_his_first_hash(portal: Cloud, operator: Desk) -> None:
    run(operator, [row(0)])
    (listed,) = operator.call("GET", "/people").json["items"]
    first = person_store.load(listed["id"])
    assert desk(portal, Role.VERIFIKATOR).decide(first.pid, 1, "MEMENUHI_SYARAT").status == 200
    (link,) = dynamodb.query_all(settings().audit_table, KeyPart("pk").eq(audit.person_chain(first.pid)))
    assert (link["sk"], link["previous"]) == ("0000000002", first.head)


def test_nothing_personal_is_stored_in_clear(operator: Desk) -> None:
    rows = [row(0), row(1, nik="9901019999"), row(0)]
    run(operator, rows)
    start(operator, "gaji rahasia.csv")
    tables = (settings().table, settings().audit_table)
    stored = "".join(str(clients.dynamodb().scan(TableName=table)["Items"]) for table in tables)
    for private in (rows[0]["nik"], "9901019999", rows[0]["nomor_sk"], rows[1]["nama"], "rahasia"):
        assert private not in stored


@pytest.mark.parametrize("role", [Role.BKN, Role.AUDITOR])
def test_who_from_outside_reads_answers_is_written_down(portal: Cloud, operator: Desk, role: Role) -> None:
    importing = run(operator, [row(1), row(2), row(3)])
    reader = desk(portal, role)
    assert len(Importing(reader, importing.id).answers()) == 3
    assert reader.call("GET", f"/imports/{importing.id}/result").status == 303
    of = {"role": role.value, "import": importing.id}
    assert readings() == [
        (reader.actor.id, "read-answers", {**of, "rows": [2, 3]}),
        (reader.actor.id, "read-answers", {**of, "rows": [4]}),
        (reader.actor.id, "read-result", of),
    ]


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.VERIFIKATOR, Role.ADMIN])
def test_an_institutions_own_staff_read_answers_unwritten(portal: Cloud, operator: Desk, role: Role) -> None:
    importing = run(operator, [row(1)])
    own = desk(portal, role, number=2)
    assert len(Importing(own, importing.id).answers()) == 1
    assert own.call("GET", f"/imports/{importing.id}/result").status == 303
    assert readings() == []


def test_an_import_of_another_institution_is_not_found(portal: Cloud, operator: Desk) -> None:
    importing = start(operator)
    open_gate("9902")
    other = desk(portal, Role.OPERATOR, "9902")
    for path in ("", "/answers", "/result"):
        assert other.call("GET", f"/imports/{importing.id}{path}").code == "not-found"
    assert operator.call("GET", "/imports/nothing").code == "not-found"


def test_every_state_of_an_import_is_reached(operator: Desk) -> None:
    seen = {start(operator).status()["state"]}
    importing = start(operator)
    importing.upload(csv_of([row(0)]))
    import_store.begin_reading(import_store.load(importing.id), IN_TIME, None)
    seen.add(importing.status()["state"])
    importing.arrive()
    seen.add(importing.status()["state"])
    commit_all()
    seen.add(importing.status()["state"])
    refused = start(operator)
    refused.arrive()
    seen.add(refused.status()["state"])
    of_corrections = {"MENUNGGU_KONFIRMASI", "MEMPERBAIKI"}  # test_corrected_rows.py
    assert seen | of_corrections == {state.value for state in JobState}


def test_a_chunk_takes_as_many_transactions_as_it_needs(operator: Desk) -> None:
    """48 people fill a transaction: gate, lane, link and two items each are 99 of the 100 DynamoDB takes."""
    importing = run(operator, [row(seed) for seed in range(row_store.BATCH_SIZE + 1)], rows_per_chunk=100)
    assert importing.counts() == {"rows": 49, "done": 49, "accepted": 49}
    head = dynamodb.get(settings().table, counter_store.lane_key("9901", "i0"))
    assert head is not None
    assert (head["links"], head["n"], head["w"], head["st_TERDAFTAR"]) == (2, 49, 49, 49)
