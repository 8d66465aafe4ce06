"""Who of an institution may be the proposed person under a mistyped NIK: same birth date, like name (section 3)."""

from collections.abc import Iterator
from typing import Final

from services.kernel.security.sessions import Actor
from services.kernel.values.alike import Alikeness, compare_names
from services.kernel.values.names import words_of
from services.registration.adapters import person_store
from services.registration.model.person import Person
from services.registration.search.find_people import Page, find_rows
from services.registration.search.wanted import Wanted

_LOOKED_AT: Final = 50
"""Records opened for each way of writing the name, whose birth date only the record itself knows."""
_MOST_WORDS: Final = 4


def find_alike(person: Person, actor: Actor) -> list[Person]:
    """Listed people of the whole institution with his birth date and a name like his, under another NIK.

    The index finds those with all words of the name, and those with all but one, which may hold the slip.
    """
    everywhere = actor.model_copy(update={"units": ()})
    found = dict.fromkeys(
        row.pid
        for words in _ways(person.nama)
        for row in find_rows(Page(Wanted(q=words), limit=_LOOKED_AT), person.institution, everywhere)[0]
    )
    people = person_store.load_many(list(found))
    return [each for each in people.values() if each.pid != person.pid and _is_alike(each, person)]


def _ways(name: str) -> Iterator[str]:
    words = words_of(name)[:_MOST_WORDS]
    yield " ".join(words)
    if len(words) > 1:
        yield from (" ".join(words[:left] + words[left + 1 :]) for left in range(len(words)))


def _is_alike(one: Person, other: Person) -> bool:
    born = other.row.get("tanggal_lahir")
    same_day = born is not None and one.row.get("tanggal_lahir") == born
    return same_day and compare_names(one.nama, other.nama) is not Alikeness.DIFFERENT
