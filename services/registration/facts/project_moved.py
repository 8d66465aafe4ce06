"""Let what is known of somebody's files be known under his right NIK (domain.md, section 3, *Putting right*).

The correction itself moves all but that, of which there may be hundreds. Until it is copied readers find it where it
was (person_store.py, `load_dossier`). The fact comes again until it is done, and twice does no harm; a file's fact that
meets the old record meanwhile follows to the new one (project_file.py).
"""

from services.kernel.events.facts import PersonMoved
from services.registration.adapters import file_store


def project_moved(fact: PersonMoved) -> None:
    """Copy it, and say that it is.

    Raises:
        Problem: `try-again` when others kept writing the same items; the fact comes again.
    """
    file_store.copy_files(fact.before, fact.pid)
