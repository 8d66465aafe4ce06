"""When AWS asks to come again, and when it did not answer at all; the SDK has tried for itself by then."""

from botocore.exceptions import ClientError, ConnectionError, HTTPClientError  # noqa: A004 - botocore's own

from services.kernel.aws.dynamodb import BUSY, Busy

_ELSEWHERE = frozenset({"Throttling", "RequestThrottled", "SlowDown", "ServiceUnavailable", "KMSInternalException"})
"""The same of KMS, SQS and S3."""


def is_busy(error: BaseException) -> bool:
    """Whether a store refused for now: that call did nothing."""
    if isinstance(error, ClientError):
        return error.response["Error"]["Code"] in BUSY | _ELSEWHERE
    return isinstance(error, Busy)


def is_silent(error: BaseException) -> bool:
    """Whether a store did not answer: what was asked of it may have been done, at the last try or at one before."""
    return isinstance(error, (HTTPClientError, ConnectionError))
