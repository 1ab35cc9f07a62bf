"""Numbers as text that does not lie: what is not zero is never shown as zero, and what is not one never as one.

The browser writes the numbers of the step by the same rules: logreg/ui/stage/numbers.js. A test holds the two together.
"""

from __future__ import annotations

from decimal import Decimal
from math import isinf, isnan

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLAIN_FROM, _PLAIN_BELOW = -4, 7  # decimal exponents written without a power of ten
_MOST_DIGITS = 15  # that any float64 has
_MOST_NINES = 8  # digits after which 0.99… is written as 1 − …

UNDERFLOW = "0 in float64"
"""What is written for a positive quantity that is smaller than any float64."""


def counted(number: int, name: str = "point") -> str:
    """Write how many there are of something.

    Examples
    --------
    >>> counted(0), counted(1), counted(2), counted(1000)
    ('0 points', '1 point', '2 points', '1,000 points')
    """
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def all_of(number: int, name: str = "points") -> str:
    """Write that all of some things are meant, one or more.

    Examples
    --------
    >>> all_of(1), all_of(2), all_of(3)
    ('the only point', 'both points', 'all 3 points')
    """
    if number == 1:
        return f"the only {name.removesuffix('s')}"
    return f"both {name}" if number == 2 else f"all {number:,} {name}"


def each_of(number: int) -> str:
    """Write that each of some points is meant, one or more.

    Examples
    --------
    >>> each_of(1), each_of(3)
    ('the only point', 'each of 3 points')
    """
    return all_of(number) if number == 1 else f"each of {counted(number)}"


def format_number(value: float, digits: int = 4) -> str:
    """Write a number for a reader, rounded to some significant digits but never to another meaning.

    Parameters
    ----------
    value : float or int
        Any number, infinities and NaN included.
    digits : int
        Significant digits, 1 to 15.

    Returns
    -------
    str
        Plain text that Markdown leaves alone. Trailing zeros say that the number was rounded ("3.000" is not
        exactly 3); "3" is exactly 3.

    Raises
    ------
    ValueError
        If digits is not from 1 to 15.

    Notes
    -----
    What is rounded is the exact decimal value of the float64, half to even. Near ±1 as many digits are added as tell
    the number from 1; from the ninth on the difference is written out, as in "1 − 1.11·10⁻¹⁶".

    Examples
    --------
    >>> [format_number(v) for v in (0.0, 1e-30, 2 / 3, 0.9999999, 1234567.8)]
    ['0', '10⁻³⁰', '0.6667', '0.9999999', '1.235·10⁶']
    """
    if not 1 <= digits <= _MOST_DIGITS:
        raise ValueError(f"digits: expected 1 to {_MOST_DIGITS}, got {digits}.")
    number = float(value)
    if isnan(number):
        return "not a number"
    if number == 0:
        return "0"
    size = "∞" if isinf(number) else _positive(abs(number), digits, number < 0)
    return f"−{size}" if number < 0 else size


def format_positive(value: float, digits: int = 4) -> str:
    """Write a quantity that is positive whatever float64 says of it, as a cross-entropy is.

    Parameters
    ----------
    value : float
        Not negative; 0 where it is smaller than any float64.
    digits : int
        As for `format_number`.

    Examples
    --------
    >>> format_positive(0.25), format_positive(0.0)
    ('0.25', '0 in float64')
    """
    return UNDERFLOW if value == 0 else format_number(value, digits)


def format_power(exponent: int) -> str:
    """Write a power of ten as a tick label, as 1, 10 or 10².

    Parameters
    ----------
    exponent : int
        Any whole number.

    Examples
    --------
    >>> format_power(0), format_power(-3)
    ('1', '10⁻³')
    """
    return {0: "1", 1: "10"}.get(exponent, "10" + str(exponent).translate(_SUPERSCRIPTS))


def _positive(number: float, digits: int, negative: bool) -> str:
    if number.is_integer() and number < 10**_PLAIN_BELOW:
        return f"{int(number):,}"  # every digit of it is exact
    mantissa, exponent = _rounded(number, digits)
    while _is_one(mantissa, exponent) and digits <= _MOST_NINES:
        digits += 1
        mantissa, exponent = _rounded(number, digits)
    if _is_one(mantissa, exponent):
        return _beside_one(number, negative)
    if number == float(f"{mantissa}e{exponent}"):
        mantissa = _without_zeros(mantissa)  # they would say that it was rounded
    if _PLAIN_FROM <= exponent < digits:
        return f"{Decimal(f'{mantissa}e{exponent}'):f}"
    return format_power(exponent) if mantissa == "1" else f"{mantissa}·{format_power(exponent)}"


def _rounded(number: float, digits: int) -> tuple[str, int]:
    """Return mantissa (with all its digits) and exponent of the rounded number; Python rounds half to even."""
    mantissa, exponent = f"{number:.{digits - 1}e}".split("e")
    return mantissa, int(exponent)


def _is_one(mantissa: str, exponent: int) -> bool:
    return exponent == 0 and _without_zeros(mantissa) == "1"


def _without_zeros(mantissa: str) -> str:
    return mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa


def _beside_one(number: float, negative: bool) -> str:
    """Write 1 ± the difference, which float64 holds exactly this close to 1."""
    difference = number - 1
    text = f"1 {'−' if difference < 0 else '+'} {_positive(abs(difference), 3, False)}"
    return f"({text})" if negative else text
