"""Each function's own policy, enforced at home on every call it makes to AWS.

The emulator would let a function do anything; in AWS a missing permission, or a plain write where only transactions
may write, would show on the day of the deployment. Only what our policies use is understood: Allow, Deny, actions and
resources with `*`, StringEquals, StringLike and Null on what is told here, also of sets; any other operator is an
error, not a guess. A link to be signed is judged like the call itself; of a form the key is not told.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import boto3
from botocore.exceptions import ClientError
from botocore.model import OperationModel

from infra.local.ledger import Ledger

Statement = Mapping[str, Any]
WRITTEN = "Written"
"""Beside a statement's resources: the same as the policy's file writes them, for the ledger."""
Parameters = Mapping[str, Any]
_EQUALS = re.compile(r"(#\w+) = (:\w+)")

_TRANSACTION_PARTS = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
    "Get": "GetItem",
}


@dataclass(frozen=True)
class Act:
    """One thing somebody wants to do, as IAM sees it."""

    action: str
    resource: str
    context: Mapping[str, str]


@dataclass(frozen=True)
class Account:
    """What ARNs are made of."""

    region: str
    number: str
    key_arn: str
    """The only key: a ciphertext does not say by which key it was made."""


def install(statements: Sequence[Statement], account: Account, ledger: Ledger) -> boto3.Session:
    """Judge every call of every client this process makes from now on, and note in the ledger what came of it.

    Returns the session that makes them.
    """

    @cache
    def about(action: str) -> Sequence[Statement]:
        return [each for each in statements if _names(each, action)]

    def judge(params: Parameters, model: OperationModel, **_: object) -> None:
        for act in acts(model.service_model.service_name, model.name, params, account):
            if not judge_one(about(act.action), act, ledger):
                text = f"not authorized to perform {act.action}"
                raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": text}}, model.name)

    if boto3.DEFAULT_SESSION is None:
        boto3.setup_default_session()
    assert boto3.DEFAULT_SESSION is not None  # noqa: S101 - just made
    boto3.DEFAULT_SESSION.events.register("provide-client-params", judge)
    return boto3.DEFAULT_SESSION


def judge_one(statements: Sequence[Statement], act: Act, ledger: Ledger) -> bool:
    """Whether it is allowed; by which grant, or that it is not, is noted."""
    by = grant(statements, act)
    if by is None:
        text = f"not authorized to perform {act.action} on {act.resource} {json.dumps(dict(act.context))}"
        print(text, file=sys.stderr, flush=True)
        ledger.refused(text)
        return False
    ledger.used(by)
    return True


def allowed(statements: Sequence[Statement], act: Act) -> bool:
    """Whether one of the statements allows it and none denies it."""
    return grant(statements, act) is not None


def grant(statements: Sequence[Statement], act: Act) -> str | None:
    """The first grant that allows it, as `Sid action resource`; None: nothing does, or a Deny, which outweighs all."""
    if any(_matched(each, act) is not None for each in statements if each.get("Effect") == "Deny"):
        return None
    for each in (each for each in statements if each.get("Effect", "Allow") == "Allow"):
        at = _matched(each, act)
        if at is not None:
            written = each.get(WRITTEN) or _several(each["Resource"])
            return f"{each.get('Sid', '-')} {act.action} {written[at]}"
    return None


def _matched(statement: Statement, act: Act) -> int | None:
    """Which of the statement's resources is meant by the act; None: the statement is about something else."""
    if not _names(statement, act.action):
        return None
    named = (at for at, wanted in enumerate(_several(statement["Resource"])) if fnmatchcase(act.resource, wanted))
    at = next(named, None)
    return at if at is not None and _holds(statement.get("Condition", {}), act.context) else None


def _names(statement: Statement, action: str) -> bool:
    return any(fnmatchcase(action, wanted) for wanted in _several(statement["Action"]))


def acts(service: str, operation: str, params: Parameters, account: Account) -> Iterator[Act]:
    """What a call comes to; an operation nobody thought of is an act that no policy allows."""
    match service:
        case "dynamodb":
            yield from _table_acts(operation, params, account)
        case "s3":
            yield from _object_acts(operation, params)
        case "events":
            bus = f"arn:aws:events:{account.region}:{account.number}:event-bus/"
            for entry in params.get("Entries", []):
                name = entry["EventBusName"].rsplit("/", 1)[-1]
                yield Act("events:PutEvents", bus + name, {"events:source": entry["Source"]})
        case "sqs":
            name = params["QueueUrl"].rsplit("/", 1)[-1]
            action = operation.removesuffix("Batch")  # IAM knows the single call only
            yield Act(f"sqs:{action}", f"arn:aws:sqs:{account.region}:{account.number}:{name}", {})
        case "sesv2":
            yield from _mail_acts(operation, params, account)
        case "kms":
            given = params.get("EncryptionContext", {})
            context = {f"kms:EncryptionContext:{name}": value for name, value in given.items()}
            yield Act(f"kms:{operation}", params.get("KeyId", account.key_arn), context)
        case _:
            yield Act(f"{service}:{operation}", "*", {})


