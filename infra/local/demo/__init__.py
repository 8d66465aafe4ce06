"""`make demo`: the whole census in small, by HTTP against a running portal, checking every step."""
