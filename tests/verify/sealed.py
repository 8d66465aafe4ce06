"""A sealed list and a proof as the portal gives them out, made by the portal's own code."""

import base64
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from services.kernel.security import merkle
from services.kernel.security.canonical import canonical
from services.kernel.states import BASE_DATA, Category, PersonState
from services.registration.model.sealed_row import SealedRow, commitment, sealed_as
from services.registration.seals.finish_seal import count_sealed

KEY = ec.generate_private_key(ec.SECP256R1())
PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@dataclass(frozen=True)
class SealedOffice:
    """One institution after its seal: what is public, and everybody's proof."""

    public: dict[str, Any]
    sealed: dict[str, Any]
    proofs: dict[str, dict[str, Any]]

    @property
    def root(self) -> str:
        root: str = self.sealed["manifest"]["list"]["root"]
        return root


def private(n: int, state: PersonState) -> dict[str, Any]:
    return {
        "nomor_registrasi": number(n),
        "state": state.value,
        "sealed_as": sealed_as(state),
        "v": 2,
        "row": {"nik": f"9901010101{n:06d}"},
    }


def number(n: int) -> str:
    return f"REG{n:06d}"


def row(n: int, state: PersonState) -> SealedRow:
    return SealedRow(
        nomor_registrasi=number(n),
        nama=f"Orang Contoh {n} Ünik",
        unit_kerja="Dinas Contoh",
        jabatan="Guru",
        kategori=Category.NON_ASN,
        salt=f"{n:032x}",
        commitment=commitment(private(n, state), f"{n:030x}ff"),
        state=state,
        v=2,
    )


def signed(manifest: dict[str, Any]) -> dict[str, Any]:
    signature = KEY.sign(canonical(manifest), ec.ECDSA(hashes.SHA256()))
    return {"manifest": manifest, "signature": base64.b64encode(signature).decode()}


def office(
    states: Sequence[PersonState], *, left_off: Collection[int] = (), also_listed: Collection[int] = ()
) -> SealedOffice:
    """An institution with one person for every state given; a dishonest one if somebody is `left_off` or `also_listed`.

    Roots, paths and signature of a dishonest one are right all the same.
    """
    rows = [row(n, state) for n, state in enumerate(states)]
    listed = [one for n, one in enumerate(rows) if n in also_listed or (one.state in BASE_DATA and n not in left_off)]
    list_leaves, roster_leaves = [one.list_leaf() for one in listed], [one.roster_leaf() for one in rows]
    seal = signed(
        {
            "format": "pendataan-seal-1",
            "institution": "9901",
            "epoch": 4,
            "list": {"root": merkle.root(list_leaves).hex(), "size": len(listed), "chunks": []},
            "roster": {
                "root": merkle.root(roster_leaves).hex(),
                "size": len(rows),
                "by_state": count_sealed(rows),
                "chunks": [],
            },
        }
    )
    by_name = sorted(listed, key=lambda one: one.nama, reverse=True)
    items = [[one.nama, one.nomor_registrasi, one.unit_kerja, one.jabatan, one.kategori.value] for one in by_name]
    marks = [[one.nomor_registrasi, one.salt, one.commitment] for one in listed]
    proofs = {}
    for n, one in enumerate(rows):
        place = None
        if one in listed:
            at = listed.index(one)
            place = {"index": at, "path": hexed(merkle.path(at, list_leaves)), "entry": json.loads(one.entry())}
        path = hexed(merkle.path(n, roster_leaves))
        hidden = {"private": private(n, one.state), "salt": f"{n:030x}ff"}
        proofs[one.nomor_registrasi] = {
            "format": "pendataan-proof-1",
            "seal": seal,
            "roster": {"index": n, "path": path, **hidden},
            "list": place,
        }
    return SealedOffice({"v": 1, "items": items}, {"v": 1, **seal, "rows": marks}, proofs)


def hexed(path: Sequence[bytes]) -> list[str]:
    return [one.hex() for one in path]
