"""What counts as a personal number in a published text, and what does not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.security.personal_numbers import PersonalNumber, find_personal_number
from tools.sample.people import nik_of

SIXTEEN, PHONE, EMAIL, DATE, BIRTH = PersonalNumber


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Budi 9901015911929013", SIXTEEN),
        ("SD 2 9901015911929013;Kutip Tiga", SIXTEEN),
        ("Guru9901015911929013", SIXTEEN),
        ("Guru 9901 0159 1192 9013", SIXTEEN),
        ("Guru 99.01.01.591192.9013", SIXTEEN),
        ("Guru 990101-591192-9013", SIXTEEN),
        ("Guru 9901 - 0159 - 1192 - 9013", SIXTEEN),
        ("Guru 9901,0159,1192,9013", SIXTEEN),
        ("Guru 9 9 0 1 0 1 5 9 1 1 9 2 9 0 1 3", SIXTEEN),
        ("Guru 9901/015911929013", SIXTEEN),
        ("Guru " + "9901015911929013".translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)}), SIXTEEN),
        ("Guru 9901\u200b0159\u200e1192\u00a09013", SIXTEEN),
        ("Guru 9901\n01591192\t9013", SIXTEEN),
        ("NIP 199001012020121001", SIXTEEN),
        ("Puskesmas hub. 081299990000", PHONE),
        ("Puskesmas 0812-9999-0000", PHONE),
        ("Puskesmas 0812 9999 0000", PHONE),
        ("Puskesmas +62 812 9999 0000", PHONE),
        ("Puskesmas (+62)812-9999-000", PHONE),
        ("Puskesmas 6281299990000", PHONE),
        ("Puskesmas 81299990000", PHONE),
        ("Puskesmas (021) 5550000", PHONE),
        ("Puskesmas 021-5550000", PHONE),
        ("Puskesmas 0274 555 0000", PHONE),
        ("Puskesmas +62 21 5550000", PHONE),
        ("Guru budi@contoh.id", EMAIL),
        ("Guru (budi.99@mail.contoh.go.id)", EMAIL),
        ("Guru budi @ contoh.id", EMAIL),
        ("Guru budi\uff20contoh.id", EMAIL),
        ("Guru budi\ufe6bcontoh\uff0eid", EMAIL),
        ("Guru " + "\u2468\u2460" * 8, SIXTEEN),
        ("Guru 19-11-1992", DATE),
        ("Guru 19/11/1992", DATE),
        ("Guru 9.1.1992", DATE),
        ("Guru 1992-11-19", DATE),
        ("Guru 1992/1/9", DATE),
        ("Guru 19 11 1992", DATE),
        ("Guru 11/19/1992", DATE),
        ("Guru 19 - 11 - 1992", DATE),
        ("Guru 19-11-92", DATE),
        ("Guru lahir 19 November 1992", BIRTH),
        ("Guru (lahir: Bandung, 19 Nopember 1992)", BIRTH),
        ("Guru TTL Bandung 19 Nov 92", BIRTH),
        ("Guru Tgl 19 Agt 1992", BIRTH),
        ("Guru ttl. 19111992", BIRTH),
        ("Guru lahir November 1992", BIRTH),
        ("Guru born 19 March 1992", BIRTH),
        ("Guru born 9 February 1992", BIRTH),
        ("Guru lahir 191192", BIRTH),
    ],
)
def test_found(text: str, found: PersonalNumber) -> None:
    assert find_personal_number(text) is found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Siti Aminah",
        "Guru Kelas 6",
        "Guru Kelas 10/11/12",
        "Guru Kelas 1-2-3",
        "SDN 013 Contoh",
        "SDN 013, 014, 015, 016, 017, 018",
        "SMA 17 Agustus 1945",
        "Universitas 17 Agustus 1945 Kampus 2",
        "RSUD 45",
        "Kodim 0812",
        "NPSN 20104001",
        "NPSN 10101990",
        "Bagian 01.02.03.0004",
        "UPT 1.02.0.00.0.00.01.0000",
        "Tahun 2021/2022",
        "Tahun Anggaran 2021 - 2022",
        "Peraturan 5 Tahun 2014",
        "Ruang 2021.01",
        "Ruang Kelahiran 2",
        "Poli Kelahiran dan Anak Lantai 3 Gedung 12",
        "Operator @ Kantor",
        "Kelompok 12345678",
        "Kode 123456789012",
        "Pos 08.00-16.00",
        "Jalan 31-13-2020",
        "Seksi 32/01/2020",
    ],
)
def test_passes(text: str) -> None:
    assert find_personal_number(text) is None


_BORN = st.dates(date(1930, 1, 1), date(2005, 12, 31))


@given(st.builds(nik_of, st.integers(0, 150_000), _BORN, st.sampled_from("LP")), st.sampled_from(["", *" .-/"]))
def test_a_nik_is_found_in_groups_of_any_size(nik: str, between: str) -> None:
    for size in range(1, 17):
        groups = [nik[at : at + size] for at in range(0, 16, size)]
        assert find_personal_number(f"Guru {between.join(groups)} Kelas 1") is not None


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    assert find_personal_number(text) in {None, *PersonalNumber}
