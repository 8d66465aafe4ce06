"""How many people each institution lists: five published sizes, and a lognormal tail that adds up to the published sum.

Published (docs/domain.md, section 10): 2,360,723 people in the end; on 30 September 2022 the five largest had 139,560,
40,715, 24,875, 21,888 and 21,757. How the others divide the rest is not published. Here their sizes are the evenly
spaced quantiles of a lognormal cut off at the fifth largest, so that they are always the same and need no dice.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import NormalDist

PEOPLE = 2_360_723
LARGEST = (139_560, 40_715, 24_875, 21_888, 21_757)
_NORMAL = NormalDist()


def sizes(institutions: int, people: int, spread: float) -> list[int]:
    """People per institution, largest first; they add up to `people` exactly.

    `spread` is the sigma of the lognormal. With other sums than the published one, the five shrink or grow with it;
    among few institutions the cut moves up to four times the mean, to leave room for everybody.

    Raises:
        ValueError: when there are not enough people or institutions for that.
    """
    known = [round(size * people / PEOPLE) for size in LARGEST]
    count, rest = institutions - len(known), people - sum(known)
    if count < 1 or rest < 10 * count:
        raise ValueError("At least six institutions, and ten people in each, are needed.")
    tail = _tail(count, rest, max(known[-1], 4 * rest / count), spread)
    return sorted([*known, *_whole(tail, rest)], reverse=True)


def _tail(count: int, total: float, most: float, spread: float) -> list[float]:
    """Quantiles of the lognormal below `most` whose sum is `total`; the median is found by halving."""
    low, high = 0.0, math.log(most) + 20
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(_quantiles(count, middle, most, spread)) < total else (low, middle)
    return _quantiles(count, low, most, spread)


def _quantiles(count: int, median: float, most: float, spread: float) -> list[float]:
    below = _NORMAL.cdf((math.log(most) - median) / spread)
    ranks = ((position + 0.5) / count * below for position in range(count))
    return [math.exp(median + spread * _NORMAL.inv_cdf(max(rank, 1e-300))) for rank in ranks]


def _whole(parts: Sequence[float], total: int) -> list[int]:
    """Whole numbers beside `parts` that add up to `total`: the steps of the rounded running sum."""
    running, marks = 0.0, [0]
    for part in parts:
        running += part * total / sum(parts)
        marks.append(round(running))
    return [after - before for before, after in pairwise([*marks[:-1], total])]
