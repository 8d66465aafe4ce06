"""What signing programs do to a PDF: they leave every byte of it and append (ISO 32000-1, 7.5.6 and 12.8)."""

import io

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NameObject, NumberObject, TextStringObject


def signed(content: bytes, stamp: str = "Ditandatangani secara elektronik") -> bytes:
    """The paper with a signature field and its visible stamp, as an incremental update."""
    writer = PdfWriter(PdfReader(io.BytesIO(content)), incremental=True)
    signature = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Sig"),
            NameObject("/Filter"): NameObject("/Adobe.PPKLite"),
            NameObject("/ByteRange"): ArrayObject(NumberObject(place) for place in (0, 10, 20, 30)),
            NameObject("/Contents"): ByteStringObject(bytes(16)),
        }
    )
    box = [60, 60, 260, 80]
    field = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Sig"),
            NameObject("/T"): TextStringObject(stamp),
            NameObject("/Rect"): ArrayObject(NumberObject(side) for side in box),
            NameObject("/V"): writer._add_object(signature),
        }
    )
    kept = writer._add_object(field)
    writer.pages[0][NameObject("/Annots")] = ArrayObject([kept])
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/Fields"): ArrayObject([kept]), NameObject("/SigFlags"): NumberObject(3)}
    )
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
