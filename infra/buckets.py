"""Buckets the deployment itself needs, outside all stacks: no stack's deletion reaches them."""

import json
from typing import Any

from botocore.exceptions import ClientError

from infra.aws import Aws


def ensure(aws: Aws, bucket: str) -> None:
    """Make a bucket where there is none: private, encrypted by S3."""
    if _exists(aws, bucket):
        return
    place = aws.region
    aws.s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": place})  # type: ignore[typeddict-item]
    aws.s3.put_public_access_block(
        Bucket=bucket,
        PublicAccessBlockConfiguration={
            "BlockPublicAcls": True,
            "IgnorePublicAcls": True,
            "BlockPublicPolicy": True,
            "RestrictPublicBuckets": True,
        },
    )


def ensure_kept(aws: Aws, bucket: str) -> None:
    """The same, and nothing that was ever put into it goes: every version stays, and nobody may delete one."""
    ensure(aws, bucket)
    aws.s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    aws.s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(_policy(bucket)))


def _exists(aws: Aws, bucket: str) -> bool:
    try:
        aws.s3.head_bucket(Bucket=bucket)
    except ClientError as missing:
        if missing.response["Error"]["Code"] not in {"404", "NoSuchBucket"}:
            raise
        return False
    return True


def _policy(bucket: str) -> dict[str, Any]:
    every = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
    deny = {"Effect": "Deny", "Principal": "*", "Resource": every}
    lasting = ["s3:DeleteObjectVersion", "s3:DeleteBucket", "s3:PutLifecycleConfiguration"]
    return {
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": "TlsOnly", **deny, "Action": "s3:*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
            {"Sid": "NothingGoes", **deny, "Action": lasting},
        ],
    }
