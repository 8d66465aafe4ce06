"""Whose session tokens no longer count: asked on each route, so that no account's end waits for theirs.

A token lives a quarter of an hour. When an account is disabled or changed, registration says so with `staff.revoked`;
the services that know no accounts keep that beside their other short-lived items, and ask it with one consistent read.
Of a person it is kept under his pid: his account may have been taken back from somebody else.
"""

from collections.abc import Iterable
from datetime import timedelta

from services.kernel import clock
from services.kernel.aws import ttl_store
from services.kernel.aws.dynamodb import Attr
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor

KEPT = timedelta(days=1)
"""Far longer than any token lives that was signed before."""
REVOKED = (
    "Akun Anda telah diubah atau dinonaktifkan, atau sesi ini telah diakhiri. Silakan masuk lagi. "
    "Bila tidak dapat masuk, hubungi admin instansi Anda atau BKN."
)


def keep(user: str, v: int, *, token_version: int, ended: Iterable[str]) -> None:
    """Keep what an account's version `v` says of its tokens, unless a later version has said so already.

    Args:
        user: the account's id, of a person his pid.
        v: its version.
        token_version: tokens of an older one are over.
        ended: names of single sign-ins (`sid`) whose tokens are over too.
    """
    values = {"v": v, "tv": token_version, "ended": list(ended)}
    ttl_store.keep(_key(user), values, clock.now() + KEPT, when=Attr("v").not_exists() | Attr("v").lte(v))


def require_current(actor: Actor) -> None:
    """Accept somebody of whom nothing was told since his token was signed.

    Raises:
        Problem: `unauthenticated`.
    """
    kept = ttl_store.read(_key(actor.id))
    if kept is not None and (actor.token_version < kept["tv"] or actor.sid in kept["ended"]):
        raise revoked_problem()


def revoked_problem() -> Problem:
    """What whoever brings such a token is told."""
    return Problem(Code.UNAUTHENTICATED, REVOKED)


def _key(user: str) -> str:
    return f"R#{user}"
