"""The HTTP side of registration; the routes are declared in routes_*.py and served by app.py."""

from services.kernel.web.http import Api

api = Api("registration")
