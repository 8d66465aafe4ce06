"""An institution in the middle of its census, and every page of the site as those see it whom it is for."""

from collections.abc import Mapping
from dataclasses import dataclass

from infra.local import seed
from infra.local.client import Visitor
from infra.local.demo import steps_cases, steps_institution, steps_person, steps_titles
from tests.browser.looking import signed_in
from tests.support.office import PASSWORD, Office

Cookies = Mapping[str, str]


@dataclass(frozen=True)
class View:
    """Pages that one visitor sees; `cookies` are those of whoever he is."""

    who: str
    cookies: Cookies
    paths: tuple[str, ...]


def make_scene(office: Office) -> tuple[View, ...]:
    """Fill the institution: a list with faults, a submitted dossier, an usulan, a published pre-final list."""
    stage = office.stage
    rows = [office.person(at) for at in range(14)]
    rows[2]["sumber_pembayaran"] = "AKUN_52"
    office.enlist([*rows, rows[0], rows[1] | {"nik": "12345"}])
    person = office.submit(rows[0])
    _verify_some(office)
    filed = steps_cases.usulan(stage)
    steps_institution.prefinalize(stage)
    steps_institution.public_list(stage, rows[0]["nama"], rows[0]["nik"], final=False)
    guest = Visitor(office.portal.base_url)
    steps_person.check_identity(stage, rows[3], guest)
    return (
        View("umum", {}, _public(office)),
        View("pendaftar", guest.cookies, ("/akun/lengkapi/", "/akun/selesai/")),
        View("orang", _signed_in(office, rows[0]["nik"], PASSWORD), _PERSON),
        View("operator", _signed_in(office, office.login("operator")), _operator(office, person, filed.number)),
        View(
            "verifikator",
            _signed_in(office, office.login("verifikator")),
            ("/instansi/antrean/", f"/instansi/orang/detail/?id={person}", f"/instansi/orang/putusan/?id={person}"),
        ),
        View("helpdesk", _signed_in(office, office.login("helpdesk")), (f"/instansi/orang/langkah/?id={person}",)),
        View("admin", _signed_in(office, office.login("admin")), (*_ADMIN, f"/instansi/orang/riwayat/?id={person}")),
        View("ppk", _signed_in(office, office.login("ppk")), ("/instansi/pertanggungjawaban/", "/instansi/sptjm/")),
        View("bkn", _signed_in(office, office.login("bkn")), _bkn(office)),
    )


def _verify_some(office: Office) -> None:
    """Decide about one who fails a rule and about every third of the others."""
    office.stage.staff("verifikator")
    for at, one in enumerate(office.stage.people(state="TERDAFTAR")):
        if one["overall"] == "TIDAK":
            reason = "Dibayar dari pengadaan barang dan jasa."
            steps_institution.decide(office.stage, one, "TIDAK_MEMENUHI_SYARAT", reason)
        elif at % 3 == 0:
            steps_institution.decide(office.stage, one, "MEMENUHI_SYARAT", steps_institution.AT_THE_OFFICE)


_PERSON = (
    "/pendataan/",
    "/pendataan/aktif/",
    "/pendataan/biodata/",
    "/pendataan/riwayat/",
    "/pendataan/riwayat/isi/",
    "/pendataan/riwayat/isi/?id=pertama",
    "/pendataan/resume/",
    "/pendataan/lembar/",
    "/pendataan/akun/",
    "/pendataan/keberatan/",
    "/pendataan/perbaikan/",
    "/pendataan/perbaikan/ajukan/",
    "/pendataan/salinan/",
    "/pendataan/selesai/",
)


_ADMIN = (
    "/instansi/finalisasi/",
    "/instansi/tenggat/",
    "/instansi/perpanjangan/",
    "/instansi/pengguna/",
    "/instansi/unit/",
    "/instansi/jabatan/",
    "/instansi/kontak/",
    "/instansi/pengumuman/",
    "/instansi/akun/",
    "/instansi/pengguna/riwayat/",
)


def _bkn(office: Office) -> tuple[str, ...]:
    one = f"?kode={office.code}"
    paths = ("", "disunting/", "perpanjangan/", "buka/", "verifikasi/", "usulan/", "pengecualian/")
    users = ("/bkn/persetujuan/", "/instansi/pengguna/?kode=nasional", f"/instansi/pengguna/{one}")
    return (
        "/bkn/",
        "/bkn/kalender/",
        "/bkn/jabatan/",
        f"/bkn/jabatan/daftar/?id={steps_titles.load_list(office.stage)['id']}",
        *users,
        "/bkn/kesiapan/",
        "/bkn/piket/",
        "/bkn/pemberitahuan/",
        "/bkn/permohonan/",
        "/bkn/perbaikan/",
        "/bkn/laporan/",
        *(f"/bkn/instansi/{path}{one}" for path in paths),
    )


def _public(office: Office) -> tuple[str, ...]:
    return (
        "/",
        "/akun/",
        "/masuk/",
        "/akun/lupa-sandi/",
        "/akun/nik-digunakan/",
        "/instansi/daftar/",
        "/instansi/daftar/status/",
        "/instansi/masuk/",
        "/instansi/undangan/",
        "/instansi/lupa-sandi/",
        "/instansi/sandi-baru/",
        "/cek-status/",
        "/kartu/",
        "/kartu/?kode=AAAAAAAAAAAAAAAAAAAA",
        "/usulan/",
        "/tanggapan/",
        "/bantuan/tanya/",
        "/laporan/",
        "/laporan/jawab/",
        "/laporan/gagal/",
        "/bantuan/",
        "/privasi/",
        "/segel/",
        "/404.html",
        "/pengumuman/404.html",
        "/pengumuman/",
        f"/pengumuman/{office.code}/",
    )


def _operator(office: Office, person: str, case: str) -> tuple[str, ...]:
    job = office.stage.staff("operator").get(f"{office.stage.registration}/imports")["items"][0]["id"]
    return (
        "/instansi/",
        "/instansi/impor/",
        f"/instansi/impor/status/?id={job}",
        "/instansi/orang/",
        f"/instansi/orang/detail/?id={person}",
        f"/instansi/orang/perbaikan/?id={person}",
        f"/instansi/orang/riwayat-kerja/?id={person}",
        f"/instansi/orang/akun/?id={person}",
        "/instansi/lembar/",
        "/instansi/lembar/daftar/?kind=BELUM_AKUN",
        f"/instansi/orang/nik/?id={person}",
        "/instansi/nik/",
        "/instansi/perbaikan/",
        f"/instansi/perbaikan/putuskan/?id={person}",
        f"/instansi/perbaikan/pernyataan/?id={person}",
        "/instansi/orang/tambah/",
        "/instansi/laporan/",
        f"/instansi/laporan/lihat/?nomor={case}",
        "/instansi/laporan/jawaban/",
    )


def _signed_in(office: Office, login: str, password: str = seed.PASSWORD) -> Cookies:
    return signed_in(office.portal.base_url, login, password)
