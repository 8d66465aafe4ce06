"""Numbers as Indonesian sentences write them."""


def number_text(number: int) -> str:
    """Write a number with dots between thousands: `1.234`."""
    return f"{number:,}".replace(",", ".")
