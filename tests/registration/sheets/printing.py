"""Printing sheets as the routes and the queue do it, and reading the codes off the paper."""

import io
import json
import re
from collections.abc import Mapping
from typing import Any

import pypdf

from services.kernel.aws import s3
from services.registration.app import print_sheets
from services.registration.settings import settings
from tests.registration.staff import Desk
from tests.support.aws import Answer, Cloud, queued

_CODE = re.compile(r"\b([0-9A-Z]{5})-([0-9A-Z]{5})\b")


def order(desk: Desk, **wanted: Any) -> Answer:
    """Order sheets."""
    return desk.call("POST", "/sheets", wanted)


def work(cloud: Cloud) -> list[Any]:
    """Let the function work until its queue is empty; what each call reported."""
    reported = []
    while bodies := [json.loads(body) for body in cloud.messages("SheetPrintsQueue")]:
        reported += [print_sheets(queued([body]), None) for body in bodies]
    return reported


def printed(desk: Desk, **wanted: Any) -> Mapping[str, Any]:
    """Order sheets and have them made; the printing as it stands then."""
    answer = order(desk, **wanted)
    assert answer.status == 201, answer.text
    assert all(report == {"batchItemFailures": []} for report in work(desk.cloud))
    found: Mapping[str, Any] = desk.call("GET", f"/sheets/{answer.json['id']}").json
    return found


def pdf(printing: Mapping[str, Any], part: int = 0) -> bytes:
    """The paper itself."""
    content = s3.read(settings().exports_bucket, f"tmp/sheets/{printing['id']}/{part:04d}.pdf")
    assert content is not None
    return content


def pages(content: bytes) -> list[str]:
    """What is written on each page."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def codes(content: bytes) -> list[str]:
    """The codes, in the order of the pages."""
    return ["".join(match.groups()) for page in pages(content) for match in _CODE.finditer(page)]
