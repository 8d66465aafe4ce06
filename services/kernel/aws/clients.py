"""One lazily made boto3 client per service and process.

The endpoint comes from AWS_ENDPOINT_URL at home and from the region in AWS.
"""

import functools
from typing import TYPE_CHECKING, Literal

import boto3
from botocore.config import Config

from services.kernel.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sqs import SQSClient

MAX_TRIES = 3
"""Of each call in all, the first one included."""
CONNECT_SECONDS = 1
READ_SECONDS = 3
OBJECT_SECONDS = 7
"""How long an answer of S3 may take to begin: an object is larger than an item."""
MAIL_SECONDS = 7
_CALLED = "pendataan-non-asn"
"""What AWS's logs call us; without a fixed name botocore puts one together at each call, for a third of its time."""
_HOME_SECONDS = 20
"""At home the stores share a machine with everything else, and do not know a retry from a second call."""


def _config(read_seconds: int) -> Config:
    """Patience that ends before the function does, so that the caller is told (services/kernel/web/http.py)."""
    return Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=_HOME_SECONDS if settings().s3_public_endpoint else read_seconds,
        retries={"total_max_attempts": MAX_TRIES, "mode": "standard"},
        user_agent=_CALLED,
    )


@functools.cache
def dynamodb() -> "DynamoDBClient":
    """DynamoDB.

    Without botocore's own check of parameters: it takes half the time of a transaction of 100 items, and the service
    checks them anyway.
    """
    return boto3.client("dynamodb", config=_config(READ_SECONDS).merge(Config(parameter_validation=False)))


@functools.cache
def s3() -> "S3Client":
    """S3, as the function itself reaches it."""
    return boto3.client("s3", config=_config(OBJECT_SECONDS).merge(_path_style_at_home()))


@functools.cache
def public_s3() -> "S3Client":
    """S3 for signing links that a browser will follow: at home they go through the gateway's address."""
    endpoint = settings().s3_public_endpoint or None
    return boto3.client("s3", endpoint_url=endpoint, config=_config(OBJECT_SECONDS).merge(_path_style_at_home()))


@functools.cache
def kms() -> "KMSClient":
    """KMS."""
    return boto3.client("kms", config=_config(READ_SECONDS))


@functools.cache
def events() -> "EventBridgeClient":
    """EventBridge."""
    return boto3.client("events", config=_config(READ_SECONDS))


@functools.cache
def sqs() -> "SQSClient":
    """SQS."""
    return boto3.client("sqs", config=_config(READ_SECONDS))


@functools.cache
def sesv2() -> "SESV2Client":
    """SES, version 2; one try: who sends again asks first whether the last one went out."""
    return boto3.client("sesv2", config=_config(MAIL_SECONDS).merge(Config(retries={"total_max_attempts": 1})))


@functools.cache
def cloudwatch() -> "CloudWatchClient":
    """CloudWatch, which is only read."""
    return boto3.client("cloudwatch", config=_config(READ_SECONDS))


def _path_style_at_home() -> Config:
    style: Literal["path", "virtual"] = "path" if settings().s3_public_endpoint else "virtual"
    return Config(signature_version="s3v4", s3={"addressing_style": style})


def forget() -> None:
    """Drop all clients: a test that starts another cloud needs new ones."""
    for made in (dynamodb, s3, public_s3, kms, events, sqs, sesv2, cloudwatch):
        made.cache_clear()
