"""The emulator's own process. It ends itself, saving its state, when the process that started it is gone.

Started as `python -m infra.local.emulator_process`; its standard input is a pipe held open by the starter.
"""

import os
import signal
import sys
import threading

from ministack.app import main


def _end_with_starter() -> None:
    while os.read(0, 1024):  # not through sys.stdin: its lock would outlive the interpreter
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=_end_with_starter, daemon=True).start()
    sys.argv = sys.argv[:1]
    main()
