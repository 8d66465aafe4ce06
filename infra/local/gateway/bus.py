"""The bus in front of the emulator's: it takes only as many entries a second as its knob allows (EventBridge, quotas).

Those it does not take come back marked in an answer that is a success, as PutEvents answers; the relay must see it.
"""

import json

from infra.aws import Aws
from infra.local.gateway.answers import Answer, Request, json_answer
from infra.local.gateway.server import Gateway, guarded
from infra.local.knobs import Knobs

_REFUSED = {"ErrorCode": "ThrottlingException", "ErrorMessage": "Rate exceeded"}


class Bus:
    """PutEvents on an address of its own, that lives as long as the functions do."""

    def __init__(self, aws: Aws, knobs: Knobs) -> None:
        """Listen at once."""
        self._aws, self._knobs = aws, knobs
        self._gateway = Gateway(0, {"site": guarded(self.answer)})
        self._gateway.start()

    @property
    def endpoint(self) -> str:
        """Its address, for the functions' clients."""
        return f"http://127.0.0.1:{self._gateway.port}"

    def stop(self) -> None:
        """Take nothing more."""
        self._gateway.stop()

    def answer(self, request: Request) -> Answer:
        """One call of PutEvents."""
        entries = json.loads(request.read())["Entries"]
        taken = [self._knobs.fact() for _ in entries]
        passed = [entry for entry, may in zip(entries, taken, strict=True) if may]
        told = iter(self._aws.events.put_events(Entries=passed)["Entries"] if passed else [])
        answers = [next(told) if may else _REFUSED for may in taken]
        failed = sum("ErrorCode" in each for each in answers)
        return json_answer(200, {"FailedEntryCount": failed, "Entries": answers})
