"""The list of figures. Add one here."""

from tests.bench.harness import Benchmark
from tests.bench.import_100k import IMPORT_100K

BENCHMARKS: tuple[Benchmark, ...] = (IMPORT_100K,)
