import io
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from services.kernel.aws import clients, dynamodb, s3
from services.kernel.pdf.text import grouped
from services.kernel.states import PersonState
from services.kernel.values.crockford import CROCKFORD
from services.registration.adapters import card_store, institution_store, person_store
from services.registration.app import app
from services.registration.cards.card_code import LENGTH, read_card_code
from services.registration.cards.render_wording import STATE_TEXTS
from services.registration.model.card import Card, CardKind
from services.registration.model.person import Person
from services.registration.settings import settings
from tests.kernel.papers import text_of
from tests.registration.listed import IN_TIME, INSTITUTION, ROW, complete, put_in, stand_with_account, token_of
from tests.support.aws import Answer, Cloud
from tools.sample.planted import PLANTED


@pytest.fixture
def person(portal: Cloud) -> Person:
    """Somebody with an account and a photo."""
    listed = stand_with_account(portal)
    photo = io.BytesIO()
    Image.new("RGB", (300, 400), (20, 60, 200)).save(photo, "JPEG")
    s3.write(settings().files_bucket, f"foto/{listed.pid}", photo.getvalue(), content_type="image/jpeg")
    return listed


def submitted(cloud: Cloud, person: Person) -> Person:
    ready = complete(cloud, person)
    body = {"v": ready.v, "statement": True}
    cloud.call(app, "POST", "/registration/me/submission", body, token=token_of(cloud, ready))
    return person_store.load(person.pid)


def fetch(cloud: Cloud, person: Person, kind: str, **call: Any) -> Answer:
    return cloud.call(app, "GET", f"/registration/me/cards/{kind}", token=token_of(cloud, person), **call)


def read(answer: Answer) -> bytes:
    key = answer.headers["location"].partition("?")[0].partition(".com/")[2]
    content = s3.read(settings().exports_bucket, key)
    assert content is not None
    return content


def check(cloud: Cloud, code: str) -> Answer:
    return cloud.call(app, "GET", f"/registration/cards/{code}")


def code_of(person: Person, kind: CardKind) -> str:
    card = card_store.load(person.pid, kind)
    assert card is not None
    return card.code


def test_the_account_card_is_a_pdf_with_photo_and_without_the_nik(portal: Cloud, person: Person) -> None:
    answer = fetch(portal, person, "akun")
    assert answer.status == 303
    pdf = read(answer)
    text = text_of(pdf)
    assert person.registration_number in text
    assert "22 Oktober 2022" in text
    assert "9901**********01" in text
    assert ROW["nik"] not in text
    s3.remove(settings().files_bucket, f"foto/{person.pid}")
    assert len(read(fetch(portal, person, "akun"))) < len(pdf)


def test_the_link_says_nothing_about_the_person(portal: Cloud, person: Person) -> None:
    location = fetch(portal, person, "akun").headers["location"]
    for hidden in (person.pid, ROW["nik"], person.registration_number, "Siti"):
        assert hidden not in location
    assert "kartu-akun.pdf" in location


def test_the_census_card_comes_with_the_submission_and_goes_with_it(portal: Cloud, person: Person) -> None:
    early = fetch(portal, person, "pendataan")
    assert (early.status, early.code) == (404, "not-found")
    assert "Akhiri Proses Pendaftaran" in early.json["detail"]
    done = submitted(portal, person)
    assert fetch(portal, done, "pendataan").status == 303
    code = code_of(done, CardKind.PENDATAAN)
    portal.call(app, "POST", "/registration/me/withdrawal", {"v": done.v}, token=token_of(portal, done))
    assert fetch(portal, done, "pendataan").code == "not-found"
    assert check(portal, code).json["valid"] is False
    submitted(portal, person_store.load(person.pid))
    assert code_of(done, CardKind.PENDATAAN) == code
    assert check(portal, code).json["valid"] is True


