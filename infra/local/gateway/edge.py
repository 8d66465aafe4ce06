"""What the distribution does with errors of its origins: it may answer others with one it has kept.

CloudFront keeps an error for ten seconds unless its template says otherwise, whatever the origin says ("Control how
long CloudFront caches errors"); ours says not at all, and a rehearsal can bring the ten seconds back to compare.
"""

import time
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from infra.local.gateway.answers import Answer, Request
from infra.local.knobs import Knobs
from infra.templates import Template

USUAL_SECONDS = 10.0
_SERVER_ERRORS = range(500, 505)


def error_seconds(cdn: Template) -> Mapping[int, float]:
    """By status, how long the distribution keeps an error of a server."""
    config = cdn["Resources"]["Distribution"]["Properties"]["DistributionConfig"]
    told = {each["ErrorCode"]: float(each["ErrorCachingMinTTL"]) for each in config.get("CustomErrorResponses", [])}
    return {status: told.get(status, USUAL_SECONDS) for status in _SERVER_ERRORS}


class ErrorCache:
    """One front behind the distribution. Cookies and queries are not part of what an answer is kept under."""

    def __init__(self, front: Callable[[Request], Answer], knobs: Knobs) -> None:
        """`knobs` say how long an error is kept, and count who was answered with one."""
        self._front, self._knobs = front, knobs
        self._kept: dict[str, tuple[float, Answer]] = {}

    def answer(self, request: Request) -> Answer:
        """The front's answer, or the error that somebody else was given a moment ago."""
        if request.method != "GET":
            return self._front(request)
        path = urlsplit(request.target).path
        at, kept = self._kept.get(path, (0.0, None))
        if kept is not None and time.monotonic() < at + self._knobs.keeps_error(kept.status):
            self._knobs.count("answered from the error cache")
            return kept
        answer = self._front(request)
        if answer.status in _SERVER_ERRORS:
            self._kept[path] = (time.monotonic(), answer)
        return answer
