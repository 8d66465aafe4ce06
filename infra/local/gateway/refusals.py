"""What the gateway refuses itself, before any front sees it: problems like all others (RFC 9457)."""

import http
import uuid

from infra.local.gateway.answers import Answer, json_answer
from services.kernel.problem_texts import TEXTS
from services.kernel.problems import Code

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
"""Those the distribution passes on (infra/cdn.yaml)."""
LONGEST_TARGET = 8192
"""Bytes of path and query; the distribution's limit (CloudFront, "Quotas", maximum length of a URL)."""

_DETAILS = {
    http.HTTPStatus.METHOD_NOT_ALLOWED: TEXTS[Code.METHOD_NOT_ALLOWED][1],
    http.HTTPStatus.REQUEST_URI_TOO_LONG: "Alamat ini terlalu panjang. Kembali ke beranda, lalu mulai lagi.",
    http.HTTPStatus.LENGTH_REQUIRED: "Kirim panjang isinya (Content-Length).",
}


def refusal(status: int) -> Answer:
    """The answer to a request that is no request of ours; the connection ends with it.

    `status` is Python's: its 501 for a method it does not know is 405 here, and what it does not put among 4xx is 400.
    """
    if status == http.HTTPStatus.NOT_IMPLEMENTED:
        status = http.HTTPStatus.METHOD_NOT_ALLOWED
    told = http.HTTPStatus(status if 400 <= status < 500 else http.HTTPStatus.BAD_REQUEST)
    code = Code.METHOD_NOT_ALLOWED if told == http.HTTPStatus.METHOD_NOT_ALLOWED else Code.MALFORMED
    problem = {
        "type": code.value,
        "title": TEXTS[code][0],
        "status": told.value,
        "detail": _DETAILS.get(told, "Muat ulang halaman, lalu coba lagi."),
        "request_id": str(uuid.uuid4()),
    }
    allowed = [("Allow", ", ".join(METHODS))] if code is Code.METHOD_NOT_ALLOWED else []
    plain = json_answer(told, problem)
    headers = [("Content-Type", "application/problem+json"), ("Cache-Control", "no-store"), *allowed]
    return Answer(told, headers, plain.body, close=True)
