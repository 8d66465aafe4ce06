"""A secret for a new one, while people go on working: the old one stays good until what it made is over.

Functions and distribution learn of a change one after the other. So the new value is first accepted everywhere beside
the old one, then used everywhere; then the old one is accepted for its overlap, and at last dropped by `finish`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from infra import stacks
from infra.keys.secret import Secret
from infra.keys.store import Kept, Store


class RotationError(Exception):
    """It cannot be done now; the text says why, and what to do."""


def rotate(store: Store, secret: Secret, running: Sequence[str], now: datetime) -> datetime:
    """Make a new value and put it to use; until it is finished, called again, it takes up what was interrupted.

    Args:
        store: where secrets are kept.
        secret: which one.
        running: the stacks, those that check it before those that send it.
        now: the instant.

    Returns:
        When the old value may be dropped.

    Raises:
        RotationError: the secret cannot be rotated, or the stacks are too old to.
        stacks.DeployError: a stack did not take it; call again.
    """
    if secret.overlap is None:
        raise RotationError(f"`{secret.purpose}` cannot be rotated: what is stored can be found with this value only")
    kept = _kept(store, secret)
    _require_that_stacks_know(store, secret, kept, running)
    if kept.other is None:
        kept = Kept(current=kept.current, other=secret.make(store))
        store.write(secret.purpose, kept)
    if kept.turned is None:
        _tell(store, secret, kept, running)
        kept = Kept(current=kept.other, other=kept.current, turned=now)
        store.write(secret.purpose, kept)
    _tell(store, secret, kept, running)
    return (kept.turned or now) + secret.overlap


def finish(store: Store, secret: Secret, running: Sequence[str], now: datetime, *, at_once: bool = False) -> None:
    """Drop the old value; `at_once` though what it made is not over, because it is known to others.

    Raises:
        RotationError: there is none, or it is too early.
    """
    kept = _kept(store, secret)
    if kept.other is None or kept.turned is None or secret.overlap is None:
        raise RotationError(f"no rotation of `{secret.purpose}` to finish")
    if not at_once and now < kept.turned + secret.overlap:
        raise RotationError(f"too early: the old value is good until {kept.turned + secret.overlap:%Y-%m-%d %H:%M %Z}")
    kept = Kept(current=kept.current)
    _tell(store, secret, kept, running)
    store.write(secret.purpose, kept)


def _kept(store: Store, secret: Secret) -> Kept:
    kept = store.read(secret.purpose)
    if kept is None:
        raise RotationError(f"`{secret.purpose}` is not kept yet: deploy first")
    return kept


def _tell(store: Store, secret: Secret, kept: Kept, running: Sequence[str]) -> None:
    values = secret.carry(store, kept)
    for stack in running:
        if values.keys() & stacks.parameters(store.aws, stack).keys():
            stacks.turn(store.aws, stack, values)


def _require_that_stacks_know(store: Store, secret: Secret, kept: Kept, running: Sequence[str]) -> None:
    known: Mapping[str, str] = {n: v for stack in running for n, v in stacks.parameters(store.aws, stack).items()}
    missing = secret.carry(store, kept).keys() - known.keys()
    if missing:
        raise RotationError(f"the stacks do not know {', '.join(sorted(missing))} yet: deploy first")
