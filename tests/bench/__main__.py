"""`python -m tests.bench [ID]`: run every benchmark, or the one named there or by the environment's ONLY.

Prints a table, writes `build/bench.json`, and ends with 1 when outputs disagree or there is no such id.
A goal that is missed is printed and recorded, but it is no failure: a busy machine may miss it.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.figures import BENCHMARKS
from tests.bench.harness import Figure, run

RESULT = Path("build/bench.json")


def main() -> int:
    """Run, print, write; return the exit code."""
    only = "".join(sys.argv[1:2]) or os.environ.get("ONLY", "")
    chosen = [benchmark for benchmark in BENCHMARKS if only in {"", benchmark.id}]
    if not chosen:
        print(f"No benchmark {only!r}. There are: {', '.join(benchmark.id for benchmark in BENCHMARKS)}")
        return 1
    figures = []
    for benchmark in chosen:
        print(f"{benchmark.id}: {benchmark.what}, against {benchmark.peer_name} …", flush=True)
        figures.append(run(benchmark))
    print(table(figures))
    _write(figures)
    return 1 if any(figure.difference for figure in figures) else 0


def table(figures: Sequence[Figure]) -> str:
    """The figures in columns, CPU seconds."""
    lines = [("id", "ours s", "peer s", "ratio", "goal", "outputs", "holds")]
    for figure in figures:
        agree = f"DIFFER: {figure.difference}" if figure.difference else "agree"
        numbers = (f"{figure.ours_s:.2f}", f"{figure.peer_s:.2f}", f"{figure.ratio:.1f}x", f"{figure.goal:g}x")
        lines.append((figure.id, *numbers, agree, "yes" if figure.holds else "NO"))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


def _write(figures: Sequence[Figure]) -> None:
    """Replace the figures that were run and keep the others of an earlier run."""
    kept = json.loads(RESULT.read_text()) if RESULT.exists() else []
    known = {item["id"]: item for item in kept} | {figure.id: figure.to_item() for figure in figures}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(list(known.values()), indent=2) + "\n")


if __name__ == "__main__":
    sys.exit(main())
