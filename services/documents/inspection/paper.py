import io
from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Object, Pdf

from services.documents.inspection.model import Inspection, RefusedError
from services.kernel.documents import MB, PDF, DocumentType, FileFault, FileFlag, Rule

# A stream may not swell beyond this while the file is read (object streams are the only ones that are).
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=64 * MB,
    png_max_memory=64 * MB,
    run_length_max_memory=64 * MB,
    max_stream_filters=5,
    parser_max_nesting=100,
)

# What a page needs to be seen. Everything else it may carry (actions, annotations, attachments, metadata,
# private data of programs) stays behind.
_PAGE_KEYS = frozenset({"/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group"})
_ACTIVE = frozenset({"/JS", "/JavaScript", "/Launch", "/EmbeddedFiles", "/EF", "/AA", "/XFA", "/RichMedia"})
_BROKEN = (pikepdf.PdfError, RuntimeError, ValueError)


def inspect_paper(jenis: DocumentType, rule: Rule, content: bytes) -> Inspection:
    """Open a PDF, count its pages and rebuild it from them alone, unless its kind is kept as it came.

    Raises:
        RefusedError: ENCRYPTED, DAMAGED, EMPTY, TOO_MANY_PAGES, or TOO_LARGE when the rebuilt file does not fit.
    """
    try:
        with Pdf.open(io.BytesIO(content)) as source:
            pages = _count(source, rule)
            flags = _signed(content)
            if rule.keep_original:
                return Inspection(jenis, None, {}, (*flags, *_active(source)), content, PDF, pages=pages)
            clean = _rebuild(source)
    except pikepdf.PasswordError as error:
        raise RefusedError(FileFault.ENCRYPTED) from error
    except _BROKEN as error:
        raise RefusedError(FileFault.DAMAGED) from error
    if len(clean) > rule.most:
        raise RefusedError(FileFault.TOO_LARGE, bytes=len(clean))
    return Inspection(jenis, None, {}, flags, clean, PDF, pages=pages)


def _count(source: Pdf, rule: Rule) -> int:
    if source.is_encrypted:
        raise RefusedError(FileFault.ENCRYPTED)
    pages = len(source.pages)
    if pages == 0:
        raise RefusedError(FileFault.EMPTY)
    if pages > rule.max_pages:
        raise RefusedError(FileFault.TOO_MANY_PAGES, pages=pages)
    return pages


def _rebuild(source: Pdf) -> bytes:
    # Stamps of electronic signatures and filled-in forms are annotations: first they become part of the page.
    source.flatten_annotations("all")
    with Pdf.new() as clean:
        for page in source.pages:
            for key in set(page.obj.keys()) - _PAGE_KEYS:
                del page.obj[key]
            clean.pages.append(page)
        target = io.BytesIO()
        clean.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return target.getvalue()


def _signed(content: bytes) -> tuple[FileFlag, ...]:
    """Flag a signature: its byte ranges are filled in after writing, so they always stand uncompressed."""
    return (FileFlag.SIGNED,) if b"/ByteRange" in content else ()


def _active(source: Pdf) -> tuple[FileFlag, ...]:
    found = any(name in _ACTIVE for thing in source.objects for name in _names(thing, depth=20))
    return (FileFlag.ACTIVE_CONTENT,) if found else ()


def _names(thing: object, depth: int) -> Iterator[str]:
    """Walk the direct parts of an object: scripts hide in dictionaries that have no number of their own."""
    if isinstance(thing, pikepdf.Name):
        yield str(thing)
    elif depth and isinstance(thing, (Dictionary, pikepdf.Stream)):
        yield from thing.keys()
        yield from _direct((value for _, value in thing.items()), depth)
    elif depth and isinstance(thing, Array):
        yield from _direct(thing, depth)


def _direct(values: Iterable[object], depth: int) -> Iterator[str]:
    for value in values:
        # What stands elsewhere under its own number is walked from there.
        if not (isinstance(value, Object) and value.is_indirect):
            yield from _names(value, depth - 1)
