"""Figures: pure functions from data to pictures, each a Plotly figure and the same in words.

Said once for all of them: a function that draws takes what it shows and `theme`, whose colours it uses, and returns a
`Picture`. A docstring adds what a signature does not tell.
"""

from importlib.util import find_spec

if find_spec("plotly") is None:
    raise ImportError('Plotly draws the figures of logreg, and is not installed: pip install "plotly>=7.1"')
