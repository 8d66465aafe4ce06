"""Copies of people's data in the exports bucket, under a random name each; gone after a day (infra/shared.yaml)."""

from enum import StrEnum
from typing import Final

from services.kernel.aws import s3
from services.kernel.copies import CopyJob
from services.kernel.documents import PDF
from services.registration.settings import settings

PREFIX: Final = "tmp/data-copies/"


class Form(StrEnum):
    """What a copy of one's data is written as."""

    PDF = "pdf"
    JSON = "json"


_TYPES: Final = {Form.PDF: PDF, Form.JSON: "application/json"}


def write(job: CopyJob, form: Form, content: bytes) -> None:
    """Keep one form of a copy; the same again is the same object."""
    s3.write(settings().exports_bucket, _key(job, form), content, content_type=_TYPES[form])


def link(job: CopyJob, form: Form) -> str:
    """A private link of five minutes to it."""
    name = f"salinan-data.{form.value}"
    return s3.link(settings().exports_bucket, _key(job, form), filename=name, content_type=_TYPES[form])


def _key(job: CopyJob, form: Form) -> str:
    return f"{job.key}.{form.value}"
