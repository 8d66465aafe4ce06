"""Levels of education, lowest first. The course of study is part of the certificate, not of this list.

Read are also the ten levels of Dukcapil's family card as its forms and OpenSID's write them, but for those that are two
of ours (`Diploma I/II`) and those below the lowest (`Belum tamat SD`): these are asked back. `Diploma IV/Strata I` is
one level there; most who have it are S-1.
"""

from typing import Final

from services.kernel.reference.choices import Choice, Choices

_HIGH_SCHOOLS: Final = ("SMA", "SMK", "SMU", "MA", "MAK", "STM", "SMEA", "SPG", "SPK", "SMF", "SLTA", "Paket C")

EDUCATION: Final = Choices(
    "pendidikan",
    (
        Choice("SD", "SD/sederajat", ("Sekolah Dasar", "MI", "SD/MI", "Paket A", "Madrasah Ibtidaiyah")),
        Choice(
            "SLTP",
            "SLTP/sederajat",
            ("SMP", "MTs", "SMP/MTs", "Paket B", "Sekolah Menengah Pertama", "Madrasah Tsanawiyah", "SMP/SLTP"),
        ),
        Choice(
            "SLTA",
            "SLTA/sederajat",
            (
                *_HIGH_SCHOOLS,
                *(f"{one}/{other}" for one in _HIGH_SCHOOLS for other in _HIGH_SCHOOLS if one != other),
                *("SMA/SMK/MA", "SMA/MA/SMK", "SMA/MA/SMK/MAK"),
                *("Sekolah Menengah Atas", "Sekolah Menengah Kejuruan", "Sekolah Menengah Umum", "Madrasah Aliyah"),
            ),
        ),
        Choice("D1", "D-I", ("Diploma I", "Diploma 1", "D.1", "Diploma Satu")),
        Choice("D2", "D-II", ("Diploma II", "Diploma 2", "D.2", "Diploma Dua")),
        Choice(
            "D3",
            "D-III",
            (
                *("Diploma III", "Diploma 3", "D.3", "Diploma Tiga", "Sarjana Muda", "Ahli Madya", "S. Muda"),
                *("Diploma III/Sarjana Muda", "D-III/Sarjana Muda", "D3/Sarjana Muda", "Akademi/D-III", "Akademi/D3"),
                *("Akademi/Diploma III/S. Muda", "Akademi/Diploma III/Sarjana Muda", "Akademi/Diploma III"),
                *("Akademi/Diploma 3/S. Muda", "Akademi/D3/S. Muda", "Akademi/D-III/S. Muda", "D3/S. Muda"),
            ),
        ),
        Choice(
            "D4", "D-IV", ("Diploma IV", "Diploma 4", "Sarjana Terapan", "D.4", "Diploma Empat", "D4/Sarjana Terapan")
        ),
        Choice(
            "S1",
            "S-1/Sarjana",
            (
                *("S-1", "Sarjana", "Strata 1", "Strata I", "S.1", "S-I", "Strata Satu"),
                *(
                    f"{diploma}/{degree}"
                    for diploma in ("D4", "D-IV", "Diploma IV", "Diploma 4")
                    for degree in ("S1", "S-1", "S-I", "Strata I", "Strata 1", "Sarjana")
                ),
            ),
        ),
        Choice("PROFESI", "Profesi", ("Pendidikan Profesi", "PPG", "Ners", "Apoteker")),
        Choice(
            "S2", "S-2/Magister", ("S-2", "Magister", "Strata 2", "Strata II", "S.2", "S-II", "Strata Dua", "Master")
        ),
        Choice("S3", "S-3/Doktor", ("S-3", "Doktor", "Strata 3", "Strata III", "S.3", "S-III", "Strata Tiga")),
    ),
    ignored=(
        *("sederajat", "setara", "setingkat", "se", "derajat", "dan", "atau"),
        *("tamat", "tamatan", "lulus", "lulusan", "ijazah", "jenjang"),
    ),
)
