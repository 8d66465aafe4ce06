"""What announcements writes to whoever filed a case."""
