"""Ends the waiting of whoever waits for a message that may come: a portal that stops need not wait with them."""

import http.client
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

PATH: Final = "/_portal/polls/end"
"""What the emulator's server knows beside AWS (infra/local/emulator_server.py)."""
_SECONDS: Final = 5


def end(address: str) -> None:
    """Let everybody who waits at this emulator have his answer now; one that is gone keeps nobody waiting."""
    to = urlsplit(address)
    asking = http.client.HTTPConnection(str(to.hostname), to.port, timeout=_SECONDS)
    with suppress(OSError):
        asking.request("POST", PATH)
        asking.getresponse().read()
    asking.close()
