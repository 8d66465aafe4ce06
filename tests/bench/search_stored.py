"""`python -m tests.bench.search_stored [people]`: how long staff wait for a page of the list on the local cloud.

50,000 people by default, put straight into the index; the emulator answers from a process of its own. Prints seconds of
the clock for each search of `tests.bench.search_140k`, the best of three.
"""

import sys
import tempfile
import time
from pathlib import Path

import pytest

from services.registration.search.find_people import Page, find_people
from tests.bench import large_index
from tests.bench.search_140k import RECEIVED, SEARCHES, WHOLE
from tests.system.racecourse import course

PEOPLE = 50_000


def main() -> None:
    """Fill the table, search, print."""
    people = list(large_index.lines(int("".join(sys.argv[1:2]) or PEOPLE)))
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        with course(Path(folder), patch) as cloud:
            cloud.be("registration")
            large_index.fill("9901", people)
            for name, wanted in SEARCHES.items():
                took = min(_seconds(Page(wanted)) for _ in range(3))
                print(f"{name:<20}{took:7.3f} s", flush=True)


def _seconds(page: Page) -> float:
    start = time.monotonic()
    find_people(page, institution="9901", actor=WHOLE, received=RECEIVED)
    return time.monotonic() - start


if __name__ == "__main__":
    main()
