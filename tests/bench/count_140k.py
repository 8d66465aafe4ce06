"""`python -m tests.bench.count_140k`: what it costs to count what 140,000 people share, and to keep it in their lines.

The processor's time of reading every line and counting, without DynamoDB's; the read units of the whole, at half a unit
for 4 KB; and what the traits add to what is written of a person when sixteen lines are written together, at a unit a
KB, twice for a transaction.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace

from services.kernel.aws.dynamodb import Item, decode
from services.registration.adapters import search_store
from services.registration.model.job_list import JobList
from services.registration.model.search_row import SearchRow
from services.registration.search.keep_counts import count_lines
from tests.bench import large_index
from tests.bench.gate import _no_network


def main() -> int:
    """Print the figures."""
    people = list(large_index.lines(int("".join(sys.argv[1:2]) or large_index.LARGEST)))
    with _no_network():
        blocks, bare = _blocks(people, lambda row: row), _blocks(people, lambda row: replace(row, traits=(), hour=0))
        start = time.process_time()
        lines, counted = count_lines(
            (each for item in blocks for each in search_store._rows_of(item).items()), JobList(), 0
        )
        took = time.process_time() - start
    sizes, without = [len(item["packed"]) for item in blocks], [len(item["packed"]) for item in bare]
    units = sum(0.5 * -(-(size + 100) // 4096) for size in sizes)
    written, before = (2 * sum(-(-(size + 100) // 1024) for size in some) / len(people) for some in (sizes, without))
    print(
        f"{len(lines)} lines counted in {took:.1f} s of CPU and {units:,.0f} read units, {len(counted.shared)} shared"
    )
    print(f"a line: {sum(sizes) / len(people):.0f} bytes, without traits {sum(without) / len(people):.0f}")
    print(f"write units a person of whole blocks: {written:.2f}, without traits {before:.2f}")
    return 0


def _blocks(people: list[SearchRow], made: Callable[[SearchRow], SearchRow]) -> list[Item]:
    held = dict(enumerate(map(made, people)))
    blocks = range(-(-len(people) // search_store.ROWS))
    return [decode(search_store._put_block("9901", block, held).request["Put"]["Item"]) for block in blocks]


if __name__ == "__main__":
    sys.exit(main())
