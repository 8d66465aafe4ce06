"""Every case that is searched: the protocol as built, and each unsound variant, with the exact verdict expected."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tests.model.case import Act, Case, Wanted
from tests.model.officials import Deed
from tests.model.world import ENTRY, Gate, Rules

SOUND: frozenset[str] = frozenset()
LATE = frozenset({"I1", "I2", "I3"})
UNSEALED = frozenset({"I2", "I3"})
REFUSED = frozenset({"carried"})
UNLISTED = frozenset({"listed"})
APART = frozenset({"together"})

_ONE, _TWO = (Wanted(),), (Wanted(), Wanted(1))
_EXTENSION = Case(_ONE, (Act(Deed.EXTEND, 2),), horizon=3)
_REOPENING = Case(_ONE, (Act(Deed.REOPEN, 3),), horizon=4)
_USULAN = Case(_ONE, (Act(Deed.OPEN_USULAN, 3),), horizon=4)
"""BKN's one button, pressed before the lock, after it, or while it is under way."""
_FINALIZING = Case(_ONE, (Act(Deed.FINALIZE),), closes=(1, 2), horizon=3)


_PAIR = Wanted(also=1)
"""A write that moves two: who is on the roster, and who joins it in the same transaction."""
_RECLAIM = Wanted(window=ENTRY, reclaims=True)
"""His own window closes before the last one, and then he takes the login alone."""
_RECLAIMING = Case((_RECLAIM,), closes=(1, 2), horizon=3)
_ENTRY = Wanted(1, ENTRY)
_IMPORT = Wanted(1, ENTRY, by_import=True, patient=True)
"""A new row that waits in the imports' queue for as long as it likes."""
_LONG_DRAIN = Rules(drain=2)
"""Longer than a function's life: what was cut at this very tick must be told from what came before it."""
_PORTAL = Case((_ENTRY,), closes=(1, 9), horizon=3, lockers=0, portals=1, seals=False)
_PORTAL_EXTENDED = replace(_PORTAL, acts=(Act(Deed.EXTEND_ENTRY, 3),), horizon=5)
_PORTAL_BY_HAND = replace(_PORTAL, acts=(Act(Deed.PREFINALIZE),), rules=_LONG_DRAIN, closes=(2, 9), horizon=5)
_PORTAL_LOCKED = Case((_ENTRY,), closes=(1, 3), horizon=5, portals=1)


@dataclass(frozen=True)
class Expected:
    """A case, the properties it breaks, and how many states it has; another number means that the model has changed."""

    case: Case
    breaks: frozenset[str]
    states: int


PROTOCOL: Mapping[str, Expected] = {
    "two writers, a doubled locker": Expected(Case(_TWO, lockers=2), SOUND, 39539),
    "two writers, three lanes": Expected(Case(_TWO, rules=Rules(lanes=3)), SOUND, 29821),
    "an import on its own lane, two windows": Expected(
        Case((Wanted(), Wanted(1, ENTRY, by_import=True)), rules=Rules(lanes=3), closes=(1, 2), horizon=3), SOUND, 15146
    ),
    "clocks apart by less than the drain": Expected(
        Case(_TWO, rules=Rules(clock_behind=1, clock_ahead=1, drain=3), horizon=4), SOUND, 26782
    ),
    "pre-finalizing, a doubled locker": Expected(
        Case((Wanted(window=ENTRY),), (Act(Deed.PREFINALIZE),), closes=(2, 2), horizon=3, lockers=2), SOUND, 28264
    ),
    "finalizing early, a doubled locker": Expected(replace(_FINALIZING, lockers=2), SOUND, 54178),
    "an extension, a doubled locker": Expected(replace(_EXTENSION, lockers=2), SOUND, 33647),
    "an extension, then finalizing early": Expected(
        Case(_ONE, (Act(Deed.EXTEND, 2), Act(Deed.FINALIZE)), horizon=3), SOUND, 68228
    ),
    "a reopening": Expected(_REOPENING, SOUND, 15383),
    "a round opened for usulan, before the lock or after it": Expected(_USULAN, SOUND, 25564),
    "the same, and who writes under the window that closes first": Expected(
        Case((Wanted(window=ENTRY),), (Act(Deed.OPEN_USULAN, 4),), closes=(1, 2), horizon=5), SOUND, 26565
    ),
    "two people in one write, beside a writer of one": Expected(Case((_PAIR, Wanted())), SOUND, 12176),
    "two people in one write, and an extension": Expected(replace(_EXTENSION, writes=(_PAIR,)), SOUND, 14760),
    "an account taken back, beside a correction of its record": Expected(
        replace(_RECLAIMING, writes=(_RECLAIM, Wanted())), SOUND, 25668
    ),
    "two who take an account back": Expected(replace(_RECLAIMING, writes=(_RECLAIM, _RECLAIM)), SOUND, 25198),
    "an account taken back, and an extension": Expected(
        replace(_RECLAIMING, acts=(Act(Deed.EXTEND, 3),), horizon=4), SOUND, 20057
    ),
    "the portal pre-finalizes, doubled, two writers": Expected(
        replace(_PORTAL, writes=(_ENTRY, Wanted(2, ENTRY)), portals=2), SOUND, 5958
    ),
    "the portal, doubled, and entry extended": Expected(replace(_PORTAL_EXTENDED, portals=2), SOUND, 39190),
    "the portal beside pre-finalizing by hand": Expected(_PORTAL_BY_HAND, SOUND, 8444),
    "the portal, and an import that takes its time": Expected(
        replace(_PORTAL_EXTENDED, writes=(_IMPORT,)), SOUND, 17820
    ),
    "the portal's clock ahead by less than the drain": Expected(
        replace(_PORTAL_EXTENDED, rules=Rules(clock_ahead=1, drain=2)), SOUND, 9632
    ),
    "a corrected NIK while the list is made": Expected(replace(_PORTAL, writes=(_PAIR,)), SOUND, 2404),
    "the portal, then the lock": Expected(replace(_PORTAL_LOCKED, writes=(_ENTRY, Wanted())), SOUND, 45750),
}
"""The protocol as built, in `make test`."""

