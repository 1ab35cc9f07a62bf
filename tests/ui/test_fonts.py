"""The two fonts that are sent in part hold all that a page can show, drawn as Streamlit's own draw it."""

from functools import cache

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from logreg.ui.files.static import LIGHTER, streamlit_files
from tests.make_fonts import ICONS, LETTERS, LICENCES, ROOT, ligatures, named_icons, original

SOURCES = [path for path in (*ROOT.glob("logreg/**/*"), *ROOT.glob("pages/*")) if path.suffix in (".py", ".js", ".css")]


@cache
def font(path):
    return TTFont(path)


def both(name):
    """Return Streamlit's font and the part that is sent: after a new Streamlit, tests/make_fonts.py makes it anew."""
    return font(original(name)), font(LIGHTER / original(name).name)


def outline(of, glyph, weight=None):
    """Return how wide a glyph is, and the strokes that draw it."""
    glyphs = of.getGlyphSet(location={"wght": weight} if weight else {})
    pen = DecomposingRecordingPen(glyphs)
    glyphs[glyph].draw(pen)
    return glyphs[glyph].width, pen.value


def test_every_icon_that_has_a_name_in_streamlits_code_or_ours_is_drawn_as_streamlit_draws_it():
    whole, part = both(ICONS)
    theirs, ours = ligatures(whole), ligatures(part)
    assert {"download", "link_off", "keyboard_double_arrow_left", "expand_more"} <= named_icons() & theirs.keys()
    assert ours.keys() >= named_icons() & theirs.keys()
    for name, glyph in ours.items():
        assert outline(part, glyph) == outline(whole, theirs[name]), name


@pytest.mark.parametrize("weight", [400, 700])
def test_every_letter_of_our_sources_is_drawn_as_streamlit_draws_it(weight):
    whole, part = (of.getBestCmap() for of in both(LETTERS))
    written = {ord(letter) for path in SOURCES for letter in path.read_text(encoding="utf-8")}
    assert {ord(letter) for letter in "aγ‖−₁²"} <= written & whole.keys()
    assert written & whole.keys() <= part.keys()
    for letter in sorted(part):
        assert outline(both(LETTERS)[1], part[letter], weight) == outline(both(LETTERS)[0], whole[letter], weight)


def test_a_part_of_a_font_is_sent_in_place_of_it_under_its_name():
    for name, most in ((ICONS, 12_000), (LETTERS, 75_000)):
        path = streamlit_files()[f"static/media/{original(name).name}"]
        assert path.parent == LIGHTER
        assert path.stat().st_size < min(most, original(name).stat().st_size / 2)
    assert {path.suffix for path in LIGHTER.iterdir()} == {".woff2", ".txt"}
    assert len(list(LIGHTER.iterdir())) == 3


@pytest.mark.parametrize("name", [ICONS, LETTERS])
def test_a_part_says_by_whom_the_whole_is_and_does_not_take_its_name(name):
    whole, part = ({record.nameID: str(record) for record in of["name"].names} for of in both(name))
    assert {i: part[i] for i in LICENCES if i in part} == {i: whole[i] for i in LICENCES if i in part}
    assert "Source" not in " ".join(said for i, said in part.items() if i not in LICENCES)
    assert whole[0].partition("  ")[0] in (LIGHTER / "LICENCES.txt").read_text(encoding="utf-8")
