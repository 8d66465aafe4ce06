from services.finalization.sptjm.render_model import Statement
from services.kernel.cases import CaseKind
from services.kernel.pdf import bold, minute_text
from services.kernel.values.numbers import number_text

TITLE = "SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK"
SUBTITLE = "Pendataan Tenaga Non-ASN di Lingkungan Instansi Pemerintah"
OPENING = "Yang bertanda tangan di bawah ini:"
DECLARES = "selaku Pejabat Pembina Kepegawaian (PPK) dengan ini menyatakan dengan sesungguhnya bahwa:"
CLOSING = (
    "Demikian pernyataan ini saya buat dengan sebenar-benarnya, dalam keadaan sadar dan tanpa paksaan, "
    "untuk dipergunakan sebagaimana mestinya."
)
PLACE = f"Dibuat di {'.' * 62}"
DATE = f"pada tanggal {'.' * 56}"
ROOT = "Akar segel (Merkle, SHA-256)"
SCAN = "Daftar bersegel"
ANNEX = "LAMPIRAN: KASUS YANG BELUM DIPUTUSKAN"
ANNEX_TEXT = (
    "Pada saat daftar disegel, kasus berikut dari masyarakat dan dari orang yang didata belum diputuskan, menurut "
    "catatan portal. Sesudah data terkunci kasus ini diputuskan menurut ketentuan pendataan; putusannya dapat menjadi "
    "alasan BKN membuka kembali daftar."
)
_KINDS = {
    CaseKind.USULAN: "Usulan: orang yang belum terdata",
    CaseKind.TANGGAPAN: "Tanggapan masyarakat: orang yang tidak semestinya terdata",
    CaseKind.KEBERATAN: "Keberatan atas putusan",
}


def how_to_sign(statement: Statement) -> str:
    """Word what to do with the paper, beside the place for the meterai."""
    return (
        "Tanda tangani di atas meterai, atau dengan tanda tangan elektronik tersertifikasi. Lalu unggah sebagai PDF "
        f"dengan nomor {statement.number}, paling lambat {minute_text(statement.due)}."
    )


def points(statement: Statement) -> list[str]:
    """Word what the PPK declares (domain.md §7), one sentence or two for each point."""
    sealed = statement.sealed
    total, thk2, non_asn = map(number_text, (sealed.total, sealed.thk2, sealed.non_asn))
    return [
        f"Sebanyak {bold(total + ' orang')}, terdiri atas {bold(thk2)} Tenaga Honorer "
        f"Kategori II (THK-II) dan {bold(non_asn)} tenaga Non-ASN, yang tercantum dalam daftar final "
        "dengan segel di bawah ini telah diverifikasi dan divalidasi sesuai dengan Surat Menteri Pendayagunaan "
        "Aparatur Negara dan Reformasi Birokrasi Nomor B/1511/M.SM.01.00/2022 tanggal 22 Juli 2022.",
        "Setiap orang dalam daftar itu masih aktif bekerja di instansi ini dan memenuhi kriteria pendataan, dan "
        "keterangan serta dokumen yang menjadi dasarnya benar dan sah.",
        f"Saya {bold('bertanggung jawab mutlak')} atas kebenaran data tersebut, baik secara formal maupun material.",
        "Pendataan ini adalah pemetaan; tercantum dalam daftar bukan merupakan pengangkatan dan tidak menjanjikannya.",
        *_of_open_cases(statement),
        "Pernyataan ini berlaku hanya untuk daftar dengan segel tersebut dan batal apabila daftar itu berubah.",
        "Apabila di kemudian hari terbukti bahwa pernyataan ini tidak benar, saya bersedia menerima sanksi sesuai "
        "dengan ketentuan peraturan perundang-undangan.",
    ]


def _of_open_cases(statement: Statement) -> list[str]:
    total = sum(statement.open_cases.values())
    if not total:
        return []
    return [
        f"Pada saat daftar itu disegel, {bold(number_text(total) + ' kasus')} yang dapat mengubahnya belum diputuskan, "
        "sebagaimana tercantum dalam lampiran."
    ]


def annex_head(statement: Statement) -> str:
    """Word which statement the annex belongs to."""
    return f"Lampiran SPTJM nomor {statement.number}, {statement.institution}"


def annex_rows(statement: Statement) -> list[tuple[str, str, str]]:
    """Word running number, kind and count of the open cases, and their sum, which has no number."""
    there = [(words, n) for kind, words in _KINDS.items() if (n := statement.open_cases.get(kind, 0))]
    rows = [(f"{at}.", words, number_text(n)) for at, (words, n) in enumerate(there, 1)]
    return [*rows, ("", "Jumlah", number_text(sum(n for _, n in there)))]


def seal_rows(statement: Statement) -> list[tuple[str, str]]:
    """Word the facts of the seal as labels and values."""
    sealed = statement.sealed
    return [
        ("THK-II", f"{number_text(sealed.thk2)} orang"),
        ("Non-ASN", f"{number_text(sealed.non_asn)} orang"),
        ("Jumlah dalam daftar", bold(f"{number_text(sealed.total)} orang")),
        ("Disegel", minute_text(sealed.sealed_at)),
    ]
