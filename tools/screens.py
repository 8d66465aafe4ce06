"""Keep pictures of pages for docs/screens: what `PICTURES=1` left in build/screenshots, in few colours: `python -m`."""

from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
TAKEN = ROOT / "build" / "screenshots"
KEPT = ROOT / "docs" / "screens"
COLOURS = 24
TALLEST = {360: 2400, 1280: 1400}
"""Pixels of a picture by its width; what stands below is more of the same."""
NAMES = (
    "masuk-petugas",
    "masuk-petugas-kode",
    "undangan-nomor",
    "undangan",
    "kode-pemulihan",
    "undangan-cetak",
    "kelola-petugas",
    "pengguna-bkn",
    "pengguna-helpdesk",
    "persetujuan",
    "akun-petugas",
    "lupa-sandi",
    "akun-periksa",
    "akun-kode",
    "akun-nik-digunakan",
    "usulan",
    "laporan",
    "laporan-jawab",
    "pendataan-keberatan",
    "instansi-laporan-masuk",
    "instansi-laporan",
    "instansi-laporan-bantuan",
    "instansi-laporan-jawaban",
    "bkn-laporan-masuk",
    "bkn-laporan",
    "instansi-pengumuman",
    "pengumuman-perubahan",
    "pendataan",
    "salinan",
    "instansi-lembar",
    "instansi-daftar-unit",
    "instansi-orang-akun",
    "perbaiki-data",
    "instansi-antrean",
    "instansi-antrean-putusan",
    "instansi-antrean-sekaligus",
    "instansi-pertanggungjawaban",
    "instansi-tenggat",
    "instansi-jabatan",
    "bkn-kesiapan",
    "bkn-jabatan",
    "bkn-jabatan-daftar",
)
"""By which the tests in tests/browser call them, each in both widths."""


def main() -> None:
    """Write every picture that was taken."""
    KEPT.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        for width, tallest in TALLEST.items():
            with Image.open(TAKEN / f"{name}-{width}.png") as taken:
                seen = taken.convert("RGB").crop((0, 0, taken.width, min(taken.height, tallest)))
            few = seen.quantize(COLOURS, dither=Image.Dither.NONE)
            few.save(KEPT / f"{name}-{width}.png", optimize=True)


if __name__ == "__main__":
    main()
