"""What an admin should settle before pre-finalizing and finalizing (domain.md, sections 3 and 4).

The deadline does not ask: at the last close everything locks whatever is open. The list blocks only the hand.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services.finalization.model.announced import LEAST_DAYS, days_announced
from services.finalization.model.counts import Counts
from services.finalization.model.folder import Folder
from services.finalization.model.open_cases import matter_of
from services.kernel.cases import CaseKind
from services.kernel.problems import Code, Problem
from services.kernel.states import ON_PREFINAL_LIST, Matter, PersonState


@dataclass(frozen=True)
class Check:
    """One line: what it is about, how many there are, and whether they block finalizing by hand.

    `count` is None where nobody counts it: that is not zero, and it blocks nothing (domain.md, section 4). Where a line
    is settled the site knows by its code (web/site/remedies.py). One that is open and `excused` asks whoever finalizes
    by hand for a reason instead (section 3, *Own announcement*).
    """

    code: str
    text: str
    count: int | None
    blocking: bool
    excused: bool = False


@dataclass(frozen=True)
class _Rule:
    code: str
    text: str
    blocking: bool
    count: Callable[[Folder, datetime], int | None]
    excused: bool = False


def _in(state: PersonState) -> Callable[[Folder, datetime], int]:
    return lambda folder, _: folder.counts.of([state])


COUNTED: frozenset[str] = frozenset(Matter) | frozenset(map(matter_of, CaseKind))
"""Kinds of matters whose service tells of every one, so that hearing nothing means there is none: registration's, and
announcements' cases."""


def open_matters(counts: Counts, kind: str, counted: frozenset[str] = COUNTED) -> int | None:
    """How many of a kind are open at other services; None while none tells of the kind and nothing has arrived."""
    return counts.matters.get(kind, 0 if kind in counted else None)


def _matter(kind: str) -> Callable[[Folder, datetime], int | None]:
    return lambda folder, _: open_matters(folder.counts, kind)


def _hasty(folder: Folder, now: datetime) -> int:
    """1 while the newest pre-final list has not been up for five days on the institution's own board or site."""
    days = days_announced(folder.institution.prefinal, folder.announced, now)
    return int(days is None or days < LEAST_DAYS)


def _nobody(folder: Folder, _: datetime) -> int:
    return int(folder.counts.of(ON_PREFINAL_LIST) == 0)


def _no_ppk(folder: Folder, _: datetime) -> int:
    return int(folder.institution.ppk is None)


NOBODY = "nobody-listed"

_WAITING = {
    "registered-waiting": (PersonState.TERDAFTAR, "Terdaftar, belum diverifikasi"),
    "account-waiting": (PersonState.AKUN_DIBUAT, "Sudah punya akun, belum diverifikasi"),
    "submitted-waiting": (PersonState.DIAJUKAN, "Sudah diajukan, belum diverifikasi"),
    "returned-waiting": (PersonState.DIKEMBALIKAN, "Dikembalikan, menunggu perbaikan"),
    "conflict": (PersonState.KONFLIK, "NIK juga didaftarkan instansi lain"),
}
"""Rows without verdict: the deadline would seal them as not verified, outside the base data."""

_RULES = (
    *(_Rule(code, text, True, _in(state)) for code, (state, text) in _WAITING.items()),
    _Rule("requests-open", "Permohonan perbaikan menunggu putusan", True, _matter(Matter.CORRECTION)),
    _Rule("inactive-open", "Menyatakan tidak bekerja lagi, belum dijawab", True, _matter(Matter.INACTIVE)),
    _Rule("thk2-unconfirmed", "THK-II belum dikonfirmasi", True, _matter("thk2")),
    _Rule("usulan-open", "Usulan belum diputuskan", True, _matter(matter_of(CaseKind.USULAN))),
    _Rule("tanggapan-open", "Tanggapan masyarakat belum diputuskan", True, _matter(matter_of(CaseKind.TANGGAPAN))),
    _Rule("keberatan-open", "Keberatan belum diputuskan", True, _matter(matter_of(CaseKind.KEBERATAN))),
    _Rule("files-missing", "Orang tanpa berkas wajib", True, _matter("files")),
    _Rule(
        "announcement",
        "Pengumuman sendiri belum tercatat atau kurang dari 5 hari",
        False,
        _hasty,
        excused=True,
    ),
    _Rule(NOBODY, "Belum ada nama pada daftar", True, _nobody),
    _Rule("draft", "Draf, belum didaftarkan", False, _in(PersonState.DRAF)),
    _Rule("bantuan-open", "Permintaan bantuan belum dijawab", False, _matter(matter_of(CaseKind.BANTUAN))),
    _Rule("ppk-missing", "PPK belum tercatat; hubungi BKN", False, _no_ppk),
)


def checklist(folder: Folder, now: datetime) -> list[Check]:
    """Every line, settled or not."""
    return [Check(rule.code, rule.text, rule.count(folder, now), rule.blocking, rule.excused) for rule in _RULES]


def blocking(checks: list[Check]) -> list[Check]:
    """The lines that are open and block finalizing by hand."""
    return [check for check in checks if check.blocking and check.count]


def uncounted(checks: list[Check]) -> list[Check]:
    """The lines nobody counts: whoever finalizes by hand looks after them himself."""
    return [check for check in checks if check.count is None]


def excused(checks: list[Check]) -> list[Check]:
    """The lines that are open and ask for a reason."""
    return [check for check in checks if check.excused and check.count]


def require_settled(checks: list[Check]) -> None:
    """Refuse while a blocking line is open.

    Raises:
        Problem: `incomplete`, naming each open line with its count.
    """
    open_ones = blocking(checks)
    if open_ones:
        missing = [{"code": c.code, "text": f"{c.text}: {c.count}"} for c in open_ones]
        raise Problem(Code.INCOMPLETE, "Selesaikan daftar periksa lebih dahulu, lalu ulangi.", missing=missing)
