"""The HTTP side of announcements; the routes are declared in routes_*.py and app.py."""

from services.kernel.web.http import Api

api = Api("announcements")
