"""One person as he is sealed: a line of the list, and a commitment to everything that is not shown.

Two salts of 16 bytes, one for each, are derived from the person's own: the same row always gives the same bytes, and
once his salt is destroyed nobody can tell any more whose they were (docs/seal.md).
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from services.kernel.events.facts import SEAL_FORMAT
from services.kernel.security.canonical import canonical
from services.kernel.security.findings import Finding, RowFinding
from services.kernel.security.merkle import leaf_hash
from services.kernel.states import Category, PersonState
from services.registration.model.assurance import CLOSED_FIELDS
from services.registration.model.edition import Edition
from services.registration.model.own_numbers import own_findings
from services.registration.model.person import Person

_SALT_BYTES: Final = 16

UNDECIDED: Final = "BELUM_DIVERIFIKASI"
"""Registered people whom nobody decided on before the lock are sealed as this (domain.md, section 4)."""
_UNDECIDED_STATES: Final = frozenset(
    {PersonState.TERDAFTAR, PersonState.AKUN_DIBUAT, PersonState.DIAJUKAN, PersonState.DIKEMBALIKAN}
)


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A person's public record, `salt` and `commitment` (hex); state and version are for counting, not for showing.

    `found` says where the public record holds a number of his own.
    """

    nomor_registrasi: str
    nama: str
    unit_kerja: str
    jabatan: str
    kategori: Category
    salt: str
    commitment: str
    state: PersonState
    v: int
    found: tuple[Finding, ...] = ()

    def findings(self) -> list[RowFinding]:
        """What was found in the row, for whoever publishes the list."""
        return [
            RowFinding(nomor_registrasi=self.nomor_registrasi, v=self.v, field=one.field, kind=one.kind)
            for one in self.found
        ]

    def entry(self) -> bytes:
        """The leaf of the list: what the public list shows of him, salted, with the commitment."""
        return canonical(
            {
                "nomor_registrasi": self.nomor_registrasi,
                "nama": self.nama,
                "unit_kerja": self.unit_kerja,
                "jabatan": self.jabatan,
                "kategori": self.kategori.value,
                "salt": self.salt,
                "commitment": self.commitment,
            }
        )

    def list_leaf(self) -> bytes:
        """His leaf in the tree of the list."""
        return leaf_hash(self.entry())

    def roster_leaf(self) -> bytes:
        """His leaf in the tree of all rows: the commitment alone, which holds his state."""
        return leaf_hash(canonical({"commitment": self.commitment}))


def sealed_row(person: Person, edition: Edition, contact: Mapping[str, str | None] | None = None) -> SealedRow:
    """The row of a person, opened, on this edition; it is searched for his numbers, those of `contact` among them."""
    return SealedRow(
        nomor_registrasi=person.registration_number,
        nama=person.nama,
        unit_kerja=person.unit_kerja,
        jabatan=person.jabatan,
        kategori=person.kategori,
        salt=_salt(person, edition, "public"),
        commitment=commitment(private_record(person), private_salt(person, edition)),
        state=person.state,
        v=person.v,
        found=tuple(own_findings(person, contact)),
    )


def sealed_as(state: PersonState) -> str:
    """The word under which a state is sealed and counted."""
    return UNDECIDED if state in _UNDECIDED_STATES else state.value


def private_record(person: Person) -> dict[str, Any]:
    """What the commitment is about: identity and appointment as registered, state, and the audit trail up to now.

    The person downloads it, so what may be closed to him is left out; the audit trail holds what was registered.
    `state` is as he stood at the lock, `sealed_as` what it was sealed as (domain.md, section 4).
    `audit_head` is the last link's hash: it stands for every change ever made, further appointments among them.
    """
    return {
        "nomor_registrasi": person.registration_number,
        "kategori": person.kategori.value,
        "row": {name: value for name, value in person.row.items() if name not in CLOSED_FIELDS},
        "education": person.private.education,
        "state": person.state.value,
        "sealed_as": sealed_as(person.state),
        "v": person.v,
        "audit_head": person.head,
        **_statements(person),
    }


def _statements(person: Person) -> dict[str, Any]:
    """What he asked to have put right and nobody had decided: his value and evidence stand beside the row."""
    open_ones = [
        {
            "asked_at": each.asked_at,
            "reason": each.reason,
            "fields": {field.name: field.wanted for field in each.undecided},
            "evidence": list(each.evidence),
        }
        for each in person.open_requests
    ]
    return {"statements": open_ones} if open_ones else {}


def private_salt(person: Person, edition: Edition) -> str:
    """The salt of the commitment; only the person gets it, with his proof."""
    return _salt(person, edition, "private")


def commitment(record: Mapping[str, Any], salt: str) -> str:
    """SHA-256, hex, over the canonical form of record and salt."""
    return hashlib.sha256(canonical({"private": record, "salt": salt})).hexdigest()


def _salt(person: Person, edition: Edition, use: str) -> str:
    what = f"{SEAL_FORMAT}\x1f{use}\x1f{edition.institution}\x1f{edition.name}".encode()
    return hmac.digest(person.salt, what, "sha256")[:_SALT_BYTES].hex()
