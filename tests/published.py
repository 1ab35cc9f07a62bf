"""Print the table "published result → what this app measures" as Markdown: python -m tests.published.

The data sets are also what the tests of theory, flow and landscape use.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from logreg.certificates.margin import max_margin
from logreg.certificates.optimum import optimum
from logreg.certificates.separability import check_separability
from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import HEADLINE, cycling_points, nielsens_neuron, online_course, wus_toy
from logreg.data.lecture_sets import headline as flipped_headline
from logreg.theory.asymptotics import asymptotics
from logreg.theory.directions import least_cost
from logreg.theory.flow import gradient_flow
from logreg.theory.likelihood import running_product
from logreg.theory.losses import divergence
from logreg.theory.two_losses import descend_on
from logreg.training.config import TrainingConfig
from logreg.training.model import sigmoid
from logreg.training.objective import Objective, hessian, loss, smoothness
from logreg.training.trainer import train

CORNERS = [[0, 0], [0, 1], [1, 0], [1, 1]]
AND = Dataset(CORNERS, [0, 0, 0, 1], "AND")
XOR = Dataset(CORNERS, [0, 1, 1, 0], "XOR")
UCLA_COMPLETE = Dataset(
    np.column_stack([[1, 2, 3, 3, 5, 6, 10, 11], [3, 2, -1, -1, 2, 4, 1, 0]]),
    [0, 0, 0, 0, 1, 1, 1, 1],
    "UCLA, complete separation",
)
UCLA_QUASI = Dataset(
    np.column_stack([[1, 2, 3, 3, 3, 4, 5, 6, 10, 11], [3, 0, -1, 4, 1, 0, 2, 7, 3, 4]]),
    [0, 0, 0, 0, 1, 1, 1, 1, 1, 1],
    "UCLA, quasi-complete separation",
)
SOUDRY = Dataset([[0.5, 1.5], [1.5, 0.5], [-0.5, -1.5], [-1.5, -0.5]], [1, 1, 0, 0], "Soudry's support vectors")
WU_TOY, CYCLE = wus_toy(), cycling_points()
_FAILED = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5]
_PASSED = [1.75, 2.25, 2.75, 3.25, 4, 4.25, 4.5, 4.75, 5, 5.5]
HOURS = Dataset(np.array([*_FAILED, *_PASSED])[:, None], [0] * 10 + [1] * 10, "hours of study, exam passed")


def headline(flip: tuple[float, float] | None = None) -> Dataset:
    """Return the lecture's pair of mirrored clouds, with the label of this point flipped if asked."""
    return flipped_headline(None if flip is None else HEADLINE.index(flip))


def iris_petals(species: tuple[int, int]) -> Dataset:
    """Return petal length and width of two of iris' species (0 setosa, 1 versicolor, 2 virginica)."""
    from sklearn.datasets import load_iris

    iris = load_iris()
    chosen = np.isin(iris.target, species)
    return Dataset(iris.data[chosen, 2:], iris.target[chosen] == species[1], "iris petals")


def _vector(values: Any, digits: int = 4) -> str:
    numbers = ", ".join(f"{value + 0.0:.{digits}f}" for value in np.round(np.ravel(values), digits))
    return f"({numbers.replace('-', '−')})"


def _margin_row(name: str, published: str, dataset: Dataset, fit_bias: bool = True) -> tuple[str, str, str]:
    limit = max_margin(dataset, "augmented" if fit_bias else "none")
    w = [*limit.weights, limit.bias] if fit_bias else limit.weights
    return (
        name,
        published,
        f"{check_separability(dataset, fit_bias=fit_bias).kind}, ŵ = {_vector(w)}, γ = {limit.margin:.6f}",
    )


def rows() -> Iterator[tuple[str, str, str]]:
    """Yield (case, published, measured)."""
    yield _margin_row("AND", "separable, ŵ = (2, 2, −3)", AND)
    yield "XOR", "overlapping, optimum 0", f"{check_separability(XOR).kind}, {_vector(optimum(XOR).weights)}"
    published = "separable, ŵ = (0.6667, 0.2222, −2.7778), γ = 0.349005"
    yield _margin_row("UCLA, complete separation", published, UCLA_COMPLETE)
    law: Any = asymptotics(UCLA_QUASI)
    yield (
        "UCLA, quasi-complete separation",
        "ū = (1, 0, −3)/√10, γ_c = 0.316228, inf L = 0.188959",
        f"{law.kind}, √10·ū = {_vector(law.direction * np.sqrt(10))}, "
        f"γ_c = {law.margin:.6f}, inf L = {law.inf_loss:.6f}",
    )
    yield _margin_row("Soudry's support vectors, no bias", "ŵ ∝ (1, 1), γ = √2 = 1.414214", SOUDRY, fit_bias=False)
    yield _margin_row("iris petals, setosa/versicolor", "separable, γ = 0.268493 (augmented)", iris_petals((0, 1)))
    model = optimum(iris_petals((1, 2)))
    measured = f"{check_separability(iris_petals((1, 2))).kind}: {_vector([model.bias, *model.weights], 6)}"
    yield "iris petals, versicolor/virginica", "overlapping: (−45.272344, 5.754532, 10.446700), b first", measured
    yield from _headline_rows()
    yield _course_row()
    yield from _law_rows()
    yield from _loss_rows()
    yield from _likelihood_rows()


