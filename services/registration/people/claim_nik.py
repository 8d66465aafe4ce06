"""Store a person with a claim on his NIK: one taken, or when another institution has it one joined, as KONFLIK.

A NIK claimed twice is detected, not rejected (domain.md, section 4: "its NIK is already claimed").
"""

from collections.abc import Callable
from typing import TypeVar

from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem
from services.kernel.writes.gate import ConditionLost
from services.registration.adapters import claim_store
from services.registration.model.claim import Claimant
from services.registration.model.person import Person

_MAX_TRIES = 3
"""How often a claim may change hands while one person is being stored."""
Stored = TypeVar("Stored")


def claim_nik(free: Person, disputed: Person, commit: Callable[[Person, Operation], Stored]) -> Stored:
    """Commit the person as he is when nobody else claims his NIK, or as he is when somebody does.

    `commit` stores the person it is given together with the operation on the claim.

    Raises:
        Problem: `try-again` when the claim changed hands at every try, or something else of the transaction was
            refused; whatever `commit` raises.
    """
    claimant, nik = Claimant(free.institution, free.pid), free.row["nik"]
    for _ in range(_MAX_TRIES):
        for person, claim in ((free, claim_store.take(nik, claimant)), (disputed, claim_store.join(nik, claimant))):
            try:
                return commit(person, claim)
            except ConditionLost as lost:
                if claim.label not in lost.failed:
                    raise Problem(Code.TRY_AGAIN, retry_after=1) from lost
    raise Problem(Code.TRY_AGAIN, retry_after=1)
