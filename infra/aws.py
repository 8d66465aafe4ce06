"""Clients for AWS or for the emulator: the same code deploys to both, only the endpoint differs."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from infra.local import direct

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodbstreams import DynamoDBStreamsClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient

REGION = "ap-southeast-3"
"""Jakarta: personal data stay in Indonesia (domain.md, section 8)."""

CLOUDFRONT_REGION = "us-east-1"
"""Where CloudFront takes firewalls and certificates from, wherever the rest stands. No personal data lie there."""

EMULATOR_ACCOUNT = "000000000000"
EMULATOR_KEY = "test"
"""Both halves of the only key pair the emulator knows."""

_CONFIG = Config(
    retries={"max_attempts": 3, "mode": "standard"},
    user_agent="pendataan-non-asn",
    max_pool_connections=50,
    signature_version="s3v4",
    s3={"addressing_style": "path"},
)


@dataclass(frozen=True)
class Aws:
    """Where to deploy: a region of AWS with the machine's own credentials, or an emulator's endpoint."""

    region: str = REGION
    endpoint: str | None = None
    bus: str | None = None
    """Where the emulator's bus is reached by functions; None: where everything else is."""
    mail: str | None = None
    """The same of SES."""

    @cached_property
    def session(self) -> boto3.Session:
        """Credentials: the emulator's for an endpoint, else whatever the AWS tools find."""
        return boto3.Session(region_name=self.region) if self.endpoint is None else _at_home(self.region)

    @cached_property
    def cloudformation(self) -> "CloudFormationClient":
        """CloudFormation."""
        return self.session.client("cloudformation", endpoint_url=self.endpoint, config=_CONFIG)

    @cached_property
    def cloudwatch(self) -> "CloudWatchClient":
        """Where figures are counted."""
        return self.session.client("cloudwatch", endpoint_url=self.endpoint, config=_CONFIG)

    @cached_property
    def dynamodb(self) -> "DynamoDBClient":
        """The tables."""
        return self.session.client("dynamodb", endpoint_url=self.endpoint, config=_CONFIG)

    @cached_property
    def events(self) -> "EventBridgeClient":
        """The bus."""
        return self.session.client("events", endpoint_url=self.endpoint, config=_CONFIG)

    @cached_property
    def kms(self) -> "KMSClient":
        """KMS."""
        return self.session.client("kms", endpoint_url=self.endpoint, config=_CONFIG)

    @cached_property
    def s3(self) -> "S3Client":
        """S3; path style, so that it works at an endpoint too."""
        return self.session.client("s3", endpoint_url=self.endpoint, config=_CONFIG)

    @cached_property
    def sqs(self) -> "SQSClient":
        """SQS."""
        return self.session.client("sqs", endpoint_url=self.endpoint, config=_CONFIG)

    @cached_property
    def streams(self) -> "DynamoDBStreamsClient":
        """The change streams of the tables."""
        return self.session.client("dynamodbstreams", endpoint_url=self.endpoint, config=_CONFIG)


@cache
def _at_home(region: str) -> boto3.Session:
    """One for all emulators: what it has read of AWS's models serves every client."""
    session = boto3.Session(EMULATOR_KEY, EMULATOR_KEY, region_name=region)
    direct.install(session)
    return session
