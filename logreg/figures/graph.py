"""How a figure is put together: plain values in, a Plotly figure out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

Trace = dict[str, Any]

checks = False
"""Whether Plotly holds every value against its schema. The tests switch it on; it takes four fifths of the time."""


def figure(traces: Sequence[Trace], layout: dict[str, Any]) -> go.Figure:
    """Return a figure of plain values.

    Parameters
    ----------
    traces : sequence of dict
        Each with its type, as `scatter` gives it.
    layout : dict
        Keywords of `plotly.graph_objects.Layout`.

    Returns
    -------
    plotly.graph_objects.Figure

    Examples
    --------
    >>> figure([scatter(mode="lines")], {}).data[0].mode
    'lines'
    """
    return go.Figure(list(traces), layout, _validate=checks)


def scatter(**fields: Any) -> Trace:
    """Return a scatter trace as plain values.

    Parameters
    ----------
    **fields
        Keywords of `plotly.graph_objects.Scatter`.

    Returns
    -------
    dict

    Examples
    --------
    >>> scatter(mode="lines")
    {'type': 'scatter', 'mode': 'lines'}
    """
    return {"type": "scatter", **fields}
