"""Breadth-first search through every state a model can reach; the first way found to break something is a shortest."""

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.model.world import Step, World

Steps = Callable[[World], Iterator[Step]]
Check = Callable[[World], Iterable[str]]
_CameFrom = dict[World, tuple[World, str] | None]


@dataclass
class Found:
    """What a search found: how many states and steps, and for each property broken, a shortest way to break it."""

    states: int = 0
    steps: int = 0
    broken: dict[str, list[str]] = field(default_factory=dict)


class TooManyError(Exception):
    """The model has more states than the search was meant for: it would say nothing about those it has not seen."""


def search(start: World, steps: Steps, check: Check, most: int = 2_000_000) -> Found:
    """Visit every state reachable from `start`; `check` names the properties a state breaks.

    Raises:
        TooManyError: after `most` states.
    """
    found = Found()
    came_from: _CameFrom = {start: None}
    waiting = deque([start])
    with _no_collector():
        while waiting:
            world = waiting.popleft()
            for step in steps(world):
                found.steps += 1
                if step.breaks and step.breaks not in found.broken:
                    found.broken[step.breaks] = [*_way(came_from, world), step.label]
                way = (world, step.label)
                if came_from.setdefault(step.after, way) is way:
                    waiting.append(step.after)
            for name in check(world):
                if name not in found.broken:
                    found.broken[name] = _way(came_from, world)
            if len(came_from) > most:
                raise TooManyError(most)
    found.states = len(came_from)
    return found


def hopeless(start: World, steps: Steps, goal: Callable[[World], bool]) -> list[World]:
    """The reachable states from which no further step, however lucky, leads to `goal`: there the protocol is stuck."""
    came_from: dict[World, list[World]] = {start: []}
    waiting = deque([start])
    while waiting:
        world = waiting.popleft()
        for step in steps(world):
            if step.after not in came_from:
                came_from[step.after] = []
                waiting.append(step.after)
            came_from[step.after].append(world)
    hopeful = {world for world in came_from if goal(world)}
    waiting.extend(hopeful)
    while waiting:
        for before in came_from[waiting.popleft()]:
            if before not in hopeful:
                hopeful.add(before)
                waiting.append(before)
    return [world for world in came_from if world not in hopeful]


@contextmanager
def _no_collector() -> Iterator[None]:
    """States refer to nothing that refers to them; the cycle collector would look at millions of them in vain."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _way(came_from: _CameFrom, world: World) -> list[str]:
    labels: list[str] = []
    while (before := came_from[world]) is not None:
        world, label = before
        labels.append(label)
    return labels[::-1]
