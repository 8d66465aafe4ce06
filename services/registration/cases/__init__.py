"""Decisions on cases that change a record: handed over by announcements, carried out here (domain.md, section 3)."""