LARGE: Mapping[str, Expected] = {
    "a corrected NIK beside whoever enters, while the list is made": Expected(
        replace(_PORTAL, writes=(_PAIR, Wanted(2, ENTRY))), SOUND, 24810
    ),
    "three writers, two of them on one person": Expected(Case((Wanted(), Wanted(), Wanted(1))), SOUND, 162164),
    "a reopening, a doubled locker": Expected(replace(_REOPENING, lockers=2), SOUND, 121639),
    "a reopening, two writers": Expected(replace(_REOPENING, writes=_TWO), SOUND, 599544),
    "a round opened for usulan, a doubled locker": Expected(replace(_USULAN, lockers=2), SOUND, 174548),
    "a round opened for usulan twice at once": Expected(
        replace(_USULAN, acts=(*_USULAN.acts, *_USULAN.acts)), SOUND, 164417
    ),
    "the portal, entry extended, a doubled locker": Expected(
        replace(_PORTAL_LOCKED, acts=(Act(Deed.EXTEND_ENTRY, 2),), lockers=2), SOUND, 172198
    ),
    "the portal, by hand, and entry extended": Expected(
        replace(_PORTAL_BY_HAND, acts=(Act(Deed.PREFINALIZE), Act(Deed.EXTEND_ENTRY, 3)), horizon=6), SOUND, 97387
    ),
}
"""As built, and too large for every day: `make test-large`. Spin searches the first two in `make test`, too."""


def _without(case: Case, **rules: object) -> Case:
    return replace(case, rules=replace(case.rules, **rules))  # type: ignore[arg-type]


_LOCK = Case(_TWO)

