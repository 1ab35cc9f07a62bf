"""Edited points in a link as what was changed of a preset: exact and short, and read only with the same preset.

Written as bytes: a checksum, the number of splices, the splices (how many of the preset stay, how many go, how many
points come, and these), and the gaps between the points whose label is another than the preset's, or than 0.
"""

from __future__ import annotations

from io import BytesIO
from zlib import crc32

import numpy as np

from logreg.data.dataset import Dataset, FloatArray
from logreg.ui.stage.messages import MOST_POINTS
from logreg.ui.stage.points import from_text, to_text

MARK = "."
"""With which changes begin in a link; whole points never do."""


def encode_changes(dataset: Dataset, preset: Dataset) -> str:
    """Write what makes these points out of a preset, for a link.

    Parameters
    ----------
    dataset, preset : Dataset
        Two features.

    Returns
    -------
    str
        "." and base64url: 6 characters, about 25 for a point that was added or moved, a few for one that was flipped
        or deleted.

    Examples
    --------
    >>> preset = Dataset([[0.0, 0.0], [1.0, 1.0]], [0, 1])
    >>> edited = Dataset([[0.0, 0.0], [0.5, 0.1]], [1, 1])
    >>> decode_changes(encode_changes(edited, preset), preset).X.tolist()
    [[0.0, 0.0], [0.5, 0.1]]
    """
    splices: list[bytes] = []
    expected = np.zeros(dataset.n_samples, dtype=np.int64)
    stays, last_i, last_j = 0, -1, -1
    for i, j in [*_kept(dataset, preset), (preset.n_samples, dataset.n_samples)]:
        goes, comes = i - last_i - 1, dataset.X[last_j + 1 : j]
        if goes or len(comes):
            splices.append(_numbers(stays, goes, len(comes)) + comes.astype("<f8").tobytes())
            stays = 0
        if j < dataset.n_samples:
            expected[j] = preset.y[i]
        stays, last_i, last_j = stays + 1, i, j
    others = np.flatnonzero(dataset.y != expected)
    body = _numbers(len(splices)) + b"".join(splices) + _numbers(*np.diff(others, prepend=0).tolist())
    return MARK + to_text(_check(preset, body) + body)


def decode_changes(text: str, preset: Dataset) -> Dataset:
    """Read points from a link that holds what was changed of a preset.

    Parameters
    ----------
    text : str
        What `encode_changes` wrote.
    preset : Dataset
        What the link's settings make.

    Raises
    ------
    ValueError
        With a sentence, if the text is damaged or was written for another preset.
    """
    try:
        raw = from_text(text.removeprefix(MARK))
        if raw[:4] != _check(preset, raw[4:]):
            raise ValueError("the checksum differs")
        return _changed(preset, BytesIO(raw[4:]), len(raw) - 4)
    except (ValueError, IndexError):
        raise ValueError(
            "The edited points in the link are damaged, or belong to other settings than the link's."
        ) from None


def _changed(preset: Dataset, body: BytesIO, end: int) -> Dataset:
    """Return the preset after what the bytes say; a ValueError or an IndexError for bytes that nobody wrote."""
    at, parts, labels = 0, [np.empty((0, 2))], [np.empty(0, dtype=np.int64)]
    for _ in range(_number(body)):
        stays, goes, comes = _number(body), _number(body), _number(body)
        parts += [preset.X[at : at + stays], _points(body, comes)]
        labels += [preset.y[at : at + stays], np.zeros(comes, dtype=np.int64)]
        at += stays + goes
    X, y = np.vstack([*parts, preset.X[at:]]), np.concatenate([*labels, preset.y[at:]])
    place = 0
    while body.tell() < end:
        place += _number(body)
        y[place] = 1 - y[place]
    if len(y) > MOST_POINTS:
        raise ValueError("there are too many points")
    return Dataset(X, y, preset.name)


def _kept(dataset: Dataset, preset: Dataset) -> list[tuple[int, int]]:
    """Return the points that stand in both, in both orders: the number in the preset, and the number now."""
    where: dict[bytes, list[int]] = {}
    for i, row in enumerate(preset.X):
        where.setdefault(row.tobytes(), []).append(i)
    pairs, last = [], -1
    for j, row in enumerate(dataset.X):
        later = next((i for i in where.get(row.tobytes(), ()) if i > last), None)
        if later is not None:
            pairs.append((later, j))
            last = later
    return pairs


def _check(preset: Dataset, body: bytes) -> bytes:
    """Return four bytes that hardly any other preset, or body, has; the last digits may differ between machines."""
    with np.errstate(over="ignore"):  # beyond 1e302 there is nothing to round
        rounded = np.round(preset.X, 6) + 0.0
    places = np.where(np.isfinite(rounded), rounded, preset.X)
    known = places.astype("<f8").tobytes() + preset.y.astype("<i8").tobytes()
    return crc32(body, crc32(known)).to_bytes(4, "little")


def _numbers(*numbers: int) -> bytes:
    """Write whole numbers from 0 on, seven bits a byte."""
    written = bytearray()
    for number in numbers:
        while number > 127:
            written.append(number % 128 + 128)
            number //= 128
        written.append(number)
    return bytes(written)


def _number(stream: BytesIO) -> int:
    """Read one of what `_numbers` wrote; a forged one may be anything."""
    number = shift = 0
    while True:
        byte = stream.read(1)[0]
        number, shift = number + ((byte % 128) << shift), shift + 7
        if byte < 128:
            return number
        if shift > 21:
            raise ValueError("a number is too long")


def _points(stream: BytesIO, count: int) -> FloatArray:
    return np.frombuffer(stream.read(16 * count), dtype="<f8", count=2 * count).reshape(count, 2)
