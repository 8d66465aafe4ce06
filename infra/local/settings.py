"""What a developer may choose by environment: PORT, CLOCK, STATE, SEED."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from infra.local.clock import as_instant
from infra.services import ROOT, SERVICES, Service

DEFAULT_CLOCK = "2022-09-01T09:00:00+07:00"
"""A morning in the entry window of 2022."""


@dataclass(frozen=True)
class LocalSettings:
    """How to run the local cloud."""

    port: int = 8600
    """0 chooses a free one."""
    clock: datetime | None = None
    """The portal's instant at the start; None keeps the clock of the last run, or takes the default in a new state."""
    state: Path = ROOT / ".local" / "state"
    seed: bool = True
    services: tuple[Service, ...] = SERVICES
    drain_seconds: float = 10.0
    """How long the end waits for work under way; what is left goes on at the next start."""
    site: Path | None = None
    """A built site; None builds it."""


def from_environment(environment: Mapping[str, str] = os.environ) -> LocalSettings:
    """The settings a developer gave.

    Raises:
        ValueError: PORT is no number or CLOCK is no instant; the text says which.
    """
    try:
        port = int(environment.get("PORT") or 8600)
    except ValueError as wrong:
        raise ValueError(f"PORT harus berupa angka, bukan {environment['PORT']!r}") from wrong
    given = environment.get("CLOCK")
    try:
        clock = as_instant(given) if given else None
    except ValueError as wrong:
        raise ValueError(f"CLOCK harus seperti {DEFAULT_CLOCK}, bukan {given!r}") from wrong
    state = Path(environment.get("STATE") or ROOT / ".local" / "state").resolve()
    return LocalSettings(port, clock, state, seed=environment.get("SEED") != "0")
