"""Policies as the local cloud enforces them."""

from pathlib import Path
from typing import Any

import pytest

from infra.local.ledger import REFUSED, Ledger
from infra.local.permissions import WRITTEN, Account, Act, acts, allowed, grant, judge_one
from tests.infra.conftest import Echo

ACCOUNT = Account("ap-southeast-3", "000000000000", "arn:key")
TABLE = "arn:aws:dynamodb:ap-southeast-3:000000000000:table/t"
IN_TRANSACTIONS: dict[str, Any] = {
    "Action": ["dynamodb:PutItem"],
    "Resource": TABLE,
    "Condition": {"ForAnyValue:StringEquals": {"dynamodb:EnclosingOperation": ["TransactWriteItems"]}},
}


def judged(service: str, operation: str, params: dict[str, Any], *statements: dict[str, Any]) -> list[bool]:
    return [allowed(statements, act) for act in acts(service, operation, params, ACCOUNT)]


def test_a_write_is_allowed_in_a_transaction_only() -> None:
    transaction = {"TransactItems": [{"Put": {"TableName": "t"}}]}
    assert judged("dynamodb", "TransactWriteItems", transaction, IN_TRANSACTIONS) == [True]
    assert judged("dynamodb", "PutItem", {"TableName": "t"}, IN_TRANSACTIONS) == [False]
    assert judged("dynamodb", "BatchWriteItem", {"RequestItems": {"t": []}}, IN_TRANSACTIONS) == [False]


def test_every_part_of_a_transaction_is_judged() -> None:
    parts = [{"Put": {"TableName": "t"}}, {"Delete": {"TableName": "t"}}, {"Put": {"TableName": "other"}}]
    assert judged("dynamodb", "TransactWriteItems", {"TransactItems": parts}, IN_TRANSACTIONS) == [True, False, False]


def test_a_link_is_written_to_a_chain_of_the_own_service_only() -> None:
    own = {
        **IN_TRANSACTIONS,
        "Condition": {
            **IN_TRANSACTIONS["Condition"],
            "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["documents#*"]},
            "Null": {"dynamodb:LeadingKeys": "false"},
        },
    }
    for chain, may in (("documents#P#1", True), ("finalization#I#9901", False), (None, False)):
        item = {"pk": {"S": chain}} if chain else {}
        put = {"TransactItems": [{"Put": {"TableName": "t", "Item": item}}]}
        assert judged("dynamodb", "TransactWriteItems", put, own) == [may]


def test_a_chain_is_read_by_whom_its_name_is_allowed_to() -> None:
    own = {
        "Action": ["dynamodb:Query"],
        "Resource": TABLE,
        "Condition": {
            "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["documents#*"]},
            "Null": {"dynamodb:LeadingKeys": "false"},
        },
    }
    for name, chain, may in (
        ("pk", "documents#P#1", True),
        ("pk", "finalization#I#9901", False),
        ("by", "documents#P#1", False),
    ):
        query = {
            "TableName": "t",
            "KeyConditionExpression": "(#n0 = :v0 AND #n1 BETWEEN :v1 AND :v2)",
            "ExpressionAttributeNames": {"#n0": name, "#n1": "sk"},
            "ExpressionAttributeValues": {":v0": {"S": chain}, ":v1": {"S": "1"}, ":v2": {"S": "2"}},
        }
        assert judged("dynamodb", "Query", query, own) == [may]
        assert judged("dynamodb", "Query", {**query, "IndexName": "deeds"}, own) == [False]


def test_a_fact_is_told_in_the_own_name_only() -> None:
    own = {
        "Action": ["events:PutEvents"],
        "Resource": "*",
        "Condition": {
            "ForAllValues:StringEquals": {"events:source": ["pendataan.documents"]},
            "Null": {"events:source": "false"},
        },
    }
    for source, may in (("pendataan.documents", True), ("pendataan.finalization", False)):
        entries = [{"EventBusName": "bus", "Source": source}]
        assert judged("events", "PutEvents", {"Entries": entries}, own) == [may]


