"""Drawn pictures: a card that looks like an identity card and says it is none, and a portrait."""

from random import Random
from typing import Any

from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]

_SKIN: tuple[Colour, ...] = ((226, 184, 146), (205, 158, 118), (184, 134, 96), (160, 112, 78))
_CLOTHES: tuple[Colour, ...] = ((240, 240, 240), (120, 60, 60), (70, 90, 70), (90, 80, 120))
_HAIR: Colour = (32, 26, 24)


def draw_card(person: dict[str, Any], size: tuple[int, int] = (1012, 638)) -> Image.Image:
    """A card of 86 by 54 mm at 300 dots an inch, with the person's lines and CONTOH across it."""
    card = Image.new("RGB", size, (186, 216, 236))
    draw = ImageDraw.Draw(card)
    for band in range(0, size[1], 6):
        draw.line((0, band, size[0], band + 40), fill=(168 + band % 30, 206, 232), width=2)
    _centred(draw, size[0] // 2, 24, "PROVINSI CONTOH", 34)
    _centred(draw, size[0] // 2, 66, "KABUPATEN CONTOH SATU", 30)
    draw.text((40, 118), f"NIK  {person['nik']}", font=_font(40), fill=(10, 10, 10))
    for line, text in enumerate(_lines(person)):
        draw.text((40, 188 + 42 * line), text, font=_font(26), fill=(25, 25, 25))
    card.paste(draw_portrait(person, (200, 40, 40)).resize((220, 293)), (size[0] - 260, 170))
    _watermark(card)
    return card


def draw_portrait(
    person: dict[str, Any], background: Colour, scale: float = 1.0, size: tuple[int, int] = (480, 640)
) -> Image.Image:
    """Head and shoulders, drawn: two people look different, nobody is recognised."""
    random = Random(person["nik"])  # noqa: S311 - the same data for the same seed
    picture = Image.new("RGB", size, background)
    draw = ImageDraw.Draw(picture)
    middle, face = size[0] // 2, int(130 * scale)
    top = int(150 / scale)
    skin = random.choice(_SKIN)
    draw.ellipse((middle - face - 20, top - 40, middle + face + 20, top + 2 * face + 30), fill=_HAIR)
    draw.rounded_rectangle((40, top + 2 * face + 60, size[0] - 40, size[1] + 80), 90, fill=random.choice(_CLOTHES))
    draw.rectangle((middle - 45, top + 2 * face - 10, middle + 45, top + 2 * face + 90), fill=skin)
    draw.ellipse((middle - face, top, middle + face, top + int(2.3 * face)), fill=skin)
    for side in (-1, 1):
        eye = middle + side * int(face * 0.42)
        draw.ellipse((eye - 17, top + face - 12, eye + 17, top + face + 10), fill=(250, 250, 250))
        draw.ellipse((eye - 8, top + face - 10, eye + 8, top + face + 8), fill=(40, 28, 22))
    draw.arc(
        (middle - 45, top + int(1.4 * face), middle + 45, top + int(1.8 * face)), 20, 160, fill=(120, 50, 50), width=6
    )
    _centred(draw, middle, size[1] - 34, "CONTOH", 22)
    return picture


def _lines(person: dict[str, Any]) -> list[str]:
    sex = "LAKI-LAKI" if person["jenis_kelamin"] == "L" else "PEREMPUAN"
    return [
        f"Nama                 : {person['nama'].upper()}",
        f"Tempat/Tgl Lahir : {person['tempat_lahir'].upper()}, {person['tanggal_lahir']}",
        f"Jenis Kelamin     : {sex}",
        "Alamat                : JALAN CONTOH NO. 1",
        "Kewarganegaraan : WNI",
        "Berlaku Hingga    : SEUMUR HIDUP",
    ]


def _watermark(card: Image.Image) -> None:
    layer = Image.new("RGBA", card.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    _centred(draw, card.width // 2, card.height // 2 - 90, "CONTOH", 190, (200, 30, 30, 70))
    turned = layer.rotate(18)
    card.paste(turned, (0, 0), turned)


def _centred(
    draw: ImageDraw.ImageDraw, x: int, y: int, text: str, size: int, fill: tuple[int, ...] = (20, 20, 20)
) -> None:
    font = _font(size)
    draw.text((x - draw.textlength(text, font=font) / 2, y), text, font=font, fill=fill)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
