"""An institution of any size in the index of people, made straight into it: importing so many takes minutes."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Item, decode
from services.kernel.reference.jobs import Family
from services.kernel.states import Category, PersonState
from services.registration.adapters import search_store
from services.registration.eligibility.advice import Advice
from services.registration.model import places
from services.registration.model.risk import Risk
from services.registration.model.search_row import Flag, SearchRow
from services.registration.search.wanted import AccountIs
from services.registration.settings import settings

OPERATORS = 8
"""Who imported them."""
LARGEST = 140_000
"""People of the largest institution (domain.md, section 10)."""
_SYLLABLES = [a + b for a in "bdhklmnprstwy" for b in "aeiou"]
_USUAL = ["siti", "muhammad", "sri", "ahmad", "nur", "dewi", "agus", "eka", "abdul", "wahyu"]
_STATES = [state for state in PersonState if state is not PersonState.DIHAPUS]
_ACCOUNTS = [each.value for each in AccountIs if each is not AccountIs.ADA]


def lines(count: int, seed: int = 1) -> Iterator[SearchRow]:
    """So many people, every state, advice and account as often as any other and nobody beside his colleagues.

    That is the worst case: what comes in order, as an institution's own list does, packs to a tenth of it. Words of
    names are as unequal as they are: the most usual one in one name of twenty, most of them in a few. Files of a
    thousand people were imported by eight operators; one of ten was changed by one of sixty others. Who waits came on
    any of sixty days.
    """
    dice = random.Random(seed)  # noqa: S311 - generated people
    more = random.Random(seed)  # noqa: S311
    names = [*_USUAL, *("".join(dice.choices(_SYLLABLES, k=dice.choice((2, 3, 4)))) for _ in range(20_000))]
    weights = [1 / (at + 3) ** 0.85 for at in range(len(names))]
    units = [f"SD Negeri {at} Kecamatan {names[at % 300].title()}" for at in range(count // 70 + 1)]
    words = dice.choices(names, weights, k=3 * count)
    for at in range(count):
        row = SearchRow(
            pid=f"{dice.getrandbits(100):020x}",
            v=dice.randint(1, 9),
            registration_number="".join(dice.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=10)),
            nama=" ".join(words[3 * at : 3 * at + dice.randint(1, 3)]).title(),
            unit_kerja=dice.choice(units),
            jabatan=dice.choice(("Guru Kelas", "Tenaga Administrasi", "Perawat", "Petugas Kebersihan")),
            kategori=dice.choice(list(Category)),
            state=dice.choice(_STATES),
            overall=dice.choice(list(Advice)).value,
            active=None,
            account=dice.choice(_ACCOUNTS),
            lacking=dice.choice(((), ("SK",), ("KTP", "SK"), ("BUKTI_BAYAR", "FOTO", "KTP", "SK"))),
            flags=dice.choice(((), (), (Flag.BERUBAH,), (Flag.SENGKETA, Flag.TIDAK_AKTIF))),
            family=dice.choice(list(Family)).value,
            hour=460_000 + at // 1000,
            traits=tuple(f"{kind}{dice.getrandbits(50):010x}"[:11] for kind in "KKTIPPPSS"[: dice.choice((2, 4, 9))]),
            risks=dice.choice(((), (), (), (Risk.SK_SESUDAH_TMT,))),
        )
        yield replace(row, since=_since(row, more), workers=_workers(at, more))


def _since(row: SearchRow, dice: random.Random) -> str:
    waits = row.state in {PersonState.DIAJUKAN, PersonState.DIKEMBALIKAN}
    return f"{date(2022, 8, 24) + timedelta(days=dice.randrange(60)):%Y%m%d}" if waits else ""


def _workers(at: int, dice: random.Random) -> tuple[str, ...]:
    imported = f"1.operator{at // 1000 % OPERATORS:024}"
    return (imported, f"1.officer{dice.randrange(60):025}") if dice.random() < 0.1 else (imported,)


def items(institution: str, people: list[SearchRow]) -> Iterator[Item]:
    """Everything of their index, as it stands in the table."""
    sets: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, row in enumerate(people):
        for term in row.terms():
            sets[term.bucket][term.term].append(place)
        yield _stored(search_store._pointer(institution, row.registration_number, place))
    for block in range(-(-len(people) // search_store.ROWS)):
        first = block * search_store.ROWS
        held = dict(enumerate(people[first : first + search_store.ROWS], first))
        yield _stored(search_store._put_block(institution, block, held))
    for bucket, terms in sets.items():
        into = {term: places.of(found) for term, found in terms.items()}
        yield _stored(search_store._moved(institution, bucket, None, into, {}))
    yield _stored(search_store._head(institution, 0, len(people)))


def fill(institution: str, people: list[SearchRow]) -> None:
    """Put them into the table."""
    operations = (dynamodb.put(settings().table, item) for item in items(institution, people))
    while some := list(islice(operations, dynamodb.MAX_OPERATIONS)):
        dynamodb.transact(some)


def _stored(operation: dynamodb.Operation) -> Item:
    return decode(operation.request["Put"]["Item"])
