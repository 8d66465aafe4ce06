from reportlab.lib.pagesizes import A4

from services.kernel.pdf import Style

NAVY, TINT, HAIR, GREY = "#17324D", "#F3F6F9", "#C9D2DB", "#51606E"

LEFT = 64.0
INNER = A4[0] - 2 * LEFT


def body_style(size: float) -> Style:
    """The letters of the statement itself, at a size in points."""
    return Style(size, spacing=1.36)
