"""A signed SPTJM that was handed in, and what became of it."""

from dataclasses import dataclass
from datetime import datetime

from services.finalization.model.institution import Ppk
from services.finalization.model.sptjm_states import SptjmState


@dataclass(frozen=True, kw_only=True)
class Upload:
    """One hand-in, the `number`-th of its institution; `at` is the instant of receipt.

    `epoch` and `root` name the seal it speaks of. `printed_number` is what the file itself carries, None for a scan:
    then only the number typed beside it was compared. `signer` is the PPK on record at that instant. `reason` says
    why it was returned or why it is void.
    """

    number: int
    epoch: int
    root: str
    file: str
    file_sha256: str
    printed_number: str | None
    by: str
    role: str
    at: datetime
    signer: Ppk
    state: SptjmState = SptjmState.DIUNGGAH
    reason: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    voided_at: datetime | None = None
