"""Figures: pure functions from data to pictures, each a Plotly figure and the same in words."""

from importlib.util import find_spec

if find_spec("plotly") is None:
    raise ImportError('Plotly draws the figures of logreg, and is not installed: pip install "plotly>=7.1"')
