from collections.abc import Mapping
from types import MappingProxyType

from services.kernel.pdf import bold
from services.kernel.states import Category, PersonState

# What a person reads about his record: what was done, and whose turn it is.
STATE_TEXTS: Mapping[PersonState, str] = MappingProxyType(
    {
        PersonState.DRAF: "Belum didaftarkan: instansi masih menyiapkan data Anda",
        PersonState.TERDAFTAR: "Terdaftar oleh instansi, akun belum dibuat",
        PersonState.AKUN_DIBUAT: "Akun sudah dibuat, data belum dikirim",
        PersonState.DIAJUKAN: "Data sudah dikirim, menunggu verifikasi instansi",
        PersonState.MEMENUHI_SYARAT: "Diverifikasi instansi: memenuhi syarat pendataan",
        PersonState.TIDAK_MEMENUHI_SYARAT: "Diverifikasi instansi: tidak memenuhi syarat pendataan",
        PersonState.DIKEMBALIKAN: "Dikembalikan instansi untuk diperbaiki",
        PersonState.KONFLIK: "Terdaftar di dua instansi, menunggu penyelesaian",
        PersonState.PINDAH: "Dipindahkan ke instansi lain",
        PersonState.DIHAPUS: "Dihapus dari pendataan instansi ini",
    }
)

CATEGORY_TEXTS: Mapping[Category, str] = MappingProxyType(
    {Category.THK_II: "Tenaga Honorer Kategori II (THK-II)", Category.NON_ASN: "Tenaga Non-ASN"}
)

NOT_AN_APPOINTMENT = "Bukan pengangkatan"
MAPPING_ONLY = (
    f"Pendataan ini adalah {bold('pemetaan, bukan pengangkatan')}. Kartu ini tidak mengangkat pemegangnya menjadi ASN "
    "dan tidak menjamin pengangkatan, kelulusan seleksi, atau hak kepegawaian apa pun."
)
FREE = "Pendataan tidak dipungut biaya. Laporkan setiap pungutan kepada inspektorat instansi atau LAPOR! (SP4N)."
