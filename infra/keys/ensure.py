"""The secrets a deployment gives to the stacks: those that are kept, and new ones only where nothing can be lost."""

from collections.abc import Callable, Mapping

from infra.keys.secret import SECRETS, Secret
from infra.keys.store import Kept, Store, Value


class KeysLostError(Exception):
    """A secret that stored people depend on is not kept any more; a new one would lose every one of them."""


def ensure(store: Store, deployed: Mapping[str, str], people: Callable[[], bool]) -> dict[str, str]:
    """The parameters that carry secrets (`secret.NAMES`).

    Args:
        store: where they are kept; what is new is kept there too.
        deployed: parameters of the running stacks: a secret that once lived only there is taken from them.
        people: whether anybody is stored; asked only before a secret is made.

    Raises:
        KeysLostError: when an irreplaceable secret is missing though people are stored.
    """
    found: dict[str, str] = {}
    for secret in SECRETS:
        kept = store.read(secret.purpose)
        if kept is None:
            kept = _adopt(secret, deployed) or _make(secret, store, people)
            store.write(secret.purpose, kept)
        found.update(secret.carry(store, kept))
    return found


def _adopt(secret: Secret, deployed: Mapping[str, str]) -> Kept | None:
    name = f"{secret.purpose.capitalize()}Key"
    public = deployed.get("SessionPublicKey", "").replace("\\n", "\n") if secret.purpose == "session" else ""
    if not deployed.get(name) or (secret.purpose == "session" and not public):
        return None
    return Kept(current=Value(ciphertext=deployed[name], public=public))


def _make(secret: Secret, store: Store, people: Callable[[], bool]) -> Kept:
    if secret.irreplaceable and people():
        raise KeysLostError(
            f"the secret `{secret.purpose}` is lost though people are stored: nothing was changed. A new one would "
            "lose every one of them. Restore it from the offline copy: docs/runbooks/keys.md"
        )
    return Kept(current=secret.make(store))
