"""What announcements tells the other services."""
