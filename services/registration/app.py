"""What Lambda calls: registration's routes, and the functions its queues, its stream and its facts wake."""

from services.registration import routes_person, routes_public, routes_staff
from services.registration.api import api

ROUTES = (routes_public, routes_person, routes_staff)
"""Importing a module of routes declares them."""

app = api.app
