"""What a file is called where people keep it."""

from services.documents.model.file import File
from services.kernel.documents import JPEG


def file_name(file: File) -> str:
    """Its kind and number, `ktp-1.jpg`: nothing of the person."""
    suffix = "jpg" if file.content_type == JPEG else "pdf"
    return f"{file.id.jenis.lower()}-{file.id.n}.{suffix}"
