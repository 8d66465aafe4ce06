"""`python -m tools.measure`: how the service is built, in figures: folders that know each other, sizes, imports.

For each service: its folders, the arrows between them (one for each folder that imports from another), and how many of
these run back up: the fewest that do, in whatever order one puts the folders on floors. For all code: lines of a file
and of a function (median and p90), and how many lines in a hundred are imports.
"""

import ast
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles

from infra.services import ROOT

SERVICES = ("registration", "documents", "finalization", "announcements")
TREES = ("services", "infra", "web", "tools")
_STARTS = 40
"""Orders the search for the best one begins at; each is bettered folder by folder."""

Arrow = tuple[str, str]


def main() -> None:
    """Print the figures."""
    for service in SERVICES:
        found = arrows(ROOT / "services" / service)
        folders = {folder for arrow in found for folder in arrow}
        print(f"{service}: {len(folders)} folders, {len(found)} arrows, {fewest_upward(found)} back up")
    files = [path for tree in TREES for path in sorted((ROOT / tree).rglob("*.py")) if "node_modules" not in path.parts]
    print(f"lines of a file (median, p90): {_spread([len(_lines(path)) for path in files])}")
    print(f"lines of a function (median, p90): {_spread([size for path in files for size in function_sizes(path)])}")
    print(f"imports: {import_share(files):.1f} % of all lines")


def arrows(service: Path) -> set[Arrow]:
    """Which folder of a service imports from which; a module on top is a folder of its own."""
    package = f"services.{service.name}"
    found = set[Arrow]()
    for path in service.rglob("*.py"):
        here = _folder(".".join(path.relative_to(service).with_suffix("").parts))
        for module in _imported(path, package):
            if _folder(module) != here:
                found.add((here, _folder(module)))
    return found


def fewest_upward(found: set[Arrow]) -> int:
    """Of the arrows, the fewest that run against an order of the folders, over the best orders found."""
    folders = sorted({folder for arrow in found for folder in arrow})
    chances = (random.Random(start) for start in range(_STARTS))  # noqa: S311 - a search that begins alike each time
    return min((_bettered(folders, found, chance) for chance in chances), default=0)


def function_sizes(path: Path) -> Iterator[int]:
    """Lines of each function of a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (node.end_lineno or node.lineno) - node.lineno + 1


def import_share(files: Sequence[Path]) -> float:
    """Lines of imports in a hundred lines."""
    imports = sum(
        (node.end_lineno or node.lineno) - node.lineno + 1
        for path in files
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
    )
    return 100 * imports / sum(len(_lines(path)) for path in files)


def _bettered(folders: Sequence[str], found: set[Arrow], chance: random.Random) -> int:
    order = list(folders)
    chance.shuffle(order)
    best = _upward(order, found)
    while True:
        moved = [
            [*rest[:at], folder, *rest[at:]]
            for folder in folders
            for rest in [[one for one in order if one != folder]]
            for at in range(len(order))
        ]
        nearest = min(moved, key=lambda each: _upward(each, found))
        if _upward(nearest, found) >= best:
            return best
        order, best = nearest, _upward(nearest, found)


def _upward(order: Sequence[str], found: set[Arrow]) -> int:
    floor = {folder: at for at, folder in enumerate(order)}
    return sum(floor[here] > floor[there] for here, there in found)


def _imported(path: Path, package: str) -> Iterator[str]:
    """Modules of the package that a file imports, without the package's name."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and f"{node.module}.".startswith(f"{package}."):
            inner = node.module.removeprefix(package).removeprefix(".")
            for name in node.names:
                module = f"{inner}.{name.name}".removeprefix(".")
                yield module if _is_module(package, module) else inner


def _is_module(package: str, module: str) -> bool:
    return (ROOT / package.replace(".", "/") / f"{module.replace('.', '/')}.py").exists()


def _folder(module: str) -> str:
    return module.rpartition(".")[0] or module


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


def _spread(sizes: Sequence[int]) -> str:
    return f"{median(sizes):.0f}, {quantiles(sizes, n=10)[-1]:.0f}"


if __name__ == "__main__":
    main()
