"""What the portal writes to people by e-mail or SMS (domain.md, section 11)."""
