"""Routes of the institution: import, roster, verification, users."""
