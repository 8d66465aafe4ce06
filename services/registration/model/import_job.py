"""An import: one uploaded file, from the promise to upload it to the answer for its last row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a row."""

    DITERIMA = "DITERIMA"
    DITOLAK = "DITOLAK"
    DUPLIKAT = "DUPLIKAT"
    KONFLIK = "KONFLIK"
    DITUTUP = "DITUTUP"


class JobState(StrEnum):
    """Where an import stands."""

    MENUNGGU_UNGGAH = "MENUNGGU_UNGGAH"
    DIBACA = "DIBACA"
    DIPROSES = "DIPROSES"
    SELESAI = "SELESAI"
    DITOLAK = "DITOLAK"

    @property
    def is_final(self) -> bool:
        """Whether nothing more will happen to the import."""
        return self in {JobState.SELESAI, JobState.DITOLAK}


@dataclass(frozen=True)
class Job:
    """An import (item `J#<id>`/`@`). Who asked for it, whose units he may enter, and how far it is.

    `own` is the pid of his own NIK, which he may not enter (None: he signs in with another number).
    `received` is the instant the file arrived: it decides whether its rows are in time, however long they wait;
    `object_version` is the object that arrived then.
    `chunks` and `rows` are known once the file is read; `done` counts answered rows, `outcomes` them by answer.
    `problem` is (code, message) of a file refused as a whole. `salt` opens the file's name and the answers.
    """

    id: str
    institution: str
    by: str
    units: tuple[str, ...]
    filename: str
    at: datetime
    state: JobState
    salt: bytes
    own: str | None = None
    received: datetime | None = None
    object_version: str | None = None
    rows: int = 0
    chunks: int = 0
    chunks_done: int = 0
    done: int = 0
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    problem: tuple[str, str] | None = None

    @property
    def arrival(self) -> datetime:
        """The instant the file arrived.

        Raises:
            LookupError: when none has.
        """
        if self.received is None:
            raise LookupError("no file has arrived")
        return self.received
