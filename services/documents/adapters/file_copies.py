"""Copies of people's files in the exports bucket, under a random name each; gone after a day (infra/shared.yaml)."""

from typing import IO, Final

from services.documents.settings import settings
from services.kernel.aws import s3
from services.kernel.copies import CopyJob

PREFIX: Final = "tmp/file-copies/"
_ZIP: Final = "application/zip"


def write(job: CopyJob, archive: IO[bytes]) -> None:
    """Keep an archive, read from where it stands on; the same again is the same object."""
    s3.write_file(settings().exports_bucket, job.key, archive, content_type=_ZIP)


def link(job: CopyJob) -> str:
    """A private link of five minutes to it."""
    return s3.link(settings().exports_bucket, job.key, filename="salinan-berkas.zip", content_type=_ZIP)
