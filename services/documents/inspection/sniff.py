from services.documents.inspection.model import RefusedError
from services.kernel.documents import JPEG, PDF, FileFault, Rule

# Enough of a file to tell its kind; a PDF's header stands within the first 1,024 bytes, whatever comes before it (ISO
# 32000-2, annex I).
HEAD = 64 * 1024

# Kinds people upload by mistake: only their names are of use, no decoder of theirs is ever reached.
_KNOWN = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"PK\x03\x04", "ZIP, Word atau Excel"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word atau Excel lama"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"{\\rtf", "RTF"),
)
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis")


def sniff(head: bytes, rule: Rule) -> str:
    """Return the content type by what the file's first bytes are, never by its name or what was declared.

    Raises:
        RefusedError: WRONG_TYPE or ANIMATED, with `found` naming what it is instead.
    """
    if head.startswith(b"\xff\xd8\xff"):
        kind, name = JPEG, "JPG"
    elif b"%PDF-" in head[:1024] and not head.startswith(tuple(magic for magic, _ in _KNOWN)):
        kind, name = PDF, "PDF"
    else:
        kind, name = "", _name_of(head)
    if kind in rule.formats:
        return kind
    raise RefusedError(FileFault.ANIMATED if _moves(head) else FileFault.WRONG_TYPE, found=name)


def _name_of(head: bytes) -> str:
    if head[4:8] == b"ftyp":
        return "HEIC" if head[8:12] in _HEIF_BRANDS else "video atau AVIF"
    if head[:4] == b"RIFF":
        return "WebP" if head[8:12] == b"WEBP" else "suara atau video"
    return next((name for magic, name in _KNOWN if head.startswith(magic)), "format yang tidak dikenal")


def _moves(head: bytes) -> bool:
    """Tell moving pictures, whose owner needs another advice than to save them in another format."""
    if head.startswith(b"\x89PNG"):
        return b"acTL" in head.partition(b"IDAT")[0]
    if head[:4] == b"RIFF" and head[8:16] == b"WEBPVP8X":
        return bool(head[20] & 0x02) if len(head) > 20 else False
    return head.startswith(b"GIF8") and b"NETSCAPE2.0" in head
