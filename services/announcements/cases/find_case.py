"""Follow one's case by number and code: how it stands, what was written, until when it should be decided."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from pydantic import BaseModel

from services.announcements.adapters import case_store, institution_store
from services.announcements.cases.bounced import is_bounced
from services.announcements.cases.file_ticket import MAX_FILES, kinds_of, lacks_identity, ticket_for
from services.announcements.cases.number_and_code import NumberAndCode, open_case
from services.announcements.cases.record_words import words_of_record
from services.announcements.cases.stepping import first_of
from services.announcements.model.case import Case, CaseFile, Message, Topic, Writer
from services.kernel.cases import OPEN_CASES, CaseKind, CaseLevel, CaseState
from services.kernel.cases.number import case_number_in_groups
from services.kernel.clock import WIB
from services.kernel.documents import DocumentType, parse_file_id
from services.kernel.notices.outbox import NATIONAL
from services.kernel.web.languages import Sentence
from services.kernel.web.request import Request

_S, _K = CaseState, CaseKind
_STANDS: Final[Mapping[CaseState, str]] = {
    _S.BARU: "Laporan Anda sudah diterima dan menunggu ditangani.",
    _S.DITANGANI: "Laporan Anda sedang ditangani.",
    _S.MENUNGGU_PELAPOR: "Laporan Anda menunggu jawaban Anda.",
    _S.DIPUTUS: "Laporan Anda sudah dijawab.",
    _S.DITOLAK: "Laporan Anda tidak dapat diterima.",
    _S.DICABUT: "Laporan ini sudah Anda cabut.",
    _S.KEDALUWARSA: "Laporan ini ditutup karena pertanyaan petugas tidak dijawab selama 14 hari.",
}
_WAITING: Final = frozenset({_S.BARU, _S.DITANGANI})
_ACCEPTED: Final[Mapping[CaseKind, str]] = {
    _K.TANGGAPAN: "Tanggapan Anda diterima. Putusan atas orang ini dibatalkan dan diperiksa lagi.",
    _K.KEBERATAN: "Keberatan Anda diterima. Putusan atas data Anda dibatalkan dan diputuskan lagi.",
    _K.BANTUAN: "Permintaan Anda sudah dijawab.",
}
_BESIDE: Final[Mapping[CaseKind, str]] = {
    _K.TANGGAPAN: (
        "Tanggapan Anda diterima dan dicatat di samping data orang ini, yang sudah dikunci. Data dan putusan atasnya "
        "tidak berubah, kecuali BKN membukanya lagi."
    ),
    _K.KEBERATAN: (
        "Keberatan Anda diterima dan dicatat di samping data Anda, yang sudah dikunci. Data dan putusan atasnya tidak "
        "berubah, kecuali BKN membukanya lagi."
    ),
}
_NEXT: Final[Mapping[CaseState, str]] = {
    _S.BARU: "Anda tidak perlu berbuat apa-apa. Tambahkan bukti bila ada.",
    _S.DITANGANI: "Anda tidak perlu berbuat apa-apa. Tambahkan bukti bila ada.",
    _S.MENUNGGU_PELAPOR: "Baca pertanyaannya, lalu jawab di halaman ini.",
    _S.DIPUTUS: "Baca jawabannya di halaman ini.",
    _S.DITOLAK: "Baca alasannya. Bila Anda punya bukti lain, buat laporan baru.",
    _S.DICABUT: "Bila masih diperlukan, buat laporan baru.",
    _S.KEDALUWARSA: "Bila masih diperlukan, buat laporan baru.",
}
_BOUNCED: Final = (
    "Surat ke alamat email pada laporan ini tidak sampai. Buka halaman ini sendiri setiap beberapa hari: pertanyaan "
    "petugas hanya ditunggu 14 hari."
)
_OVERTURNED: Final = (
    "Baca alasannya. Punya bukti lain? Buat usulan baru. Tidak setuju? Minta BKN memeriksanya lagi: kirim permintaan "
    "bantuan, jenis Lainnya, tanpa memilih instansi, dan sebutkan nomor laporan ini."
)
"""Of an usulan that the institution refused; bkn may accept it (`who_may.may_overturn`)."""
_OTHERS_ANSWERED: Final = (
    "Pertanyaan petugas sudah dijawab orang lain yang melaporkan hal yang sama. Anda tetap dapat menjawabnya di sini."
)
_WHO_ASKS: Final = "Tambahkan foto identitas di bagian Bukti, supaya jelas bahwa Anda sendiri yang meminta."
_WITH_BKN: Final = (
    "Waktu instansi sudah lewat atau laporan ini menyangkut instansi itu sendiri: BKN ikut memutuskannya."
)
_DIVIDED: Final = "Admin dan verifikator instansi berbeda pendapat atas laporan ini: BKN ikut memutuskannya."


class CaseInstitution(BaseModel):
    """To whom a case went: an institution by code and name, or bkn, then without code."""

    code: str
    name: str


class MessageView(BaseModel):
    """One message: from whose side, when, and what; for staff `of` is the later case whose reporter wrote it."""

    at: datetime
    writer: Writer
    text: str
    asks: bool
    of: str | None = None

    @classmethod
    def by(cls, message: Message, of: str | None = None) -> "MessageView":
        """A message as both sides read it: no member of staff is named."""
        at = message.at.astimezone(WIB)
        return cls(at=at, writer=message.writer, text=message.text, asks=message.asks, of=of)


class CaseFileView(BaseModel):
    """A paper that was inspected: which kind, whether it is kept, and if not why; for staff `of` as of a message."""

    file: str
    jenis: DocumentType
    accepted: bool
    message: Sentence | None
    of: str | None = None

    @classmethod
    def with_case(cls, file: CaseFile, of: str | None = None) -> "CaseFileView":
        """A paper of a case."""
        jenis = parse_file_id(file.file).jenis
        return cls(file=file.file, jenis=jenis, accepted=file.accepted, message=file.message, of=of)


class CaseStatus(BaseModel):
    """How a case stands, for whoever filed it; nothing of what it says but the messages.

    `stands` and `next` say it in words. `answer` is the decision's sentence. `ticket` lets papers of `kinds` be
    uploaded for 15 minutes, while the case is open and has fewer than ten. `asked_until`: until when he may answer.
    """

    number: str
    kind: CaseKind
    topic: Topic | None
    institution: CaseInstitution
    state: CaseState
    level: CaseLevel
    stands: Sentence
    next: Sentence
    note: Sentence | None
    answer: str | None
    at: datetime
    due_at: datetime
    decided_at: datetime | None
    asked_until: datetime | None
    messages: list[MessageView]
    files: list[CaseFileView]
    ticket: str | None
    kinds: list[DocumentType]
    can_write: bool


def find_case(opened: NumberAndCode, request: Request) -> CaseStatus:
    """The case that number and code open.

    Raises:
        Problem: `not-found`, `throttled`.
    """
    return status_of(open_case(opened, request.caller.network), request.received)


def status_of(case: Case, now: datetime) -> CaseStatus:
    """How it stands. What follows an earlier case stands as that one does, but for whoever took his own back.

    What another one wrote or sent who filed about the same is shown to staff alone: who follows it may be whom it is
    about. Each has ten papers of his own.
    """
    first = first_of(case)
    state = CaseState.DICABUT if case.is_taken_back else first.state
    open_ = state in OPEN_CASES
    files = case_store.files_of(case.number)
    messages = case_store.messages_of(first)
    decision = None if case.is_taken_back else first.decision
    is_accepted = case.kind is CaseKind.USULAN and state is CaseState.DIPUTUS
    record = words_of_record(first, now) if is_accepted else None
    return CaseStatus(
        number=case_number_in_groups(case.number),
        kind=case.kind,
        topic=case.topic,
        institution=institution_view(case.institution),
        state=state,
        level=first.level,
        stands=_stands(first, state) if record is None else record.stands,
        next=_next(case, state, first.level, files, messages) if record is None else record.next,
        note=_note(case, first) if open_ else None,
        answer=decision.text if decision else None,
        at=case.at.astimezone(WIB),
        due_at=first.due_at.astimezone(WIB),
        decided_at=decision.at.astimezone(WIB) if decision else None,
        asked_until=first.asked_until.astimezone(WIB) if open_ and first.asked_until else None,
        messages=[MessageView.by(message) for message in messages if _is_for(case, message)],
        files=[CaseFileView.with_case(file) for file in files],
        ticket=ticket_for(case, now) if open_ and len(files) < MAX_FILES else None,
        kinds=sorted(kinds_of(case)),
        can_write=open_,
    )


def _stands(first: Case, state: CaseState) -> str:
    if state is not CaseState.DIPUTUS:
        return _STANDS[state]
    return _BESIDE[first.kind] if first.beside else _ACCEPTED[first.kind]


def _next(
    case: Case, state: CaseState, level: CaseLevel, files: Sequence[CaseFile], messages: Sequence[Message]
) -> str:
    if state is CaseState.DITANGANI and _has_not_answered(case, messages):
        return _OTHERS_ANSWERED
    if case.kind is CaseKind.USULAN and state is CaseState.DITOLAK and level is CaseLevel.INSTANSI:
        return _OVERTURNED
    return _WHO_ASKS if state in _WAITING and lacks_identity(case, files) else _NEXT[state]


def _has_not_answered(case: Case, messages: Sequence[Message]) -> bool:
    """Whether the last question was answered by others who filed about the same, and not by him."""
    asked = max((message.at for message in messages if message.asks), default=None)
    his = (message.at for message in messages if message.writer is Writer.PELAPOR and message.by == case.number)
    return asked is not None and not any(at > asked for at in his)


def _note(case: Case, first: Case) -> str | None:
    """That mail does not reach him; else why bkn decides too, where it does and was not asked itself."""
    if is_bounced(case_store.reporter_of(case.number)):
        return _BOUNCED
    if first.level is not CaseLevel.BKN or case.institution == NATIONAL:
        return None
    return _DIVIDED if first.is_divided else _WITH_BKN


def _is_for(case: Case, message: Message) -> bool:
    return message.writer is not Writer.PELAPOR or message.by == case.number


def institution_view(code: str) -> CaseInstitution:
    """The institution by name, by its code while nothing tells its name; bkn where none was named."""
    if code == NATIONAL:
        return CaseInstitution(code="", name="Badan Kepegawaian Negara")
    return CaseInstitution(code=code, name=institution_store.load_institution(code).title or code)
