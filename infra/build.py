"""Build the bundles: `python -m infra.build [--templates-only] [service …]`.

A bundle is `app.py` at the top and everything else under `vendor/`, which chalice copies beside it: our own packages
and wheels for the Lambda target (never built on this machine). Nothing is linked, nothing is left to chalice's own
dependency step, so the archive is the same at every build.
"""

import argparse
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from infra import freshness, templates, wheels
from infra.services import ROOT, SERVICES, Service

_IGNORED = shutil.ignore_patterns("__pycache__", ".chalice", "app.py", "*.pyc", "tests")


def build(service: Service, *, templates_only: bool = False) -> None:
    """Stage one service and expand its template; `templates_only` leaves the wheels out (local cloud, tests).

    What was built from the same sources stays as it is.

    Raises:
        FileNotFoundError: the service has no app.py.
        RuntimeError: pip or chalice failed; their own words are in the text.
    """
    whole = freshness.fingerprint([*_sources(service), service.requirements])
    whole += "" if wheels.compiler() else " uncompiled"
    light = freshness.fingerprint(_sources(service))

    def make(stage: Path) -> None:
        made = replace(service, build=stage.parent)
        _stage(made)
        if not templates_only:
            wheels.fetch(made.requirements, made.stage / "vendor")
            wheels.compile_all(made.stage / "vendor")
        templates.write(templates.expand(made), made.template)

    if templates_only:
        freshness.refresh(service.stage, light, make, whole)
    else:
        freshness.refresh(service.stage, whole, make)


def unzipped_bytes(service: Service) -> int:
    """Size of the archive's contents: Lambda takes 250 MB, we allow ourselves 150 MB."""
    return wheels.unzipped_bytes(service.archive)


def _sources(service: Service) -> list[Path]:
    made_by = ("build.py", "templates.py", "watch.py", "limits.py", "wheels.py", "services.py", "api.yaml")
    ours = [ROOT / "infra" / name for name in made_by]
    return [service.source, service.infra, *(ROOT / package for package in service.packages), *ours]


def _stage(service: Service) -> None:
    vendor = service.stage / "vendor"
    vendor.mkdir(parents=True)
    shutil.copy(service.source / "app.py", service.stage)
    shutil.copytree(service.source / ".chalice", service.stage / ".chalice")
    shutil.copytree(service.infra / "policies", service.stage / ".chalice" / "policies")
    (service.stage / "requirements.txt").write_text("")
    for package in service.packages:
        _copy_package(Path(package), vendor)


def _copy_package(package: Path, vendor: Path) -> None:
    for parent in package.parents:
        if (marker := ROOT / parent / "__init__.py").exists() and parent != Path():
            (vendor / parent).mkdir(parents=True, exist_ok=True)
            shutil.copy(marker, vendor / parent)
    shutil.copytree(ROOT / package, vendor / package, ignore=_IGNORED, dirs_exist_ok=True)


def main(arguments: Sequence[str]) -> int:
    """Command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m infra.build", description="Build the services' bundles.")
    parser.add_argument("--templates-only", action="store_true", help="no wheels: enough for the local cloud")
    parser.add_argument("services", nargs="*", help="names; all of them by default")
    chosen = parser.parse_args(arguments)
    for service in SERVICES:
        if not chosen.services or service.name in chosen.services:
            build(service, templates_only=chosen.templates_only)
            print(f"{service.name}: {unzipped_bytes(service) / 1e6:.1f} MB unzipped")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
