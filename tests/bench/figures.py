"""The list of figures. Add one here."""

from tests.bench.gate import GATE
from tests.bench.harness import Benchmark
from tests.bench.import_100k import IMPORT_100K
from tests.bench.publish_140k import PUBLISH_140K
from tests.bench.queue_140k import QUEUE_140K
from tests.bench.seal_100k import SEAL_100K, VERIFY_100K
from tests.bench.titles_140k import TITLES_140K

BENCHMARKS: tuple[Benchmark, ...] = (IMPORT_100K, GATE, SEAL_100K, VERIFY_100K, PUBLISH_140K, TITLES_140K, QUEUE_140K)