UNSOUND: Mapping[str, Expected] = {
    "the writer reads the lane, then writes": Expected(_without(_LOCK, gate=Gate.READ_FIRST), LATE, 959),
    "the writer asks his own clock only": Expected(_without(_LOCK, gate=Gate.OWN_CLOCK), LATE, 959),
    "the phase is copied onto every person": Expected(_without(_LOCK, gate=Gate.ON_ITEM), LATE | REFUSED, 884),
    "every attempt is stamped anew": Expected(_without(_LOCK, stamps_again=True), REFUSED, 18315),
    "the locker believes in fewer lanes": Expected(_without(_LOCK, locker_lanes=1), LATE, 12509),
    "the locker closes meta before the lanes": Expected(_without(_LOCK, locker_meta_last=False), LATE, 45484),
    "the locker waits for no drain": Expected(_without(_LOCK, drain=0), REFUSED, 22489),
    "the locker asks for the first window only": Expected(
        _without(Case(_ONE, closes=(1, 2), horizon=3), locker_asks_all_windows=False), REFUSED, 1380
    ),
    "meta, not the lane, tells the writer why": Expected(_without(_EXTENSION, lane_tells=False), REFUSED, 7375),
    "the locker does not ask for the epoch": Expected(_without(_EXTENSION, locker_asks_epoch=False), REFUSED, 9901),
    "the round moves one item after the other": Expected(
        _without(_FINALIZING, moves_together=False), frozenset({"I0"}), 9778
    ),
    "an extension does not ask whether the locker has begun": Expected(
        _without(replace(_EXTENSION, acts=(Act(Deed.EXTEND, 3),)), moves_ask_open=False),
        frozenset({"carried", "I2"}),
        21050,
    ),
    "opening for usulan does not ask whether the round is open or closed as read": Expected(
        _without(_USULAN, moves_ask_open=False), frozenset({"carried", "I2"}), 48165
    ),
    "a reopening keeps the epoch": Expected(_without(_REOPENING, reopening_moves_epoch=False), UNSEALED, 16476),
    "a seal is recorded whatever the epoch": Expected(
        _without(_REOPENING, record_asks_epoch=False), frozenset({"I2"}), 15402
    ),
    "the counters are read plainly": Expected(_without(_LOCK, counters_together=False), UNSEALED, 11339),
    "counters and people are read plainly": Expected(
        _without(_LOCK, counters_together=False, people_together=False), UNSEALED, 12229
    ),
    "the seal is not compared with the counters": Expected(
        _without(_LOCK, compares_people=False, compares_versions=False), UNSEALED, 11103
    ),
    "people are read plainly and only counted": Expected(
        _without(_LOCK, people_together=False, compares_versions=False), UNSEALED, 11585
    ),
    "two people are moved one after the other": Expected(_without(Case((_PAIR,)), one_transaction=False), APART, 1250),
    "two people are counted as one, and read plainly": Expected(
        _without(Case((_PAIR,)), counts_each_person=False, people_together=False), UNSEALED | APART, 912
    ),
    "a corrected NIK, and its list is not compared with the counters": Expected(
        _without(replace(_PORTAL, writes=(_PAIR,)), compares_people=False), APART, 2436
    ),
    "a corrected NIK, and its list reads counters plainly": Expected(
        _without(replace(_PORTAL, writes=(_PAIR,)), counters_together=False), APART, 2492
    ),
    "an account is handed over after its record": Expected(
        _without(_RECLAIMING, account_goes_along=False), frozenset({"handed over"}), 785
    ),
    "who takes the login alone writes the record as well": Expected(
        _without(_RECLAIMING, login_alone_leaves_record=False), LATE | {"I0"}, 1232
    ),
    "the portal does not ask for the record as read": Expected(
        _without(_PORTAL_EXTENDED, portal_asks_version=False), frozenset({"early"}), 16938
    ),
    "a doubled portal does not ask for the record as read": Expected(
        _without(replace(_PORTAL, portals=2), portal_asks_version=False), frozenset({"lists"}), 512
    ),
    "an extension does not ask for the record as read": Expected(
        _without(_PORTAL_EXTENDED, moves_ask_version=False), frozenset({"lists"}), 18342
    ),
    "neither the portal nor its list waits for the drain": Expected(
        _without(_PORTAL, portal_drains=False, list_drains=False), UNLISTED, 613
    ),
    "a list by hand waits for no drain": Expected(_without(_PORTAL_BY_HAND, list_drains=False), UNLISTED, 13350),
    "the list waits for no import": Expected(
        _without(replace(_PORTAL, writes=(_IMPORT,)), list_waits_for_imports=False), UNLISTED, 530
    ),
    "the list is not compared with the counters": Expected(_without(_PORTAL, compares_people=False), UNLISTED, 236),
}
"""One rule left out; the search must find a way to break something."""

SPARE: Mapping[str, Expected] = {
    "the locker does not ask for the windows": Expected(_without(_EXTENSION, locker_asks_windows=False), SOUND, 7891),
    "people are counted, their versions are not": Expected(_without(_LOCK, compares_versions=False), SOUND, 10983),
    "versions are compared, people are not counted": Expected(_without(_LOCK, compares_people=False), SOUND, 10983),
    "people are read plainly, and compared": Expected(_without(_LOCK, people_together=False), SOUND, 11465),
    "the portal waits for no drain, its list does": Expected(_without(_PORTAL, portal_drains=False), SOUND, 302),
}
"""One rule left out that another one makes up for: worn with a belt, not needed in this model."""
