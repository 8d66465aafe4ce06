"""One execution environment: a process that loads a service's app.py and handles one event at a time, as Lambda does.

Started as `python -m infra.local.worker <app.py> <attribute>`. Lines of JSON in and out: a question holds `event`,
`timeout` and `offset` (seconds), the answer `ok`, or `error` and `message`. What the function prints goes to its log.
It ends when its standard input is closed.
"""

import importlib
import importlib.util
import json
import os
import sys
import time
import traceback
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any, TextIO

from infra.aws import EMULATOR_ACCOUNT
from infra.local import permissions
from infra.local.ledger import Ledger
from infra.local.permissions import Account

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


def serve(handler: Handler, questions: TextIO, answers: TextIO) -> None:
    """Answer until the questions end."""
    for line in questions:
        answer = handle(handler, json.loads(line))
        sys.stdout.flush()
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _shift_clock(offset: timedelta) -> None:
    if importlib.util.find_spec("services.kernel.clock"):
        importlib.import_module("services.kernel.clock").shift(offset)


def main() -> None:
    """Keep the real standard output for the answers and give the function the log instead."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    own = os.environ
    account = Account(own["AWS_REGION"], EMULATOR_ACCOUNT, own.get("KEY_ARN", "none"))
    ledger = Ledger(own["AWS_LAMBDA_FUNCTION_NAME"], Path(own.pop("LOCAL_LOGS")))
    permissions.install(json.loads(own.pop("LOCAL_PERMISSIONS")), account, ledger)
    began = time.perf_counter()
    handler = getattr(load(Path(sys.argv[1])), sys.argv[2])
    answers.write(json.dumps({"ready_ms": round((time.perf_counter() - began) * 1000)}) + "\n")
    answers.flush()
    serve(handler, sys.stdin, answers)


if __name__ == "__main__":
    main()
