"""Which tests one worker of `make test` runs together, and what is begun first.

What is dear to start (a portal, the fixture service) is started once for all the tests that share it, and those never
run side by side: they turn the portal's clock and stop it. They wait much and take long, so they begin first; the
others, file by file, fill the time beside them. The site is built once and copied by each worker that looks at it: its
tests are too many for one of them.
"""

from typing import Final

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

SHARING: Final = {
    "tests/system/": "portal of the system tests",
    "tests/browser/": "portal of the browser tests",
    "tests/system/test_race.py": "",
    "tests/system/test_many_locks.py": "",
    "tests/system/test_conflicts.py": "",
    "tests/web/": "",
    "tests/infra/test_folders.py": "fixture service",
    "tests/infra/test_gateway.py": "fixture service",
    "tests/infra/test_knobs.py": "fixture service",
    "tests/infra/test_permissions.py": "fixture service",
    "tests/infra/test_pool.py": "fixture service",
    "tests/infra/test_refusals.py": "fixture service",
    "tests/infra/test_runner.py": "fixture service",
    "tests/infra/": "",
}
"""By the beginning of a test's id, of which the longest counts; "" is each file by itself. The long ones first: three
workers begin with the first three, and who has done goes on with the site. The demo counts on a portal that nobody has
used before.
"""


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
    return SHARING.get(_beginning(nodeid), "") or nodeid.partition("::")[0]


def _place(nodeid: str) -> int:
    beginning = _beginning(nodeid)
    return list(SHARING).index(beginning) if beginning else len(SHARING)


def _beginning(nodeid: str) -> str:
    return max((start for start in SHARING if nodeid.startswith(start)), key=len, default="")
