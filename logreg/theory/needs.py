"""SciPy, which some of the theory needs: imported where it is used, so that the first page does not wait for it."""

from importlib.util import find_spec


def needs_scipy() -> None:
    """Raise an ImportError that says how SciPy is had, where it is not installed."""
    if find_spec("scipy") is None:
        raise ImportError('SciPy computes this part of logreg, and is not installed: pip install "scipy>=1.14"')
