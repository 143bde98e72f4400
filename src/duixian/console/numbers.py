"""Whole numbers as addresses and forms bring them: keys, counts, places."""

# no key, count or place of ours has more digits, and every database holds what has so many
MOST_DIGITS = 18


def whole_number(text: str) -> int | None:
    """The number written in plain digits; None for anything else and for what no key or count can be."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None
