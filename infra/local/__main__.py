"""`python -m infra.local` (make run): the whole portal on this machine."""

import errno
import signal
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from infra import build, site
from infra.local.cloud import LocalCloud
from infra.local.settings import LocalSettings, from_environment


def main() -> int:
    """Run until Ctrl-C or SIGTERM; returns the exit code."""
    ending = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ending.set())
    try:
        settings = from_environment()
        cloud = LocalCloud(settings)
    except ValueError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    try:
        prepare(settings)
        cloud.start()
        sign_ins = seed(cloud) if settings.seed and cloud.fresh else []
        cloud.keep()
        print(f"Portal siap: {cloud.base_url}/", *sign_ins, sep="\n", flush=True)
        ending.wait()
    except OSError as failed:
        if failed.errno != errno.EADDRINUSE:
            raise
        print(f"Port {settings.port} sudah dipakai; pilih yang lain: make run PORT=8601", file=sys.stderr)
        return 2
    except RuntimeError as failed:
        print(failed, file=sys.stderr)
        return 1
    finally:
        cloud.stop()
    return 0


def prepare(settings: LocalSettings) -> None:
    """Build the templates and the site from the sources."""
    with ThreadPoolExecutor() as side_by_side:
        jobs = [side_by_side.submit(build.build, service, templates_only=True) for service in settings.services]
        if settings.site is None:
            jobs.append(side_by_side.submit(_build_site))
        for job in jobs:
            job.result()


def seed(cloud: LocalCloud) -> Sequence[str]:
    """Fill a new portal with the demo and return what to tell the visitor: how to sign in."""
    from infra.local.seed import seed as demo_seed  # noqa: PLC0415 - it makes people with the tests' generators

    return demo_seed(cloud.base_url, cloud.environment("registration"))


def _build_site() -> None:
    site.build()


if __name__ == "__main__":
    sys.exit(main())
