"""What the tests of pictures share."""

import re

from logreg.figures.theme import LIGHT, faint

NAMED = ("zero", "term 1", "term 3", "loss of minus")
"""Beside these stands what they are."""
AT_POINTS = ("hull 0", "zeros_at", "bars of class 0")
"""These go round points, or begin or end at one, which has its class' shape."""


def only(picture, role, part=None):
    """Return the one trace of this role and part."""
    (found,) = (t for t in picture.figure.data if t.meta["role"] == role and part in (None, t.meta["part"]))
    return found


def traces(picture):
    """Return every trace by its role and part."""
    return {(t.meta["role"], t.meta["part"]): t for t in picture.figure.data}


def title(picture):
    return picture.figure.layout.title.text


def texts(picture):
    """Return the annotations that are seen, without their markup."""
    return [
        re.sub("<[^>]*>", " ", note.text) for note in picture.figure.layout.annotations if note.visible is not False
    ]


def told_by_colour_alone(drawn):
    """Return the traces of class 0, by name, from which only its colour tells one of class 1."""
    own = [[trace for trace in drawn if _has_colour(trace, label)] for label in (0, 1)]
    looks = [_look(trace) for trace in own[1]]
    alike = {trace["meta"]["part"] for trace in own[0] if _look(trace) in looks}
    return alike - {*NAMED, *AT_POINTS}


def _has_colour(trace, label):
    used = [str(trace.get(part, {}).get("color")).rpartition(",")[0] for part in ("line", "marker")]
    plain = [trace.get(part, {}).get("color") for part in ("line", "marker")]
    return LIGHT.classes[label] in plain or faint(LIGHT.classes[label], 1).rpartition(",")[0] in used


def _look(trace):
    mode, line, marker = (trace.get(part) or {} for part in ("mode", "line", "marker"))
    return mode, "lines" in mode and line.get("dash", "solid"), "markers" in mode and marker.get("symbol")
