import io

import pikepdf
from pikepdf import Pdf

from services.documents.inspection.active import Activity, activity
from services.documents.inspection.model import Inspection, RefusedError
from services.documents.inspection.published_paper import number_on_paper
from services.documents.inspection.rebuild import rebuild
from services.kernel.documents import MB, PDF, DocumentType, FileFault, FileFlag, Rule

# A stream may not swell beyond this while the file is read (object streams are the only ones that are).
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=64 * MB,
    png_max_memory=64 * MB,
    run_length_max_memory=64 * MB,
    max_stream_filters=5,
    parser_max_nesting=100,
)

_BROKEN = (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError)


def inspect_paper(jenis: DocumentType, rule: Rule, content: bytes) -> Inspection:
    """Open a PDF, count its pages and rebuild it from them alone, unless its kind is kept as it came.

    One that opens for everybody is taken, whatever its owner forbade besides.

    Raises:
        RefusedError: ENCRYPTED, DAMAGED, EMPTY, TOO_MANY_PAGES, ACTIVE_CONTENT in a paper that is kept as it came,
            PERSONAL_NUMBER in the text of one that hangs in public, or TOO_LARGE when the rebuilt file does not fit.
    """
    try:
        with Pdf.open(io.BytesIO(content)) as source:
            pages = _count(source, rule)
            if rule.keep_original:
                flags = (*_signed(content), *_active(source))
                return Inspection(jenis, None, {}, flags, content, PDF, pages=pages)
            clean, whole = rebuild(source)
        if rule.published and (found := number_on_paper(clean)):
            raise RefusedError(FileFault.PERSONAL_NUMBER, number=found.value)
    except pikepdf.PasswordError as error:
        raise RefusedError(FileFault.ENCRYPTED) from error
    except _BROKEN as error:
        raise RefusedError(FileFault.DAMAGED) from error
    if len(clean) > rule.most:
        raise RefusedError(FileFault.TOO_LARGE, bytes=len(clean))
    flags = (*_signed(content), *(() if whole else (FileFlag.NOT_ALL_KEPT,)))
    return Inspection(jenis, None, {}, flags, clean, PDF, pages=pages)


def _count(source: Pdf, rule: Rule) -> int:
    pages = len(source.pages)
    if pages == 0:
        raise RefusedError(FileFault.EMPTY)
    if pages > rule.max_pages:
        raise RefusedError(FileFault.TOO_MANY_PAGES, pages=pages)
    return pages


def _signed(content: bytes) -> tuple[FileFlag, ...]:
    """Flag a signature: its byte ranges are filled in after writing, so they always stand uncompressed."""
    return (FileFlag.SIGNED,) if b"/ByteRange" in content else ()


def _active(source: Pdf) -> tuple[FileFlag, ...]:
    """Flag what moves in a paper that is kept as it came; what would act on whoever opens it is refused."""
    found = activity(source)
    if found is Activity.DANGEROUS:
        raise RefusedError(FileFault.ACTIVE_CONTENT)
    return (FileFlag.ACTIVE_CONTENT,) if found is Activity.SOME else ()
