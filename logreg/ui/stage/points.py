"""Edited points: one edit, the history of edits, and the way into a link and back. Pure values."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace

import numpy as np

from logreg.data.dataset import Dataset
from logreg.ui.stage.contract import Edit
from logreg.ui.stage.messages import MOST_POINTS, checked_coordinate, checked_index, checked_label

LONGEST_LINK = 8192
"""Characters of edited points that a link may carry."""

_MOST_REMEMBERED, _FEWEST_REMEMBERED, _REMEMBERED_POINTS = 200, 20, 100_000  # a visitor's way back is 3 MB at most


def apply_edit(dataset: Dataset, edit: Edit) -> Dataset:
    """Return the data set after one edit of its points.

    Parameters
    ----------
    dataset : Dataset
        Two features.
    edit : Edit
        One of add, flip, move, delete.

    Returns
    -------
    Dataset
        A new one; the name stays.

    Raises
    ------
    ValueError
        With a sentence: no such point, more than 2,000 points, none left, or an operation on the history.

    Examples
    --------
    >>> apply_edit(Dataset([[0.0, 0.0], [1.0, 1.0]], [0, 1]), Edit("flip", index=0)).y.tolist()
    [1, 1]
    """
    X, y = dataset.X.copy(), dataset.y.copy()
    if X.shape[1] != 2:
        raise ValueError(f"Only points of a plane can be edited; these have {X.shape[1]} coordinates.")
    if edit.op == "add":
        if len(y) >= MOST_POINTS:
            raise ValueError(f"There are {MOST_POINTS:,} points already, and no room for more.")
        place = [checked_coordinate(edit.x), checked_coordinate(edit.y)]
        return Dataset(np.vstack([X, place]), np.append(y, checked_label(edit.label)), dataset.name)
    if edit.op not in ("flip", "move", "delete"):
        raise ValueError(f"{edit.op} is a step in the history, not an edit of points.")
    index = checked_index(edit.index)
    if index >= len(y):
        raise ValueError(f"There is no point {index + 1}; there are {len(y)}.")
    if edit.op == "delete":
        if len(y) == 1:
            raise ValueError("The last point stays: a run needs at least one.")
        return Dataset(np.delete(X, index, axis=0), np.delete(y, index), dataset.name)
    if edit.op == "flip":
        y[index] = 1 - y[index]
    else:
        X[index] = checked_coordinate(edit.x), checked_coordinate(edit.y)
    return Dataset(X, y, dataset.name)


@dataclass(frozen=True, eq=False)
class History:
    """Hold the points on the screen and the ways back and forward.

    Parameters
    ----------
    present : Dataset
        The points now.
    preset : Dataset
        What "back to the preset" leads to.
    past, future : tuple of Dataset
        What undo and redo lead to, the nearest last.
    drag : tuple of int and History, or None
        The drag that made these points, and the history before it.

    Examples
    --------
    >>> preset = Dataset([[0.0, 0.0]], [0])
    >>> history = History(preset, preset).apply(Edit("flip", index=0))
    >>> history.present.y.tolist(), history.apply(Edit("undo")).present.y.tolist()
    ([1], [0])
    """

    present: Dataset
    preset: Dataset
    past: tuple[Dataset, ...] = ()
    future: tuple[Dataset, ...] = ()
    drag: tuple[int, History] | None = None

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self.past)

    @property
    def can_redo(self) -> bool:
        """Whether something was taken back."""
        return bool(self.future)

    @property
    def is_edited(self) -> bool:
        """Whether the points differ from the preset."""
        return not _same_bits(self.present, self.preset)

    def shows(self, dataset: Dataset) -> bool:
        """Return whether these are the points now, whatever they are called."""
        return _same_bits(self.present, dataset)

    @property
    def _room(self) -> int:
        """How many ways back are kept: fewer of many points."""
        room = _REMEMBERED_POINTS // max(self.present.n_samples, 1)
        return max(_FEWEST_REMEMBERED, min(_MOST_REMEMBERED, room))

    def push(self, dataset: Dataset) -> History:
        """Return the history with new points; the same points change nothing."""
        if _same_bits(dataset, self.present):
            return self
        past = (*self.past, self.present)[-self._room :]
        return replace(self, present=dataset, past=past, future=(), drag=None)

    def undo(self) -> History:
        """Return the history one edit back."""
        if not self.past:
            return self
        present, future = self.past[-1], (*self.future, self.present)
        return replace(self, present=present, past=self.past[:-1], future=future, drag=None)

    def redo(self) -> History:
        """Return the history one edit forward."""
        if not self.future:
            return self
        present, past = self.future[-1], (*self.past, self.present)
        return replace(self, present=present, past=past, future=self.future[:-1], drag=None)

    def reset(self) -> History:
        """Return the history at the preset: an edit like any other, that undo takes back."""
        return self.push(self.preset)

    def apply(self, edit: Edit) -> History:
        """Return the history after an edit, whatever its kind.

        Raises
        ------
        ValueError
            As for `apply_edit`.
        """
        if edit.op == "undo":
            return self.undo()
        if edit.op == "redo":
            return self.redo()
        if edit.op == "reset":
            return self.reset()
        if edit.drag is not None:
            return self._dragged(edit, edit.drag)
        return self.push(apply_edit(self.present, edit))

    def _dragged(self, edit: Edit, drag: int) -> History:
        """Return the history after a move of a drag: one step, however many moves; none, if it ends where it began."""
        kept, before = self.drag or (None, self)
        if kept != drag:
            before = replace(self, drag=None)
        return replace(before.push(apply_edit(before.present, edit)), drag=(drag, before))


def encode_points(dataset: Dataset) -> str:
    """Write points for a link, exactly: eight bytes a coordinate, one bit a label.

    Parameters
    ----------
    dataset : Dataset
        Two features.

    Returns
    -------
    str
        base64url without padding; 200 points take about 4,300 characters.

    Raises
    ------
    ValueError
        With a sentence, if it would take more than 8 KB.

    Examples
    --------
    >>> decode_points(encode_points(Dataset([[0.1, 0.2]], [1]))).X.tolist()
    [[0.1, 0.2]]
    """
    if dataset.n_features != 2:
        raise ValueError(f"Only points of a plane go into a link; these have {dataset.n_features} coordinates.")
    raw = dataset.X.astype("<f8").tobytes() + np.packbits(dataset.y.astype(np.uint8)).tobytes()
    text = to_text(raw)
    if len(text) > LONGEST_LINK:
        raise ValueError(f"{dataset.n_samples:,} points do not fit into a link; save them as a CSV instead.")
    return text


def decode_points(text: str, name: str = "edited points") -> Dataset:
    """Read points from a link.

    Parameters
    ----------
    text : str
        What `encode_points` wrote.
    name : str
        What the data are called.

    Raises
    ------
    ValueError
        With a sentence, if the text is damaged, too long, or holds numbers that are not finite.

    Examples
    --------
    >>> decode_points("AAAA")
    Traceback (most recent call last):
    ...
    ValueError: The points in the link are damaged.
    """
    raw = from_text(text)
    damaged = "The points in the link are damaged."
    n = next((n for n in range(len(raw) // 17, len(raw) // 16 + 1) if n and 16 * n + (n + 7) // 8 == len(raw)), 0)
    if not n:
        raise ValueError(damaged)
    X = np.frombuffer(raw, dtype="<f8", count=2 * n).reshape(n, 2)
    labels = np.unpackbits(np.frombuffer(raw, dtype=np.uint8, offset=16 * n))
    if labels[n:].any() or not np.isfinite(X).all() or n > MOST_POINTS:
        raise ValueError(damaged)
    return Dataset(X, labels[:n], name)


def to_text(raw: bytes) -> str:
    """Return bytes as base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def from_text(text: str) -> bytes:
    """Return the bytes of a link's text; a ValueError with a sentence, if `to_text` did not write it."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raw = b""
    if not raw or len(text) > LONGEST_LINK or to_text(raw) != text.rstrip("="):
        raise ValueError("The points in the link are damaged.")
    return raw


def _same_bits(a: Dataset, b: Dataset) -> bool:
    return a.X.shape == b.X.shape and a.X.tobytes() == b.X.tobytes() and bool((a.y == b.y).all())