def test_a_card_printed_later_tells_the_state_of_that_instant(portal: Cloud, person: Person) -> None:
    done = submitted(portal, person)
    put_in(done, PersonState.MEMENUHI_SYARAT)
    later = datetime.fromisoformat("2022-10-20T10:05:00+07:00")
    text = text_of(read(fetch(portal, done, "pendataan", received=later)))
    assert "Status pendataan per 20 Oktober 2022 10.05 WIB" in text
    assert STATE_TEXTS[PersonState.MEMENUHI_SYARAT] in text
    assert "Diterbitkan 1 September 2022 09.00 WIB" in text


def test_a_kind_that_is_none_is_not_found(portal: Cloud, person: Person) -> None:
    assert fetch(portal, person, "sakti").code == "not-found"


def test_anybody_may_check_a_code(portal: Cloud, person: Person) -> None:
    answer = check(portal, code_of(person, CardKind.AKUN))
    assert (answer.status, answer.json) == (
        200,
        {
            "valid": True,
            "kind": "akun",
            "nama": person.nama,
            "institution": {"code": INSTITUTION, "name": INSTITUTION},
            "nomor_registrasi": person.registration_number,
            "kategori": "NON-ASN",
            "issued_at": answer.json["issued_at"],
            "notice": answer.json["notice"],
        },
    )
    assert "bukan surat keputusan pengangkatan" in answer.json["notice"]


def test_a_code_is_read_as_people_type_it(portal: Cloud, person: Person) -> None:
    code = code_of(person, CardKind.AKUN)
    typed = code.replace("0", "o").replace("1", "l").lower()
    for way in (typed, " ".join(grouped(code, 4)), "-".join(grouped(typed, 4)), f" {code} "):
        assert check(portal, quote(way)).status == 200, way


@given(st.text(CROCKFORD, min_size=LENGTH, max_size=LENGTH))
def test_a_code_is_itself_when_read(code: str) -> None:
    assert read_card_code(code) == read_card_code(code.lower()) == code
    assert read_card_code(f"\u202a{code[:4]}\u2011{code[4:]}\u200b") == code


def test_what_is_no_code() -> None:
    for typed in ("", "A" * (LENGTH - 1), "A" * (LENGTH + 1), "U" * LENGTH, "A" * (LENGTH - 1) + "_"):
        assert read_card_code(typed) is None, typed


def test_an_unknown_code_is_not_found(portal: Cloud, person: Person) -> None:
    for code in ("A" * 20, "short", "%2e%2e%2f%2e%2e%2fetc"):
        assert (check(portal, code).status, check(portal, code).code) == (404, "not-found")


def page_of(cloud: Cloud, code: str, language: str = "id") -> Answer:
    return cloud.call(app, "GET", f"/registration/cards?kode={code}", headers={"Accept-Language": language})


def test_a_card_is_read_as_a_page_without_javascript(portal: Cloud, person: Person) -> None:
    put_in(person, PersonState.AKUN_DIBUAT, nama="Siti <b> Contoh")
    answer = page_of(portal, code_of(person, CardKind.AKUN))
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    for told in ("Kartu ini asli</h1>", "Siti &lt;b&gt; Contoh", person.registration_number, "bukan jaminan diangkat"):
        assert told in answer.text
    assert "Kartu tidak dikenal</h1>" in page_of(portal, "A" * 20).text
    english = page_of(portal, code_of(person, CardKind.AKUN), "en").text
    assert "This card is genuine</h1>" in english
    assert 'lang="en"' in english
    assert "Diterbitkan" not in english


def test_the_check_never_tells_a_verdict(portal: Cloud, person: Person) -> None:
    done = submitted(portal, person)
    code = code_of(done, CardKind.PENDATAAN)
    answers = []
    for state in (
        PersonState.DIAJUKAN,
        PersonState.MEMENUHI_SYARAT,
        PersonState.TIDAK_MEMENUHI_SYARAT,
        PersonState.DIKEMBALIKAN,
    ):
        put_in(done, state)
        answers.append(check(portal, code).json)
    put_in(done, PersonState.KONFLIK, before=PersonState.TIDAK_MEMENUHI_SYARAT.value)
    answers.append(check(portal, code).json)
    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["valid"] is True


