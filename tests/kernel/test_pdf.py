from datetime import UTC, datetime

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A5

from services.kernel.pdf import About, Sheet, Style, bold, grouped, minute_text, printable, shrunk, wrapped
from services.kernel.pdf.fonts import width_of
from services.kernel.pdf.text import runs_of
from tests.kernel.papers import alternatives_of, fonts_of, opened, outline_of, qr_of, text_of

BODY = Style(10)
WHEN = datetime(2022, 9, 1, 2, tzinfo=UTC)


def sheet() -> Sheet:
    return Sheet(About("Judul", "Perihal", "Penerbit", WHEN), A5)


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (datetime(2022, 9, 1, 2, 0, tzinfo=UTC), "1 September 2022 09.00 WIB"),
        (datetime(2022, 10, 22, 9, 59, 59, tzinfo=UTC), "22 Oktober 2022 16.59 WIB"),
        (datetime(2022, 12, 31, 17, 0, tzinfo=UTC), "31 Desember 2022 24.00 WIB"),
    ],
)
def test_instants_are_told_in_western_indonesian_time(instant: datetime, words: str) -> None:
    assert minute_text(instant) == words


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Nur'aini", "Nur'aini"),
        ("José Ḥāfiẓ al-ʿAzīz", "José Ḥāfiẓ al-ʿAzīz"),
        ("Jose\u0301", "José"),
        ("Siti\u200b\u0007 A\u00adh", "Siti Ah"),
        ("\uff46irman", "firman"),
        ("\U0001f600 Budi", "? Budi"),
    ],
)
def test_names_keep_their_letters(words: str, shown: str) -> None:
    assert printable(words) == shown


@given(st.text(st.characters(max_codepoint=0x24F, exclude_categories=["Cc", "Cf", "Zs"]), max_size=200))
def test_no_line_is_wider_than_asked_and_no_letter_is_lost(words: str) -> None:
    lines = wrapped(words, 80, BODY)
    runs = [list(runs_of(line, BODY)) for line in lines]
    assert all(sum(width_of(part, font, 10) for font, part in line) <= 80.01 for line in runs)
    written = "".join(part for line in runs for _, part in line)
    assert "".join(written.split()) == "".join(printable(words).split())


def test_bold_words_stick_to_what_follows() -> None:
    (line,) = wrapped(f"Saya {bold('bertanggung jawab')}, mutlak", 500, BODY)
    assert list(runs_of(line, BODY)) == [("Sans", "Saya "), ("Sans-Bold", "bertanggung jawab"), ("Sans", ", mutlak")]


def test_asterisks_in_data_are_only_asterisks() -> None:
    (line,) = wrapped("9901**********02", 500, BODY)
    assert list(runs_of(line, BODY)) == [("Sans", "9901**********02")]


def test_text_shrinks_to_the_lines_it_may_take_but_not_below_the_least() -> None:
    words = "Dinas Pendidikan dan Kebudayaan"
    assert shrunk(words, 500, BODY, lines=1, least=6) == BODY
    assert len(wrapped(words, 100, shrunk(words, 100, BODY, lines=1, least=6))) == 1
    assert shrunk(words * 9, 50, BODY, lines=1, least=6).size == 6


def test_codes_are_grouped() -> None:
    assert grouped("ABCDEFGHIJ", 4) == ["ABCD", "EFGH", "IJ"]


@pytest.mark.parametrize("content", ["https://pendataan.contoh.go.id/kartu/?kode=7HK2M4QXN3RTA6WB", "a", "x" * 400])
def test_the_drawn_qr_code_is_the_coded_one(content: str) -> None:
    paper = sheet()
    paper.qr((30, 30), 80, content, "Kode", "#000000")
    rows = segno.make(content, error="m", boost_error=False, micro=False).matrix
    expected = {(x, len(rows) - 1 - y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}
    assert qr_of(paper.finish()) == expected


def test_a_sheet_says_what_it_is_to_machines() -> None:
    paper = sheet()
    paper.write((30, 500), 300, "Kartu", BODY, tag="H1")
    paper.write((30, 480), 40, "Isi yang panjang sekali", BODY)
    paper.rule((30, 400), (90, 400), "#000000")
    paper.qr((30, 30), 80, "x", "Kode QR", "#000000")
    made = paper.finish()
    assert outline_of(made) == [("H1", 1), ("P", 1), ("Figure", 1)]
    assert alternatives_of(made) == ["Kode QR"]
    assert fonts_of(made) == {"SourceSansPro-Regular": True}
    assert "Isi yang panjang sekali" in text_of(made)
    with opened(made) as pdf:
        assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("id-ID", True)
        assert str(pdf.docinfo["/Title"]) == "Judul"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20220901090000+07'00'"
        assert pdf.pages[0].obj.StructParents == 0


def test_tables_keep_their_rows() -> None:
    paper = sheet()
    for row in range(2):
        for tag in ("TH", "TD"):
            paper.write((30, 400 - row * 20), 90, f"{tag} {row}", BODY, tag=tag, within=(("Table", 0), ("TR", row)))
    with opened(paper.finish()) as pdf:
        table = pdf.Root.StructTreeRoot.K[0].K[0]
        assert [[str(cell.S) for cell in row.K] for row in table.K] == [["/TH", "/TD"], ["/TH", "/TD"]]
        assert table.K[0].K[0].A.Scope == "/Row"
        assert len(pdf.Root.StructTreeRoot.ParentTree.Nums[1]) == 4


def test_a_paper_goes_on_over_pages_and_each_counts_for_itself() -> None:
    paper = sheet()
    assert paper.page == 1
    paper.write((30, 500), 300, "Satu", BODY, tag="H1")
    paper.write((30, 480), 300, "baris", BODY, tag="TD", within=(("Table", 0), ("TR", 0)))
    paper.next_page()
    assert paper.page == 2
    paper.write((30, 500), 300, "lain", BODY, tag="TD", within=(("Table", 0), ("TR", 1)))
    made = paper.finish()
    assert outline_of(made) == [("H1", 1), ("Table", 2)]
    assert text_of(made) == "Satu baris lain"
    with opened(made) as pdf:
        assert [page.obj.StructParents for page in pdf.pages] == [0, 1]
        nums = pdf.Root.StructTreeRoot.ParentTree.Nums
        assert [nums[0], len(nums[1]), nums[2], len(nums[3])] == [0, 2, 1, 1]
        assert [cell.K for cell in (nums[1][0], nums[1][1], nums[3][0])] == [0, 1, 0]
        assert nums[3][0].Pg.objgen == pdf.pages[1].objgen
        assert pdf.Root.StructTreeRoot.ParentTreeNextKey == 2
