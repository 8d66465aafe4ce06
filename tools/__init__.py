"""Programs beside the portal; nothing of the portal imports them."""
