"""The table of the site's pages: an address and a name each. The build makes each in both languages."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["public", "person", "staff", "bkn"]


@dataclass(frozen=True)
class Page:
    """One page.

    Its name says where all of it stands: `staff/person` is made from templates/staff/person.html with the texts
    `staff.person`, runs src/pages/staff/person.js if there is such a script, and shows the navigation of `staff`.

    Args:
        path: address without language prefix; ends with "/" (a folder with index.html) or names a file.
        name: group and name.
        shares: the name of the template and script, where several pages have them in common.
        labels: what its script looks up by a code: sections of labels.toml, and what the build adds to them.
        roles: who may open it, of the staff console; the APIs decide, and this only offers what they allow.
        whole: not for those who work for some units only.
    """

    path: str
    name: str
    shares: str = ""
    labels: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    whole: bool = False

    @property
    def template(self) -> str:
        """Under templates/."""
        return f"{self.shares or self.name}.html"

    @property
    def script(self) -> str:
        """Under src/; a page that only reads has none there."""
        return f"pages/{self.shares or self.name}.js"

    @property
    def texts(self) -> str:
        """Dotted name of the section that holds the page's title."""
        return self.name.replace("/", ".")

    @property
    def kind(self) -> Kind:
        """Whose navigation it shows; pages that are not public are never indexed."""
        match self.name.partition("/")[0]:
            case "person" | "staff" | "bkn" as group:
                return group
            case _:
                return "public"

    @property
    def noindex(self) -> bool:
        """Whether search engines are told to keep away: everything but the pages that explain."""
        return self.path not in {"/", "/akun/", "/usulan/", "/tanggapan/", "/bantuan/", "/privasi/", "/segel/"}


_NATIONAL = ("bkn", "auditor")
_ENTERERS = ("operator", "admin")
_DECIDERS = ("verifikator", "admin")
_OFFICE = ("operator", "verifikator", "helpdesk", "admin", "ppk")
_USERS = ("roles", "invitations", "account_states")
_READERS = ("operator", "verifikator", "admin", *_NATIONAL)
_CASE_READERS = (*_READERS, "helpdesk")
_FILES = ("files", "file_states")
_STEP = ("windows", "outcomes_of_record")
_CASES = ("case_states", "case_kinds", "topics")
_ADVICE = ("advice", "criteria", *_FILES)
_OWN = (*_STEP, "road", "states", "state_meanings", "categories", *_ADVICE)
_FOUND = ("published_fields", "personal_numbers")

