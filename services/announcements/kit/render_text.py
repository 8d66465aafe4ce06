"""The words of the kit: what a list is called, and the text to copy. Announcements are Indonesian for every reader."""

from services.announcements.kit.announced_list import AnnouncedList
from services.kernel.pdf import day_text, minute_text
from services.kernel.states import Category
from services.kernel.values.numbers import number_text

_CATEGORIES = {Category.THK_II.value: "THK-II", Category.NON_ASN.value: "Non-ASN"}


def category_text(category: str | None) -> str | None:
    """How a category is written on the list; None where it is withheld."""
    return None if category is None else _CATEGORIES.get(category, category)


def list_title(announced: AnnouncedList) -> str:
    """What the list is called, with its number: a final list has that of its seal."""
    number = announced.of.number if announced.of else None
    if announced.final:
        return f"Daftar Final, Segel Nomor {number}"
    return "Daftar Prafinalisasi" if number is None else f"Daftar Prafinalisasi Nomor {number}"


def announcement_text(announced: AnnouncedList) -> str:
    """The text that goes beside the list, on a site, a board or in a message; no personal number stands in it."""
    return "\n\n".join([_head(announced), *paragraphs(announced)])


def paragraphs(announced: AnnouncedList) -> list[str]:
    """Its sentences, without the heading."""
    return [_what(announced), _next(announced), _free()]


def _head(announced: AnnouncedList) -> str:
    return f"PENGUMUMAN\n{list_title(announced)} Pendataan Tenaga Non-ASN\n{announced.institution}"


def _what(announced: AnnouncedList) -> str:
    return (
        f"{list_title(announced)} memuat {number_text(len(announced.lines))} orang dan diumumkan pada portal sejak "
        f"{day_text(announced.since)}. Daftar lengkap dan terbaru: {announced.address}"
    )


def _next(announced: AnnouncedList) -> str:
    if announced.final:
        return (
            "Daftar ini sudah dikunci dan disegel. Siapa pun dapat memeriksa keasliannya pada halaman yang sama. "
            "Yang merasa keliru menghubungi bagian kepegawaian."
        )
    closes = f" sampai {minute_text(announced.closes)}" if announced.closes else ""
    return (
        f"Periksa nama Anda. Perbaikan, dan usulan bagi yang bekerja tetapi belum tercantum, diterima{closes} pada "
        "portal atau di bagian kepegawaian."
    )


def _free() -> str:
    return (
        "Pendataan ini adalah pemetaan, bukan pengangkatan, dan tidak dipungut biaya. Jangan membagikan NIK atau "
        "nomor KK kepada siapa pun yang menawarkan bantuan."
    )
