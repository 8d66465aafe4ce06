"""The copy of a person's data as a paper: A4, as many pages as it takes, the same bytes for the same copy."""

from collections.abc import Iterator

from reportlab.lib.pagesizes import A4

from services.kernel.pdf import About, Flow, Part, Sheet, minute_text
from services.registration.cards.render_wording import CATEGORY_TEXTS, FREE, STATE_TEXTS
from services.registration.copies.own_data import DataCopy
from services.registration.copies.render_parts import advice_part, file_part, history_parts
from services.registration.copies.render_wording import instant_text, label_of, rows_of, value_text
from services.registration.model.card import CardKind

_TITLE = "Salinan Data"
_CARDS = {CardKind.AKUN: "Kartu Informasi Akun", CardKind.PENDATAAN: "Kartu Pendataan"}
_KEEP = "Berkas ini memuat data pribadi Anda. Simpan baik-baik, dan jangan berikan kepada yang tidak berhak."
_SEALED = (
    "Data Anda ada di dalam segel instansi. Buktinya, yang dapat diperiksa tanpa portal, ada dalam salinan JSON pada "
    "bagian “proof”."
)


def render_copy(copy: DataCopy) -> bytes:
    """Print a copy of somebody's data."""
    about = About(f"{_TITLE} {copy.nomor_registrasi}", "Pendataan Tenaga Non-ASN", copy.institution.name, copy.made_at)
    flow = Flow(Sheet(about, A4), f"{_TITLE} · {copy.nomor_registrasi}")
    flow.title(_TITLE, f"Pendataan Tenaga Non-ASN · dibuat {minute_text(copy.made_at)}", _KEEP)
    for part in _parts(copy):
        flow.part(part)
    return flow.finish()


def _parts(copy: DataCopy) -> Iterator[Part]:
    yield Part("Pendataan Anda", _standing(copy))
    yield Part("Data dari instansi", rows_of(copy.registered))
    yield Part("Data yang Anda isi", _own(copy))
    yield from history_parts(copy.histories)
    yield file_part(copy.files, copy.histories)
    yield advice_part(copy.advice)
    yield Part("Perjalanan data", [(minute_text(step.at), STATE_TEXTS[step.state]) for step in copy.progress])
    if copy.decisions:
        yield Part("Keputusan", _decisions(copy))
    if copy.changes:
        yield Part("Diubah sesudah putusan", _changes(copy))
    if copy.cards:
        yield Part("Kartu", [(_CARDS[one.kind], f"{one.code}, {minute_text(one.issued_at)}") for one in copy.cards])
    yield Part("Segel", sentences=[copy.proof_missing or _SEALED, FREE])


def _standing(copy: DataCopy) -> list[tuple[str, str]]:
    rows = [
        ("Nomor registrasi", copy.nomor_registrasi),
        ("Nama", copy.nama),
        ("Instansi", copy.institution.name),
        ("Unit kerja", copy.unit_kerja),
        ("Jabatan", copy.jabatan),
        ("Kategori", CATEGORY_TEXTS[copy.kategori]),
        ("Status data", STATE_TEXTS[copy.state]),
    ]
    return [*rows, ("Alasan dihapus", copy.deletion_reason)] if copy.deletion_reason else rows


def _own(copy: DataCopy) -> list[tuple[str, str]]:
    said = f"{value_text('active', copy.active)}{_since(copy)}"
    typed = [(f"{label_of(name)} saat pengecekan identitas", text) for name, text in copy.typed_otherwise.items()]
    return [
        *rows_of(copy.editable.model_dump()),
        ("Nomor KK", copy.nomor_kk or ""),
        ("Masih aktif bekerja", said),
        *typed,
    ]


def _since(copy: DataCopy) -> str:
    return f", dinyatakan {instant_text(copy.active_at)}" if copy.active_at else ""


def _decisions(copy: DataCopy) -> list[tuple[str, str]]:
    return [
        (minute_text(one.at), ". ".join(filter(None, (STATE_TEXTS[one.decision], one.reason))))
        for one in copy.decisions
    ]


def _changes(copy: DataCopy) -> list[tuple[str, str]]:
    return [(label_of(one.field), f"{minute_text(one.at)}; sebelumnya: {_before(one.before)}") for one in copy.changes]


def _before(fields: dict[str, object]) -> str:
    return "; ".join(f"{label} {value}" for label, value in rows_of(fields) if value) or "kosong"
