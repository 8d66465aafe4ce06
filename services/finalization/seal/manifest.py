"""The manifest of a seal: what was sealed, signed by a key that never leaves KMS (docs/seal.md)."""

import base64
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.finalization.model.institution import Institution
from services.finalization.settings import settings
from services.kernel import clock
from services.kernel.aws import kms
from services.kernel.events.facts import SEAL_FORMAT, LeafChunk, RosterSealed
from services.kernel.security.canonical import canonical


def manifest(institution: Institution, fact: RosterSealed, sealed_at: datetime) -> dict[str, Any]:
    """What the seal says, without personal data: two trees of so many leaves, locked and sealed when.

    Its members, instants ISO 8601 in WIB and roots in hex, are in docs/seal.md, "The manifest".
    """
    locked_at = institution.locked_at
    return {
        "format": SEAL_FORMAT,
        "institution": institution.code,
        "epoch": fact.v,
        "locked_at": locked_at.astimezone(clock.WIB).isoformat() if locked_at else None,
        "sealed_at": sealed_at.astimezone(clock.WIB).isoformat(),
        "list": {
            "root": fact.root,
            "size": fact.total,
            "thk2": fact.thk2,
            "non_asn": fact.non_asn,
            "chunks": _chunks(fact.list_chunks),
        },
        "roster": {
            "root": fact.roster_root,
            "size": fact.people,
            "by_state": dict(fact.by_state),
            "chunks": _chunks(fact.roster_chunks),
        },
    }


def signed(content: Mapping[str, Any]) -> bytes:
    """The manifest with its signature (base64 of ECDSA P-256 over SHA-256 of the canonical manifest)."""
    signature = kms.sign(settings().signing_key_arn, canonical(content))
    return canonical({"manifest": content, "signature": base64.b64encode(signature).decode()})


def sealed_at(signed_manifest: bytes) -> datetime:
    """When the seal was made, as a signed manifest says."""
    return datetime.fromisoformat(json.loads(signed_manifest)["manifest"]["sealed_at"])


def roots(signed_manifest: bytes) -> tuple[str, str]:
    """The roots of the list and of all rows, in hex, that a signed manifest says."""
    said = json.loads(signed_manifest)["manifest"]
    return said["list"]["root"], said["roster"]["root"]


def _chunks(chunks: tuple[LeafChunk, ...]) -> list[dict[str, Any]]:
    return [chunk.model_dump() for chunk in chunks]
