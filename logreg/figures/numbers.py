"""Numbers as text that does not lie: what is not zero is never shown as zero, and what is not one never as one."""

from __future__ import annotations

from decimal import Decimal
from math import isinf, isnan
from numbers import Integral

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLAIN_FROM, _PLAIN_BELOW = -4, 7  # decimal exponents written without a power of ten
UNDERFLOW = "0 in float64"
"""What is written for a positive quantity that is smaller than any float64."""

_MOST_NINES = 8  # digits after which 0.99… is written as 1 − …


def format_number(value: float, digits: int = 4) -> str:
    """Write a number for a reader, rounded to some significant digits but never to another meaning.

    Parameters
    ----------
    value : float or int
        Any number, infinities and NaN included.
    digits : int
        Significant digits, at least 1.

    Returns
    -------
    str
        Plain text that Markdown leaves alone. Trailing zeros say that the number was rounded ("3.000" is not
        exactly 3); "3" is exactly 3.

    Raises
    ------
    ValueError
        If digits is below 1.

    Notes
    -----
    Near ±1 as many digits are added as tell the number from 1; from the ninth on the difference is written out,
    as in "1 − 1.11·10⁻¹⁶".

    Examples
    --------
    >>> [format_number(v) for v in (0.0, 1e-30, 2 / 3, 0.9999999, 1234567.8)]
    ['0', '10⁻³⁰', '0.6667', '0.9999999', '1.235·10⁶']
    """
    if digits < 1:
        raise ValueError(f"digits: expected at least 1, got {digits}.")
    number = int(value) if isinstance(value, Integral) else float(value)
    if isinstance(number, float) and (isnan(number) or isinf(number)):
        return "not a number" if isnan(number) else ("∞" if number > 0 else "−∞")
    if number == 0:
        return "0"
    sign = "−" if number < 0 else ""
    return sign + _positive(abs(number), digits, bool(sign))


def format_power(exponent: int) -> str:
    """Write a power of ten as a tick label, as 1, 10 or 10².

    Parameters
    ----------
    exponent : int
        Any whole number.

    Returns
    -------
    str

    Examples
    --------
    >>> format_power(0), format_power(-3)
    ('1', '10⁻³')
    """
    return {0: "1", 1: "10"}.get(exponent, "10" + str(exponent).translate(_SUPERSCRIPTS))


def _positive(number: float, digits: int, negative: bool) -> str:
    decimal = Decimal(number)
    if number == int(number) and number < 10**_PLAIN_BELOW:
        return f"{int(number):,}"  # every digit of it is exact
    shown, exponent = _rounded(decimal, digits)
    if Decimal(shown).scaleb(exponent) == 1:
        while Decimal(shown).scaleb(exponent) == 1 and digits <= _MOST_NINES:
            digits += 1
            shown, exponent = _rounded(decimal, digits)
        if Decimal(shown).scaleb(exponent) == 1:
            return _beside_one(number, negative)
    if float(number) == float(Decimal(shown).scaleb(exponent)):
        shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    if _PLAIN_FROM <= exponent < max(digits, 1):
        return f"{Decimal(shown).scaleb(exponent):f}"
    return format_power(exponent) if shown == "1" else f"{shown}·{format_power(exponent)}"


def _rounded(number: Decimal, digits: int) -> tuple[str, int]:
    """Return mantissa (with all its digits) and exponent of the rounded number."""
    mantissa, exponent = f"{number:.{digits - 1}e}".split("e")
    return mantissa, int(exponent)


def _beside_one(number: float, negative: bool) -> str:
    """Write 1 ± the difference, which float64 holds exactly this close to 1."""
    difference = number - 1
    joint = "−" if difference < 0 else "+"
    text = f"1 {joint} {_positive(abs(difference), 3, False)}"
    return f"({text})" if negative else text
