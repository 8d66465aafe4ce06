"""Whom a tanggapan is about is told, on his own page or by a paper, reads what is said of him, and answers."""

import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from services.announcements.adapters import case_store
from services.announcements.cases.answering_code import answering_code_of
from services.announcements.cases.render_notice import NoticePaper, render_notice
from services.announcements.model.case import Case
from services.announcements.settings import settings
from services.kernel import clock
from services.kernel.aws import clients, s3
from services.kernel.cases.number import read_case_number
from services.kernel.security.sessions import Role
from tests.announcements.world import CODE, NOON, OTHER, Filed, World
from tests.support.aws import Answer

ANSWER = "Saya masih mengajar di sekolah ini setiap hari."
DECISION: Any = {"accepted": False, "reason": "TIDAK_TERBUKTI", "text": "Absensi dan SK menunjukkan ia bekerja."}
UNTIL = datetime(2022, 10, 11, tzinfo=clock.WIB)
"""Told on Wednesday 5 October: the end of the fifth day after it."""


@pytest.fixture(autouse=True)
def _listed(world: World) -> None:
    world.open_round()
    world.prefinal(world.person(1, assured=True))
    world.cloud.at(NOON)


def stored(filed: Filed) -> Case:
    case = case_store.load(str(read_case_number(filed.number)))
    assert case is not None
    return case


def noticed(filed: Filed) -> Filed:
    """Number and code as the notice carries them."""
    return Filed(filed.number, answering_code_of(stored(filed)))


def own(world: World, filed: Filed, sub: str = "pid0001xyz") -> Answer:
    """His own page."""
    return world.get(f"/me/reports/{filed.number}", world.cloud.token(Role.HONORER, CODE, sub=sub))


def decided(world: World, filed: Filed, received: datetime | None = None) -> str | None:
    """What an admin who decides is told: nothing when he may."""
    v = world.case(filed, Role.ADMIN)["v"]
    path = f"/institutions/{CODE}/cases/{filed.number}/decisions"
    sent = {"received": received} if received else {}
    code: str | None = world.post({"v": v, **DECISION}, path, token=world.staff(Role.ADMIN), **sent).json.get("type")
    return code


# ---- signed in -------------------------------------------------------------------------------------------------


def test_who_reads_of_it_on_his_own_page_is_told(world: World) -> None:
    filed = world.reported()
    assert world.case(filed, Role.ADMIN)["unheard"] is True
    assert own(world, filed, "pid0002xyz").code == "not-found"
    assert stored(filed).heard_at is None
    seen = own(world, filed)
    assert datetime.fromisoformat(seen.json["answer_until"]) == UNTIL
    world.cloud.at(NOON + timedelta(days=2))
    assert own(world, filed).json == seen.json, "his days run from the first time"
    assert world.case(filed, Role.ADMIN)["unheard"] is False


def test_an_account_that_may_be_anybodys_neither_reads_nor_answers_it(world: World) -> None:
    """Who reported him knows the number, and may have made the account too: then he would be heard, and not know."""
    filed = world.reported()
    world.tell(world.person(1, v=2))
    token = world.cloud.token(Role.HONORER, CODE, sub="pid0001xyz")
    answer = world.post({"text": "Benar, saya tidak bekerja."}, f"/me/reports/{filed.number}/answer", token=token)
    assert (own(world, filed).code, answer.code) == ("not-found", "not-found")
    assert stored(filed).is_unheard
    world.tell(world.person(1, v=3, assured=True))
    assert own(world, filed).status == 200


@pytest.mark.parametrize(("received", "code"), [(UNTIL - timedelta(milliseconds=1), "wrong-phase"), (UNTIL, None)])
def test_five_whole_days_after_it_nobody_decides_without_his_answer(
    world: World, received: datetime, code: str | None
) -> None:
    filed = world.reported()
    own(world, filed)
    assert decided(world, filed, received) == code


def test_what_others_say_of_him_meanwhile_is_read_too(world: World) -> None:
    filed, again = world.reported(), world.reported(alasan="Ia tidak pernah terlihat bekerja di sekolah ini.")
    assert ["terlihat" in said for said in own(world, filed).json["said"]] == [False, True]
    assert own(world, again).json == own(world, filed).json, "the later one goes on with the first"
    world.follow(again, "/cases/withdrawals")
    assert len(own(world, filed).json["said"]) == 1


# ---- by a paper ------------------------------------------------------------------------------------------------


