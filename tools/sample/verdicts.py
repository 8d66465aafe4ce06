"""Verdicts as the interface takes them, for the demonstration and the tests."""

from typing import Any

CRITERIA = ("AKTIF", "PEMBAYARAN", "PENGANGKATAN", "MASA_KERJA", "USIA", "JABATAN")
"""The criteria, in the order of a record's page."""


def verdicts(decision: str, reason: str | None = None, *, failed: str = "JABATAN") -> list[dict[str, Any]]:
    """All criteria met, or for TIDAK_MEMENUHI_SYARAT one that is not; each with the reason, if there is one."""
    why = {"reason_code": "LAINNYA", "text": reason} if reason is not None else {}
    unmet = {failed} if decision == "TIDAK_MEMENUHI_SYARAT" else frozenset()
    return [{"criterion": each, "verdict": "TIDAK" if each in unmet else "LOLOS", **why} for each in CRITERIA]


def decision_of(v: int, decision: str, reason: str | None = None) -> tuple[str, dict[str, Any]]:
    """The last part of a decision's address and its body: the verdicts, or a return with what to mend."""
    if decision == "DIKEMBALIKAN":
        return "returns", {"v": v, "reason": reason or "", "mend": ["SK"]}
    return "verdicts", {"v": v, "criteria": verdicts(decision, reason)}
