"""What every test folder shares."""

from hypothesis import settings

pytest_plugins = ["tests.support.aws", "tests.support.chromium", "tests.support.workers"]

settings.register_profile("pendataan", derandomize=True, deadline=None)
settings.load_profile("pendataan")
# The same examples every time: a change is judged by what it changed. Time is measured by `make bench`, not by tests.
