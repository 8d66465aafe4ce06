"""A portal for finalization's tests: requests, facts and the clock, in the words of the domain."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from services.finalization import app as service
from services.finalization.adapters import store
from services.finalization.lock.lock_as_asked import lock_as_asked
from services.finalization.lock.lock_due import lock_due
from services.finalization.model.due_message import DueMessage
from services.finalization.model.institution import Institution
from services.finalization.prefinal.prefinal_due import prefinal_due
from services.finalization.prefinal.prefinalize_as_asked import prefinalize_as_asked
from services.finalization.settings import settings
from services.kernel import clock
from services.kernel.aws import clients
from services.kernel.cases import CaseKind, CaseLevel, CaseState
from services.kernel.documents import DocumentType
from services.kernel.events.facts import (
    AnnouncementRecorded,
    CaseMoved,
    Fact,
    FileAccepted,
    FileRejected,
    PersonListed,
    RosterSealed,
)
from services.kernel.states import Category, PersonState
from services.kernel.writes.calendar import DRAIN
from services.kernel.writes.gate import read_round
from tests.support.aws import Answer, Cloud, envelope, queued

NOON = datetime(2022, 9, 1, 12, tzinfo=clock.WIB)
CLOSES = datetime(2022, 10, 31, 17, tzinfo=clock.WIB)
"""When the last window of the default calendar closes."""
ENTRY_CLOSES = datetime(2022, 10, 1, tzinfo=clock.WIB)
"""When its first one does: 30 September, 24:00."""
PPK = {"nama": "Pejabat Contoh", "nip": "190001011920021101", "jabatan": "Bupati Contoh"}
CARD = {"name": "Kabupaten Contoh Satu", "kind": "KABUPATEN", "size": 1000, "ppk": PPK}
SHA256 = "ab" * 32
ROSTER_ROOT = "ef" * 32
CODE = "9901"
NUMBER = "SPTJM-9901-3"
"""The statement of the seal of `sealed` (conftest.py): pre-finalizing and finalizing make an epoch each."""
RETURN = {"decision": "DIKEMBALIKAN", "reason": "Meterai belum dibubuhkan."}
ACCEPT = {"decision": "DITERIMA"}
CONFIRMED = {"confirm": True, "reason": "Daftar baru tertempel hari ini; semua sudah diberi tahu."}
"""Finalizing by hand, before the list has been announced for five days."""


class World:
    """Requests go as the named role of institution 9901 (or of none, for the national roles)."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        cloud.use("finalization")
        cloud.at(NOON)

    def reach(self, stage: str) -> "World":
        """Come to a stage of `STAGES`: by its steps the first time in this process, by memory afterwards."""
        if not self.cloud.recall(f"finalization {stage}", "finalization"):
            before, steps = STAGES[stage]
            if before:
                self.reach(before)
            steps(self)
            self.cloud.remember(f"finalization {stage}")
        return self

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        role: str | None = "admin",
        institution: str = CODE,
        received: datetime | None = None,
        key: str | None = None,
    ) -> Answer:
        own = None if role in {"bkn", "auditor"} else institution
        token = self.cloud.token(role, own, sub=f"{role}-1") if role else None
        headers = {"Idempotency-Key": key} if key else {}
        path = f"/finalization/{path}"
        return self.cloud.call(service.app, method, path, body, token=token, received=received, headers=headers)

    def get(self, path: str = "", **options: Any) -> Answer:
        return self.call("GET", f"institutions/{CODE}/{path}".rstrip("/"), **options)

    def post(self, path: str, body: object, **options: Any) -> Answer:
        return self.call("POST", f"institutions/{CODE}/{path}", body, **options)

    def open(self, code: str = CODE, **changed: Any) -> Answer:
        return self.call("PUT", f"institutions/{code}", {**CARD, **changed}, role="bkn")

    def extend(self, windows: dict[str, datetime], letter: dict[str, str] | None = None, **options: Any) -> Answer:
        body = {
            "windows": {name: instant.isoformat() for name, instant in windows.items()},
            "letter": letter or {"number": "800/123/2022", "date": "2022-08-30"},
        }
        return self.post("extensions", body, **{"role": "bkn", **options})

    def ask_more(self, windows: dict[str, datetime], file: str | None = None, **options: Any) -> Answer:
        """Ask for an extension, as the admin, with a letter that is uploaded now if not said otherwise."""
        letter = {"number": "800/9/2022", "date": "2022-08-30", "file": file or self.uploaded(jenis="SURAT")}
        return self.extend(windows, letter, **{"role": "admin", **options})

    def reopen(self, closes: datetime, **changed: Any) -> Answer:
        """Open 9901's corrections and last check again until `closes`, as bkn."""
        options = {name: changed.pop(name) for name in ("received", "key", "role") if name in changed}
        body = {
            "windows": dict.fromkeys(("CORRECTION", "VERIFICATION"), closes.isoformat()),
            "letter": {"number": "800/77/2022", "date": "2022-08-31"},
            "reason": "Ada nama yang terlewat.",
        }
        return self.post("reopening", {**body, **changed}, **{"role": "bkn", **options})

    def tell(self, *facts: Fact) -> list[str]:
        """Give facts to `on_fact`; returns the positions that must come again."""
        failed = service.on_fact(queued([envelope(fact) for fact in facts]), None)
        return [failure["itemIdentifier"] for failure in failed["batchItemFailures"]]

    def listed(self, pid: str, state: str, category: str = "NON-ASN", v: int = 1, institution: str = CODE) -> list[str]:
        return self.tell(person(pid, state, category, v, institution))

    def roster_sealed(self, total: int = 2, **changed: Any) -> list[str]:
        fact = {
            "institution": CODE,
            "v": self.stored().epoch,
            "list_key": "lists/9901.json",
            "root": SHA256,
            "roster_root": ROSTER_ROOT,
            "total": total,
            "people": total,
            "thk2": min(total, 1),
            "non_asn": max(0, total - 1),
            "by_state": {"MEMENUHI_SYARAT": total} if total else {},
        }
        return self.tell(RosterSealed.model_validate({**fact, **changed}))

    def uploaded(self, n: int = 1, jenis: str = "SPTJM", institution: str = CODE, **changed: Any) -> str:
        """Documents accepts a file of the institution; returns its id."""
        file = f"I{institution}.{jenis}.{n}"
        self.tell(accepted(file, **changed))
        return file

    def hand_in(self, file: str | None = None, number: str | None = None, v: int | None = None, **by: Any) -> Answer:
        """Hand a file in as the signed statement, as the PPK: if not said, one uploaded now, with the right number."""
        body = {"file": file or self.uploaded(), "number": number or f"SPTJM-{CODE}-{self.stored().epoch}", "v": v}
        return self.post("sptjm", body, **{"role": "ppk", **by})

    def decide(self, body: dict[str, Any], **options: Any) -> Answer:
        """Answer it, as bkn."""
        return self.post("sptjm/decision", body, **{"role": "bkn", **options})

    def lock_due(self, now: datetime | None = None) -> int:
        """A minute of the locker: what is due is sent for, and every message worked on; how many that locked."""
        moment = now or clock.now()
        lock_due(moment)
        return sum(lock_as_asked(message, moment) for message in self.sent_for())

    def prefinal_due(self, now: datetime) -> int:
        """A minute of the portal's own pre-finalizing: how many institutions it pre-finalized."""
        prefinal_due(now)
        return sum(prefinalize_as_asked(message, now) for message in self.sent_for(settings().prefinals_queue))

    def sent_for(self, queue: str = "") -> list[DueMessage]:
        """Take every message out of the lockers' queue, or another one."""
        queue, taken = queue or settings().locks_queue, list[DueMessage]()
        while got := clients.sqs().receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
            for message in got:
                taken.append(DueMessage.model_validate_json(message["Body"]))
                clients.sqs().delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return taken

    def pass_drain(self) -> datetime:
        """Let the clock reach the instant at which 9901 is due."""
        return self.cloud.at(self.stored().last_close + DRAIN)

    def stored(self, code: str = CODE) -> Institution:
        return store.load(code)

    def gate(self, code: str = CODE) -> dict[str, dict[str, Any]]:
        """The gate items of an institution: "" is meta, then one per lane."""
        start = f"G#{code}"
        found = (item for item in self.cloud.items("GateTable") if item["pk"].startswith(start))
        return {item["pk"].removeprefix(start).removeprefix("#"): item for item in found}

    def fin(self, prefix: str) -> list[dict[str, Any]]:
        """What hangs on 9901 under a sort key's beginning."""
        items = self.cloud.items("FinTable")
        return [item for item in items if item["pk"] == f"F#{CODE}" and item["sk"].startswith(prefix)]

    def everything(self) -> list[list[dict[str, Any]]]:
        return [self.cloud.items(table) for table in ("FinTable", "GateTable", "AuditTable")]

    def come_between(
        self, change: Callable[[], object], before: str = "TransactWriteItems", of: str | None = None
    ) -> None:
        """Let somebody else make a change after the next use case has read and before it writes.

        Or `before` another call, and of a table of that logical id only.
        """
        once, name = iter([change]), f'"{self.cloud.name(of)}"' if of else ""

        def make(params: Mapping[str, Any], **_: Any) -> None:
            if name in params["body"].decode():
                for first in once:
                    first()

        clients.dynamodb().meta.events.register(f"before-call.dynamodb.{before}", make)

    @contextmanager
    def queues_refuse(self) -> Iterator[None]:
        """Let SQS take no message."""

        def refuse(**_: Any) -> tuple[SimpleNamespace, dict[str, Any]]:
            return SimpleNamespace(status_code=200), {
                "Failed": [{"Id": "0", "Code": "InternalError", "SenderFault": False}]
            }

        events = clients.sqs().meta.events
        events.register("before-call.sqs.SendMessageBatch", refuse)  # type: ignore[arg-type]
        yield
        events.unregister("before-call.sqs.SendMessageBatch", refuse)  # type: ignore[arg-type]

    @contextmanager
    def nothing_changes(self) -> Iterator[None]:
        before = self.everything()
        yield
        assert self.everything() == before

    def facts(self) -> list[dict[str, Any]]:
        """Relay what changed since the last call, and return what then stood on the bus."""
        assert service.relay({"Records": self.cloud.changes("FinTable")}, None) == {"batchItemFailures": []}
        return self.cloud.facts()

    def require_consistent(self) -> None:
        """Meta, lanes and the institution's record say the same."""
        stored, gate, seen = self.stored(), self.gate(), read_round(CODE)
        assert seen == stored.round
        assert len(gate) == 1 + stored.lanes + stored.import_lanes
        state = "CLOSED" if stored.locked_at else "OPEN"
        assert {(item["state"], item["ep"]) for item in gate.values()} == {(state, stored.epoch)}
        closing = {tuple(item[window.value.lower()] for window in stored.windows) for item in gate.values()}
        assert closing == {tuple(clock.millis(span.closes) for span in stored.windows.values())}