def test_a_card_falls_with_its_record(portal: Cloud, person: Person) -> None:
    code = code_of(person, CardKind.AKUN)
    put_in(person, PersonState.PINDAH, before=PersonState.AKUN_DIBUAT.value)
    assert check(portal, code).json["valid"] is False
    put_in(person, PersonState.DIHAPUS, before=PersonState.AKUN_DIBUAT.value)
    assert check(portal, code).code == "not-found"
    assert fetch(portal, person, "akun").code == "not-found"


def test_codes_are_opaque(portal: Cloud, person: Person) -> None:
    card = card_store.load(person.pid, CardKind.AKUN)
    assert card is not None
    assert len(card.code) == 20
    assert abs((card.issued_at - IN_TIME).total_seconds()) < 60
    item = dynamodb.get(settings().table, {"pk": f"CARD#{card.code}", "sk": "@"})
    assert item is not None
    assert set(item) == {"pk", "sk", "pid", "kind", "code", "issued_at"}


UNWANTED = {**{name: text for name, (text, _) in PLANTED.items()}, "own-date-in-words": "1 Januari 1990"}
"""What must not stand on a card; the last one is the person's own, which nobody else could tell."""


@pytest.mark.parametrize("planted", UNWANTED.values(), ids=UNWANTED)
@pytest.mark.parametrize(("field", "attribute"), [("nama", "nama"), ("unit_kerja", "unit"), ("jabatan", "jab")])
@pytest.mark.parametrize("kind", ["akun", "pendataan"])
def test_no_card_is_printed_with_a_personal_number(
    portal: Cloud, person: Person, planted: str, field: str, attribute: str, kind: str
) -> None:
    put_in(person, PersonState.DIAJUKAN, **{attribute: f"Contoh {planted}"})
    dynamodb.transact(card_store.put(Card(person.pid, CardKind.PENDATAAN, "A" * LENGTH, IN_TIME)))
    before = len(objects())
    answer = fetch(portal, person, kind)
    assert (answer.status, answer.code) == (409, "personal-number")
    assert [found["field"] for found in answer.json["findings"]] == [field]
    assert "Sampaikan ini kepada admin" in answer.json["detail"]
    assert planted not in answer.text
    assert len(objects()) == before


def objects() -> list[Any]:
    found = clients.s3().list_objects_v2(Bucket=settings().exports_bucket)
    return list(found.get("Contents", []))


def test_an_institution_s_name_is_searched_too(portal: Cloud, person: Person) -> None:
    institution_store.keep(INSTITUTION, {"title": "Kabupaten Contoh 0812-3456-7890"}, clock="opened_v", v=1)
    answer = fetch(portal, person, "akun")
    assert (answer.status, answer.json["findings"]) == (409, [{"field": "instansi", "kind": "phone"}])
    assert check(portal, code_of(person, CardKind.AKUN)).json["institution"] == {
        "code": INSTITUTION,
        "name": INSTITUTION,
    }


@pytest.mark.parametrize("planted", UNWANTED.values(), ids=UNWANTED)
def test_whoever_checks_a_card_reads_no_personal_number(portal: Cloud, person: Person, planted: str) -> None:
    put_in(person, PersonState.AKUN_DIBUAT, nama=f"Siti {planted}")
    answer = check(portal, code_of(person, CardKind.AKUN))
    assert (answer.status, answer.json["nama"], answer.json["valid"]) == (200, "(disunting)", True)
    assert planted not in answer.text


def test_a_number_that_is_nobody_s_is_printed(portal: Cloud, person: Person) -> None:
    put_in(person, PersonState.AKUN_DIBUAT, nama="Siti Contoh III", unit="SMA 17 Agustus 1945", jab="Guru Kelas 10/11")
    assert "17 Agustus 1945" in text_of(read(fetch(portal, person, "akun")))
