"""Text and lines stand out from the page in both appearances."""

import pytest

from logreg.figures.theme import DARK, LIGHT, theme_for


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_text_and_lines_stand_out_from_the_page(theme):
    for colour in (theme.text, theme.muted, theme.certain, theme.boundary, *theme.runs):
        assert contrast(colour, theme.background) >= 4.5
    for colour in theme.classes:
        assert contrast(colour, theme.background) >= 3
    for paper in (theme.background, theme.panel):
        assert contrast(theme.primary, paper) >= 4.5  # a slider's number, an open choice, a focus
    assert contrast(theme.background, theme.primary) >= 4.5  # what stands on a button
    assert contrast("#FFFFFF", theme.primary) >= 3  # the tick of a box and the knob of a switch are white


def test_an_unknown_appearance_is_light():
    assert [theme_for(name) for name in ("dark", "light", None, "sepia")] == [DARK, LIGHT, LIGHT, LIGHT]
