"""The data plane at home: ministack, started and stopped by us, on 127.0.0.1 only.

It saves its state when it ends in peace (SIGTERM); a killed one loses everything since its start. It does not save
stream records, so the runner drains them first (infra/local/streams.py).
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from functools import cached_property
from pathlib import Path

from infra.aws import EMULATOR_KEY, REGION, Aws
from infra.local import direct
from infra.services import ROOT

_START_SECONDS = 60
_STOP_SECONDS = 60


class Emulator:
    """One emulator process."""

    def __init__(self, state: Path) -> None:
        """Start nothing yet; `state` is the folder where data live between runs."""
        self._state = state
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @cached_property
    def aws(self) -> Aws:
        """Clients for it."""
        return Aws(REGION, self.endpoint)

    @property
    def endpoint(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def port(self) -> int:
        """Its port, chosen free."""
        return self._port

    def start(self) -> None:
        """Start and wait until it answers.

        Raises:
            RuntimeError: it ended or did not answer in time; says where its log is.
        """
        log = self._state / "logs" / "emulator.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "infra.local.emulator_process"],
                cwd=ROOT,
                env=self._environment(),
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C in the terminal is ours to pass on
            )
        self._address.write_text(self.endpoint)
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the emulator did not start; see {log}")
            time.sleep(0.05)

    def stop(self) -> None:
        """End it in peace, so that it saves its state; kill it only when it hangs."""
        if self._process is None:
            return
        direct.let_go(self.endpoint)
        self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()
        self._address.unlink(missing_ok=True)

    @property
    def _address(self) -> Path:
        """Where tools beside the portal find it (`address_in`)."""
        return self._state / "emulator.address"

    def _environment(self) -> dict[str, str]:
        data = self._state / "emulator"
        scratch = self._state / "scratch"
        scratch.mkdir(parents=True, exist_ok=True)
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(scratch),
            "TMPDIR": str(scratch),
            "LANG": "C.UTF-8",
            "BIND_HOST": "127.0.0.1",
            "MINISTACK_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self._port),
            "MINISTACK_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": EMULATOR_KEY,
            "AWS_SECRET_ACCESS_KEY": EMULATOR_KEY,
            "PERSIST_STATE": "1",
            "STATE_DIR": str(data / "state"),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(data / "s3"),
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "LOG_LEVEL": "WARNING",
            "DOCKER_HOST": f"unix://{scratch}/no-docker.sock",
        }

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=2)
        try:
            connection.request("GET", "/_ministack/health")
            return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            connection.close()


def address_in(state: Path) -> str | None:
    """The address of the emulator that runs on this state folder, or None."""
    file = state / "emulator.address"
    return file.read_text() if file.exists() else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
