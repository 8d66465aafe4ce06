"""From a chalice app to plain CloudFormation: chalice package, our merge template, SAM expansion.

SAM is expanded here and not by AWS: what is deployed, linted and read by the local cloud is one and the same file.
"""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from chalice.package import TemplateDeepMerger, YAMLTemplateSerializer
from samtranslator.metrics import metrics as _sam_metrics
from samtranslator.translator.transform import transform

from infra import limits, watch
from infra.services import ROOT, TARGET_MACHINE, TARGET_PYTHON, Service

Template = dict[str, Any]

logging.getLogger(_sam_metrics.__name__).setLevel(logging.ERROR)  # it complains that nobody takes its figures

API_FRAGMENT = ROOT / "infra" / "api.yaml"
_REGION = "ap-southeast-3"  # chalice asks for one; the templates themselves hold only ${AWS::Region}


def load_template(path: Path) -> Template:
    """Read a hand-written template; the short forms (`!Ref`, `!Sub` …) come back as their long ones."""
    loaded: Template = yaml.load(path.read_text(), _Loader)  # noqa: S506 - a safe one
    return loaded


def expand(service: Service) -> Template:
    """Package the staged service and return its plain CloudFormation; the archive is left in the stage folder.

    Raises:
        RuntimeError: chalice could not package it, or it has not the functions that the merge template wires.
    """
    sam = _package(service)
    merged: Template = TemplateDeepMerger().merge(load_template(API_FRAGMENT), sam)
    for name, resource in merged["Resources"].items():
        if "Type" not in resource:
            raise RuntimeError(
                f"{service.infra / 'merge.yaml'} names {name}, but {service.source / 'app.py'} makes no such thing"
            )
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["Runtime"] = f"python{TARGET_PYTHON}"
            resource["Properties"]["Architectures"] = [TARGET_MACHINE]
            resource["Properties"]["CodeUri"] = {"Bucket": "to-be-uploaded", "Key": "deployment.zip"}
    os.environ.setdefault("AWS_DEFAULT_REGION", _REGION)
    expanded: Template = transform(merged, {}, _NoManagedPolicies())
    resources = expanded["Resources"]
    for stage in (each for each in resources.values() if each["Type"] == "AWS::ApiGateway::Stage"):
        paths = resources[stage["Properties"]["RestApiId"]["Ref"]]["Properties"]["Body"]["paths"]
        stage["Properties"]["MethodSettings"] += limits.method_settings(paths)
    resources |= watch.alarms(expanded)
    return expanded


def read_template(path: Path) -> Template:
    """Read a template that `write` stored."""
    stored: Template = json.loads(path.read_text())
    return stored


def write(template: Template, path: Path) -> None:
    """Store a template as JSON that people can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(template, indent=1, sort_keys=True) + "\n")


def _package(service: Service) -> Template:
    command = [
        sys.executable,
        "-c",
        "import sys; from chalice.cli import main; sys.exit(main())",
        "package",
        "--stage",
        "api",
    ]
    command += ["--template-format", "yaml", "--merge-template", str(service.infra / "merge.yaml"), "package"]
    # What this interpreter compiles of the sources it is shown has no place in a bundle for another one.
    ours = {"AWS_DEFAULT_REGION": _REGION, "PYTHONPATH": str(service.stage), "PYTHONDONTWRITEBYTECODE": "1"}
    environment = {**os.environ, **ours}
    done = subprocess.run(command, cwd=service.stage, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"chalice could not package {service.name}:\n{done.stdout}{done.stderr}")
    sam: Template = yaml.load((service.stage / "package" / "sam.yaml").read_text(), yaml.CSafeLoader)
    return sam


class _Loader(yaml.CSafeLoader):
    """Reads templates as chalice does, with libyaml: a tenth of the time."""


_Loader.add_multi_constructor("!", YAMLTemplateSerializer()._custom_sam_instrinsics)  # noqa: SLF001


class _NoManagedPolicies:
    """SAM asks AWS for the list of managed policies; our roles name none."""

    def load(self) -> dict[str, str]:
        return {}
