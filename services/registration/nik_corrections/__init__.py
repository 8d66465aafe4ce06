"""A wrong NIK is put right: asked by one, decided by another, moved in one transaction (domain.md, section 3)."""
