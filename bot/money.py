"""Money: the one place that multiplies it, reads it as people type it, and prints it.

An amount is an ``int`` of paise, the minor unit; no float ever touches it.
"""

from decimal import Decimal


def line_total(quantity: Decimal, price_per_unit: int) -> int:
    """``quantity × price_per_unit`` (paise) rounded half up to a whole paisa.

    Integers all the way, so the result owes nothing to the precision of a decimal context.
    """
    numerator, denominator = quantity.as_integer_ratio()
    return (2 * numerator * price_per_unit + denominator) // (2 * denominator)
