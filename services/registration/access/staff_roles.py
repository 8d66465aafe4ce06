"""Which members of staff may do what (domain.md, section 2), and how much of a list they get at once."""

from typing import Annotated, Final

from pydantic import Field

from services.kernel.security.sessions import Role

STAFF: Final = frozenset(Role) - {Role.HONORER}
"""Everybody who signs in as staff."""
ENTERERS: Final = frozenset({Role.OPERATOR, Role.ADMIN})
DECIDERS: Final = frozenset({Role.VERIFIKATOR, Role.ADMIN})
LIST_READERS: Final = frozenset(
    {Role.OPERATOR, Role.VERIFIKATOR, Role.HELPDESK, Role.ADMIN, Role.PPK, Role.BKN, Role.AUDITOR}
)
"""The help desk sees who is listed and in which state; PPKs the recap. Neither opens a record."""
VOUCHERS: Final = frozenset({Role.OPERATOR, Role.VERIFIKATOR, Role.ADMIN})
"""Who says at the counter who somebody is: staff of his unit who open his record."""
SHEET_PRINTERS: Final = frozenset({Role.OPERATOR, Role.ADMIN, Role.HELPDESK})
"""Who prints activation sheets and the lists by which people are told things at their desks."""
OWNER_SHEET_PRINTERS: Final = frozenset({Role.OPERATOR, Role.ADMIN})
"""Who agrees to a sheet for somebody who has an account: one who prints sheets and opens his record."""
OWNER_SHEET_SEEKERS: Final = OWNER_SHEET_PRINTERS | {Role.HELPDESK}
"""Who asks for such a sheet; the help desk does, and agrees to none, for it opens no record."""
STEP_READERS: Final = frozenset({Role.HELPDESK})
"""Who sees somebody's steps without his record; others open that."""
RECORD_READERS: Final = frozenset({Role.OPERATOR, Role.VERIFIKATOR, Role.ADMIN, Role.BKN, Role.AUDITOR})
HONOR_READERS: Final = frozenset({Role.OPERATOR, Role.VERIFIKATOR, Role.ADMIN, Role.BKN, Role.AUDITOR})
"""Whoever works on a record; of bkn and auditors it is written down what they read (domain.md, section 8)."""
NIK_READERS: Final = frozenset({Role.OPERATOR, Role.VERIFIKATOR, Role.ADMIN, Role.BKN})
NIK_SEEKERS: Final = LIST_READERS - {Role.PPK}
"""Who finds somebody by the NIK he was told; the answer does not repeat it. The help desk lives by it."""
TRAIL_READERS: Final = frozenset({Role.ADMIN, Role.BKN, Role.AUDITOR})
"""Who reads a record's history, with who looked at it, and other users' deeds; it is written down."""
REQUEST_DECIDERS: Final = ENTERERS | {Role.BKN}
"""Who decides on what a person asks to have put right; bkn once the institution has let its days go by."""
CASE_DRAFTERS: Final = ENTERERS | {Role.BKN}
"""Who makes a draft of an accepted usulan; bkn where the institution has let its days go by."""
CASE_DECIDERS: Final = DECIDERS | {Role.BKN}
"""Who decides on a tanggapan or a keberatan."""
ANNOTATORS: Final = frozenset({Role.HELPDESK, Role.ADMIN, Role.BKN})
"""Who answers requests for help, and so notes beside a sealed record that its deletion was asked."""
ANSWER_READERS: Final = frozenset({Role.ADMIN, Role.PPK, Role.BKN, Role.AUDITOR})
"""Who reads what is answered for with the SPTJM: counts by unit, marked verdicts with their reasons, changes."""
STATEMENT_PRINTERS: Final = frozenset({Role.ADMIN, Role.PPK})
"""Who prints the statement that a unit's head signs, and uploads it back."""
DEADLINE_READERS: Final = frozenset({Role.ADMIN, Role.BKN, Role.AUDITOR})
"""Who sees how much is undecided and by whom."""
RESTORERS: Final = frozenset({Role.ADMIN})
NIK_CORRECTORS: Final = frozenset({Role.ADMIN})
"""Who decides on a NIK that another one asked to correct."""
USER_MANAGERS: Final = frozenset({Role.ADMIN, Role.BKN})
RESETTERS: Final = frozenset({Role.ADMIN, Role.HELPDESK, Role.BKN})
"""Who starts the recovery of a colleague's second factor; the help desk finds him in the list of users."""
APPROVERS: Final = frozenset({Role.ADMIN, Role.BKN})
"""Who may be the second one: bkn for a proposal, an admin too for a recovery."""
UNIT_KEEPERS: Final = frozenset({Role.ADMIN})
"""Who keeps the institution's lists of units and jobs, and writes its contact."""
RISK_READERS: Final = frozenset({Role.VERIFIKATOR, Role.ADMIN, Role.PPK, Role.BKN, Role.AUDITOR})
"""Whom risk flags are shown: whoever decides, answers for it or supervises; not who enters rows."""

Limit = Annotated[int, Field(ge=1, le=200)]
"""How many entries of a list one page holds."""
