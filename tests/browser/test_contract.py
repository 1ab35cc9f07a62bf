"""What Python and JavaScript both do, they do alike: the modules themselves, in Chromium, on the same cases."""

import base64
import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logreg.figures.numbers import format_number, format_positive, format_power

CALLS = """async ([path, name, rows]) => {
  const module = await import(path);
  return rows.map((row) => module[name](...row));
}"""
FLOATS = """async ([bytes, digits]) => {
  const { formatNumber } = await import("/stage/numbers.js");
  const values = new Float64Array(Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0)).buffer);
  return Array.from(values, (value) => formatNumber(value, digits));
}"""
NASTY = [
    *(0.0, -0.0, math.inf, -math.inf, math.nan, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308),
    *(1 - 2**-53, 1 + 2**-52, -1 + 2**-53, 0.99995, 0.999949999999, 9.9995, 9.99949, 99.99995, 9.5, 9999999.5, 1e22),
    *(1e21, 1e23, 2.0**53, 2.0**53 + 2, 10.0**7, 10.0**7 - 1, 1e-4, 9.9996e-5, 0.00012345, 0.1, 0.3, 2 / 3),
]


@pytest.fixture
def calls(script):
    """Return a function that calls one function of a module once a row."""
    return lambda path, name, rows: script(CALLS, [path, name, rows])


def drawn(strategy, count):
    """Return so many values that hypothesis draws: it looks for the ends and the corners of a range."""
    values = []

    @settings(max_examples=count, database=None)
    @given(strategy)
    def draw(value):
        values.append(value)

    draw()
    return values


def ties(rng, digits, count):
    """Return floats whose exact decimal value has one digit more, a 5: in the middle between two shorter numbers."""
    decimals = rng.integers(1, min(digits, 10) + 1, count)
    halves = 10.0 ** (digits - decimals) * 2.0**decimals
    values = (2 * np.floor(halves * rng.uniform(0.5, 4.5, count)) + 1) / 2.0**decimals
    assert all(len(Decimal(value).as_tuple().digits) == digits + 1 for value in values if value > 1)
    return values


@pytest.mark.parametrize("digits", range(1, 16))
def test_every_float_is_the_same_text_in_python_and_in_the_browser(script, digits):
    rng = np.random.default_rng(digits)
    any_bits = rng.integers(0, 2**64, 1000, np.uint64).view(float)
    values = [*NASTY, *drawn(st.floats(), 500), *ties(rng, digits, 500), *any_bits]
    sent = base64.b64encode(np.array(values, dtype="<f8").tobytes()).decode()
    shown = script(FLOATS, [sent, digits])
    wanted = [format_number(value, digits) for value in values]
    assert [pair for pair in zip(values, wanted, shown, strict=True) if pair[1] != pair[2]] == []


def test_counts_powers_and_positive_quantities_are_the_same_text_too(calls):
    counts = [*range(1200), *drawn(st.integers(0, 10**15), 200)]
    assert calls("/stage/numbers.js", "formatCount", [[n] for n in counts]) == [f"{n:,}" for n in counts]
    powers = range(-400, 400)
    assert calls("/stage/numbers.js", "formatPower", [[k] for k in powers]) == [format_power(k) for k in powers]
    sizes = [0.0, *drawn(st.floats(0, allow_infinity=False), 200)]
    assert calls("/stage/numbers.js", "formatPositive", [[v] for v in sizes]) == [format_positive(v) for v in sizes]


def test_what_falls_short_of_a_target_by_less_than_all_of_it_is_never_said_to_be_100_percent_short(calls):
    shares = [0.0, 5e-7, 4.9e-6, 1e-9, 1e-300, 0.5, 1 - 1e-8, *drawn(st.floats(0, 1, exclude_max=True), 300)]
    said = calls("/stage/numbers.js", "formatShortfall", [[share, 1.0] for share in shares])
    assert said[:7] == ["100", "99.9999", "99.9995", "99.9999999", "(100 − 1.00·10⁻²⁹⁸)", "50", "1.00·10⁻⁶"]
    assert [(text == "100") == (share == 0) for share, text in zip(shares, said, strict=True)] == [True] * len(shares)
