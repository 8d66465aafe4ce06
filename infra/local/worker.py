"""One execution environment: a process that loads a service's app.py and handles one event at a time, as Lambda does.

Forked off by infra/local/nursery.py. JSON in and out: a question holds `event`, `timeout` and `offset` (seconds), the
answer `ok`, or `error` and `message`. What the function prints goes to its log. It ends when the line is closed.
"""

import contextlib
import importlib
import importlib.util
import json
import os
import sys
import time
import traceback
import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from infra.aws import EMULATOR_ACCOUNT
from infra.local import bounded, direct, permissions
from infra.local.ledger import Ledger
from infra.local.permissions import Account

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Handler = Callable[[Any, "Context"], Any]


class Context:
    """What Lambda tells a function about its invocation."""

    def __init__(self, seconds: int) -> None:
        """`seconds`: how long this invocation may take."""
        self._deadline = time.monotonic() + seconds
        self.aws_request_id = str(uuid.uuid4())
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME", "")
        self.invoked_function_arn = os.environ.get("LOCAL_FUNCTION_ARN", "")
        self.function_version = "$LATEST"
        self.memory_limit_in_mb = 1024
        self.log_group_name = self.log_stream_name = self.function_name
        self.identity = None
        self.client_context = None

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds left."""
        return max(0, int((self._deadline - time.monotonic()) * 1000))


def load(app: Path) -> ModuleType:
    """Load app.py under the name it has in the bundle."""
    spec = importlib.util.spec_from_file_location("app", app)
    if spec is None or spec.loader is None:
        raise ImportError(f"not a module: {app}")
    module = importlib.util.module_from_spec(spec)
    sys.modules["app"] = module
    spec.loader.exec_module(module)
    os.environ.pop("AWS_EXECUTION_ENV", None)  # Chalice claims to be in AWS wherever it is
    return module


def handle(handler: Handler, question: dict[str, Any]) -> dict[str, Any]:
    """Answer one question; an exception becomes an answer too, as in Lambda."""
    try:
        _shift_clock(timedelta(seconds=question["offset"]))
        return {"ok": handler(question["event"], Context(question["timeout"]))}
    except Exception as failed:  # noqa: BLE001 - whatever the function raises is its answer
        traceback.print_exc()
        return {"error": type(failed).__name__, "message": str(failed)[:500]}


def serve(handler: Handler, line: "Connection[Any, Any]") -> None:
    """Answer until the questions end."""
    with contextlib.suppress(EOFError):
        while True:
            answer = handle(handler, json.loads(line.recv_bytes()))
            sys.stdout.flush()
            line.send_bytes(json.dumps(answer).encode())


def _shift_clock(offset: timedelta) -> None:
    if importlib.util.find_spec("services.kernel.clock"):
        importlib.import_module("services.kernel.clock").shift(offset)


def work(line: "Connection[Any, Any]", app: Path, attribute: str, environment: Mapping[str, str], log: Path) -> None:
    """Be a process of this function, with this environment and no other, until the line is closed."""
    become(environment, log)
    own = os.environ
    account = Account(own["AWS_REGION"], EMULATOR_ACCOUNT, own.get("KEY_ARN", "none"))
    ledger = Ledger(own["AWS_LAMBDA_FUNCTION_NAME"], Path(own.pop("LOCAL_LOGS")))
    direct.install(permissions.install(json.loads(own.pop("LOCAL_PERMISSIONS")), account, ledger))
    bounded.install()
    began = time.perf_counter()
    handler = getattr(load(app), attribute)
    line.send_bytes(json.dumps({"ready_ms": round((time.perf_counter() - began) * 1000)}).encode())
    serve(handler, line)


def become(environment: Mapping[str, str], log: Path) -> None:
    """Leave what was inherited: the terminal's signals, the environment, the output."""
    os.setsid()
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    with log.open("ab") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    sys.stdout = sys.stderr
