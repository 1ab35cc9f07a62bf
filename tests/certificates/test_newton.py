"""Newton's method in floats: it ends soon where floats get no further."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from logreg.certificates import newton
from logreg.data.dataset import Dataset
from logreg.training.objective import Objective


@pytest.mark.parametrize("l2", [1e-6, 1.0])
def test_a_search_that_only_rounds_is_given_up_soon(monkeypatch: pytest.MonkeyPatch, l2: float) -> None:
    asked, whole = [], newton.stretch

    def counted(slope: Callable[[float], float], step: float) -> float:
        return whole(lambda t: asked.append(t) or slope(t), step)

    monkeypatch.setattr(newton, "stretch", counted)
    far = Dataset([[1e150, 0.0], [-1e150, 1.0]], [0, 1])
    assert newton.float_minimiser(far, Objective(fit_bias=False, l2=l2)) is None
    assert 0 < len(asked) < 1000, "and not 24,000"
