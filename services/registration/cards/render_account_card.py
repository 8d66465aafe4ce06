from services.kernel.pdf import BOLD, Sheet, Style, bold, height_of, minute_text
from services.kernel.web.site_pages import SIGN_IN
from services.registration.cards.render_layout import (
    INNER,
    MARGIN,
    NAVY,
    NOTICE_TOP,
    begin_card,
    draw_check,
    draw_fields,
    draw_identity,
)
from services.registration.cards.render_model import AccountCard
from services.registration.cards.render_wording import CATEGORY_TEXTS

_BODY = Style(8.5, spacing=1.32)
_HEADING = Style(10, BOLD, NAVY, spacing=1.45)


def render_account_card(card: AccountCard) -> bytes:
    """Print a Kartu Informasi Akun: one A5 page, PDF, the same bytes for the same card. No password is on it."""
    holder = card.holder
    sheet = begin_card("Kartu Informasi Akun", holder, card.issue)
    top = draw_identity(sheet, holder)
    steps = _steps(card)
    bottom = NOTICE_TOP + 12 + _HEADING.line + sum(height_of(step, INNER - 13, _BODY) for step in steps)
    fields = [
        ("Instansi", holder.instansi),
        ("Unit kerja", holder.unit_kerja),
        ("Jabatan", holder.jabatan),
        ("Kategori", CATEGORY_TEXTS[holder.kategori]),
        ("Akun dibuat", minute_text(card.account_made_at)),
    ]
    draw_fields(sheet, fields, top, bottom + 10)
    _draw_steps(sheet, steps, bottom)
    draw_check(sheet, card.issue)
    return sheet.finish()


def _draw_steps(sheet: Sheet, steps: list[str], top: float) -> None:
    y = sheet.write((MARGIN, top), INNER, "Langkah berikutnya", _HEADING, tag="H2")
    for number, step in enumerate(steps):
        within = (("L", 0), ("LI", number))
        sheet.write((MARGIN, y), 12, f"{number + 1}.", _BODY, tag="Lbl", within=within)
        y = sheet.write((MARGIN + 13, y), INNER - 13, step, _BODY, tag="LBody", within=within)


def _steps(card: AccountCard) -> list[str]:
    until = f" paling lambat {bold(minute_text(card.closes))}" if card.closes else ""
    return [
        f"Masuk di {bold(card.issue.site + SIGN_IN)} dengan NIK dan kata sandi Anda.",
        "Nyatakan masih aktif bekerja, lengkapi biodata, lalu isi riwayat pekerjaan.",
        f"Periksa resume dan pilih {bold('Akhiri Proses Pendaftaran')}{until}.",
        "Rahasiakan kata sandi Anda; petugas tidak pernah memintanya.",
    ]
