"""Files as people send them, made on the spot: nothing here comes from outside."""

import io
import zlib
from typing import Any

import pikepdf
from PIL import Image, ImageDraw

Colour = tuple[int, int, int]

CARD: Colour = (132, 196, 222)
SKY: Colour = (30, 90, 200)


def jpeg(image: Image.Image, quality: int = 85, **extra: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality, **extra)
    return target.getvalue()


def encoded(image: Image.Image, kind: str, **extra: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **extra)
    return target.getvalue()


def card(size: tuple[int, int] = (1011, 638), body: Colour = CARD) -> Image.Image:
    """Draw something like a KTP: a blue body, dark lines of text, a reddish portrait."""
    image = Image.new("RGB", size, body)
    draw = ImageDraw.Draw(image)
    width, height = size
    for line in range(12):
        y = height * (line + 2) // 16
        for x in range(width // 20, width * 6 // 10, 14):
            draw.rectangle((x, y, x + 8, y + max(3, height // 40)), fill=(20, 20, 40))
    draw.rectangle((width * 7 // 10, height // 4, width * 9 // 10, height * 3 // 4), fill=(190, 60, 50))
    return image


def portrait(background: Colour = SKY, size: tuple[int, int] = (450, 600)) -> Image.Image:
    """Draw a head and shoulders with hair of fine lines before one colour."""
    image = Image.new("RGB", size, background)
    draw = ImageDraw.Draw(image)
    width, height = size
    draw.ellipse((width * 3 // 10, height // 5, width * 7 // 10, height * 13 // 20), fill=(205, 160, 130))
    draw.rectangle((width // 5, height * 7 // 10, width * 4 // 5, height), fill=(240, 240, 240))
    for x in range(width * 3 // 10, width * 7 // 10, 4):
        draw.line((x, height // 6, x, height // 3), fill=(15, 10, 10))
        draw.line((x, height * 7 // 10, x, height), fill=(60, 60, 90))
    return image


def noise(size: tuple[int, int], amount: int = 60) -> Image.Image:
    return Image.merge("RGB", [Image.effect_noise(size, amount) for _ in range(3)])


def padded(content: bytes, size: int) -> bytes:
    """Bring a JPEG to an exact size with comment segments, which every reader passes over."""
    missing = size - len(content)
    segments = b""
    while missing:
        part = min(missing, 65_000)
        if 0 < missing - part < 4:
            part -= 4
        segments += b"\xff\xfe" + (part - 2).to_bytes(2, "big") + b"x" * (part - 4)
        missing -= part
    return content[:2] + segments + content[2:]


def many_scans(size: tuple[int, int], scans: int) -> bytes:
    """Return a blank progressive JPEG whose last scan stands there `scans` times: few bytes, much work."""
    picture = jpeg(Image.new("L", size), progressive=True)
    last = picture[picture.rindex(b"\xff\xda") : -2]
    return picture[:-2] + last * (scans - picture.count(b"\xff\xda")) + picture[-2:]


def pdf(pages: int = 1, text: str = "SK", **root: pikepdf.Object) -> bytes:
    with pikepdf.new() as paper:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        for number in range(pages):
            page = paper.add_blank_page(page_size=(595, 842))
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            page.obj.Contents = paper.make_stream(f"BT /F1 24 Tf 60 760 Td ({text} {number + 1}) Tj ET".encode())
        for key, value in root.items():
            paper.Root[f"/{key}"] = value
        return saved(paper)


def saved(paper: pikepdf.Pdf, **options: Any) -> bytes:
    target = io.BytesIO()
    paper.save(target, **options)
    return target.getvalue()


def swelling_pdf(size: int) -> bytes:
    """Return a PDF without pages whose page tree stands in an object stream of `size` blanks."""
    packed = zlib.compress(b"2 0 <</Type/Pages/Kids[]/Count 0>>" + b" " * size, 9)
    body = b"%PDF-1.5\n"
    catalog = len(body)
    body += b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    stream = len(body)
    body += b"3 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    body += packed + b"\nendstream\nendobj\n"
    xref = len(body)
    rows = b"".join(
        kind.to_bytes(1, "big") + at.to_bytes(4, "big") + index.to_bytes(1, "big")
        for kind, at, index in ((0, 0, 0), (1, catalog, 0), (2, 3, 0), (1, stream, 0), (1, xref, 0))
    )
    body += b"4 0 obj\n<</Type/XRef/Size 5/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % len(rows)
    return body + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % xref
