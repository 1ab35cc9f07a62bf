"""The numbers that made data can be asked for, with ranges: what a control, a link and `make_dataset` agree on."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from math import nan

from logreg.data.checks import checked_number, shown


@dataclass(frozen=True)
class Knob:
    """Describe one number that a data set can be asked for.

    Parameters
    ----------
    name, title : str
        The keyword of `make_dataset`, and what a control is called.
    minimum, maximum, default, step : float
        Both ends belong to the range; `step` is a control's, any number between the ends is accepted.
    help : str
        One sentence for a tooltip.
    unit : str
        What one stands for, "" if nothing.
    integer : bool
        Whether whole numbers alone are accepted.

    Examples
    --------
    >>> Knob("gap", "Gap", 0, 10, 1, 0.5).checked(2.5)
    2.5
    """

    name: str
    title: str
    minimum: float
    maximum: float
    default: float
    step: float
    help: str = ""
    unit: str = ""
    integer: bool = False

    def checked(self, value: float) -> float:
        """Return the value as a float, or an int for an integer knob; raise ValueError if it is out of range."""
        kind = "a whole number" if self.integer else "a number"
        number = nan
        with suppress(ValueError):
            number = checked_number(self.name, value)
        if not self.minimum <= number <= self.maximum or (self.integer and number % 1):
            raise ValueError(
                f"{self.name}: expected {kind} from {self.minimum:.10g} to {self.maximum:.10g}, got {shown(value)}."
            )
        return int(number) if self.integer else number + 0.0  # -0.0 is 0.0, which NumPy's generators take


N_SAMPLES = Knob("n_samples", "Points", 4, 2000, 100, 1, "How many points, both classes together.", "points", True)
SEED = Knob("seed", "Seed", 0, 2**32 - 1, 0, 1, "The same seed gives the same points.", "", True)

BALANCE = Knob("balance", "Share of class 1", 0.1, 0.9, 0.5, 0.05, "Each class keeps at least two points.")
SPREAD = Knob("spread", "Spread", 0.1, 3.0, 1.0, 0.1, "Standard deviation of each blob.")
ROTATION = Knob("rotation", "Rotation", -180.0, 180.0, 0.0, 5.0, "Turns all points about the origin.", "degrees")
OFFSET = Knob("offset", "Offset", -100.0, 100.0, 0.0, 0.5, "Shifts all points along both axes.")
FLIPS = Knob("label_flips", "Flipped labels", 0, 20, 0, 1, "At most as many as leave a point of each class.", "", True)
GAP = Knob("gap", "Gap", 0.0, 10.0, 1.0, 0.05, "Distance between the classes: twice the margin; at 0 they touch.")
CLEAR_GAP = Knob("gap", "Gap", 0.1, 3.0, 1.0, 0.05, "Width of the free strip between the classes: twice the margin.")
DECADES = Knob("decades", "Gap 10^-k, k", 1, 12, 3, 1, "The classes are 10^-k apart: twice the margin.", "", True)
OVERLAP = Knob("overlap", "Overlap", 0.05, 6.0, 1.5, 0.05, "How deep the two classes reach into each other.")
DISTANCE = Knob("distance", "Distance", 2.0, 20.0, 4.0, 0.5, "From the origin to the middle of the gap.")
LABEL = Knob("label", "Label", 0, 1, 1, 1, "The class of every point.", "", True)
NOISE = Knob("noise", "Noise", 0.0, 0.5, 0.1, 0.01, "Standard deviation of each coordinate about its curve.")
INNER = Knob("inner_radius", "Inner radius", 0.1, 0.9, 0.5, 0.05, "Radius of class 1; class 0 has radius 1.")
XOR_SPREAD = Knob("spread", "Spread", 0.0, 1.0, 0.25, 0.05, "Standard deviation of each cluster; 0 is exact.")
POSE = (ROTATION, OFFSET)
