"""Ids of history rows and units, as files name them: registration makes them, documents checks them without asking.

A fact of a new row would come seconds late, and who adds a row uploads its SK at once: on the last evening the refusal
would be for good. So the id carries its own proof, an HMAC over the person under a key that both services hold. A row
that was taken off again still proves itself: a file that comes for it is kept and counts nowhere, as those it had. The
same holds for a unit of an institution, of whose list documents knows nothing.
"""

import base64
import hmac
import secrets

FIRST_HISTORY = "pertama"
"""The appointment the institution registered; everybody has it."""

_RANDOM_BYTES = 4
_PROOF_BYTES = 10
_PROOF = 16
"""Letters and digits of it."""


def new_history_id(key: bytes, pid: str) -> str:
    """An id for another row of this person: 8 hex digits, and 16 letters and digits of proof."""
    drawn = secrets.token_hex(_RANDOM_BYTES)
    return drawn + _proof(key, "history", pid, drawn)


def is_history_of(key: bytes, pid: str, identifier: str) -> bool:
    """Whether this id was made for a row of this person."""
    drawn, proof = identifier[: 2 * _RANDOM_BYTES], identifier[2 * _RANDOM_BYTES :]
    return identifier == FIRST_HISTORY or hmac.compare_digest(
        proof.encode(), _proof(key, "history", pid, drawn).encode()
    )


def unit_place(key: bytes, institution: str, unit: str) -> str:
    """Where papers of a unit stand: the unit's id on the institution's list, and 16 letters and digits of proof."""
    return unit + _proof(key, "unit", institution, unit)


def is_unit_of(key: bytes, institution: str, place: str) -> bool:
    """Whether this place was made for a unit of this institution."""
    unit, proof = place[:-_PROOF], place[-_PROOF:]
    return hmac.compare_digest(proof.encode(), _proof(key, "unit", institution, unit).encode())


def _proof(key: bytes, kind: str, whose: str, drawn: str) -> str:
    digest = hmac.digest(key, f"{kind}\x1f{whose}\x1f{drawn}".encode(), "sha256")
    return base64.b32encode(digest[:_PROOF_BYTES]).decode().lower()
