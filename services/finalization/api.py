"""The HTTP side of finalization; the routes are declared in routes_*.py and served by app.py."""

from services.kernel.http import Api
from services.kernel.sessions import INSTITUTION_STAFF, NATIONAL, Role

api = Api("finalization")

ADMIN = frozenset({Role.ADMIN})
BKN = frozenset({Role.BKN})
SIGNERS = frozenset({Role.ADMIN, Role.PPK})
READERS = INSTITUTION_STAFF | NATIONAL
