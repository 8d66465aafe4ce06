"""Titles of non-ASN staff as offices write them, with their job family and the ASN job that is like it.

The list is this project's (domain.md, section 6, *Reference lists*, and the five families of section 10); which title
is eligible is a matter of the rules, not of this list. A title is found however it is spelled, with words behind it
too: "Guru Matematika SMP" is a Guru.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from services.kernel.values.names import words_of


class Family(StrEnum):
    """A job family (domain.md, section 10)."""

    PENDIDIKAN = "PENDIDIKAN"
    KESEHATAN = "KESEHATAN"
    PENYULUH = "PENYULUH"
    TEKNIS = "TEKNIS"
    ADMINISTRASI = "ADMINISTRASI"


class Job(NamedTuple):
    """A title of the list, its family, and the ASN job it is converted to."""

    title: str
    family: Family
    conversion: str


_GENERAL: Final = frozenset(
    [
        "tenaga",
        "petugas",
        "staf",
        "staff",
        "pegawai",
        "pelaksana",
        "karyawan",
        "honorer",
        "honor",
        "honorarium",
        "kontrak",
        "non",
        "asn",
        "pns",
        "thl",
        "ptt",
        "gtt",
        "thk",
        "k2",
        "ii",
        "harian",
        "lepas",
        "tidak",
        "tetap",
        "bulanan",
        "sukarela",
        "sukwan",
        "bantu",
        "magang",
        "pjlp",
    ]
)
"""Words that say how somebody is employed, or that he is, and not as what."""
_OPERATIONS: Final = "Operator Layanan Operasional"
_GENERAL_OPERATIONS: Final = "Pengelola Umum Operasional"
_OFFICE: Final = "Pengadministrasi Perkantoran"

_LIST: Final[Mapping[Family, Mapping[str, str]]] = {
    Family.PENDIDIKAN: {
        "Guru Ahli Pertama": (
            "Guru, Guru Kelas, Guru Mata Pelajaran, Guru Agama, Guru Pendidikan Agama Islam, Guru PAI, Guru PJOK, "
            "Guru Olahraga, Guru TK, Guru PAUD, Guru RA, Guru SD, Guru SMP, Guru SMA, Guru SMK, Guru Madrasah, "
            "Guru Bimbingan dan Konseling, Guru BK, Guru Pendamping Khusus, Guru Inklusi, Guru Produktif, Guru Mapel, "
            "Guru Ngaji, Pendidik, Pendidik PAUD, Pengajar, Wali Kelas, Tutor"
        ),
        "Dosen Asisten Ahli": "Dosen, Dosen Luar Biasa, Asisten Dosen",
        "Instruktur Ahli Pertama": "Instruktur, Instruktur BLK, Pelatih, Widyaiswara",
        "Pamong Belajar Ahli Pertama": "Pamong Belajar, Pamong PAUD, Pengasuh, Pengasuh Asrama, Pembina Asrama",
        "Pranata Laboratorium Pendidikan Terampil": (
            "Laboran, Laboran Sekolah, Pranata Laboratorium Pendidikan, Teknisi Laboratorium Sekolah, Toolman"
        ),
        "Pustakawan Terampil": "Pustakawan, Pengelola Perpustakaan, Perpustakaan, Pustakawan Sekolah",
        _OFFICE: (
            "Kependidikan, Tata Usaha Sekolah, TU Sekolah, Operator Sekolah, Operator Dapodik, Operator EMIS, "
            "Administrasi Sekolah, Bendahara BOS"
        ),
        _GENERAL_OPERATIONS: "Penjaga Sekolah, Pesuruh Sekolah, Pramubakti Sekolah",
    },
    Family.KESEHATAN: {
        "Perawat Terampil": (
            "Perawat, Perawat Ponkesdes, Perawat Desa, Perawat Jiwa, Perawat IGD, Ners, Asisten Perawat"
        ),
        "Terapis Gigi dan Mulut Terampil": "Perawat Gigi, Terapis Gigi dan Mulut",
        "Bidan Terampil": "Bidan, Bidan Desa, Bidan Koordinator",
        "Dokter Ahli Pertama": "Dokter, Dokter Umum, Dokter Spesialis, Dokter Internship",
        "Dokter Gigi Ahli Pertama": "Dokter Gigi",
        "Apoteker Ahli Pertama": "Apoteker",
        "Asisten Apoteker Terampil": "Asisten Apoteker, Teknis Kefarmasian, Farmasi, Juru Obat",
        "Nutrisionis Terampil": "Nutrisionis, Ahli Gizi, Gizi, Pramusaji Gizi",
        "Tenaga Sanitasi Lingkungan Terampil": (
            "Sanitarian, Sanitasi, Sanitasi Lingkungan, Kesehatan Lingkungan, Kesling"
        ),
        "Tenaga Promosi Kesehatan dan Ilmu Perilaku Ahli Pertama": "Promosi Kesehatan, Promkes, Promotor Kesehatan",
        "Pranata Laboratorium Kesehatan Terampil": (
            "Analis Kesehatan, Analis Laboratorium, Pranata Laboratorium Kesehatan, Laboratorium Kesehatan, "
            "Ahli Teknologi Laboratorium Medik"
        ),
        "Perekam Medis Terampil": "Perekam Medis, Rekam Medis, Perekam Medik",
        "Radiografer Terampil": "Radiografer, Radiologi",
        "Fisioterapis Terampil": "Fisioterapis, Fisioterapi, Okupasi Terapis, Terapis Wicara",
        "Refraksionis Optisien Terampil": "Refraksionis Optisien, Refraksionis",
        "Epidemiolog Kesehatan Ahli Pertama": "Epidemiolog, Epidemiolog Kesehatan, Surveilans, Surveilans Kesehatan",
        "Penata Anestesi Terampil": "Penata Anestesi, Perawat Anestesi",
        "Teknisi Elektromedis Terampil": "Elektromedis, Teknisi Elektromedis, Teknisi Elektromedik",
        "Administrator Kesehatan Ahli Pertama": "Kesehatan Masyarakat, Administrator Kesehatan, Kesehatan, Medis",
        "Psikolog Klinis Ahli Pertama": "Psikolog, Psikolog Klinis",
        "Medik Veteriner Ahli Pertama": "Dokter Hewan, Medik Veteriner",
        "Paramedik Veteriner Terampil": "Paramedik Veteriner, Paramedis Hewan",
        "Pembantu Paramedis": "Kader Kesehatan, Juru Malaria, Juru Imunisasi, Pembantu Paramedis, Vaksinator",
        "Pengemudi Ambulans": "Pengemudi Ambulans, Sopir Ambulans, Sopir Ambulance, Pengemudi Ambulance",
    },
    Family.PENYULUH: {
        "Penyuluh Pertanian Terampil": "Penyuluh, Penyuluh Pertanian, PPL, Penyuluh Pertanian Lapangan",
        "Penyuluh Perikanan Terampil": "Penyuluh Perikanan",
        "Penyuluh Kehutanan Terampil": "Penyuluh Kehutanan",
        "Penyuluh Peternakan Terampil": "Penyuluh Peternakan",
        "Penyuluh Keluarga Berencana Terampil": (
            "Penyuluh Keluarga Berencana, Penyuluh KB, PLKB, Petugas Lapangan Keluarga Berencana"
        ),
        "Penyuluh Agama Ahli Pertama": (
            "Penyuluh Agama, Penyuluh Agama Islam, Penyuluh Agama Kristen, Penyuluh Agama Katolik, "
            "Penyuluh Agama Hindu, Penyuluh Agama Buddha"
        ),
        "Penyuluh Sosial Ahli Pertama": (
            "Penyuluh Sosial, Pendamping PKH, Pendamping Sosial, Pekerja Sosial, TKSK, Kesejahteraan Sosial"
        ),
        "Penyuluh Kesehatan Masyarakat Terampil": "Penyuluh Kesehatan, Penyuluh Kesehatan Masyarakat",
        "Penyuluh Hukum Ahli Pertama": "Penyuluh Hukum",
        "Penyuluh Narkoba Ahli Pertama": "Penyuluh Narkoba",
        "Penyuluh Lingkungan Hidup Ahli Pertama": "Penyuluh Lingkungan Hidup, Penyuluh Lingkungan",
        "Penyuluh Perindustrian dan Perdagangan Ahli Pertama": "Penyuluh Perindustrian, Penyuluh Perdagangan",
        "Penggerak Swadaya Masyarakat Terampil": "Penggerak Swadaya Masyarakat, Pendamping Desa, Fasilitator",
    },
    Family.TEKNIS: {
        "Pranata Komputer Terampil": (
            "Pranata Komputer, Programmer, Programer, Pengembang Aplikasi, Administrator Jaringan, Jaringan, "
            "Teknisi Komputer, Teknisi Jaringan, IT, TI, Teknologi Informasi, Desainer Grafis, Pengelola Website"
        ),
        "Polisi Pamong Praja Terampil": "Polisi Pamong Praja, Satpol PP, Banpol PP, Banpol, Satuan Polisi Pamong Praja",
        "Pemadam Kebakaran Pemula": "Pemadam Kebakaran, Damkar, Penyelamat",
        "Penguji Kendaraan Bermotor Terampil": "Penguji Kendaraan Bermotor, Pembantu Penguji Kendaraan",
        "Teknik Jalan dan Jembatan Terampil": "Pengawas Jalan, Mandor Jalan, Pekerja Jalan, Juru Jalan, Pengamat Jalan",
        "Teknik Pengairan Terampil": (
            "Juru Pengairan, Penjaga Pintu Air, Pengairan, Operasi dan Pemeliharaan Irigasi, Juru Irigasi, POB"
        ),
        "Teknik Tata Bangunan dan Perumahan Terampil": "Pengawas Bangunan, Drafter, Juru Gambar, Estimator",
        "Surveyor Pemetaan Terampil": "Juru Ukur, Surveyor, Pengukur Tanah, Pemetaan",
        "Pengendali Ekosistem Hutan Pemula": "Polisi Kehutanan, Polhut, Pengaman Hutan, Manggala Agni, Jagawana",
        "Pengendali Organisme Pengganggu Tumbuhan Terampil": "Pengamat Hama, POPT",
        "Pengawas Bibit Ternak Terampil": "Inseminator, Pengawas Bibit Ternak",
        "Pengelola Produksi Perikanan Tangkap Terampil": "Teknisi Perikanan, Teknisi Perbenihan, Pembenihan Ikan",
        "Penera Terampil": "Penera, Kemetrologian, Pembantu Penera",
        "Pekerja Sosial Terampil": "Pramu Sosial, Pengasuh Panti, Pramu Lansia",
        "Penjaga Tahanan": "Penjaga Tahanan",
        "Teknisi Siaran Terampil": "Penyiar, Teknisi Siaran, Reporter, Kameramen, Fotografer, Juru Kamera, Penyunting",
        "Pamong Budaya Terampil": "Pamong Budaya, Juru Pelihara, Juru Pelihara Cagar Budaya, Pemandu Museum, Seniman",
        "Pranata Hubungan Masyarakat Terampil": "Hubungan Masyarakat, Humas, Pemandu Wisata",
        "Pengantar Kerja Ahli Pertama": "Pengantar Kerja",
        "Penata Layanan Operasional": (
            "Tenaga Ahli, Konsultan, Pendamping, Analis, Penata Layanan Operasional, Penelaah, Enumerator, "
            "Surveyor Sosial, Peneliti"
        ),
        _OPERATIONS: (
            "Operator, Operator Layanan Operasional, Operator Alat Berat, Operator Radio, Operator Mesin, "
            "Operator CCTV, Operator SIAK, Operator SIKS, Operator Genset, Teknisi, Teknisi Listrik, Teknisi AC, "
            "Teknisi Mesin, Mekanik, Montir, Juru Parkir, Parkir, Retribusi, Penarik Retribusi, Pemungut Retribusi, "
            "Juru Pungut, Perhubungan, Pengatur Lalu Lintas, Penagih Pajak, Nakhoda, Anak Buah Kapal, ABK, Awak Kapal, "
            "Pengelola Layanan Operasional, Teknis, Lapangan, Penjaga Palang Pintu, Juru Las, Tukang, Laboratorium, "
            "Pemelihara Alat, Pemulasaraan Jenazah, Tanggap Bencana, Penanggulangan Bencana, TRC, Tagana, Penyelam, "
            "Pengawas Lapangan"
        ),
        _GENERAL_OPERATIONS: (
            "Kebersihan, Cleaning Service, Tukang Kebun, Tukang Sapu, Penyapu Jalan, Pasukan Kuning, "
            "Pengangkut Sampah, "
            "Persampahan, Pengelola Sampah, Pertamanan, Taman, Pramu Taman, Pramu Kebersihan, Pramukantor, Pramubakti, "
            "Office Boy, OB, Pesuruh, Juru Masak, Pramusaji, Pramu Saji, Tukang Cuci, Laundry, Binatu, Pramusiwi, "
            "Keamanan, Satpam, Satuan Pengamanan, Security, Pengaman Dalam, Pamdal, Penjaga, Penjaga Malam, "
            "Penjaga Kantor, Jaga Malam, Linmas, Penjaga Pasar, Penjaga Makam, Penjaga Pintu, Penjaga Gedung, "
            "Pengemudi, Sopir, Supir, Driver, Kernet, Pengelola Umum Operasional, Buruh, Pekerja, "
            "Pemelihara Ternak, Pemelihara Gedung"
        ),
    },
    Family.ADMINISTRASI: {
        _OFFICE: (
            "Administrasi, Administrasi Umum, Administrasi Kantor, Administrasi Kepegawaian, Administrasi Perkantoran, "
            "Pengadministrasi, Pengadministrasi Umum, Pengadministrasi Perkantoran, Pengadministrasi Kepegawaian, "
            "Pengadministrasi Kependudukan, Tata Usaha, TU, Operator Komputer, Komputer, Pengetik, Entri Data, "
            "Data Entry, Input Data, Operator Data, Penginput Data, Caraka, Kurir, Pengantar Surat, Ekspedisi, "
            "Resepsionis, Penerima Tamu, Front Office, Pelayanan, Pelayanan Publik, Loket, Customer Service, "
            "Sekretariat, "
            "Penjaga Loket, Fotokopi"
        ),
        "Arsiparis Terampil": "Arsiparis, Kearsipan, Arsip, Pengelola Arsip, Agendaris",
        "Sekretaris": "Sekretaris, Sekretaris Pribadi, Ajudan, Protokol",
        "Pengelola Keuangan": (
            "Keuangan, Administrasi Keuangan, Pengelola Keuangan, Pembantu Bendahara, Bendahara, Bendahara Pembantu, "
            "Bendahara Pengeluaran Pembantu, Kasir, Juru Bayar, Akuntansi, Akuntan, Verifikator Keuangan, "
            "Pengadministrasi Keuangan"
        ),
        "Pengelola Kepegawaian": "Kepegawaian, Pengelola Kepegawaian, Analis Kepegawaian",
        "Pengelola Barang Milik Negara": (
            "Pengurus Barang, Pembantu Pengurus Barang, Pengelola Barang, Penyimpan Barang, Pengelola Aset, Gudang"
        ),
        "Pengelola Pengadaan Barang dan Jasa Ahli Pertama": "Pengadaan, Pengelola Pengadaan",
        "Pengelola Data dan Informasi": "Pengelola Data, Pendataan, Pengolah Data, Pengelola Informasi, Statistik",
        "Perencana Ahli Pertama": "Perencana, Perencanaan",
        "Analis Hukum Ahli Pertama": "Analis Hukum, Hukum, Pengelola Hukum",
    },
}


@lru_cache(maxsize=20_000)  # a roster's rows repeat them
def job_key(title: str) -> str:
    """Return the form in which two spellings of one title are equal, without the words that say how one is employed.

    Empty where nothing else was written: "Tenaga Honorer" says nothing of the work.
    """
    return " ".join(word for word in words_of(title) if word not in _GENERAL)


def beginnings(key: str) -> Iterator[str]:
    """A key and what is left of it without its last words, the longest first: by one of these a title is known."""
    words = key.split()
    return (" ".join(words[:end]) for end in range(len(words), 0, -1))


def _jobs() -> Iterator[Job]:
    for family, by_conversion in _LIST.items():
        for conversion, titles in by_conversion.items():
            yield from (Job(title.strip(), family, conversion) for title in titles.split(","))


JOBS: Final[tuple[Job, ...]] = tuple(_jobs())
"""The national list."""
_BY_KEY: Final[Mapping[str, Job]] = {job_key(job.title): job for job in reversed(JOBS)}


@lru_cache(maxsize=20_000)
def find_job(title: str) -> Job | None:
    """Return the listed job a title is or begins with, or None for one that is not of the list."""
    return next((job for key in beginnings(job_key(title)) if (job := _BY_KEY.get(key)) is not None), None)


def family_of(title: str) -> Family | None:
    """Return the family of a listed title, or None."""
    found = find_job(title)
    return found.family if found else None
