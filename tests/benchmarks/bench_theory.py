"""Time gradient flow and the regularisation path against what one would take off the shelf; prints ratios.

Run as `python -m tests.benchmarks.bench_theory [repeats]`. Rivals: SciPy's `solve_ivp` with LSODA and the exact
Jacobian for the flow, at the same times and tolerances (it takes no verdict and no losses, as ours does), and
scikit-learn's `LogisticRegression`, refitted for each λ with a warm start, for the path. CPU time of the process, best
of the repeats; each rival's answer is compared with ours.
"""

import sys
import time
import warnings
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))  # so that running it as a plain file works too

from logreg.data.dataset import Dataset
from logreg.theory.flow import gradient_flow
from logreg.theory.regularisation import regularisation_path


def blobs(n_samples, gap):
    """Return two clouds; with a gap of 5 a line separates them, with 1 none does."""
    rng = np.random.default_rng(0)
    y = np.arange(n_samples) % 2
    return Dataset(rng.normal(size=(n_samples, 2)).clip(-2, 2) + gap * y[:, None], y)


def off_the_shelf_flow(dataset, times):
    """Integrate in log time, as LSODA would not get to 10^12 else, and return ‖(w, b)‖ at the end."""
    from scipy.integrate import solve_ivp

    rows = dataset.signed_samples()

    def rate(tau, v):
        return rows.T @ np.exp(tau - np.logaddexp(0, rows @ v)) / len(rows)

    def jacobian(tau, v):
        m = rows @ v
        bend = np.exp(tau - np.logaddexp(0, m) - np.logaddexp(0, -m))
        return -(rows.T * bend) @ rows / len(rows)

    taus = np.log1p(times)
    found = solve_ivp(rate, (0.0, taus[-1]), np.zeros(3), "LSODA", t_eval=taus, jac=jacobian, rtol=1e-8, atol=1e-10)
    return np.linalg.norm(found.y[:, -1])


def off_the_shelf_path(dataset, penalties):
    """Refit for every λ, each from the last one's answer, and return ‖w‖ at the smallest λ."""
    from sklearn.linear_model import LogisticRegression

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it did not converge shows in the comparison
        model = LogisticRegression(warm_start=True, solver="newton-cholesky", tol=1e-8, max_iter=1000)
        for l2 in penalties[::-1]:
            model.set_params(C=1 / (dataset.n_samples * l2)).fit(dataset.X, dataset.y)
    return np.linalg.norm(model.coef_)


def seconds(function, repeats):
    """Return the best CPU time of a function, and what it returns."""
    best = np.inf
    for _ in range(repeats):
        started = time.process_time()
        result = function()
        best = min(best, time.process_time() - started)
    return best, result


def main(repeats=3):
    """Print the table."""
    gradient_flow(blobs(10, 5.0))  # loads SciPy
    print(f"CPU seconds, best of {repeats}; last column of each: relative difference of the last length")
    print("     n  gap |   flow  solve_ivp  ratio     off |   path  scikit-learn  ratio     off")
    for n_samples in (200, 2000, 5000):
        for gap in (5.0, 1.0):
            data = blobs(n_samples, gap)
            ours, flow = seconds(lambda data=data: gradient_flow(data), repeats)
            theirs, norm = seconds(lambda data=data, flow=flow: off_the_shelf_flow(data, flow.times), repeats)
            off = abs(norm / flow.parameter_norm[-1] - 1)
            said = f"{n_samples:6d} {gap:4.1f} | {ours:6.3f} {theirs:10.3f} {theirs / ours:6.1f} {off:7.0e} |"
            ours, path = seconds(lambda data=data: regularisation_path(data), repeats)
            theirs, norm = seconds(lambda data=data, path=path: off_the_shelf_path(data, path.l2), repeats)
            off = abs(norm / path.weight_norm[0] - 1)
            print(f"{said} {ours:6.3f} {theirs:13.3f} {theirs / ours:6.1f} {off:7.0e}", flush=True)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
