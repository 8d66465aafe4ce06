"""Which tests one worker of `make test` runs together, and what is begun first.

What is dear to start (a portal, Chromium, the built site, the fixture service) is started once for all the tests that
share it, and those never run side by side: they turn the portal's clock and stop it. They wait much and take long, so
they begin first; the others, file by file, fill the time beside them.
"""

from typing import Final

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

SHARING: Final = {
    "tests/system/": "portal of the system tests",
    "tests/browser/": "portal of the browser tests",
    "tests/infra/test_gateway.py": "fixture service",
    "tests/infra/test_knobs.py": "fixture service",
    "tests/infra/test_permissions.py": "fixture service",
    "tests/infra/test_runner.py": "fixture service",
    "tests/infra/": "",
    "tests/web/": "built site",
}
"""By the beginning of a test's id, the long ones first; the demo counts on a portal nobody has used before."""


class Groups(LoadScopeScheduling):  # type: ignore[misc]
    """A worker takes a whole group at a time, in the order of collection."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Groups:
    """Deal the tests out by groups, whatever `--dist` says."""
    config.option.loadscopereorder = False
    return Groups(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long ones first."""
    items.sort(key=lambda item: _place(item.nodeid))


def group(nodeid: str) -> str:
    """The group a test belongs to: what it shares, else its file."""
    shared = next((name for start, name in SHARING.items() if nodeid.startswith(start)), "")
    return shared or nodeid.partition("::")[0]


def _place(nodeid: str) -> int:
    return next((at for at, start in enumerate(SHARING) if nodeid.startswith(start)), len(SHARING))