def _course_row() -> tuple[str, str, str]:
    run = train(online_course(), TrainingConfig(learning_rate=0.1, n_steps=10**4))
    name = "an online course's six points, η = 0.1, 10⁴ steps"
    published = "w = (5.28, 5.08), b = −14.222409982019837; whether they are separable is not said"
    limit = max_margin(online_course(), "augmented")
    measured = f"w = {_vector(run.weights[-1], 5)}, b = {run.bias[-1]:.12f}; ".replace("-", "−")
    measured += f"{check_separability(online_course()).kind}, "
    return name, published, f"{measured}ŵ = {_vector([*limit.weights, limit.bias])}, γ = {limit.margin:.6f}"


def _headline_rows() -> Iterator[tuple[str, str, str]]:
    run = train(headline(), TrainingConfig(n_steps=10**5, objective=Objective(fit_bias=False)))
    norms = ", ".join(f"{run.weight_norm[run.index_at(10**k)]:.3f}" for k in (2, 3, 4, 5))
    yield "headline, ‖w‖ at 10² … 10⁵ steps", "2.528, 3.976, 5.566, 7.188", norms
    for flip, published in (((2.6, 2.4), "‖w*‖ = 0.91496"), ((1.2, 3), "‖w*‖ = 3.911")):
        data = headline(flip)
        norm, bound = (
            np.linalg.norm(optimum(data, Objective(fit_bias=False)).weights),
            least_cost(data, fit_bias=False).norm_bound,
        )
        yield f"headline, {flip} flipped", published, f"‖w*‖ = {norm:.5f} (every direction costs: at most {bound:.2f})"
    run = train(headline((0.5, 1.5)), TrainingConfig(n_steps=10**4, objective=Objective(fit_bias=False)))
    kind = check_separability(run.dataset, fit_bias=False).kind
    published = "quasi-separable, ‖w‖ = 12.046 at 10⁴"
    yield "headline, (0.5, 1.5) flipped", published, f"{kind}, ‖w‖ = {run.weight_norm[-1]:.3f}"


def _law_rows() -> Iterator[tuple[str, str, str]]:
    law: Any
    flow, law = gradient_flow(UCLA_COMPLETE), asymptotics(UCLA_COMPLETE)
    product = flow.loss[-1] * law.margin**2 * flow.reached
    yield "Soudry et al. 2018: L·γ²ηt → 1 (UCLA, t = 10¹²)", "1", f"{product:.6f}"
    flow, law = gradient_flow(UCLA_QUASI, 1e6), asymptotics(UCLA_QUASI)
    product = (flow.loss[-1] - law.inf_loss) * law.margin**2 * flow.reached
    yield "Ji, Telgarsky 2019: (L − inf L)·γ_c²ηt → 1 (UCLA, t = 10⁶)", "1", f"{product:.4f}"
    stable = 2 / smoothness(WU_TOY, Objective(fit_bias=False))
    run = train(WU_TOY, TrainingConfig(learning_rate=8.0, n_steps=1000, objective=Objective(fit_bias=False)))
    rises = 1 + np.flatnonzero(np.diff(run.loss) > 0)
    measured = f"{len(rises)} rises, the last at step {rises[-1]}; then L falls to {run.loss[-1]:.4f}"
    yield f"Wu et al. 2024: η = 8 against 2/L = {stable:.2f}", "rises first, then monotone for ever", measured


def _loss_rows() -> Iterator[tuple[str, str, str]]:
    for start, published in (((0.6, 0.9), "0.82 → 0.09"), ((2.0, 2.0), "0.98 → 0.20")):
        output = sigmoid(descend_on("squared error", nielsens_neuron(), start, 0.15, 300).sum(axis=1))
        name = (
            f"Nielsen 2015, ch. 3: squared error, w = {start[0]:g}, b = {start[1]:g}, η = 0.15, output after 300 epochs"
        )
        yield name, published, f"{output[0]:.4f} → {output[-1]:.4f}"
    ways = ((0.5, 0.25), (0.25, 0.5))
    bits = ", ".join(f"{float(divergence(q, p)) / np.log(2):.4f}" for q, p in ways)
    yield "Cover, Thomas 2006, ex. 2.3.1: KL of (½, ½) from (¾, ¼), and back, in bits", "0.2075, 0.1887", bits


def _likelihood_rows() -> Iterator[tuple[str, str, str]]:
    best = optimum(HOURS)
    curved = np.linalg.inv(hessian(best, HOURS) * HOURS.n_samples)
    log_l = -loss(best, HOURS) * HOURS.n_samples
    measured = f"{best.bias:.4f} ± {curved[1, 1] ** 0.5:.4f}, {best.weights[0]:.4f} ± {curved[0, 0] ** 0.5:.4f}; "
    name = "hours of study (Wikipedia, “Logistic regression”): b, w with standard errors from the curvature; log L"
    published = "−4.0777 ± 1.7610, 1.5046 ± 0.6287; −8.02988"
    yield name, published, f"{measured}{log_l:.5f}".replace("-", "−")
    halves = running_product(0.5, 1075)
    measured = f"0.5^1074 = {halves[1074]:.3g}, 0.5^1075 = {halves[1075]:g}".replace("e-", "·10^−")
    yield "IEEE 754: the smallest float64 above 0", "2^−1074 ≈ 4.94·10^−324", measured


def main() -> None:
    """Print the table."""
    print("| case | published | this app |\n| --- | --- | --- |")
    for row in rows():
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
