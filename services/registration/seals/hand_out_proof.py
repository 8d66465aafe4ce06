"""A person's proof that his row is in the seal of his institution: anybody can check it, without the portal."""

import json
from typing import Any, Final

from services.kernel.aws import exports
from services.kernel.problems import Code, Problem
from services.kernel.security import merkle
from services.kernel.security.canonical import canonical
from services.kernel.writes import gate
from services.registration.access.own_view import sees_employment
from services.registration.adapters import person_store, seal_files, seal_store
from services.registration.model.edition import Edition, Purpose
from services.registration.model.person import Person
from services.registration.model.seal import Seal
from services.registration.model.sealed_row import SealedRow, private_record, private_salt, sealed_row
from services.registration.settings import settings

FORMAT: Final = "pendataan-proof-1"
_CLOSED: Final = (
    "Bukti segel memuat data kepegawaian Anda dari instansi. Bagi akun ini data itu tertutup, karena KTP dan foto "
    "belum diterima dan belum dipastikan bahwa akun ini milik Anda. Hubungi bagian kepegawaian instansi Anda."
)


def hand_out_proof(pid: str) -> str:
    """The link under which the person downloads his proof, JSON (docs/seal.md, "Proof").

    Raises:
        Problem: `not-found`; `wrong-phase` before the seal; `forbidden` and `conflict` as `find_proof`.
    """
    found = find_proof(pid)
    if found is None:
        raise Problem(Code.WRONG_PHASE, "Daftar instansi Anda belum disegel. Bukti dapat diunduh setelah penyegelan.")
    content = canonical(found)
    filename = f"bukti-{found['roster']['private']['nomor_registrasi']}.json"
    return exports.hand_out(settings().exports_bucket, content, filename=filename, content_type="application/json")


def find_proof(pid: str) -> dict[str, Any] | None:
    """The proof of a person; None before his institution is sealed under the epoch that stands.

    It is whole or worth nothing, so an account that is not shown what was registered of his employment has none.

    Raises:
        Problem: `not-found`, `forbidden` for such an account, `conflict` when his row is not what was sealed.
    """
    dossier = person_store.load_dossier(pid)
    person = dossier.person
    edition = Edition(person.institution, Purpose.SEAL, gate.read_round(person.institution).epoch)
    seal, manifest = seal_store.load(edition), seal_files.read_manifest(edition)
    if seal is None or manifest is None:
        return None
    if not sees_employment(dossier):
        raise Problem(Code.FORBIDDEN, _CLOSED)
    return proof(person, seal, json.loads(manifest))


def proof(person: Person, seal: Seal, signed_manifest: dict[str, Any]) -> dict[str, Any]:
    """What the seal holds of him: always his row among all rows, and his line if he stands on the list.

    `{format, seal, roster: {index, path, private, salt}, list: {index, path, entry} | None}`: `seal` is the signed
    manifest, `path` the hashes from the leaf up, hex (docs/seal.md, "Proof").

    Raises:
        Problem: `conflict` when his row is not what was sealed.
    """
    row = sealed_row(person, seal.edition)
    roster = seal_files.read_leaves(seal.roster_chunks)
    return {
        "format": FORMAT,
        "seal": signed_manifest,
        "roster": {
            **_path(row.roster_leaf(), roster),
            "private": private_record(person),
            "salt": private_salt(person, seal.edition),
        },
        "list": _on_list(row, seal),
    }


def _on_list(row: SealedRow, seal: Seal) -> dict[str, Any] | None:
    if row.state not in seal.edition.listed:
        return None
    listed = seal_files.read_leaves(seal.list_chunks)
    return {**_path(row.list_leaf(), listed), "entry": json.loads(row.entry())}


def _path(leaf: bytes, leaves: list[bytes]) -> dict[str, Any]:
    try:
        index = leaves.index(leaf)
    except ValueError:
        sentence = "Data Anda tidak sama dengan yang disegel. Laporkan kepada admin instansi Anda dan BKN."
        raise Problem(Code.CONFLICT, sentence) from None
    return {"index": index, "path": [sibling.hex() for sibling in merkle.path(index, leaves)]}
