"""The notebook to take along: the points and settings on the screen, the thirty lines, and the other two answers."""

from __future__ import annotations

import json
from typing import Any

from logreg.data.dataset import Dataset
from logreg.ui.in_code.listing import source

NAME = "logistic_regression.ipynb"
"""What the file is called."""

_TITLE = """# Logistic regression by gradient descent

The points and settings of the page “In code”. The first cells need NumPy alone; a cell that needs more says so.
"""
_RUN = """w, b = train(X, y, n_steps, l2)
print("w =", w, " b =", b)
print("loss", loss(w, b, X, y, l2), " accuracy", np.mean((X @ w + b >= 0) == y))"""
_LOGREG = """try:
    import logreg
except ModuleNotFoundError:
    print("logreg is not installed: this cell is left out.")
else:
    dataset = logreg.Dataset(X, y)
    print(logreg.check_separability(dataset).kind)
    run = logreg.train(dataset, logreg.TrainingConfig(n_steps=n_steps, objective=logreg.Objective(l2=l2)))
    print("w =", run.model.weights, " b =", run.model.bias)
    print("largest difference from above:", np.abs(run.model.weights - w).max())"""
_SCIKIT_LEARN = """try:
    from sklearn.linear_model import LogisticRegression
except ModuleNotFoundError:
    print("scikit-learn is not installed: this cell is left out.")
else:
    if len(set(y.tolist())) < 2:
        print("scikit-learn refuses a single class.")
    else:
        C = 1 / (len(y) * l2) if l2 else np.inf  # its default, C = 1, is a penalty
        fitted = LogisticRegression(C=C, tol=1e-10, max_iter=10_000).fit(X, y)
        print("w =", fitted.coef_[0], " b =", fitted.intercept_[0])
        print("largest difference from above:", np.abs(fitted.coef_[0] - w).max())"""


def notebook(dataset: Dataset, n_steps: int, l2: float) -> str:
    """Return the notebook as the text of its file.

    Parameters
    ----------
    dataset : Dataset
        Its points are written out to the last digit.
    n_steps : int
        Steps to take.
    l2 : float
        λ on the mean loss.

    Returns
    -------
    str
        JSON, in nbformat 4.5.

    Examples
    --------
    >>> json.loads(notebook(Dataset([[0.0], [1.0]], [0, 1]), 10, 0.0))["nbformat"]
    4
    """
    points = ",\n    ".join(map(repr, dataset.X.tolist()))
    settings = f"n_steps = {n_steps}\nl2 = {l2!r}"
    data = f"X = np.array([\n    {points},\n])\ny = np.array({dataset.y.tolist()})\n{settings}"
    cells = [
        _cell("markdown", _TITLE),
        _cell("code", source().rstrip()),
        _cell("code", data),
        _cell("code", _RUN),
        _cell("markdown", "The same with `logreg`, which also decides whether there is a minimum:"),
        _cell("code", _LOGREG),
        _cell("markdown", "And with scikit-learn:"),
        _cell("code", _SCIKIT_LEARN),
    ]
    numbered = [{**cell, "id": f"cell-{number}"} for number, cell in enumerate(cells)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {"cells": numbered, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _cell(kind: str, text: str) -> dict[str, Any]:
    lines = text.rstrip("\n").splitlines(keepends=True)
    empty: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, "source": lines, **empty}
