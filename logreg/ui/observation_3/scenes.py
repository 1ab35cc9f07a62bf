"""The nine scenes of Observation 3: number, title, views, and what each builds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from logreg.ui.observation_3 import growth, regularisation, weights
from logreg.ui.observation_3.pair import Pair
from logreg.ui.observation_3.view import Request, SceneView


@dataclass(frozen=True)
class Scene:
    """Hold one scene.

    Parameters
    ----------
    number : int
        Its key, and `scene=` in the address.
    title : str
        On its button.
    views : tuple of str
        Names of its views, where it has several.
    build : callable
        From pair and request to what the page shows.
    notes : str
        What the notes say, where they slip, and the right form: Markdown.
    flows : tuple of int
        Views over steps that gradient flow can continue.
    elsewhere : tuple of int
        Views with points of their own, in which those on the screen play no part.
    """

    number: int
    title: str
    views: tuple[str, ...]
    build: Callable[[Pair, Request], SceneView]
    notes: str
    flows: tuple[int, ...] = ()
    elsewhere: tuple[int, ...] = ()


_BY_HAND = """
Observation 3 on paper. With all samples at x = 1 and no bias the loss is least where h(1) equals the share k/n of
positive labels, so w* = logit(k/n): a number for k = 2 of 3, and ∞ for 3 of 3.

The notes write argmin as if it always existed. On separable data there is none: the infimum is approached for ever and
not attained.
"""
_TWO_NORMS = """
The notes call ‖w‖ → ∞ a “source of instability”. Descent only creeps: in the end ‖w‖ ≈ [log(γ²ηt/n) + H]/γ, so ten
times the steps add 2.303/γ. The real trouble is that no convergence test fires honestly, that probabilities grow
over-confident, and that log(1 − h) computed naively ends in NaN. (Soudry, Hoffer, Nacson, Gunasekar, Srebro, 2018.)

The line of theory starts where every margin is at least 3. It follows the minima for ever smaller λ, the regularisation
path, near which descent stays, and is right long before the formula is.
"""
_PUSH = """
The notes push c·w·x + b with b fixed. Scale b too, c·(w·x + b): with w·x = 1 and b = −2 a positive point is
misclassified, but 10·1 − 2 > 0.

They push f to very large values for all points. It is the signed values s·f(x) that must grow; scaling helps only if
w already separates.
"""
_DIRECTIONS = """
That every ray goes to infinity does not yet make the minimum finite: the rays must rise uniformly. With overlap the
cheapest of the directions that change the loss costs c* > 0, so L(r·u) ≥ c*·r for them all, and ‖w*‖ ≤ ln 2/c*.
"""
_BALANCE = """
Observation 1 says that the gradient is a weighted sum of the data points: each pulls with σ(−m)·s·x/n. Where the sum
closes the gradient is zero. That there is always a misclassified sample must hold strictly, in every direction: points
on the line pull without ever being wrong.
"""
_THIRD = """
That points which are not separable have a finite norm is false under quasi-complete separation: ‖w‖ diverges, and the
loss tends to a positive infimum. Right: there is a minimum exactly if the classes overlap. (Albert, Anderson, 1984; Ji,
Telgarsky, 2019.)
"""
_NO_PROOF = """
A finite curve cannot tell a slow plateau from a straight line. The verdict comes from a certificate: a line that
separates the points, or positive weights with which the signed points cancel. Both are checked in exact arithmetic.
"""
_LANDSCAPE = """
The larger |f|, the more confident? |f| scales with ‖w‖, and on separable data ‖w‖ is set by how long you train. What is
geometric is f/‖w‖, the distance to the line: while ‖w‖ goes on growing, the line turns ever less.
"""
_REGULARISATION = """
With any λ > 0 there is a minimum, unless a single class meets a bias that is not penalised. On separable data it moves
off like log(1/λ)/γ as λ → 0. scikit-learn penalises by default: C = 1 means λ = 1/(nC) on the mean loss, so it answers
another question unless you ask it not to.
"""

SCENES: tuple[Scene, ...] = (
    Scene(1, "By hand", (), growth.by_hand, _BY_HAND, (1,), (1,)),
    Scene(2, "Two norms", (), growth.two_norms_scene, _TWO_NORMS, (1,)),
    Scene(3, "Push w", (), weights.push, _PUSH),
    Scene(4, "Directions", (), weights.directions, _DIRECTIONS),
    Scene(5, "Balance", ("Gains and losses", "The arrows"), weights.balance_scene, _BALANCE),
    Scene(6, "Third case", (), growth.third_case, _THIRD, (1,)),
    Scene(7, "No proof", ("Which is which?", "A hair’s breadth"), growth.no_proof, _NO_PROOF, (), (2,)),
    Scene(8, "Landscape", ("The landscape", "Direction against length"), weights.landscape_scene, _LANDSCAPE, (2,)),
    Scene(
        9,
        "Regularisation",
        ("λ as a dial", "Early stopping", "So what"),
        regularisation.regularisation_scene,
        _REGULARISATION,
        elsewhere=(3,),
    ),
)
"""In order; scene k is `SCENES[k - 1]`."""

N_VIEWS = {scene.number: len(scene.views) for scene in SCENES}
