"""`make rehearsal`: writers against a portal whose limits are AWS's, scaled down; nothing may be lost."""
