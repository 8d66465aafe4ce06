"""Once a day every institution's index is compared with its roster: what was lost on the way is found and mended."""

from services.registration.adapters import institution_store, search_queue
from services.registration.adapters.search_queue import ToldMessage


def send_checks() -> None:
    """Ask for a check of each institution; they go through its own queue, behind what is told of its people."""
    search_queue.tell(ToldMessage(institution=code, check=True) for code in institution_store.codes())