def test_the_notice_says_what_is_reported_and_never_by_whom(world: World) -> None:
    filed = world.reported()
    path = f"/institutions/{CODE}/cases/{filed.number}/notice"
    for role in (Role.VERIFIKATOR, Role.ADMIN, Role.HELPDESK):
        assert world.get(path, world.staff(role)).status == 303, role
    assert world.get(path, world.staff(Role.OPERATOR)).code == "forbidden"
    assert world.get(path, world.staff(Role.ADMIN, OTHER)).code == "not-found"
    assert world.get(path, world.staff(Role.ADMIN, own="pid0001xyz")).code == "own-record"
    text = _printed(world)
    for said in ("Orang Contoh 0001", "luar negeri", filed.number, answering_code_of(stored(filed)), "/laporan/jawab/"):
        assert said in text, said
    for secret in ("Rahasia", "rahasia@contoh.id", filed.code):
        assert secret not in text


@pytest.mark.parametrize(
    ("reports", "printed", "told"),
    [
        (1, 1, ""),
        (2, 2, "Isi lengkap semuanya"),
        (6, 5, "Dan 1 laporan lain yang sama."),
        (40, 5, "Dan 35 laporan lain yang sama."),
    ],
)
def test_a_notice_stays_within_two_pages_however_many_report_the_same(reports: int, printed: int, told: str) -> None:
    words = (f"Laporan ke-{n}: sudah pindah ke luar negeri dan tidak pernah kembali. " for n in range(reports))
    said = [(each * 40)[:2000] for each in words]
    paper = NoticePaper(
        number="L-2345-6789",
        code="AAAA-BBBB-CCCC",
        institution="Kementerian Pendidikan, Kebudayaan, Riset, dan Teknologi",
        name="Orang Contoh",
        unit="Balai Besar Penjaminan Mutu Pendidikan Provinsi Contoh",
        registration_number="REG000001",
        filed=NOON,
        said=said,
        address="https://pendataan.contoh.example/laporan/jawab/",
        at=NOON,
    )
    pages = PdfReader(io.BytesIO(render_notice(paper))).pages
    assert len(pages) <= 2
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert [f"Laporan ke-{n}:" in text for n in range(reports)] == [n < printed for n in range(reports)]
    assert text.count("Laporan ke-0:") > 1, "the first stands there whole"
    assert told in text
    assert ("Isi lengkap" in text) == bool(told)


def test_a_notice_is_printed_of_an_open_tanggapan_alone(world: World) -> None:
    usulan, filed = world.filed(), world.reported()
    admin = world.staff(Role.ADMIN)
    assert world.get(f"/institutions/{CODE}/cases/{usulan.number}/notice", admin).code == "conflict"
    world.follow(filed, "/cases/withdrawals")
    assert world.get(f"/institutions/{CODE}/cases/{filed.number}/notice", admin).code == "illegal-transition"


def test_the_day_it_was_handed_over_begins_his_time(world: World) -> None:
    world.cloud.at(NOON)
    filed = world.reported()
    world.cloud.at(NOON + timedelta(days=2))
    for day in ("2022-10-04", "2022-10-08", "kemarin"):
        assert world.do(filed, "handed-over", Role.HELPDESK, tanggal=day).code == "invalid-fields", day
    over = world.do(filed, "handed-over", Role.HELPDESK, tanggal="2022-10-05")
    assert datetime.fromisoformat(over.json["hearing_until"]) == UNTIL
    assert over.json["unheard"] is False
    assert world.do(filed, "handed-over", Role.ADMIN, tanggal="2022-10-06").code == "conflict"
    assert decided(world, filed, UNTIL - timedelta(milliseconds=1)) == "wrong-phase"
    assert decided(world, filed, UNTIL) is None


def test_a_day_too_long_ago_takes_nobody_his_time(world: World) -> None:
    filed = world.reported()
    world.cloud.at(NOON + timedelta(days=3))
    assert world.do(filed, "handed-over", Role.ADMIN, tanggal="2022-10-05").code == "invalid-fields"
    over = world.do(filed, "handed-over", Role.ADMIN, tanggal="2022-10-06")
    assert datetime.fromisoformat(over.json["hearing_until"]) == UNTIL + timedelta(days=1)


