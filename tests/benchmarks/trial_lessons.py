"""Hold what the lessons say of many random points against a second hand, and print each kind of fault once.

Run as `python -m tests.benchmarks.trial_lessons [points] [seed] [lesson …]`; else 100, seed 0, all lessons.
"""

import logging
import random
import sys
import traceback
import warnings
from collections import Counter

import numpy as np

from logreg.data.dataset import Dataset
from tests.ui.claims.held import CLAIMS, LESSON, check_claims
from tests.ui.hard_points import SCALES, SHAPES
from tests.ui.states import draw_points
from tests.ui.test_lesson_states import faults


def drawn(chance):
    """Return a few points with labels: a hard shape or a scatter, scaled and moved."""
    scale, offset = chance.choice(SCALES)
    if chance.random() < 0.5:
        X, y = chance.choice(list(SHAPES.values()))
    else:
        n = chance.randint(1, 8)
        X = [[round(chance.uniform(-3, 3), chance.choice([0, 1, 3])) for _ in "ab"] for _ in range(n)]
        y = [chance.randint(0, 1) for _ in range(n)]
    return Dataset(np.array(X, dtype=float) * scale + offset, y)


def untrue(name, view, dataset):
    """Return what is wrong with what a view of a lesson says of points."""
    try:
        check_claims(name, dataset, {view: CLAIMS[name].OF_POINTS[view]})
    except Exception as error:
        places = [f"{place.name}:{place.lineno}" for place in traceback.extract_tb(error.__traceback__)[-2:]]
        return [f"{type(error).__name__} {str(error)[:200]} at {' '.join(places)}"]
    return []


def main(n_points=100, seed=0, *names):
    """Try all scenes on so many points of a few, and on as many of any size."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("error")
    chance, found = random.Random(int(seed)), Counter()
    for _ in range(int(n_points)):
        few, any_size = drawn(chance), Dataset(*draw_points(chance))
        for name in names or LESSON:
            for view in CLAIMS[name].OF_POINTS:
                for dataset, wrong in (
                    (few, untrue(name, view, few)),
                    (any_size, faults(LESSON[name], view[0], any_size, view[1])),
                ):
                    for one in wrong:
                        if not found[name, view, one]:
                            print(name, view, one, dataset.X.tolist(), dataset.y.tolist(), flush=True)
                        found[name, view, one] += 1
    print(f"{n_points} points, seed {seed}: {found.total()} faults of {len(found)} kinds")


if __name__ == "__main__":
    main(*sys.argv[1:])
