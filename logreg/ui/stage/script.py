"""What a stage hands to one who takes the screen along as a Python script: code, and the points that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from logreg.data.dataset import Dataset
from logreg.data.multiclass import MulticlassDataset

_GAP = "\n\n"


@dataclass(frozen=True, eq=False)
class Script:
    """Hold a script that computes the numbers of a caption, with `logreg` alone, at any value of the dial.

    Parameters
    ----------
    code : str
        Its imports; after an empty line what computes a variable for each place of the caption, by the place's name.
        The browser (script.js) writes the points and the dial's value between the two, and the caption at the end.
    points : mapping of str to Dataset or MulticlassDataset
        By the names that they have in the code.
    numbers : mapping of str to float, or tuple of float
        What else the screen decides, likewise.

    Raises
    ------
    ValueError
        If there is no empty line after the imports.
    """

    code: str
    points: Mapping[str, Dataset | MulticlassDataset] = field(default_factory=dict)
    numbers: Mapping[str, float | tuple[float, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if _GAP not in self.code.strip():
            raise ValueError("code: expected imports, an empty line and what computes the numbers.")

    @property
    def imports(self) -> str:
        """What comes first."""
        return self.code.strip().split(_GAP, 1)[0]

    @property
    def body(self) -> str:
        """What comes after the points and the dial's value: the numbers, then what computes with them."""
        numbers = "".join(f"{name} = {value!r}\n" for name, value in self.numbers.items())
        return f"{numbers}{self.code.strip().split(_GAP, 1)[1]}"
