"""Every sentence of the services has its English, and nothing else of what is told is touched."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from infra.services import ROOT
from services.kernel.english import PLACES, catalogue, english
from services.kernel.web.languages import Language, Sentence, language_of
from tests.support.english import indonesian_in

PAPERS = (
    "kernel/english/",
    "announcements/cases/render_notice",
    "announcements/kit/render_",
    "finalization/handover/render_",
    "finalization/sptjm/render_",
    "registration/cards/render_",
    "registration/copies/render_",
    "registration/recap/render_",
    "registration/sheets/render_",
    "registration/imports/answers.py",
    "registration/imports/template.py",
)
"""Modules that write papers and spreadsheets (and this catalogue), which are Indonesian for every reader."""
NOTES = (
    "kernel/reference/jobs.py",
    "kernel/values/nothing.py",
    "registration/rows/columns.py",
    "registration/rows/hollow.py",
)
"""Notes of the template, of whose columns the headings alone are told; words that are read, not told;
titles, which are names."""
NOT_TOLD = {
    "APBN - belanja barang dan jasa (akun 52)", "APBD - belanja barang dan jasa (5.1.02)", "Belanja Barang dan Jasa",
    "Belanja barang dan jasa (akun 52)", "{}, atau {}", " atau ", " dan ",
}  # fmt: skip
"""Spellings that are read, and the joint of a list."""


def shape(sentence: str) -> str:
    return re.sub(r"\{[^{}]*\}", "{}", sentence)


def sentences() -> Iterator[tuple[str, str]]:
    """Every Indonesian text in the services' source that is told: (module, text with {} for its places)."""
    for file in sorted((ROOT / "services").rglob("*.py")):
        name = file.relative_to(ROOT / "services").as_posix()
        if not name.startswith((*PAPERS, *NOTES)):
            yield from ((name, text) for text in _texts(ast.parse(file.read_text("utf-8"))))


def _texts(tree: ast.AST) -> Iterator[str]:
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(value) for value in ast.walk(node) if value is not node}
    for node in ast.walk(tree):
        if id(node) not in skipped and (text := _text(node)) and " " in text and indonesian_in(text):
            yield shape(re.sub(r"^(?:[a-z-]+|\{\})\|", "", shape(text)))


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_every_sentence_in_the_source_has_its_english() -> None:
    known = {shape(sentence) for sentence in catalogue()}
    missing = {f'{module}: "{text}"' for module, text in sentences() if text not in known | NOT_TOLD}
    assert missing == set(), "add these to services/kernel/english/<service>.toml"


def test_no_english_is_kept_of_a_sentence_that_is_gone() -> None:
    source = "".join(file.read_text("utf-8") for file in sorted((ROOT / "services").rglob("*.py")))
    told = {text for _, text in sentences()}
    pieces = {piece for each in catalogue() if shape(each) not in told for piece in _pieces(each)}
    joined = re.sub(r'"\s*\n?\s*f?"', "", source)
    assert {piece for piece in pieces if piece not in joined and ascii(piece)[1:-1] not in joined} == set()


def _pieces(sentence: str) -> Iterator[str]:
    """What stands between the places, as it stands in the source."""
    yield from (piece for piece in re.split(r"\{\w+\}", sentence) if len(piece) > 2)


@pytest.mark.parametrize(
    "file", sorted(Path(ROOT / "services" / "kernel" / "english").glob("*.toml")), ids=lambda f: f.stem
)
def test_catalogues_are_written_once(file: Path) -> None:
    others = [other for other in file.parent.glob("*.toml") if other != file]
    mine = re.findall(r"^(\"[^\"]+\"|'[^']+') = ", file.read_text("utf-8"), re.MULTILINE)
    assert not [key for key in mine for other in others if f"\n{key} = " in other.read_text("utf-8")]


def test_the_english_is_english_and_has_no_other_places() -> None:
    for sentence, told in catalogue().items():
        assert set(re.findall(r"\{\w+\}", sentence)) >= set(re.findall(r"\{\w+\}", told))
        assert not indonesian_in(re.sub(r"\([^)]*\)", "", told)), told


def test_each_sentence_is_found_whatever_stands_in_its_places() -> None:
    for sentence in catalogue():
        _require_found(sentence)


def _require_found(sentence: str) -> None:
    names = set(re.findall(r"\{(\w+)\}", sentence))
    samples = ("1.234", "22 Oktober 2022", "belum diunggah atau masih diperiksa")
    values = {name: next(each for each in samples if re.fullmatch(PLACES.get(name, ".*"), each)) for name in names}
    told = {
        name: value if name in {"choices", "institutions", "typed"} else english(value)
        for name, value in values.items()
    }
    assert english(sentence.format(**values)) == catalogue()[sentence].format(**told)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "Verifikasi dan finalisasi sudah ditutup pada 30 September 2022 pukul 24.00 WIB.",
            "Verification and finalization closed on 30 September 2022, 24:00 WIB.",
        ),
        (
            "Masa kerja 1.234 hari sampai 31 Desember 2021, sekurang-kurangnya 365 hari; "
            "belum dibuktikan dengan SK dan bukti pembayaran.",
            "1,234 days of service until 31 December 2021, at least 365 days; not proved by SK and proof of pay yet.",
        ),
        (
            "Pilih alasan putusan ini; orangnya akan membacanya. Saran aturan: tidak sesuai. "
            "Berkas KTP belum diunggah atau masih diperiksa.",
            "Choose a reason for this verdict; the person will read it. The advice of the rules: does not meet them. "
            "File KTP: not uploaded yet, or still being checked.",
        ),
        ("Pilih salah satu: a, b, atau c.", "Choose one of: a, b, or c."),
    ],
)
def test_what_stands_in_a_place_is_told_too(sentence: str, told: str) -> None:
    assert english(sentence) == told


@pytest.mark.parametrize("text", ["Siti Aminah", "PPPK", "ditolak karena alasan saya sendiri", ""])
def test_what_is_no_sentence_of_ours_stays(text: str) -> None:
    assert english(text) == text


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "id"),
        ("id", "id"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("id-ID,id;q=0.9,en;q=0.8", "id"),
        ("id;q=0.4, en;q=0.5", "en"),
        ("fr, *;q=0.1", "id"),
        ("en;q=0", "id"),
        ("EN-us", "en"),
        ("en;q=x", "id"),
        ("en, id", "id"),
    ],
)
def test_english_is_read_where_it_is_asked_for_before_indonesian(accept: str, language: str) -> None:
    assert language_of(accept) is Language(language)


class _View(BaseModel):
    nama: str
    text: Sentence | None


def test_only_sentences_of_an_answer_change_and_only_for_its_reader() -> None:
    view = _View(nama="Jabatan belum diisi.", text="Jabatan belum diisi.")
    assert view.model_dump(mode="json") == {"nama": view.nama, "text": view.text}
    told = view.model_dump(mode="json", context={"language": Language.ENGLISH})
    assert told == {"nama": view.nama, "text": "The job title is not filled in yet."}
    assert _View(nama="x", text=None).model_dump(mode="json", context={"language": Language.ENGLISH})["text"] is None
