import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import segno
from PIL import Image

from services.kernel.states import Category, PersonState
from services.registration.cards.render_account_card import render_account_card
from services.registration.cards.render_census_card import render_census_card
from services.registration.cards.render_model import AccountCard, CensusCard, Holder, Issue
from services.registration.cards.render_photo import card_photo
from services.registration.cards.render_wording import STATE_TEXTS
from tests.kernel.papers import alternatives_of, fonts_of, opened, outline_of, qr_of, text_of

WHEN = datetime(2022, 9, 1, 2, tzinfo=UTC)
PRINTED = datetime(2022, 10, 20, 3, 5, tzinfo=UTC)
ISSUE = Issue(penerbit="Badan Contoh", site="https://portal.contoh.id", code="7HK2M4QXN3RTA6WB", issued_at=WHEN)


def photo(size: tuple[int, int] = (450, 600)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, (30, 90, 200)).save(target, "JPEG")
    return target.getvalue()


HOLDER = Holder(
    nomor_registrasi="4012-00012345",
    nama="Siti Nur'aini Ḥāfiẓah",
    nik_masked="9901**********02",
    instansi="Pemerintah Kabupaten Contoh",
    unit_kerja="Dinas Pendidikan, SD Negeri 3",
    jabatan="Guru Kelas",
    kategori=Category.NON_ASN,
    foto=photo(),
)
LONG = replace(
    HOLDER,
    nomor_registrasi="4012-" + "9" * 30,
    nama="Raden Mas Ngabehi Suryaningrat Kusumodiningrat Wirjosoekarto bin Abdurrahman Al Hafiz Sastrodiningrat",
    instansi=("Kementerian Koordinator Bidang Pembangunan Manusia dan Kebudayaan " * 4)[:250],
    unit_kerja=("Unit Pelaksana Teknis Daerah Puskesmas Pembantu Kecamatan Sukamaju " * 4)[:250],
    jabatan=("Pengelola Sistem Informasi Administrasi Kependudukan Kecamatan " * 4)[:250],
    foto=None,
)


def census(holder: Holder = HOLDER, state: PersonState = PersonState.DIAJUKAN) -> bytes:
    return render_census_card(
        CensusCard(holder=holder, issue=ISSUE, state=state, printed_at=PRINTED, submitted_at=WHEN)
    )


def account(holder: Holder = HOLDER) -> bytes:
    closes = datetime(2022, 10, 22, 10, tzinfo=UTC)
    return render_account_card(AccountCard(holder=holder, issue=ISSUE, account_made_at=WHEN, closes=closes))


Card = Callable[[Holder], bytes]
both = pytest.mark.parametrize("card", [census, account])


@both
def test_a_card_says_who_where_and_under_which_number(card: Card) -> None:
    words = text_of(card(HOLDER))
    for value in (HOLDER.nomor_registrasi, HOLDER.nama, HOLDER.instansi, HOLDER.unit_kerja, HOLDER.jabatan):
        assert value in words
    assert "Tenaga Non-ASN" in words
    assert "Badan Contoh" in words
    assert "Diterbitkan 1 September 2022 09.00 WIB" in words


@both
def test_a_card_says_that_it_is_no_appointment(card: Card) -> None:
    words = text_of(card(HOLDER))
    assert "Bukan pengangkatan" in words
    assert "pemetaan, bukan pengangkatan" in words
    assert "tidak menjamin pengangkatan" in words


@both
def test_the_nik_is_masked_and_nothing_else_is_as_long_as_one(card: Card) -> None:
    made = card(HOLDER)
    assert "9901**********02" in text_of(made)
    with opened(made) as pdf:
        about = " ".join(str(value) for value in pdf.docinfo.values())
    assert not re.search(r"\d{15,}", text_of(made) + about.replace("20220901090000", ""))


@pytest.mark.parametrize("nik", ["9901011203900002", "9901********9902", "", "9901***********02"])
def test_a_whole_nik_cannot_get_on_a_card(nik: str) -> None:
    with pytest.raises(ValueError, match="masked NIK only") as refused:
        replace(HOLDER, nik_masked=nik)
    assert not nik or nik not in str(refused.value)


@both
def test_the_qr_code_leads_to_the_public_check(card: Card) -> None:
    url = "https://portal.contoh.id/kartu/?kode=7HK2M4QXN3RTA6WB"
    made = card(HOLDER)
    rows = segno.make(url, error="m", boost_error=False, micro=False).matrix
    assert len(qr_of(made)) == sum(map(sum, rows))
    assert f"Kode QR menuju {url}" in alternatives_of(made)
    assert "7HK2 M4QX N3RT A6WB" in text_of(made)


@both
def test_a_card_is_one_a5_page_with_title_language_and_structure(card: Card) -> None:
    made = card(HOLDER)
    with opened(made) as pdf:
        assert len(pdf.pages) == 1
        assert [round(float(side)) for side in pdf.pages[0].mediabox] == [0, 0, 420, 595]
        assert str(pdf.Root.Lang) == "id-ID"
        assert str(pdf.docinfo["/Title"]).endswith("4012-00012345")
    kinds = [kind for kind, _ in outline_of(made)]
    assert (kinds.count("H1"), kinds.count("Table"), kinds.count("Figure")) == (1, 1, 2)
    assert all(fonts_of(made).values())


@both
def test_the_same_card_is_the_same_bytes(card: Card) -> None:
    assert card(HOLDER) == card(HOLDER)
    assert card(HOLDER) != card(replace(HOLDER, nama="Siti Rahmah"))


@both
def test_the_longest_values_are_whole_and_on_the_page(card: Card) -> None:
    words = text_of(card(LONG))
    for value in (LONG.nama, LONG.instansi, LONG.unit_kerja, LONG.jabatan, LONG.nomor_registrasi):
        assert "".join(value.split()) in "".join(words.split())
    assert "Pas foto belum ada" in words


@pytest.mark.parametrize("state", PersonState)
def test_every_state_has_words_for_the_person(state: PersonState) -> None:
    assert STATE_TEXTS[state] in text_of(census(state=state))
    assert state.value not in STATE_TEXTS[state]


def test_the_state_is_that_of_the_printing_and_the_issue_stays() -> None:
    words = text_of(census())
    assert "Status pendataan per 20 Oktober 2022 10.05 WIB" in words
    assert "Diterbitkan 1 September 2022 09.00 WIB" in words


def test_the_account_card_says_what_to_do_next_and_until_when() -> None:
    words = text_of(account())
    assert "https://portal.contoh.id/masuk/" in words
    assert "Akhiri Proses Pendaftaran paling lambat 22 Oktober 2022 17.00 WIB" in words


def test_without_a_date_the_account_card_promises_none() -> None:
    card = AccountCard(holder=HOLDER, issue=ISSUE, account_made_at=WHEN)
    assert "paling lambat" not in text_of(render_account_card(card))


@pytest.mark.parametrize("size", [(450, 600), (900, 300), (300, 900), (301, 401)])
def test_a_photo_of_any_shape_is_cut_for_print(size: tuple[int, int]) -> None:
    made = card_photo(photo(size))
    with Image.open(io.BytesIO(made)) as cut:
        assert cut.size == (354, 472)
    assert len(made) < 60_000
