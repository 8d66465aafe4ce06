"""Files in one archive, written file by file: never more than one of them is held in memory."""

import hashlib
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import IO, Final, Literal

from pydantic import BaseModel

from services.documents.model.file import File
from services.kernel import clock
from services.kernel.documents import DocumentType

FORMAT: Final = "pendataan-files-1"
MANIFEST: Final = "daftar-berkas.json"


class Packed(BaseModel):
    """One file of the archive: `bytes` is its size, `received` when its place was asked for."""

    name: str
    jenis: DocumentType
    riwayat: str | None
    received: datetime
    bytes: int
    sha256: str


class Manifest(BaseModel):
    """What is in the archive (docs/copies.md); it lies there as `daftar-berkas.json`."""

    format: Literal["pendataan-files-1"] = FORMAT
    made_at: datetime
    files: list[Packed]


def build_archive(
    target: IO[bytes], files: Mapping[str, File], read: Callable[[File], bytes], at: datetime
) -> Manifest:
    """Write an archive of these files, by their names in it, and its manifest at the end.

    They are pictures and papers that are packed already, so nothing is tried to make them smaller.

    Raises:
        LookupError: a kept copy is not what was accepted; naming the file's id.
    """
    packed = list[Packed]()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, file in files.items():
            content = read(file)
            packed.append(_checked(name, file, content))
            archive.writestr(_entry(name, at), content)
        manifest = Manifest(made_at=at.astimezone(clock.WIB), files=packed)
        archive.writestr(_entry(MANIFEST, at), manifest.model_dump_json(indent=2))
    return manifest


def _checked(name: str, file: File, content: bytes) -> Packed:
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 != file.sha256:
        raise LookupError(str(file.id))
    return Packed(
        name=name,
        jenis=file.id.jenis,
        riwayat=file.riwayat,
        received=file.received.astimezone(clock.WIB),
        bytes=len(content),
        sha256=sha256,
    )


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, at.astimezone(clock.WIB).timetuple()[:6])
