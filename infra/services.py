"""Which services there are and where the parts of each one lie."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
TARGET_PYTHON = "3.13"
"""The Lambda runtime; the developer's interpreter may be another one."""
TARGET_MACHINE = "arm64"
"""A fifth cheaper than x86_64 for the same time; every wheel we use exists for both."""


@dataclass(frozen=True)
class Service:
    """One service: where its entry, its template and its packages are."""

    name: str
    source: Path
    """Holds `app.py` and `.chalice/config.json`."""
    infra: Path
    """Holds `merge.yaml` and `policies/<function>.json`."""
    packages: tuple[str, ...]
    """Folders under the repository's root that go into the bundle beside `app.py`."""
    build: Path = BUILD
    """Under it the bundle is put together."""

    @property
    def requirements(self) -> Path:
        """What the bundle carries besides our own code, pinned with hashes."""
        return ROOT / "requirements" / f"{self.name}.txt"

    @property
    def stage(self) -> Path:
        """Where the bundle is put together."""
        return self.build / self.name

    @property
    def template(self) -> Path:
        """The expanded template: plain CloudFormation, read by the deploy script and by the local cloud."""
        return self.stage / "template.json"

    @property
    def archive(self) -> Path:
        """The code as Lambda gets it."""
        return self.stage / "package" / "deployment.zip"


def _service(name: str, *more: str) -> Service:
    packages = ("services/kernel", f"services/{name}", *more)
    return Service(name, ROOT / "services" / name, ROOT / "infra" / name, packages)


SERVICES = (
    _service("registration"),
    _service("documents"),
    _service("finalization"),
    _service("announcements", "web/kit"),
)
