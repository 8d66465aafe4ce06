"""Where the race is run: the emulator's tables behind the layer of conflicts, without functions."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from infra import templates
from infra.build import build
from infra.local import dataplane, wiring
from infra.local.clock import ShiftedClock
from infra.local.emulator import Emulator
from infra.local.runner import Runner
from infra.services import ROOT, SERVICES
from services.kernel import clock, settings
from services.kernel.aws import clients
from services.kernel.security import privacy

HOLD = 4.0
"""Milliseconds a transaction holds its items for before and after it is applied, on average."""


@dataclass(frozen=True)
class Course:
    """A cloud without functions: the race's processes are the functions."""

    environments: Mapping[str, Mapping[str, str]]
    emulator: str
    monkeypatch: pytest.MonkeyPatch

    def be(self, service: str, more: Mapping[str, str] | None = None) -> None:
        """Let this process act for a service; `more` are further settings."""
        for name, value in {**self.environments[service], **(more or {})}.items():
            self.monkeypatch.setenv(name, value)
        _forget()


@contextmanager
def course(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Course]:
    """Start the emulator and deploy the tables to it."""
    for service in SERVICES:
        build(service, templates_only=True)
    emulator = Emulator(folder)
    emulator.start()
    try:
        origin = {
            "SiteOrigin": "http://127.0.0.1",
            "S3PublicEndpoint": emulator.endpoint,
            "DeletionProtection": "false",
        }
        data = dataplane.deploy_data_plane(emulator.aws, SERVICES, origin)
        wires = wiring.read({service: templates.read_template(service.template) for service in SERVICES}, data.services)
        runner = Runner(wires, emulator.aws, ShiftedClock(folder / "clock.json"), folder)
        yield Course(
            {service.name: runner.environment(service.name) for service in SERVICES}, emulator.endpoint, monkeypatch
        )
    finally:
        emulator.stop()
        clock.shift(timedelta(0))
        _forget()


@contextmanager
def conflicts(emulator: str, witness: Path, hold: float = HOLD, seed: int = 0) -> Iterator[dict[str, str]]:
    """Start the layer of conflicts; yields the setting that sends DynamoDB's clients to it."""
    command = [sys.executable, "-m", "tests.system.conflicts", emulator, str(witness), str(hold), str(seed)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as layer:
        assert layer.stdout is not None
        port = int(layer.stdout.readline())
        try:
            yield {"AWS_ENDPOINT_URL_DYNAMODB": f"http://127.0.0.1:{port}"}
        finally:
            layer.terminate()


def _forget() -> None:
    settings.forget()
    clients.forget()
    privacy.forget()
