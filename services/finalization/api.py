"""The HTTP side of finalization; the routes are declared in routes_*.py and served by app.py."""

from services.kernel.security.sessions import INSTITUTION_STAFF, NATIONAL, Role
from services.kernel.web.http import Api

api = Api("finalization")

ADMIN = frozenset({Role.ADMIN})
BKN = frozenset({Role.BKN})
SIGNERS = frozenset({Role.ADMIN, Role.PPK})
READERS = INSTITUTION_STAFF | NATIONAL