PAGES: tuple[Page, ...] = (
    Page("/", "home", labels=("windows",)),
    Page("/akun/", "account/identity", labels=("windows",)),
    Page("/akun/lengkapi/", "account/complete", labels=("windows", "categories", *_FILES)),
    Page("/akun/periksa/", "account/review", shares="account/complete", labels=("windows", "categories", *_FILES)),
    Page("/akun/selesai/", "account/done"),
    Page("/akun/lupa-sandi/", "account/forgotten"),
    Page("/akun/nik-digunakan/", "account/reclaim"),
    Page("/masuk/", "account/sign_in", labels=("windows",)),
    Page("/pendataan/", "person/home", labels=("changes", "verdicts", "mend", "options", "assurances", *_OWN)),
    Page("/pendataan/akun/", "person/account"),
    Page("/pendataan/aktif/", "person/active", labels=_STEP),
    Page("/pendataan/biodata/", "person/biodata", labels=(*_STEP, "options")),
    Page("/pendataan/riwayat/", "person/histories", labels=(*_STEP, *_FILES)),
    Page("/pendataan/riwayat/isi/", "person/history", labels=(*_STEP, "options")),
    Page("/pendataan/perbaikan/", "person/requests", labels=(*_STEP, "options", "columns", "request_states", *_FILES)),
    Page("/pendataan/perbaikan/ajukan/", "person/request", labels=(*_STEP, "options", "columns", *_FILES)),
    Page("/pendataan/keberatan/", "person/objection", labels=("case_states", "case_kinds")),
    Page("/pendataan/resume/", "person/resume", labels=(*_STEP, "options", "missing_pages", *_ADVICE)),
    Page("/pendataan/lembar/", "person/sheet", labels=("windows",)),
    Page("/pendataan/selesai/", "person/done"),
    Page("/pendataan/salinan/", "person/copies"),
    Page("/kartu/", "public/card", labels=("categories",)),
    Page("/cek-status/", "public/status"),
    Page("/usulan/", "public/usulan", labels=("windows",)),
    Page("/tanggapan/", "public/report", labels=("windows",)),
    Page("/bantuan/tanya/", "public/ask"),
    Page("/laporan/", "public/case", labels=("case_states", "case_kinds", "writers", *_FILES)),
    Page("/laporan/jawab/", "public/hearing"),
    Page("/laporan/gagal/", "public/refused"),
    Page("/bantuan/", "public/help", shares="public/topics"),
    Page("/privasi/", "public/privacy", shares="public/topics"),
    Page("/segel/", "public/seal"),
    Page("/404.html", "public/not_found"),
    Page("/pengumuman/404.html", "public/not_announced", shares="public/not_found"),
    Page("/instansi/daftar/", "public/apply"),
    Page("/instansi/daftar/status/", "public/application", labels=("applications", *_FILES)),
    Page("/instansi/masuk/", "door/sign_in"),
    Page("/instansi/undangan/", "door/invitation", labels=("roles",)),
    Page("/instansi/lupa-sandi/", "door/forgotten"),
    Page("/instansi/sandi-baru/", "door/new_password"),
    Page("/instansi/", "staff/home", labels=("windows", "states", "roles", *_FOUND), roles=_OFFICE),
    Page("/instansi/impor/", "staff/imports", labels=("import_states", "windows"), roles=_ENTERERS),
    Page(
        "/instansi/impor/status/",
        "staff/import",
        labels=("import_states", "outcomes", "advice", "columns", "criteria", "options", "windows"),
        roles=_ENTERERS,
    ),
    Page(
        "/instansi/orang/",
        "staff/people",
        labels=("states", "advice", "categories", "files", "list_flags", "families", "risks"),
        roles=(*_OFFICE, *_NATIONAL),
    ),
    Page(
        "/instansi/orang/detail/",
        "staff/person",
        labels=(
            *("windows", "changes", "states", "advice", "criteria", "verdicts", "mend", "categories", "options"),
            *("assurances", "case_states", "case_kinds", *_FILES),
        ),
        roles=_READERS,
    ),
    Page(
        "/instansi/antrean/",
        "staff/queue",
        labels=("windows", "states", "advice", "files", "categories", "list_flags"),
        roles=_DECIDERS,
    ),
    Page(
        "/instansi/orang/putusan/",
        "staff/judge",
        labels=(
            "windows",
            "changes",
            "states",
            "advice",
            "criteria",
            "verdicts",
            "mend",
            "categories",
            "options",
            *_FILES,
        ),
        roles=_DECIDERS,
    ),
    Page(
        "/instansi/orang/riwayat/",
        "staff/record_history",
        labels=("columns", "options", "roles"),
        roles=("admin", *_NATIONAL),
    ),
    Page(
        "/instansi/orang/perbaikan/",
        "staff/correct",
        labels=("windows", "columns", "options", "criteria"),
        roles=_ENTERERS,
    ),
    Page(
        "/instansi/orang/riwayat-kerja/",
        "staff/appointment",
        labels=("windows", "options", "files"),
        roles=_ENTERERS,
    ),
    Page(
        "/instansi/lembar/",
        "staff/sheets",
        labels=("windows", "printing_states"),
        roles=("operator", "helpdesk", "admin"),
    ),
    Page(
        "/instansi/lembar/daftar/",
        "staff/unit_lists",
        labels=("states", "sheet_states", "list_kinds"),
        roles=("operator", "helpdesk", "admin"),
    ),
    Page(
        "/instansi/orang/akun/",
        "staff/identity",
        labels=("windows", "sheet_states", "assurances"),
        roles=("operator", "verifikator", "admin"),
    ),
    Page(
        "/instansi/orang/langkah/",
        "staff/steps",
        labels=("windows", "states", "sheet_states", "assurances", "case_states", "case_kinds"),
        roles=("helpdesk",),
    ),
    Page("/instansi/orang/nik/", "staff/nik", labels=("windows", "states"), roles=_READERS),
    Page("/instansi/nik/", "staff/niks", labels=("windows",), roles=_ENTERERS),
    Page("/instansi/orang/tambah/", "staff/add", labels=("states", "windows"), roles=_ENTERERS),
    Page(
        "/instansi/finalisasi/",
        "staff/finalization",
        labels=("phases", "windows", "states", "sptjm", "extensions", "checklist_pages"),
        roles=("operator", "verifikator", "admin"),
    ),
    Page("/instansi/tenggat/", "staff/deadline", labels=("windows", "states"), roles=("admin",)),
    Page(
        "/instansi/pertanggungjawaban/",
        "staff/answer",
        labels=("windows", "states", "categories", "advice", "criteria", "verdicts", "marks", "families", "risks"),
        roles=("admin", "ppk", *_NATIONAL),
    ),
    Page(
        "/instansi/pengumuman/",
        "staff/announcement",
        labels=("windows", "categories", *_FOUND),
        roles=("operator", "admin", "ppk", *_NATIONAL),
    ),
    Page("/instansi/sptjm/", "staff/sptjm", labels=("windows", "sptjm"), roles=("admin", "ppk")),
    Page("/instansi/perpanjangan/", "staff/extension", labels=("windows", "extensions"), roles=("admin",)),
    Page("/instansi/laporan/", "staff/cases", labels=_CASES, roles=("operator", "verifikator", "helpdesk", "admin")),
    Page("/instansi/laporan/jawaban/", "staff/answers", roles=_CASE_READERS),
    Page(
        "/instansi/laporan/lihat/",
        "staff/case",
        labels=(*_CASES, "writers", "states", *_FILES),
        roles=_CASE_READERS,
    ),
    Page("/instansi/perbaikan/", "staff/requests", labels=("windows", "columns"), roles=_READERS),
    Page(
        "/instansi/perbaikan/putuskan/",
        "staff/request",
        labels=("windows", "options", "columns", "request_states", *_FILES),
        roles=_READERS,
    ),
    Page("/instansi/perbaikan/pernyataan/", "staff/statement", labels=("windows", *_FILES), roles=_ENTERERS),
    Page("/instansi/pengguna/", "staff/users", labels=_USERS, roles=("admin", "helpdesk", "bkn")),
    Page("/instansi/akun/", "staff/account", labels=("roles",), roles=(*_OFFICE, *_NATIONAL)),
    Page("/instansi/pengguna/riwayat/", "staff/deeds", labels=("roles",), roles=(*_OFFICE, *_NATIONAL)),
    Page("/instansi/unit/", "staff/units", roles=("admin",)),
    Page("/instansi/jabatan/", "staff/jobs", labels=("families",), roles=("admin",)),
    Page("/instansi/kontak/", "staff/contact", roles=("admin",)),
    Page("/bkn/", "bkn/home", labels=("phases", "sptjm", "windows", "states"), roles=_NATIONAL),
    Page(
        "/bkn/instansi/",
        "bkn/institution",
        labels=("phases", "windows", "states", "sptjm", "extensions", *_FOUND),
        roles=_NATIONAL,
    ),
    Page("/bkn/instansi/disunting/", "bkn/publication", labels=_FOUND, roles=_NATIONAL),
    Page("/bkn/instansi/perpanjangan/", "bkn/extension", labels=("windows", "extensions"), roles=("bkn",)),
    Page("/bkn/instansi/buka/", "bkn/reopening", labels=("windows", "sptjm"), roles=("bkn",)),
    Page("/bkn/instansi/verifikasi/", "bkn/recheck", labels=("windows", "sptjm"), roles=("bkn",)),
    Page("/bkn/instansi/usulan/", "bkn/usulan", labels=("windows",), roles=("bkn",)),
    Page("/bkn/laporan/", "bkn/cases", shares="staff/cases", labels=_CASES, roles=_NATIONAL),
    Page("/bkn/perbaikan/", "bkn/requests", labels=("columns",), roles=("bkn",)),
    Page("/bkn/persetujuan/", "bkn/approvals", labels=_USERS, roles=("bkn",)),
    Page("/bkn/instansi/pengecualian/", "bkn/waiver", roles=("bkn",)),
    Page("/bkn/kesiapan/", "bkn/readiness", labels=("phases", "states"), roles=_NATIONAL),
    Page("/bkn/piket/", "bkn/duty", labels=("windows", "services"), roles=_NATIONAL),
    Page("/bkn/pemberitahuan/", "bkn/banner", labels=("banner_levels",), roles=_NATIONAL),
    Page("/bkn/permohonan/", "bkn/applications", labels=("applications",), roles=("bkn",)),
    Page("/bkn/permohonan/detail/", "bkn/application", labels=("applications",), roles=("bkn",)),
    Page("/bkn/jabatan/", "bkn/titles", labels=("title_lists",), roles=_NATIONAL),
    Page("/bkn/jabatan/daftar/", "bkn/title_list", labels=("title_lists",), roles=_NATIONAL),
    Page("/bkn/kalender/", "bkn/calendar", labels=("windows",), roles=_NATIONAL),
)

_ADDRESSES = {page.name: page.path for page in PAGES}


def address(name: str) -> str:
    """The address of the page of a name, without language prefix."""
    return _ADDRESSES[name]


MAY_OPEN = {page.path: " ".join(page.roles) for page in PAGES if page.roles}
"""Who may open which page of the staff console."""
WHOLE = frozenset(page.path for page in PAGES if page.whole)
