"""QR codes for the screen."""

import segno


def qr_svg(content: str) -> str:
    """The code as SVG (error correction M), with the quiet zone of four modules it needs around it (ISO 18004)."""
    return segno.make(content, error="m").svg_inline(scale=4, border=4)