def test_a_handing_over_is_taken_once_and_of_an_open_tanggapan_alone(world: World) -> None:
    filed, usulan = world.reported(), world.filed()
    today = date(2022, 10, 5).isoformat()
    assert world.do(usulan, "handed-over", Role.ADMIN, tanggal=today).code == "conflict"
    assert world.do(filed, "handed-over", Role.ADMIN, tanggal=today, v=9).code == "version-moved"
    path = f"/institutions/{CODE}/cases/{filed.number}/handed-over"
    body = {"v": world.case(filed, Role.ADMIN)["v"], "tanggal": today}
    sent: Any = {"token": world.staff(Role.ADMIN), "headers": {"Idempotency-Key": "serah-terima-1"}}
    assert world.post(body, path, **sent).json == world.post(body, path, **sent).json
    withdrawn = world.reported(nomor_registrasi="REG000001")
    assert world.follow(withdrawn, "/cases/withdrawals").status == 200


def test_number_and_code_of_the_notice_read_and_answer_and_no_other_do(world: World) -> None:
    filed = world.reported()
    paper = noticed(filed)
    for wrong in (filed, Filed(paper.number, "0000-0000-0000"), Filed("L-0000-0000", paper.code), Filed("", "")):
        assert world.follow(wrong, "/cases/hearings").code == "not-found"
        assert world.follow(wrong, "/cases/hearings/answers", text=ANSWER).code == "not-found"
    assert world.follow(paper).code == "not-found", "it opens nothing of the reporter"
    seen = world.follow(paper, "/cases/hearings")
    assert (seen.json["can_answer"], datetime.fromisoformat(seen.json["answer_until"])) == (True, UNTIL)
    assert "Rahasia" not in seen.text
    told = world.follow(paper, "/cases/hearings/answers", text=ANSWER)
    assert (told.json["answer"], told.json["can_answer"]) == (ANSWER, False)
    assert world.follow(paper, "/cases/hearings/answers", text=ANSWER).code == "conflict"
    assert world.case(filed, Role.ADMIN)["said"]["jawaban"] == ANSWER
    assert decided(world, filed) is None, "he was heard"


def test_number_and_code_of_the_notice_read_and_answer_by_a_plain_form_too(world: World) -> None:
    filed = world.reported(alasan="Ia <b>sudah pindah</b> ke luar negeri sejak tahun 2019.")
    paper = noticed(filed)

    def sent(path: str, **also: str) -> Answer:
        body = {"number": paper.number, "code": paper.code, **also}
        return world.post(body, f"/cases/{path}", form=True, headers={"accept": "text/html"})

    read = sent("hearings", text="")
    assert (read.status, stored(filed).is_unheard) == (200, False)
    for words in ("Ia &lt;b&gt;sudah pindah&lt;/b&gt;", "Jawab paling lambat", "10 Oktober 2022", "tulis jawaban Anda"):
        assert words in read.text, words
    assert "Rahasia" not in read.text
    assert paper.code not in read.text
    assert sent("hearings/answers", text="").headers["location"] == "/laporan/gagal/#invalid-fields"
    told = sent("hearings/answers", text=ANSWER)
    for words in ("Jawaban Anda sudah tercatat", ANSWER, 'href="/laporan/jawab/"'):
        assert words in told.text, words
    assert sent("hearings/answers", text=ANSWER).headers["location"] == "/laporan/gagal/#conflict"
    assert world.case(filed, Role.ADMIN)["said"]["jawaban"] == ANSWER
    assert sent("hearings", code="0000-0000-0000").headers["location"] == "/laporan/gagal/#not-found"


def test_by_a_plain_form_a_closed_report_says_so(world: World) -> None:
    filed = world.reported()
    paper = noticed(filed)
    world.follow(filed, "/cases/withdrawals")
    page = world.post({"number": paper.number, "code": paper.code}, "/cases/hearings", form=True)
    assert "tidak dapat dijawab lagi" in page.text
    assert "tulis jawaban Anda" not in page.text


def test_a_tanggapan_that_was_taken_back_is_answered_no_more(world: World) -> None:
    filed = world.reported()
    paper = noticed(filed)
    world.follow(filed, "/cases/withdrawals")
    assert world.follow(paper, "/cases/hearings").json["can_answer"] is False
    assert world.follow(paper, "/cases/hearings/answers", text=ANSWER).code == "illegal-transition"
    assert stored(filed).heard_at is None


def _printed(world: World) -> str:
    """The text of the PDF that was made last."""
    bucket = settings().exports_bucket
    kept = clients.s3().list_objects_v2(Bucket=bucket, Prefix="tmp/")["Contents"]
    last = max(kept, key=lambda entry: entry["LastModified"])["Key"]
    pages = PdfReader(io.BytesIO(s3.read(bucket, last) or b"")).pages
    assert len(pages) <= 2
    return " ".join(page.extract_text() for page in pages)
