from enum import StrEnum


class DocumentType(StrEnum):
    """The kinds of file the portal takes (domain.md §6); the value stands in file ids and requests."""

    KTP = "KTP"
    FOTO = "FOTO"
    SWAFOTO = "SWAFOTO"
    IJAZAH = "IJAZAH"
    SK = "SK"
    BUKTI_BAYAR = "BUKTI_BAYAR"
    KARTU_THK2 = "KARTU_THK2"
    SK_LEGALISIR = "SK_LEGALISIR"
    SURAT_PERNYATAAN = "SURAT_PERNYATAAN"
    BUKTI_PERBAIKAN = "BUKTI_PERBAIKAN"
    SPTJM = "SPTJM"
    SURAT = "SURAT"
    SURAT_UNIT = "SURAT_UNIT"
    PENGUMUMAN = "PENGUMUMAN"
    BUKTI_LAPORAN = "BUKTI_LAPORAN"
    KTP_LAPORAN = "KTP_LAPORAN"
    KK_LAPORAN = "KK_LAPORAN"
    SWAFOTO_LAPORAN = "SWAFOTO_LAPORAN"
