"""The table of the site's pages: address, template, texts, script. The build makes each in both languages."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["public", "person", "staff", "bkn"]


@dataclass(frozen=True)
class Page:
    """One page.

    Args:
        path: address without language prefix; ends with "/" (a folder with index.html) or names a file.
        template: under templates/, without ".html".
        text: dotted name of the section that holds the page's title.
        kind: whose navigation it shows; pages that are not public are never indexed.
        module: script under src/pages/, without ".js"; none for a page that only reads.
        labels: sections of texts/<language>/labels.toml its script needs.
        roles: who may open it, of the staff console; the APIs decide, and this only offers what they allow.
        whole: not for those who work for some units only.
    """

    path: str
    template: str
    text: str
    kind: Kind = "public"
    module: str = ""
    labels: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    whole: bool = False

    @property
    def noindex(self) -> bool:
        """Whether search engines are told to keep away: everything but the pages that explain."""
        return self.path not in {"/", "/akun/", "/usulan/", "/bantuan/", "/privasi/", "/segel/"}


_NATIONAL = ("bkn", "auditor")
_ENTERERS = ("operator", "admin")
_OFFICE = ("operator", "verifikator", "helpdesk", "admin", "ppk")
_READERS = ("operator", "verifikator", "admin", *_NATIONAL)
_FILES = ("files", "file_states")
_STEP = ("windows", "outcomes_of_record")
_VERDICTS = ("verdicts", "criteria", *_FILES)
_OWN = (*_STEP, "states", "state_meanings", "categories", *_VERDICTS)
_RECORD = ("states", "categories", "options", *_VERDICTS)
_FOUND = ("published_fields", "personal_numbers")

PAGES: tuple[Page, ...] = (
    Page("/", "home", "home", module="home", labels=("windows",)),
    Page("/akun/", "account/identity", "account.identity", module="account-identity", labels=("windows",)),
    Page(
        "/akun/lengkapi/",
        "account/complete",
        "account.complete",
        module="account-complete",
        labels=("windows", "categories", *_FILES),
    ),
    Page(
        "/akun/periksa/",
        "account/complete",
        "account.review",
        module="account-complete",
        labels=("windows", "categories", *_FILES),
    ),
    Page("/akun/selesai/", "account/done", "account.done", module="account-done"),
    Page("/masuk/", "account/sign_in", "account.sign_in", module="sign-in", labels=("windows",)),
    Page("/pendataan/", "person/home", "person.home", "person", "person-home", ("changes", *_OWN)),
    Page("/pendataan/aktif/", "person/active", "person.active", "person", "person-active", _STEP),
    Page(
        "/pendataan/biodata/",
        "person/biodata",
        "person.biodata",
        "person",
        "person-biodata",
        (*_STEP, "options"),
    ),
    Page(
        "/pendataan/riwayat/",
        "person/histories",
        "person.histories",
        "person",
        "person-histories",
        (*_STEP, *_FILES),
    ),
    Page(
        "/pendataan/riwayat/isi/",
        "person/history",
        "person.history",
        "person",
        "person-history",
        (*_STEP, "options"),
    ),
    Page(
        "/pendataan/resume/",
        "person/resume",
        "person.resume",
        "person",
        "person-resume",
        (*_STEP, "options", *_VERDICTS),
    ),
    Page("/pendataan/selesai/", "person/done", "person.done", "person", "person-done"),
    Page("/kartu/", "public/card", "public.card", module="card", labels=("categories",)),
    Page("/usulan/", "public/proposal", "public.proposal", module="proposal", labels=("windows",)),
    Page("/usulan/terkirim/", "public/sent", "public.sent", module="ticket", labels=("tickets",)),
    Page("/usulan/gagal/", "public/refused", "public.refused"),
    Page("/bantuan/", "public/topics", "public.help"),
    Page("/privasi/", "public/topics", "public.privacy"),
    Page("/segel/", "public/seal", "public.seal"),
    Page("/404.html", "public/not_found", "public.not_found"),
    Page("/pengumuman/404.html", "public/not_found", "public.not_announced"),
    Page(
        "/instansi/",
        "staff/home",
        "staff.home",
        "staff",
        "staff-home",
        ("windows", "states", "roles", *_FOUND),
        roles=_OFFICE,
    ),
    Page(
        "/instansi/impor/",
        "staff/imports",
        "staff.imports",
        "staff",
        "staff-imports",
        ("import_states", "windows"),
        roles=_ENTERERS,
    ),
    Page(
        "/instansi/impor/status/",
        "staff/import",
        "staff.import",
        "staff",
        "staff-import",
        ("import_states", "outcomes", "verdicts", "columns", "criteria"),
        roles=_ENTERERS,
    ),
    Page(
        "/instansi/orang/",
        "staff/people",
        "staff.people",
        "staff",
        "staff-people",
        ("states", "verdicts", "categories"),
        roles=(*_OFFICE, *_NATIONAL),
    ),
    Page(
        "/instansi/orang/detail/",
        "staff/person",
        "staff.person",
        "staff",
        "staff-person",
        ("windows", "changes", "states", "verdicts", "criteria", "categories", "options", *_FILES),
        roles=_READERS,
    ),
    Page(
        "/instansi/orang/tambah/",
        "staff/add",
        "staff.add",
        "staff",
        "staff-add",
        ("states", "windows"),
        roles=_ENTERERS,
    ),
    Page(
        "/instansi/finalisasi/",
        "staff/finalization",
        "staff.finalization",
        "staff",
        "staff-finalization",
        ("phases", "windows", "states", "sptjm", "extensions"),
        roles=("operator", "verifikator", "admin"),
    ),
    Page(
        "/instansi/sptjm/",
        "staff/sptjm",
        "staff.sptjm",
        "staff",
        "staff-sptjm",
        ("windows", "sptjm"),
        roles=("admin", "ppk"),
    ),
    Page(
        "/instansi/perpanjangan/",
        "staff/extension",
        "staff.extension",
        "staff",
        "staff-extension",
        ("windows", "extensions"),
        roles=("admin",),
    ),
    Page(
        "/instansi/usulan/",
        "staff/proposals",
        "staff.proposals",
        "staff",
        "staff-proposals",
        ("windows",),
        roles=(*_ENTERERS, *_NATIONAL),
        whole=True,
    ),
    Page(
        "/instansi/pengguna/", "staff/users", "staff.users", "staff", "staff-users", ("roles",), roles=("admin", "bkn")
    ),
    Page("/bkn/", "bkn/home", "bkn.home", "bkn", "bkn-home", ("phases", "sptjm", "windows", "states"), roles=_NATIONAL),
    Page(
        "/bkn/instansi/",
        "bkn/institution",
        "bkn.institution",
        "bkn",
        "bkn-institution",
        ("phases", "windows", "states", "sptjm", "extensions", *_FOUND),
        roles=_NATIONAL,
    ),
    Page(
        "/bkn/instansi/disunting/", "bkn/publication", "publication", "bkn", "bkn-publication", _FOUND, roles=_NATIONAL
    ),
    Page(
        "/bkn/instansi/perpanjangan/",
        "bkn/extension",
        "bkn.extension",
        "bkn",
        "bkn-extension",
        ("windows", "extensions"),
        roles=("bkn",),
    ),
    Page(
        "/bkn/instansi/buka/",
        "bkn/reopening",
        "bkn.reopening",
        "bkn",
        "bkn-reopening",
        ("windows", "sptjm"),
        roles=("bkn",),
    ),
    Page("/bkn/kalender/", "bkn/calendar", "bkn.calendar", "bkn", "bkn-calendar", ("windows",), roles=_NATIONAL),
)

MAY_OPEN = {page.path: " ".join(page.roles) for page in PAGES if page.roles}
"""Who may open which page of the staff console."""
WHOLE = frozenset(page.path for page in PAGES if page.whole)
