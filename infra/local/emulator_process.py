"""The emulator's own process. It ends itself, saving its state, when the process that started it is gone.

Started as `python -m infra.local.emulator_process`; its standard input is a pipe held open by the starter.
"""

import os
import signal
import sys
import threading

from ministack.app import main
from ministack.services.cloudformation import provisioners


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


if __name__ == "__main__":
    _know_firewalls_of_stages()
    threading.Thread(target=_end_with_starter, daemon=True).start()
    sys.argv = sys.argv[:1]
    main()
