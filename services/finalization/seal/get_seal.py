"""The seal of an institution's final list."""

from services.finalization.adapters import store
from services.finalization.shared.views import SealView
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor


def get_seal(code: str, actor: Actor) -> SealView:
    """The newest seal.

    Raises:
        Problem: `not-found` for another institution, or before the list is sealed.
    """
    actor.require_institution(code)
    found = store.load(code, with_private=False).seal
    if found is None:
        raise Problem(Code.NOT_FOUND, "Daftar instansi ini belum disegel.")
    return SealView.of(found)
