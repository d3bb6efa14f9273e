"""Pence in words: the one way in which the rules name an amount."""


def in_pounds(pence: int) -> str:
    """Pence as the office writes it: 124000 is "£1,240.00"."""
    sign = "−" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"
