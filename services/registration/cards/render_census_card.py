from services.kernel.pdf import BOLD, Style, minute_text
from services.registration.cards.render_layout import (
    GREY,
    INNER,
    MARGIN,
    NAVY,
    NOTICE_TOP,
    TINT,
    begin_card,
    draw_check,
    draw_fields,
    draw_identity,
)
from services.registration.cards.render_model import CensusCard
from services.registration.cards.render_wording import CATEGORY_TEXTS, STATE_TEXTS

_STATUS_HEIGHT = 44.0


def render_census_card(card: CensusCard) -> bytes:
    """Print a Kartu Pendataan Non-ASN: one A5 page, PDF, the same bytes for the same card."""
    holder = card.holder
    sheet = begin_card("Kartu Pendataan Non-ASN", holder, card.issue)
    top = draw_identity(sheet, holder)
    fields = [
        ("Instansi", holder.instansi),
        ("Unit kerja", holder.unit_kerja),
        ("Jabatan", holder.jabatan),
        ("Kategori", CATEGORY_TEXTS[holder.kategori]),
    ]
    if card.submitted_at:
        fields.append(("Data dikirim", minute_text(card.submitted_at)))
    status = NOTICE_TOP + 12
    draw_fields(sheet, fields, top, status + _STATUS_HEIGHT + 12)
    sheet.box((MARGIN, status), (INNER, _STATUS_HEIGHT), TINT)
    sheet.box((MARGIN, status), (3, _STATUS_HEIGHT), NAVY)
    label = f"Status pendataan per {minute_text(card.printed_at)}"
    y = sheet.write((MARGIN + 14, status + _STATUS_HEIGHT - 7), INNER - 26, label, Style(8.5, colour=GREY))
    sheet.write((MARGIN + 14, y - 1), INNER - 26, STATE_TEXTS[card.state], Style(12, BOLD, NAVY))
    draw_check(sheet, card.issue)
    return sheet.finish()