def _start(world: World) -> None:
    world.open()
    world.listed("aaaa", "MEMENUHI_SYARAT", "THK-II")
    world.listed("bbbb", "MEMENUHI_SYARAT", "NON-ASN")


def _seal(world: World) -> None:
    world.post("finalization", CONFIRMED)
    world.pass_drain()
    world.lock_due()
    world.roster_sealed()


STAGES: dict[str, tuple[str, Callable[[World], object]]] = {
    "started": ("", _start),
    "prefinal": ("started", lambda world: world.post("prefinalization", {})),
    "sealed": ("prefinal", _seal),
    "made": ("sealed", lambda world: world.get("sptjm/document")),
    "handed_in": ("made", World.hand_in),
}
"""How far institution 9901 has come, each from the one before it, and by what."""


def person(pid: str, state: str, category: str = "NON-ASN", v: int = 1, institution: str = CODE) -> PersonListed:
    return PersonListed(
        institution=institution,
        v=v,
        pid=pid,
        state=PersonState(state),
        nama="Contoh",
        unit_kerja="Unit",
        jabatan="Jabatan",
        kategori=Category(category),
        nomor_registrasi="1",
    )


def case(number: str, kind: str = "USULAN", state: str = "BARU", v: int = 1, institution: str = CODE) -> CaseMoved:
    return CaseMoved(
        institution=institution,
        v=v,
        case=f"L{number:0>8}",
        kind=CaseKind(kind),
        state=CaseState(state),
        level=CaseLevel.INSTANSI,
    )


def announced(on: date, number: int = 1, v: int = 1, *, final: bool = False) -> AnnouncementRecorded:
    return AnnouncementRecorded(institution=CODE, v=v, list_number=number, final=final, on=on, place="BOARD")


def accepted(file: str, v: int = 2, institution: str = CODE, printed_number: str | None = None) -> FileAccepted:
    subject, jenis, _ = file.split(".")
    return FileAccepted(
        institution=institution,
        v=v,
        file=file,
        subject=subject,
        jenis=DocumentType(jenis),
        riwayat=None,
        key=f"files/{file}",
        sha256="cd" * 32,
        size=1000,
        uploaded_by="admin-1",
        printed_number=printed_number,
    )


def rejected(file: str, v: int = 2, institution: str = CODE) -> FileRejected:
    subject, jenis, _ = file.split(".")
    return FileRejected(
        institution=institution,
        v=v,
        file=file,
        subject=subject,
        jenis=DocumentType(jenis),
        riwayat=None,
        code="damaged",
        message="Berkas SPTJM Anda rusak.",
    )


def later(instant: datetime, **by: float) -> datetime:
    return instant + timedelta(**by)