def _table_acts(operation: str, params: Parameters, account: Account) -> Iterator[Act]:
    base = f"arn:aws:dynamodb:{account.region}:{account.number}:table/"
    if operation.startswith("Transact"):
        for item in params["TransactItems"]:
            (part, about), *_ = item.items()
            context = {"dynamodb:EnclosingOperation": operation, **_leading_key(about)}
            yield Act(f"dynamodb:{_TRANSACTION_PARTS[part]}", base + about["TableName"], context)
    elif operation.startswith("Batch"):
        for table in params["RequestItems"]:
            yield Act(f"dynamodb:{operation}", base + table, {})
    else:
        index = f"/index/{params['IndexName']}" if "IndexName" in params else ""
        yield Act(f"dynamodb:{operation}", base + params["TableName"] + index, _leading_key(params))


def _leading_key(about: Parameters) -> dict[str, str]:
    """The partition key of the item that is read or written, or of what is queried; all our tables call it `pk`."""
    key = about.get("Key", about.get("Item", {})).get("pk") or _queried_key(about)
    return {"dynamodb:LeadingKeys": key["S"] if isinstance(key, dict) else key} if key else {}


def _queried_key(about: Parameters) -> dict[str, str] | None:
    """The one partition that a query asks for."""
    for name, value in _EQUALS.findall(about.get("KeyConditionExpression", "")):
        if about["ExpressionAttributeNames"].get(name) == "pk":
            found: dict[str, str] = about["ExpressionAttributeValues"][value]
            return found
    return None


def _object_acts(operation: str, params: Parameters) -> Iterator[Act]:
    if operation == "CreateBucket":  # so boto3 announces the signing of a form, and does not tell its key
        return
    bucket = f"arn:aws:s3:::{params['Bucket']}"
    if "Key" not in params:
        yield Act("s3:ListBucket", bucket, {})
        return
    action = {"HeadObject": "GetObject"}.get(operation, operation)
    if action == "GetObject":
        yield Act("s3:ListBucket", bucket, {})  # without it, what is missing answers "forbidden"
        action += "Version" if "VersionId" in params else ""
    yield Act(f"s3:{action}", f"{bucket}/{params['Key']}", {})
    if "ObjectLockMode" in params:
        yield Act("s3:PutObjectRetention", f"{bucket}/{params['Key']}", {})
    if "Tagging" in params:
        yield Act("s3:PutObjectTagging", f"{bucket}/{params['Key']}", {})


def _mail_acts(operation: str, params: Parameters, account: Account) -> Iterator[Act]:
    """A mail is sent as an identity and through a configuration set: both must be allowed."""
    sender = params["FromEmailAddress"]
    for resource in (f"identity/{sender.rpartition('@')[2]}", f"configuration-set/{params['ConfigurationSetName']}"):
        arn = f"arn:aws:ses:{account.region}:{account.number}:{resource}"
        yield Act(f"ses:{operation}", arn, {"ses:FromAddress": sender})


def _holds(condition: Mapping[str, Mapping[str, Any]], context: Mapping[str, str]) -> bool:
    tests = [(test, key, _several(value)) for test, about in condition.items() for key, value in about.items()]
    return all(_passes(test, context.get(key), wanted) for test, key, wanted in tests)


def _passes(test: str, told: str | None, wanted: list[str]) -> bool:
    """One operator on one key. A set of none passes `ForAllValues`: why `Null` stands beside it."""
    if test == "Null":
        return wanted == [str(told is None).lower()]
    quantifier, _, operator = test.rpartition(":")
    if quantifier not in {"", "ForAllValues", "ForAnyValue"} or operator not in {"StringEquals", "StringLike"}:
        raise ValueError(f"the local judge does not know the operator {test}")
    if told is None:
        return quantifier == "ForAllValues"
    return told in wanted if operator == "StringEquals" else any(fnmatchcase(told, pattern) for pattern in wanted)


def _several(value: Any) -> list[str]:  # noqa: ANN401 - a text or a list of texts
    return value if isinstance(value, list) else [value]
