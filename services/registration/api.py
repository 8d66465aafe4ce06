"""The HTTP side of registration; the routes are declared in routes_*.py and served by app.py."""

from services.kernel.web.http import Api
from services.registration.access.require_current import require_current

api = Api("registration", require_current=require_current)
