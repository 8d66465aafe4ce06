"""One lazily made boto3 client per service and process.

The endpoint comes from AWS_ENDPOINT_URL at home and from the region in AWS.
"""

import functools
from typing import TYPE_CHECKING, Literal

import boto3
from botocore.config import Config

from services.kernel.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient

_CONFIG = Config(connect_timeout=2, read_timeout=20, retries={"max_attempts": 3, "mode": "standard"})


@functools.cache
def dynamodb() -> "DynamoDBClient":
    """DynamoDB.

    Without botocore's own check of parameters: it takes half the time of a transaction of 100 items, and the service
    checks them anyway.
    """
    return boto3.client("dynamodb", config=_CONFIG.merge(Config(parameter_validation=False)))


@functools.cache
def s3() -> "S3Client":
    """S3, as the function itself reaches it."""
    return boto3.client("s3", config=_CONFIG.merge(_path_style_at_home()))


@functools.cache
def public_s3() -> "S3Client":
    """S3 for signing links that a browser will follow: at home they go through the gateway's address."""
    endpoint = settings().s3_public_endpoint or None
    return boto3.client("s3", endpoint_url=endpoint, config=_CONFIG.merge(_path_style_at_home()))


@functools.cache
def kms() -> "KMSClient":
    """KMS."""
    return boto3.client("kms", config=_CONFIG)


@functools.cache
def events() -> "EventBridgeClient":
    """EventBridge."""
    return boto3.client("events", config=_CONFIG)


@functools.cache
def sqs() -> "SQSClient":
    """SQS."""
    return boto3.client("sqs", config=_CONFIG)


def _path_style_at_home() -> Config:
    style: Literal["path", "virtual"] = "path" if settings().s3_public_endpoint else "virtual"
    return Config(signature_version="s3v4", s3={"addressing_style": style})


def forget() -> None:
    """Drop all clients: a test that starts another cloud needs new ones."""
    for made in (dynamodb, s3, public_s3, kms, events, sqs):
        made.cache_clear()
