"""What the tests of pictures share."""

import re


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
