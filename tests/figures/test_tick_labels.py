"""Margins hold the labels that Plotly writes."""

import pytest

from logreg.figures.picture import picture
from logreg.figures.tick_labels import label_width, margin_for


@pytest.mark.parametrize(
    ("low", "high", "widest"),
    [
        (-1.5, 2.5, "−0.5"),
        (-1.5e6, 2.5e6, "−0.5×10⁶"),
        (-1.5e-6, 2.5e-6, "−0.5×10⁻⁶"),
        (1e8, 1e8 + 3, "1.00000001×10⁸"),
        (0.0, 50_000.0, "50000"),
        (0.0, 0.0, "0"),
    ],
)
def test_a_label_has_the_digits_its_neighbours_need(low, high, widest):
    assert 4.8 * len(widest) < label_width(low, high) < 8.5 * len(widest)


def test_a_margin_is_only_ever_widened_and_only_for_labels_that_plotly_chooses():
    powers = {"range": [-1e6, 1e6], "title": {"text": "‖w‖"}}
    assert margin_for(powers, 66) > 66
    assert margin_for(powers, 200) == 200
    for own in ({"type": "log"}, {"tickvals": [0.0], "ticktext": ["0"]}, {"visible": False}):
        assert margin_for(powers | own, 66) == 66
    layout = picture([], {"margin": {"l": 40, "r": 6}, "yaxis": powers, "yaxis2": {"range": [0, 1]}}, "Words.").layout
    assert layout["margin"] == {"l": margin_for(powers, 40), "r": 6}
