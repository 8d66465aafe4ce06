"""Publishing the largest list: 140,000 people, every object in both languages, packed as it is stored.

The peer makes the same pages as they were made once: nothing packed, no parts for the search, and all of it held until
the last one is there. So the ratio says what packing and the parts cost. `python -m tests.bench.publish_140k` prints
objects, bytes and the memory of each, measured in a process of its own.
"""

import functools
import gzip
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import datetime

from services.announcements.model.institution import Edition, Institution, Row
from services.announcements.model.objects import Object
from services.announcements.pages.build_list import build_list
from services.announcements.pages.choose_list import PublicList
from services.announcements.pages.scan import search_rows
from services.kernel import clock
from services.kernel.states import Category, Phase
from tests.bench.harness import Benchmark
from tools.sample.people import person

PEOPLE = 140_000
SINCE = datetime(2022, 10, 5, 12, tzinfo=clock.WIB)
MINISTRY = Institution("9901", "Kementerian Contoh", Phase.PRAFINAL, 1, SINCE)
Figures = dict[str, float]


@functools.cache
def prepare() -> Sequence[Row]:
    """The rows as the table gives them, not searched yet."""
    return [_row(n, person(n)) for n in range(PEOPLE)]


def publish(rows: Sequence[Row]) -> Figures:
    """Search and make everything, each object packed and let go as it is written."""
    found: Figures = {"objects": 0, "bytes": 0, "stored": 0, "largest": 0, "pages": 0}
    for made in build_list(MINISTRY, _searched(rows), SINCE):
        _count(found, made, len(gzip.compress(made.content, mtime=0)))
    return found


def publish_whole(rows: Sequence[Row]) -> Figures:
    """The same as it was done once."""
    held = [made for made in build_list(MINISTRY, _searched(rows), SINCE) if "/cari/" not in made.key]
    found: Figures = {"objects": 0, "bytes": 0, "stored": 0, "largest": 0, "pages": 0}
    for made in held:
        _count(found, made, len(made.content))
    return found


def _searched(rows: Sequence[Row]) -> PublicList:
    searched = search_rows((row, ()) for row in rows)
    return PublicList(Edition.PREFINAL, searched.clean, searched.found, searched.places)


def _count(found: Figures, made: Object, stored: int) -> None:
    found["objects"] += 1
    found["bytes"] += len(made.content)
    found["stored"] += stored
    found["largest"] = max(found["largest"], stored)
    found["pages"] += made.key.endswith(".html")


def _row(n: int, fields: dict[str, str]) -> Row:
    return Row(fields["nama"], f"REG{n:07d}", fields["unit_kerja"], fields["jabatan"], Category.NON_ASN)


def _same(ours: Figures, peers: Figures) -> str | None:
    return None if ours["pages"] == peers["pages"] else f"{ours['pages']} and {peers['pages']} pages"


PUBLISH_140K = Benchmark(
    id="publish-140k",
    what=f"publishing a list of {PEOPLE:,} people: search, pages, index, parts, packed",
    peer_name="the same pages unpacked, without parts of the index, all held",
    prepare=prepare,
    ours=publish,
    peer=publish_whole,
    check=_same,
    goal=0.5,
    rounds=1,
    most_s=60.0,
)


def _measure(way: str) -> Figures:
    """In this process: the figures, CPU seconds, and megabytes at the most, with and without what was there before."""
    rows = prepare()
    before, began = _peak(), time.process_time()
    found = publish(rows) if way == "publish" else publish_whole(rows)
    return {**found, "cpu_s": round(time.process_time() - began, 1), "peak_mb": _peak(), "rows_mb": before}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps(_measure(sys.argv[1])))
    else:
        for each in ("whole", "publish"):
            command = [sys.executable, "-m", "tests.bench.publish_140k", each]
            print(each, subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())
