"""Numbers as text: rounded to their digits, and never to another meaning."""

from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from math import isinf, nan

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from logreg.figures.numbers import UNDERFLOW, format_number, format_positive, format_power

FLOATS = st.floats(allow_nan=False, allow_infinity=False)
TO_ASCII = str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789", ",")


def parsed(text):
    """Read back what format_number wrote."""
    plain = text.translate(TO_ASCII).strip("()")
    if plain.startswith("-(") or text.startswith("−("):
        return -parsed(text[2:-1])
    if " " in plain:
        one, joint, rest = text.split(" ")
        return parsed(one) + (parsed(rest) if joint == "+" else -parsed(rest))
    sign, plain = (-1, plain[1:]) if plain[0] == "-" else (1, plain)
    if "·" in plain:
        mantissa, power = plain.split("·")
        return sign * float(f"{mantissa}e{power[2:] or 1}")
    if text.lstrip("−").startswith("10") and any(c in "⁰¹²³⁴⁵⁶⁷⁸⁹" for c in text):
        return sign * float(f"1e{plain[2:]}")
    return sign * float(plain)


@given(FLOATS, st.integers(1, 12))
@example(0.9999999, 4)
@example(1 - 2**-53, 4)
@example(-1 + 2**-53, 1)
@example(5e-324, 1)
@example(1.7976931348623157e308, 3)
@example(9.9996e-5, 4)
@settings(max_examples=600)
def test_a_number_is_shown_to_its_digits_and_never_as_another_landmark(value, digits):
    shown = parsed(format_number(value, digits))
    if isinf(shown):  # rounding up the largest floats leaves float64
        assert abs(value) > 1e308
        return
    assert shown == pytest.approx(value, rel=0.51 * 10 ** (1 - digits), abs=5e-324)
    assert (shown == 0) == (value == 0)
    assert (format_number(value, digits) in ("1", "−1")) == (abs(value) == 1)
    assert (shown < 0) == (value < 0)


@given(st.floats(-1e-3, 1e-3).map(lambda d: 1 + d), st.integers(1, 8))
def test_a_number_beside_one_keeps_its_side_of_one(value, digits):
    shown = format_number(value, digits)
    assert (shown == "1") == (value == 1)
    if " " in shown:
        assert ("−" in shown.split(" ")[1]) == (value < 1)
    else:
        assert np.sign(parsed(shown) - 1) == np.sign(value - 1)


@given(FLOATS)
def test_a_shown_number_without_trailing_zeros_after_the_point_is_plain_text_for_markdown(value):
    assert not set(format_number(value)) & set("*_`$~<>[]#|\\")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1, "1"),
        (1.0, "1"),
        (3, "3"),
        (2.9999999, "3.000"),
        (0.5, "0.5"),
        (1e-30, "10⁻³⁰"),
        (1.2346e-30, "1.235·10⁻³⁰"),
        (-2.5e-7, "−2.5·10⁻⁷"),
        (1_000_000, "1,000,000"),
        (10**15, "10¹⁵"),
        (123456.7, "1.235·10⁵"),
        (0.9999999, "0.9999999"),
        (1 - 2**-53, "1 − 1.11·10⁻¹⁶"),
        (1.0000001, "1.0000001"),
        (float("inf"), "∞"),
        (-float("inf"), "−∞"),
        (nan, "not a number"),
        (np.float64(0.25), "0.25"),
        (np.int64(7), "7"),
    ],
)
def test_examples_of_honest_numbers(value, shown):
    assert format_number(value) == shown


def rounded_half_even(value, digits):
    with localcontext() as context:
        context.prec, context.rounding = digits, ROUND_HALF_EVEN
        return +Decimal(value)


@given(st.integers(-(10**6), 10**6).map(lambda k: k + 0.5) | FLOATS, st.integers(4, 12))
@example(1234.5, 4)
@example(1235.5, 4)
def test_the_exact_decimal_value_is_rounded_half_to_even(value, digits):
    wanted = rounded_half_even(value, digits)
    if abs(wanted) != 1 and not isinf(float(wanted)):
        assert parsed(format_number(value, digits)) == float(wanted)


@given(FLOATS.map(abs))
def test_a_positive_quantity_that_float64_calls_zero_is_said_to_be_so(value):
    assert (format_positive(value) == UNDERFLOW) == (value == 0)


@given(st.integers(-400, 400))
def test_a_power_of_ten_reads_as_its_number(exponent):
    assert Decimal(format_power(exponent).translate(TO_ASCII)[2:] or int(exponent > 0)) == exponent


def test_digits_that_no_float64_has_are_refused():
    for digits in (0, 16):
        with pytest.raises(ValueError, match="digits"):
            format_number(1.5, digits)
