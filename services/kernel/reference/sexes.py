"""Sex as spreadsheets write it; the register keeps L or P."""

from typing import Final

from services.kernel.reference.choices import Choice, Choices

SEXES: Final = Choices(
    "jenis_kelamin",
    (
        Choice("L", "Laki-laki", ("Laki", "Lk", "Pria", "M", "Male", "1")),
        Choice("P", "Perempuan", ("Pr", "Wanita", "F", "Female", "2")),
    ),
)
