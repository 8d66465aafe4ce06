"""Dates and numbers as Indonesian sentences write them."""

from datetime import date
from typing import Final

MONTHS: Final = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def day_text(day: date) -> str:
    """Write a date in words: `31 Desember 2021`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def number_text(number: int) -> str:
    """Write a number with dots between thousands: `1.234`."""
    return f"{number:,}".replace(",", ".")
