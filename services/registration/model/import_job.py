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
    DIPERBAIKI = "DIPERBAIKI"
    SAMA = "SAMA"
    DITAHAN = "DITAHAN"


class JobState(StrEnum):
    """Where an import stands."""

    MENUNGGU_UNGGAH = "MENUNGGU_UNGGAH"
    DIBACA = "DIBACA"
    DIPROSES = "DIPROSES"
    MENUNGGU_KONFIRMASI = "MENUNGGU_KONFIRMASI"
    MEMPERBAIKI = "MEMPERBAIKI"
    SELESAI = "SELESAI"
    DITOLAK = "DITOLAK"

    @property
    def is_final(self) -> bool:
        """Whether nothing more will happen to the import."""
        return self in {JobState.SELESAI, JobState.DITOLAK}

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing happens to it by itself: it has ended, or waits for an admin."""
        return self.is_final or self is JobState.MENUNGGU_KONFIRMASI

    @property
    def is_answered(self) -> bool:
        """Whether every row has its answer; that of a row that is held may change yet."""
        return self in {JobState.SELESAI, JobState.MENUNGGU_KONFIRMASI}


@dataclass(frozen=True)
class Job:
    """An import (item `J#<id>`/`@`). Who asked for it, whose units he may enter, and how far it is.

    `own` is the pid of his own NIK, which he may not enter (None: he signs in with another number).
    `received` is the instant the file arrived: it decides whether its rows are in time, however long they wait;
    `object_version` is the object that arrived then.
    `chunks` and `rows` are known once the file is read; `done` counts answered rows, `outcomes` them by answer.
    `confirmed_by` is the admin who confirmed, `confirmed_at`, that verdicts are voided (imports/end_pass.py).
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
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None

    @property
    def arrival(self) -> datetime:
        """The instant the file arrived.

        Raises:
            LookupError: when none has.
        """
        if self.received is None:
            raise LookupError("no file has arrived")
        return self.received

    @property
    def writing_at(self) -> datetime:
        """The instant of receipt under which its rows are corrected: the file's, or the admin's word.

        Raises:
            LookupError: when no file has arrived.
        """
        return self.confirmed_at or self.arrival

    @property
    def held(self) -> int:
        """How many rows are held because they would void a verdict."""
        return self.outcomes.get(Outcome.DITAHAN, 0)
