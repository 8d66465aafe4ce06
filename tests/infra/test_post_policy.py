"""S3's rules for browser uploads, cell by cell."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from botocore.config import Config

from infra.local.gateway.post_policy import Allowed, Refused, Signer, check_size, judge, sign

SIGNER = Signer("test", "test")
Change = Callable[[dict[str, str]], dict[str, str]]


def form(conditions: list[Any] | None = None, seconds: int = 60) -> dict[str, str]:
    """Fields as boto3 signs them."""
    session = boto3.Session("test", "test", region_name="ap-southeast-3")
    s3 = session.client("s3", endpoint_url="http://127.0.0.1:1", config=Config(signature_version="s3v4"))
    made = s3.generate_presigned_post(
        "bucket",
        "q/1",
        Fields={"Content-Type": "image/jpeg"},
        Conditions=[{"Content-Type": "image/jpeg"}, ["content-length-range", 10, 1000], *(conditions or [])],
        ExpiresIn=seconds,
    )
    return {name.lower(): value for name, value in made["fields"].items()}


def signed(policy: dict[str, Any]) -> dict[str, str]:
    """Fields for a policy of our own."""
    scope = f"{datetime.now(UTC):%Y%m%d}/ap-southeast-3/s3/aws4_request"
    encoded = base64.b64encode(json.dumps(policy).encode()).decode()
    return {
        "key": "q/1",
        "policy": encoded,
        "x-amz-algorithm": "AWS4-HMAC-SHA256",
        "x-amz-credential": f"test/{scope}",
        "x-amz-date": f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}",
        "x-amz-signature": sign(encoded, "test", scope),
    }


def refusal(fields: dict[str, str], bucket: str = "bucket", later: int = 0) -> tuple[int, str]:
    with pytest.raises(Refused) as refused:
        judge(fields, bucket, SIGNER, datetime.now(UTC) + timedelta(seconds=later))
    return refused.value.status, refused.value.code


def test_a_form_as_signed_is_allowed_its_sizes() -> None:
    assert judge(form(), "bucket", SIGNER, datetime.now(UTC)) == Allowed(10, 1000)


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        (lambda f: f | {"key": "q/2"}, (403, "AccessDenied")),
        (lambda f: f | {"content-type": "text/html"}, (403, "AccessDenied")),
        (lambda f: {n: v for n, v in f.items() if n != "content-type"}, (403, "AccessDenied")),
        (lambda f: f | {"acl": "public-read"}, (403, "AccessDenied")),
        (lambda f: f | {"x-amz-meta-note": "x"}, (403, "AccessDenied")),
        (lambda f: f | {"x-amz-signature": "0" * 64}, (403, "SignatureDoesNotMatch")),
        (lambda f: {n: v for n, v in f.items() if n != "x-amz-signature"}, (403, "SignatureDoesNotMatch")),
        (lambda f: f | {"policy": f["policy"][:-8] + "AAAAAAA="}, (403, "SignatureDoesNotMatch")),
        (lambda f: f | {"x-amz-credential": "AKIA" + f["x-amz-credential"]}, (403, "InvalidAccessKeyId")),
        (lambda f: f | {"x-amz-credential": "test/20220101"}, (400, "InvalidArgument")),
        (lambda f: f | {"x-amz-date": "20200101T000000Z"}, (403, "AccessDenied")),
        (lambda f: f | {"x-amz-algorithm": "none"}, (400, "InvalidArgument")),
        (lambda f: {n: v for n, v in f.items() if n != "policy"}, (403, "AccessDenied")),
        (lambda f: {n: v for n, v in f.items() if n != "key"}, (400, "InvalidArgument")),
    ],
)
def test_a_changed_form_is_refused(change: Change, answer: tuple[int, str]) -> None:
    assert refusal(change(form())) == answer


def test_another_bucket_is_refused() -> None:
    assert refusal(form(), bucket="other") == (403, "AccessDenied")


def test_an_expired_form_is_refused() -> None:
    assert refusal(form(seconds=60), later=61) == (403, "AccessDenied")


def test_fields_to_ignore_need_no_condition() -> None:
    judge(form() | {"x-ignore-me": "1"}, "bucket", SIGNER, datetime.now(UTC))


def test_starts_with_holds_for_the_prefix_only() -> None:
    soon = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
    fields = [["starts-with", "$x-amz-algorithm", ""], ["starts-with", "$x-amz-credential", ""]]
    conditions = [{"bucket": "bucket"}, *fields, ["starts-with", "$x-amz-date", ""], ["starts-with", "$key", "q/"]]
    made = signed({"expiration": soon, "conditions": conditions})
    judge(made, "bucket", SIGNER, datetime.now(UTC))
    assert refusal(made | {"key": "r/1"}) == (403, "AccessDenied")


@pytest.mark.parametrize(
    "policy",
    [{}, {"expiration": "soon", "conditions": []}, {"expiration": "2999-01-01T00:00:00Z", "conditions": ["x"]}],
)
def test_a_malformed_policy_is_refused(policy: dict[str, Any]) -> None:
    assert refusal(signed(policy)) == (400, "InvalidPolicyDocument")


@pytest.mark.parametrize(("size", "code"), [(9, "EntityTooSmall"), (10, None), (1000, None), (1001, "EntityTooLarge")])
def test_the_size_must_lie_in_the_range(size: int, code: str | None) -> None:
    found = None
    try:
        check_size(size, Allowed(10, 1000), complete=True)
    except Refused as refused:
        found = refused.code
    assert found == code
