"""Levels of education, lowest first. The course of study is part of the certificate, not of this list."""

from typing import Final

from services.kernel.reference.choices import Choice, Choices

EDUCATION: Final = Choices(
    "pendidikan",
    (
        Choice("SD", "SD/sederajat", ("Sekolah Dasar", "MI", "Paket A")),
        Choice("SLTP", "SLTP/sederajat", ("SMP", "MTs", "Paket B", "Sekolah Menengah Pertama")),
        Choice("SLTA", "SLTA/sederajat", ("SMA", "SMK", "SMU", "MA", "STM", "SMEA", "SPG", "Paket C", "SMA/SMK")),
        Choice("D1", "D-I", ("Diploma I", "Diploma 1", "D.1")),
        Choice("D2", "D-II", ("Diploma II", "Diploma 2", "D.2")),
        Choice("D3", "D-III", ("Diploma III", "Diploma 3", "Diploma III/Sarjana Muda", "Sarjana Muda", "D.3")),
        Choice("D4", "D-IV", ("Diploma IV", "Diploma 4", "Sarjana Terapan", "D.4")),
        Choice("S1", "S-1/Sarjana", ("S-1", "Sarjana", "Strata 1", "Strata I", "S.1", "D4/S1")),
        Choice("PROFESI", "Profesi", ("Pendidikan Profesi", "PPG", "Ners", "Apoteker")),
        Choice("S2", "S-2/Magister", ("S-2", "Magister", "Strata 2", "Strata II", "S.2")),
        Choice("S3", "S-3/Doktor", ("S-3", "Doktor", "Strata 3", "Strata III", "S.3")),
    ),
)
