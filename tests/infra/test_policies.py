"""Least privilege: what each function may do, read from its policy."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from infra.local.permissions import Act, allowed
from infra.local.resolve import Names, resolve
from infra.services import ROOT, SERVICES

OWN = {"registration": "Reg", "documents": "Doc", "finalization": "Fin", "announcements": "Ann"}
WRITES = {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"}
IN_TRANSACTIONS = {"ForAnyValue:StringEquals": {"dynamodb:EnclosingOperation": ["TransactWriteItems"]}}


def in_own_keys(prefix: str) -> dict[str, Any]:
    """In transactions, and of the items only those whose partition key begins so; a set of none would pass alone."""
    return {
        **IN_TRANSACTIONS,
        "ForAllValues:StringLike": {"dynamodb:LeadingKeys": [f"{prefix}#*"]},
        "Null": {"dynamodb:LeadingKeys": "false"},
    }


def wanted_of_a_write(resource: str, service: str) -> dict[str, Any]:
    """The condition under which a service may write a table that the law depends on."""
    prefixes = {"${AuditTableArn}": service, "${GateTableArn}": "G"}
    return in_own_keys(prefixes[resource]) if resource in prefixes else IN_TRANSACTIONS


KNOWN_ON_TABLES = WRITES - {"dynamodb:BatchWriteItem"} | {
    f"dynamodb:{name}"
    for name in (
        "BatchGetItem",
        "ConditionCheckItem",
        "DescribeStream",
        "GetItem",
        "GetRecords",
        "GetShardIterator",
        "ListStreams",
        "Query",
        "Scan",
    )
}
DATA_TABLES = {f"${{{name}TableArn}}" for name in ("Reg", "Doc", "Fin", "Ann", "Gate", "Audit")}
TTL_TABLES = {f"${{{name}TtlTableArn}}" for name in ("Reg", "Doc", "Fin", "Ann")}
NO_RESOURCE = {
    "Traces": {"xray:PutTraceSegments", "xray:PutTelemetryRecords"},
    "ListStreams": {"dynamodb:ListStreams"},
    "ReadFigures": {"cloudwatch:GetMetricData"},
}
"""Actions that AWS grants for no single resource."""

POLICIES = sorted((ROOT / "infra").glob("*/policies/*.json"))


def statements(service: str, function: str = "*") -> Iterator[dict[str, Any]]:
    for path in (ROOT / "infra" / service / "policies").glob(f"{function}.json"):
        yield from json.loads(path.read_text())["Statement"]


def resources(statement: dict[str, Any]) -> list[str]:
    found = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
    return [item if isinstance(item, str) else item["Fn::Sub"] for item in found]


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_every_function_has_a_policy_and_every_policy_a_function(service: Any) -> None:
    config = json.loads((service.source / ".chalice" / "config.json").read_text())["stages"]["api"]
    named = {f["iam_policy_file"] for f in config["lambda_functions"].values()}
    assert config["autogen_policy"] is False
    assert len(named) == len(config["lambda_functions"])
    assert named == {f"policies/{path.name}" for path in (service.infra / "policies").iterdir()}


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_nothing_is_allowed_on_everything(path: Any) -> None:
    for statement in json.loads(path.read_text())["Statement"]:
        assert statement["Effect"] == "Allow"
        assert not [action for action in statement["Action"] if "*" in action]
        if "*" in resources(statement):
            assert set(statement["Action"]) == NO_RESOURCE[statement["Sid"]]


@pytest.mark.parametrize("service", OWN)
def test_tables_are_written_in_transactions_only(service: str) -> None:
    for statement in statements(service):
        if not WRITES & set(statement["Action"]):
            continue
        assert "dynamodb:BatchWriteItem" not in statement["Action"]
        for resource in resources(statement):
            assert "TtlTable" in resource or statement["Condition"] == wanted_of_a_write(resource, service)


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_there_is_no_other_way_to_write_a_table(path: Any) -> None:
    """Neither batches nor PartiQL, whose writes no condition on transactions would see, nor a change of the table."""
    for statement in json.loads(path.read_text())["Statement"]:
        assert not {"NotAction", "NotResource"} & statement.keys()
        on_tables = {action for action in statement["Action"] if action.startswith("dynamodb:")}
        assert on_tables <= KNOWN_ON_TABLES
        writes = WRITES & on_tables
        for resource in resources(statement):
            assert not writes or resource in {*TTL_TABLES, *DATA_TABLES}
            if writes and resource in DATA_TABLES:
                assert statement.get("Condition") == wanted_of_a_write(resource, path.parent.parent.name)


def test_only_who_moves_the_gate_may_write_it() -> None:
    writers = {
        (path.parent.parent.name, path.stem): frozenset(WRITES & set(statement["Action"]))
        for path in POLICIES
        for statement in json.loads(path.read_text())["Statement"]
        if "${GateTableArn}" in resources(statement) and WRITES & set(statement["Action"])
    }
    assert {service for service, _ in writers} == {"finalization"}
    assert {function for _, function in writers} <= {
        "app",
        "apply_calendar",
        "lock_institution",
        "on_fact",
        "prefinalize",
    }
    assert writers["finalization", "lock_institution"] == {"dynamodb:UpdateItem"}


@pytest.mark.parametrize("function", ["lock_due", "prefinal_due"])
def test_who_looks_for_what_is_due_writes_nothing_himself(function: str) -> None:
    allowed = {action for statement in statements("finalization", function) for action in statement["Action"]}
    assert {action for action in allowed if action.startswith(("dynamodb:", "sqs:"))} == {
        "dynamodb:Query",
        "sqs:SendMessage",
    }


@pytest.mark.parametrize("service", OWN)
def test_no_service_reaches_another_ones_table(service: str) -> None:
    others = {prefix for name, prefix in OWN.items() if name != service}
    for statement in statements(service):
        for resource in resources(statement):
            assert not [p for p in others if resource.startswith((f"${{{p}Table", f"${{{p}Ttl", f"${{{p}Stream"))]


@pytest.mark.parametrize("service", OWN)
def test_only_finalization_moves_the_gate(service: str) -> None:
    writes = {
        action
        for statement in statements(service)
        if "${GateTableArn}" in resources(statement)
        for action in WRITES & set(statement["Action"])
    }
    assert writes == ({"dynamodb:PutItem", "dynamodb:UpdateItem"} if service == "finalization" else set())


@pytest.mark.parametrize("service", OWN)
def test_audit_is_appended_never_changed(service: str) -> None:
    for statement in statements(service):
        if "${AuditTableArn}" in resources(statement):
            assert WRITES & set(statement["Action"]) <= {"dynamodb:PutItem"}


def test_trails_are_read_by_who_checks_them_and_by_registration_for_people() -> None:
    readers = {
        (path.parent.parent.name, path.stem, resource): statement.get("Condition", {}).get("ForAllValues:StringLike")
        for path in POLICIES
        for statement in json.loads(path.read_text())["Statement"]
        for resource in resources(statement)
        if "AuditTableArn" in resource and "dynamodb:Query" in statement["Action"]
    }
    assert readers == {
        **{(service, "verify_audit", "${AuditTableArn}"): None for service in OWN},
        ("registration", "app", "${AuditTableArn}"): {
            "dynamodb:LeadingKeys": ["registration#*", "documents#P#*"],
        },
        ("registration", "app", "${AuditTableArn}/index/deeds"): None,
    }


TELL_AGAIN = {"announcements": {"tell_cases_again"}}
"""What tells facts again as they stand, once a day; it reads its own table and writes nothing."""


@pytest.mark.parametrize("service", OWN)
def test_a_relay_tells_facts_in_its_own_name_and_touches_nothing_else(service: str) -> None:
    relay = list(statements(service, "relay"))
    told = [s for s in relay if "events:PutEvents" in s["Action"]]
    own = {"ForAllValues:StringEquals": {"events:source": [f"pendataan.{service}"]}, "Null": {"events:source": "false"}}
    assert [s["Condition"] for s in told] == [own]
    assert not [s for s in relay if (WRITES | {"dynamodb:Query"}) & set(s["Action"])]
    tellers = {"relay", *TELL_AGAIN.get(service, ())}
    others = (s for path in (ROOT / "infra" / service / "policies").iterdir() if path.stem not in tellers
              for s in json.loads(path.read_text())["Statement"])  # fmt: skip
    assert not [s for s in others if "events:PutEvents" in s["Action"]]
    for name in TELL_AGAIN.get(service, ()):
        again = list(statements(service, name))
        assert [s["Condition"] for s in again if "events:PutEvents" in s["Action"]] == [own]
        assert not [s for s in again if WRITES & set(s["Action"])], name


@pytest.mark.parametrize("service", OWN)
def test_facts_are_sent_back_to_the_queue_they_came_from_and_nowhere_else(service: str) -> None:
    sends = [s for s in statements(service, "on_fact") if "sqs:SendMessage" in s["Action"]]
    (takes,) = [s for s in statements(service, "on_fact") if "sqs:ReceiveMessage" in s["Action"]]
    in_parcels, *alone = resources(takes)
    tells = [["${RemindersQueue.Arn}"], ["${SearchQueue.Arn}"]] if service == "registration" else []
    assert [resources(s) for s in sends] == [[in_parcels], *tells]
    assert [queue for queue in alone if "Revocations" not in queue] == []


INSTITUTION_KEYS = {"kms:Decrypt", "kms:GenerateDataKey"}
SECRETS = {
    ("registration", "app"): ["lookup", "session", "captcha", "files"],
    ("registration", "import_chunk"): ["lookup"],
    ("registration", "import_failed"): ["lookup"],
    ("registration", "build_data_copy"): ["lookup"],
    ("registration", "on_fact"): ["lookup"],
    ("registration", "seal_roster"): ["lookup"],
    ("registration", "print_sheets"): ["lookup"],
    ("registration", "run_titles"): ["lookup"],
    ("registration", "send_notices"): ["lookup"],
    ("registration", "keep_search"): ["lookup"],
    ("registration", "remind"): ["lookup"],
    ("registration", "take_mail_feedback"): ["lookup"],
    ("documents", "app"): ["files"],
    ("announcements", "app"): ["captcha", "files"],
    ("announcements", "send_notices"): ["files"],
    ("announcements", "take_mail_feedback"): ["files"],
}
"""Which of the deployed secrets a function opens (infra/keys/secret.py); all others open none."""


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_the_key_opens_only_what_was_encrypted_for_this_service_or_purpose(path: Any) -> None:
    """The contexts are those of kernel/security/privacy.py: one key for all, but no ciphertext of another service."""
    service, function = path.parent.parent.name, path.stem
    own = {"service": service, "stage": {"Fn::Sub": "${Stage}"}}
    secrets = {"purpose": SECRETS.get((service, function)), "stage": {"Fn::Sub": "${Stage}"}}
    for statement in json.loads(path.read_text())["Statement"]:
        if INSTITUTION_KEYS & set(statement["Action"]) and statement["Sid"] not in HANDOVER:
            assert resources(statement) == ["${KeyArn}"]
            assert list(statement["Condition"]) == ["StringEquals"]
            prefix = "kms:EncryptionContext:"
            wanted = {
                name.removeprefix(prefix): value for name, value in statement["Condition"]["StringEquals"].items()
            }
            assert set(statement["Action"]) <= INSTITUTION_KEYS
            assert wanted == (own if "service" in wanted else secrets)
            assert "service" in wanted or statement["Action"] == ["kms:Decrypt"]


def test_every_secret_is_opened_where_it_is_listed_and_nowhere_else() -> None:
    opened = {
        (path.parent.parent.name, path.stem): statement["Condition"]["StringEquals"]["kms:EncryptionContext:purpose"]
        for path in POLICIES
        for statement in json.loads(path.read_text())["Statement"]
        if statement["Sid"] == "DeployedSecrets"
    }
    assert opened == SECRETS


HANDOVER = {
    "HandOverCases": ("announcements", "app", "kms:Encrypt"),
    "TakeOverCases": ("registration", "app", "kms:Decrypt"),
}


def test_cases_are_handed_over_by_announcements_and_opened_by_registration_and_by_nobody_else() -> None:
    """What goes through the decider's browser holds a NIK (kernel/cases/handover.py)."""
    purpose = {
        "kms:EncryptionContext:purpose": ["case-handover"],
        "kms:EncryptionContext:stage": {"Fn::Sub": "${Stage}"},
    }
    found = {
        statement["Sid"]: (path.parent.parent.name, path.stem, *statement["Action"])
        for path in POLICIES
        for statement in json.loads(path.read_text())["Statement"]
        if statement["Sid"] in HANDOVER or "kms:Encrypt" in statement["Action"] or "case-handover" in str(statement)
        if (resources(statement), statement["Condition"]) == (["${KeyArn}"], {"StringEquals": purpose})
    }
    assert found == HANDOVER


@pytest.mark.parametrize("service", OWN)
def test_no_service_unwraps_the_keys_of_another_one(service: str) -> None:
    names = Names({"Stage": "test", "KeyArn": "arn:key"}, {})
    mine = [
        {**statement, "Resource": "arn:key", "Condition": resolve(statement["Condition"], names)}
        for statement in statements(service)
        if INSTITUTION_KEYS & set(statement["Action"])
    ]
    for other in OWN:
        for stage in ("test", "live"):
            context = {"institution": "9901", "service": other, "stage": stage}
            act = Act("kms:Decrypt", "arn:key", {f"kms:EncryptionContext:{name}": v for name, v in context.items()})
            assert allowed(mine, act) == (other == service and stage == "test")
