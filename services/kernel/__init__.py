"""The language the four services share: clock, calendar, gate, problems, sessions, facts. Imports none of them."""
