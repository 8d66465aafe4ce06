"""Cases as announcements hands them over to whoever decides."""

from datetime import timedelta
from typing import Any

from services.kernel import clock
from services.kernel.cases import CaseKind
from services.kernel.cases.handover import TTL, Handover, Proposed, hand_over
from tests.registration.staff import Desk

CASE = "L23456789"
PROPOSED = Proposed(
    nik="9901014101900002",
    nama="Siti Contoh Lestari",
    tanggal_lahir="1990-01-01",
    unit_kerja="SD Negeri 1 Contoh",
    jabatan="Guru Kelas",
)
TOO_OLD = TTL + timedelta(seconds=1)


def handed(holder: Desk, *, kind: CaseKind = CaseKind.USULAN, age: timedelta = timedelta(0), **changed: Any) -> str:
    """The token that was given to this decider so long ago; of an accepted usulan unless it is said otherwise."""
    said: dict[str, Any] = {
        "case": CASE,
        "kind": kind,
        "institution": holder.institution,
        "decision": "keputusan-1",
        "accepted": True,
        "by": holder.actor.id,
        "until": clock.millis(clock.now() - age + TTL),
        "proposed": PROPOSED if kind is CaseKind.USULAN else None,
        **changed,
    }
    return hand_over(Handover(**said))
