"""Accepted photos, for printing on cards."""

from services.kernel.aws import s3
from services.registration.model.person import KnownFile
from services.registration.settings import settings


def read(photo: KnownFile | None) -> bytes | None:
    """The bytes of an accepted photo (JPEG), or None when there is none."""
    return s3.read(settings().files_bucket, photo.key) if photo is not None and photo.key is not None else None
