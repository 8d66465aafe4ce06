"""A reader of strangers' files that does as it is told."""

import os
import resource
import signal
import sys
import time

from services.kernel.bounded import begin_bounded


def main(memory: str, seconds: str, how: str) -> None:
    """Begin, if at all, and then end as `how` says."""
    if how == "never":
        raise RuntimeError("not a word")
    begin_bounded(int(memory), int(seconds))
    content = sys.stdin.buffer.read()
    if how == "hang":
        time.sleep(60)
    elif how == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif how == "swell":
        bytearray(int(memory))
    told = [str(len(content)), str(resource.getrlimit(resource.RLIMIT_AS)[0]), str(os.environ.get("SECRET"))]
    sys.stdout.buffer.write(" ".join(told).encode())
