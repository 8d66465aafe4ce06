"""Words that generated people are made of. Nobody is meant: names are drawn at random from common ones."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


MALE = _words(
    "Agus Ahmad Andi Arif Bambang Bayu Budi Dedi Dimas Eko Fajar Gede Hadi Hendra Ilham Irfan Joko Kadek Komang Made "
    "Muhammad Nyoman Putu Rahmat Rizki Rudi Slamet Sugeng Syahrul Taufik Teguh Wahyu Wayan Yohanes Yudi Zainal"
)
FEMALE = _words(
    "Ani Ayu Citra Desi Dewi Dian Eka Endang Fitri Hesti Indah Intan Kartika Lestari Maria Maya Mega Nengah Ningsih "
    "Novi Nur Putri Rahayu Ratna Rina Rini Siti Sri Sulastri Tri Wahyuni Wati Yanti Yuliana Yuni Zahra"
)
FAMILY = _words(
    "Adiputra Anggraini Firmansyah Ginting Gunawan Halim Handayani Harahap Hasibuan Hidayat Iskandar Kurniawan "
    "Kusuma Lubis Mahendra Maulana Nainggolan Nasution Nugroho Permana Pranata Prasetyo Purnomo Ramadhan Saputra "
    "Sari Setiawan Siregar Situmorang Suharto Suryani Susanti Susilo Sutrisno Tarigan Utami Wibowo Wijaya Wulandari"
)

SCHOOLS = {
    "SLTA": ("SMA Negeri {n} Contoh", "SMK Negeri {n} Contoh", "MA Negeri {n} Contoh"),
    "D3": ("Politeknik Contoh {n}", "Akademi Keperawatan Contoh {n}"),
    "S1": ("Universitas Contoh {n}", "Institut Keguruan Contoh {n}", "Sekolah Tinggi Contoh {n}"),
    "S2": ("Universitas Contoh {n}",),
}

# Job, matching civil-service job, level of education, unit, who heads the unit. Families as in the 2022
# totals: administration and education most, then technical, health, extension workers.
JOBS = (
    ("Guru Kelas", "Guru Ahli Pertama", "S1", "SD Negeri {n} Contoh", "Kepala SD Negeri {n} Contoh"),
    ("Guru Mata Pelajaran", "Guru Ahli Pertama", "S1", "SMP Negeri {n} Contoh", "Kepala SMP Negeri {n} Contoh"),
    ("Guru PAUD", "Guru Ahli Pertama", "S1", "TK Negeri Pembina {n} Contoh", "Kepala TK Negeri Pembina {n} Contoh"),
    ("Tenaga Administrasi", "Pengadministrasi Umum", "SLTA", "Dinas Pendidikan", "Kepala Dinas Pendidikan"),
    ("Pengadministrasi Keuangan", "Pengadministrasi Keuangan", "SLTA", "Badan Keuangan Daerah", "Kepala Badan"),
    ("Operator Komputer", "Pengelola Data", "D3", "Kecamatan Contoh {n}", "Camat Contoh {n}"),
    ("Pengelola Arsip", "Arsiparis Terampil", "D3", "Dinas Perpustakaan dan Arsip", "Kepala Dinas"),
    ("Perawat", "Perawat Terampil", "D3", "Puskesmas Contoh {n}", "Kepala Puskesmas Contoh {n}"),
    ("Bidan", "Bidan Terampil", "D3", "Puskesmas Contoh {n}", "Kepala Puskesmas Contoh {n}"),
    ("Penyuluh Pertanian", "Penyuluh Pertanian Ahli Pertama", "S1", "Dinas Pertanian", "Kepala Dinas Pertanian"),
    ("Teknisi Jaringan", "Pranata Komputer Terampil", "D3", "Dinas Komunikasi dan Informatika", "Kepala Dinas"),
    ("Analis Perencanaan", "Perencana Ahli Pertama", "S2", "Badan Perencanaan Daerah", "Kepala Badan"),
)
