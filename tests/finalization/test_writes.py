"""What finalization may send to the tables at all: reads, and transactions that carry their conditions."""

import json
from pathlib import Path
from typing import Any

from services.finalization.lock.lock_institution import LANES_AT_ONCE
from services.kernel.aws import clients
from services.kernel.writes.calendar import DRAIN
from tests.finalization.world import ACCEPT, CLOSES, CONFIRMED, ENTRY_CLOSES, World, later

SERVICES = Path(__file__).parents[2] / "services"
NEVER_GATED = {
    "finalization": {
        "apply_calendar",
        "lock_due",
        "lock_institution",
        "on_fact",
        "prefinal_due",
        "prefinalize",
        "relay",
        "verify_audit",
    },
    "announcements": {"act_on_cases", "publish", "relay", "tell_cases_again", "verify_audit"},
    "registration": {
        "ask_dukcapil",
        "begin_reminders",
        "build_data_copy",
        "check_search",
        "import_file",
        "keep_search",
        "print_sheets",
        "relay",
        "remind",
        "seal_roster",
        "verify_audit",
    },
    "documents": {"build_file_copy", "inspect_upload", "relay", "verify_audit"},
}
"""Functions that write nothing through the gate, or only what is not gated (design.md, section 4)."""


def test_everything_is_a_transaction_and_every_operation_has_a_condition(world: World) -> None:
    sent: list[tuple[str, dict[str, Any]]] = []

    def listen(params: dict[str, Any], model: Any, **_: Any) -> None:
        sent.append((model.name, params))

    clients.dynamodb().meta.events.register("provide-client-params.dynamodb", listen)
    world.open()
    world.listed("aaaa", "TERDAFTAR")
    world.listed("aaaa", "MEMENUHI_SYARAT", v=2)
    world.prefinal_due(ENTRY_CLOSES + DRAIN)
    world.extend({"VERIFICATION": later(CLOSES, days=1)})
    world.post("finalization", CONFIRMED)
    world.pass_drain()
    world.lock_due()
    world.roster_sealed()
    world.get("sptjm/document")
    world.hand_in()
    world.decide(ACCEPT)
    clients.dynamodb().meta.events.unregister("provide-client-params.dynamodb", listen)

    assert {name for name, _ in sent} == {"TransactWriteItems", "GetItem", "BatchGetItem", "Query"}
    transactions = [params["TransactItems"] for name, params in sent if name == "TransactWriteItems"]
    unconditional = [
        (kind, operation)
        for items in transactions
        for item in items
        for kind, operation in item.items()
        if "ConditionExpression" not in operation
    ]
    counters = [op for kind, op in unconditional if kind == "Update" and op["Key"]["sk"]["S"].startswith("CNT#")]
    directory = [op for kind, op in unconditional if kind == "Put" and op["Item"]["pk"]["S"] == "DIR"]
    uploads = [op for kind, op in unconditional if kind == "Put" and op["Item"]["sk"]["S"].startswith("SPTJM#")]
    assert len(counters) + len(directory) + len(uploads) == len(unconditional)
    require_gate_with_record(transactions)


def require_gate_with_record(transactions: list[list[dict[str, Any]]]) -> None:
    """The gate moves together with the institution's record, but for lanes being closed, a few at a time."""
    for items in transactions:
        tables = {operation["TableName"] for item in items for operation in item.values()}
        if "GateTable" in tables and not closes_lanes(items):
            assert {"FinTable", "AuditTable"} <= tables
            assert items[0]["Put"]["Item"]["sk"] == {"S": "META"}


def closes_lanes(items: list[dict[str, Any]]) -> bool:
    """Whether a transaction does nothing but close lanes, no more of them than it should."""
    closings = [item.get("Update", {}).get("ExpressionAttributeValues", {}).values() for item in items]
    return len(items) <= LANES_AT_ONCE and all({"S": "CLOSED"} in values for values in closings)


def test_no_function_that_writes_through_the_gate_outlives_the_drain() -> None:
    for config in SERVICES.glob("*/.chalice/config.json"):
        (stage,) = json.loads(config.read_text())["stages"].values()
        for name, function in stage["lambda_functions"].items():
            if name not in NEVER_GATED[config.parent.parent.name]:
                assert function["lambda_timeout"] < DRAIN.total_seconds(), (config, name)