@pytest.mark.parametrize(
    ("service", "operation", "params", "wanted"),
    [
        ("dynamodb", "Query", {"TableName": "t", "IndexName": "i"}, [Act("dynamodb:Query", f"{TABLE}/index/i", {})]),
        ("sqs", "SendMessage", {"QueueUrl": "http://x/0/q"},
         [Act("sqs:SendMessage", "arn:aws:sqs:ap-southeast-3:000000000000:q", {})]),
        ("sqs", "SendMessageBatch", {"QueueUrl": "http://x/0/q"},
         [Act("sqs:SendMessage", "arn:aws:sqs:ap-southeast-3:000000000000:q", {})]),
        ("kms", "Decrypt", {}, [Act("kms:Decrypt", "arn:key", {})]),
        ("kms", "GenerateDataKey", {"KeyId": "arn:other", "EncryptionContext": {"service": "documents"}},
         [Act("kms:GenerateDataKey", "arn:other", {"kms:EncryptionContext:service": "documents"})]),
        ("s3", "PutObject", {"Bucket": "b", "Key": "k", "ObjectLockMode": "COMPLIANCE"},
         [Act("s3:PutObject", "arn:aws:s3:::b/k", {}), Act("s3:PutObjectRetention", "arn:aws:s3:::b/k", {})]),
        ("s3", "GetObject", {"Bucket": "b", "Key": "k", "VersionId": "1"},
         [Act("s3:ListBucket", "arn:aws:s3:::b", {}), Act("s3:GetObjectVersion", "arn:aws:s3:::b/k", {})]),
        ("events", "PutEvents", {"Entries": [{"EventBusName": "bus", "Source": "pendataan.x"}]},
         [Act("events:PutEvents", "arn:aws:events:ap-southeast-3:000000000000:event-bus/bus",
              {"events:source": "pendataan.x"})]),
        ("ses", "SendEmail", {}, [Act("ses:SendEmail", "*", {})]),
    ],
)  # fmt: skip
def test_what_a_call_comes_to(service: str, operation: str, params: dict[str, Any], wanted: list[Act]) -> None:
    assert list(acts(service, operation, params, ACCOUNT)) == wanted


def test_a_key_opens_only_what_was_encrypted_for_the_same_service() -> None:
    own = {
        "Action": ["kms:Decrypt"],
        "Resource": "arn:key",
        "Condition": {"StringEquals": {"kms:EncryptionContext:service": "documents"}},
    }
    for context, may in (
        ({"service": "documents", "institution": "9901"}, True),
        ({"service": "registration", "institution": "9901"}, False),
        ({"purpose": "session"}, False),
        ({}, False),
    ):
        assert judged("kms", "Decrypt", {"EncryptionContext": context}, own) == [may]


@pytest.mark.parametrize("order", [1, -1])
def test_a_denial_outweighs_whatever_is_allowed(order: int) -> None:
    """As on the audit table, whose own policy lets nobody change a link."""
    everything: dict[str, Any] = {"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*"}
    links_stay: dict[str, Any] = {"Effect": "Deny", "Action": ["dynamodb:UpdateItem"], "Resource": TABLE}
    both = [everything, links_stay][::order]
    assert allowed(both, Act("dynamodb:PutItem", TABLE, {}))
    assert not allowed(both, Act("dynamodb:UpdateItem", TABLE, {}))
    assert allowed(both, Act("dynamodb:UpdateItem", f"{TABLE}2", {}))
    assert not allowed([links_stay], Act("dynamodb:PutItem", TABLE, {}))


def test_an_operator_nobody_thought_of_is_an_error() -> None:
    statement = {"Action": "s3:GetObject", "Resource": "*", "Condition": {"StringNotEquals": {"s3:prefix": "a"}}}
    with pytest.raises(ValueError, match="StringNotEquals"):
        allowed([statement], Act("s3:GetObject", "arn:aws:s3:::b/k", {"s3:prefix": "a"}))


def test_the_grant_is_named_as_the_policy_writes_it() -> None:
    statement = {
        "Sid": "Read",
        "Action": ["dynamodb:Query"],
        "Resource": [TABLE, f"{TABLE}/index/*"],
        WRITTEN: ["${T}", "${T}/index/*"],
    }
    assert grant([statement], Act("dynamodb:Query", TABLE, {})) == "Read dynamodb:Query ${T}"
    assert grant([statement], Act("dynamodb:Query", f"{TABLE}/index/i", {})) == "Read dynamodb:Query ${T}/index/*"
    assert grant([statement], Act("dynamodb:Query", f"{TABLE}2", {})) is None


def test_what_is_used_is_noted_once_and_what_is_refused_each_time(tmp_path: Path) -> None:
    statements = [{"Sid": "Send", "Action": ["sqs:SendMessage"], "Resource": "arn:q"}]
    for _ in range(2):  # a second process of the function finds what the first noted
        ledger = Ledger("documents-app", tmp_path, tmp_path / "used")
        for queue, may in (("arn:q", True), ("arn:q", True), ("arn:other", False)):
            assert judge_one(statements, Act("sqs:SendMessage", queue, {}), ledger) == may
    assert (tmp_path / "used" / "documents-app.txt").read_text() == "Send sqs:SendMessage arn:q\n"
    assert (tmp_path / REFUSED).read_text().splitlines() == [
        "documents-app: not authorized to perform sqs:SendMessage on arn:other {}"
    ] * 2


def test_a_prefix_ends_where_it_says() -> None:
    statement = {"Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/tmp/*"}
    assert allowed([statement], Act("s3:PutObject", "arn:aws:s3:::b/tmp/x", {}))
    assert not allowed([statement], Act("s3:PutObject", "arn:aws:s3:::b/lists/x", {}))


def test_a_function_may_do_what_its_policy_says_and_no_more(echo: Echo) -> None:
    assert echo.send("DELETE", "/api/echo/items/in-transaction").json == {"refused": None}
    assert echo.send("DELETE", "/api/echo/items/plain").json == {"refused": "AccessDeniedException"}
