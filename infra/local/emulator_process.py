"""The emulator's own process. It ends itself, saving its state, when the process that started it is gone.

Started as `python -m infra.local.emulator_process`; its standard input is a pipe held open by the starter.
"""

import functools
import os
import signal
import threading
from typing import Final

from ministack.services import dynamodb
from ministack.services.cloudformation import provisioners

from infra.local import emulator_server

_EXPRESSIONS: Final = 4096
"""How many are remembered; the services write some hundred."""


def _end_with_starter() -> None:
    while os.read(0, 1024):  # not through sys.stdin: its lock would outlive the interpreter
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _know_firewalls_of_stages() -> None:
    """Its CloudFormation makes web ACLs but refuses templates that put one before a stage; none of it is played."""
    made = {
        "create": lambda name, properties, _stack: (
            f"{properties['WebACLArn']}|{properties['ResourceArn']}|{name}",
            {},
        ),
        "delete": lambda _physical, _properties: None,
    }
    provisioners._RESOURCE_HANDLERS.setdefault("AWS::WAFv2::WebACLAssociation", made)  # noqa: SLF001 - no other way in


def _parse_once() -> None:
    """It would take each expression apart anew, and check it, for every item that it is held against."""
    known = functools.lru_cache(_EXPRESSIONS)
    dynamodb._condition_syntax_error = known(dynamodb._condition_syntax_error)  # noqa: SLF001
    parsed = known(dynamodb._tokenize)  # noqa: SLF001
    dynamodb._tokenize = lambda expression: [*parsed(expression)]  # noqa: SLF001


if __name__ == "__main__":
    _parse_once()
    _know_firewalls_of_stages()
    threading.Thread(target=_end_with_starter, daemon=True).start()
    emulator_server.serve(os.environ["BIND_HOST"], int(os.environ["GATEWAY_PORT"]))
