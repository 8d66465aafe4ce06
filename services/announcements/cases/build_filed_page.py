"""What is shown to whoever files a case without JavaScript: number and code, once, and until when it is decided."""

from services.announcements.cases.filing import CaseFiled
from services.kernel.clock import wib
from services.kernel.web.plain_page import PlainPage
from services.kernel.web.site_pages import CASE


def build_filed_page(filed: CaseFiled) -> PlainPage:
    """The page."""
    return PlainPage(
        "Laporan Anda sudah diterima",
        (
            "Catat nomor dan kode ini sekarang; kodenya hanya ditampilkan satu kali.",
            "Dengan keduanya Anda dapat mengikuti laporan ini, menjawab pertanyaan, dan menambah bukti.",
        ),
        (("Nomor laporan", filed.number), ("Kode", filed.code), ("Diputus paling lambat", wib(filed.due_at))),
        back=CASE,
    )
