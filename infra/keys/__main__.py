"""Rotate a stage's secrets, and keep their offline copy: `python -m infra.keys --help`; docs/runbooks/keys.md."""

import argparse
import getpass
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from infra import stacks
from infra.aws import REGION, Aws
from infra.deploy import Deployment
from infra.keys import offline
from infra.keys.rotate import RotationError, finish, rotate
from infra.keys.secret import SECRETS, secret
from infra.keys.store import Store


def main(arguments: Sequence[str]) -> int:
    """Command line; returns the exit code."""
    given = _parser().parse_args(arguments)
    deployment = Deployment(Aws(given.region), given.stage)
    shared = stacks.outputs(deployment.aws, deployment.stack("shared"))
    if not shared:
        print(f"there is no portal `{given.stage}`", file=sys.stderr)
        return 2
    store = deployment.keys(shared["KeyArn"])
    try:
        given.do(given, deployment, store)
    except (RotationError, stacks.DeployError, offline.CopyError, ValueError) as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


def _rotate(given: argparse.Namespace, deployment: Deployment, store: Store) -> None:
    end = rotate(store, secret(given.secret), deployment.running(), datetime.now(UTC))
    print(f"{given.secret}: the new value is in use. Drop the old one after {end:%Y-%m-%d %H:%M} UTC: STEP=finish")


def _finish(given: argparse.Namespace, deployment: Deployment, store: Store) -> None:
    finish(store, secret(given.secret), deployment.running(), datetime.now(UTC), at_once=given.now)
    print(f"{given.secret}: the old value is good for nothing any more")


def _export(given: argparse.Namespace, _: Deployment, store: Store) -> None:
    body, fingerprints = offline.export(store, given.certificate.read_bytes(), datetime.now(UTC))
    given.out.touch(mode=0o600, exist_ok=False)
    given.out.write_bytes(body)
    _print_all(fingerprints)


def _import(given: argparse.Namespace, _: Deployment, store: Store) -> None:
    password = getpass.getpass("Password of the private key: ").encode() or None
    read = (given.copy.read_bytes(), given.certificate.read_bytes(), given.private_key.read_bytes())
    copy = offline.read(*read, password)
    _print_all({purpose: one.fingerprint for purpose, one in copy.secrets.items()})
    _print_all(dict(offline.restore(store, copy, given.replace)))


def _print_all(lines: dict[str, str]) -> None:
    for name, value in lines.items():
        print(f"{name:<10}{value}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infra.keys", description="The portal's secrets.")
    words = parser.add_subparsers(required=True)
    turning = [one.purpose for one in SECRETS if not one.irreplaceable]
    for name, do, about in (
        ("rotate", _rotate, "a new value, while the old one stays good"),
        ("finish", _finish, "drop the old value"),
        ("export", _export, "write the offline copy, encrypted to a certificate"),
        ("import", _import, "keep the secrets of an offline copy again"),
    ):
        word = words.add_parser(name, help=about)
        word.set_defaults(do=do)
        word.add_argument("--stage", required=True)
        word.add_argument("--region", default=REGION)
        if name in {"rotate", "finish"}:
            word.add_argument("--secret", required=True, choices=turning)
        else:
            word.add_argument("--certificate", required=True, type=Path, help="RSA, PEM")
    words.choices["finish"].add_argument("--now", action="store_true", help="though people will notice")
    words.choices["export"].add_argument("--out", required=True, type=Path)
    words.choices["import"].add_argument("--copy", required=True, type=Path)
    words.choices["import"].add_argument("--private-key", required=True, type=Path, help="PEM")
    words.choices["import"].add_argument("--replace", action="append", default=[], help="overwrite this secret")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
