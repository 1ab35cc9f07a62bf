"""Make the parts of Streamlit's fonts that are sent: `python -m tests.make_fonts`, after each new Streamlit."""

import ast
import re
from functools import cache
from pathlib import Path

import streamlit
from fontTools import subset

from logreg.ui.files.static import LIGHTER

ROOT = Path(__file__).resolve().parents[1]
WHEEL = Path(streamlit.__file__).parent
MEDIA = WHEEL / "static" / "static" / "media"
ICONS, LETTERS = "MaterialSymbols-Rounded", "SourceSansVF-Upright"
LATIN, GREEK, MARKS = [(0x20, 0x17F), (0x218, 0x21B)], [(0x370, 0x3FF)], [(0x2C6, 0x338)]
RAISED, SIGNS = [(0x1D2C, 0x1DBF)], [(0x2000, 0x27BF)]  # the last: punctuation, arrows, mathematics, shapes
BLOCKS = LATIN + GREEK + MARKS + RAISED + SIGNS

FEATURES = ["ccmp", "locl", "kern", "mark", "mkmk", "liga", "tnum"]
LICENCES = [0, 13, 14]  # the copyright, and by what licence, as a font says it in itself


def original(name):
    """Return the path of a font in Streamlit's wheel, whatever its fingerprint is."""
    return next(MEDIA.glob(f"{name}.*"))


@cache
def named_icons():
    """Return every name that Streamlit's own code, or ours, gives to an icon; its documents name any."""
    texts = [path.read_text(encoding="utf-8") for path in WHEEL.rglob("*.js")]
    for path in (*WHEEL.rglob("*.py"), *(ROOT / "logreg").rglob("*.py"), *(ROOT / "pages").glob("*.py")):
        if ":material/" in (code := path.read_text(encoding="utf-8")):
            texts += [word for word in strings(code) if word.startswith(":material/")]
    return {name for text in texts for name in re.findall(r":material/([a-z0-9_]+):", text)}


def strings(code):
    """Return the strings of a module, its docstrings too."""
    nodes = ast.walk(ast.parse(code))
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def ligatures(font):
    """Return the glyph that stands in the place of each word."""
    letters = {glyph: chr(code).lower() for code, glyph in font.getBestCmap().items()}
    tables = [table.ExtSubTable for look in font["GSUB"].table.LookupList.Lookup for table in look.SubTable]
    return {
        "".join(letters[glyph] for glyph in (first, *ligature.Component)): ligature.LigGlyph
        for table in tables
        for first, found in table.ligatures.items()
        for ligature in found
    }


def save(font, options, name, **kept):
    """Write what is kept of a font, under the very name that it has in the wheel."""
    options.flavor, options.glyph_names, options.name_IDs = "woff2", False, [1, 2, 4, 6, *LICENCES]
    subsetter = subset.Subsetter(options)
    subsetter.populate(**kept)
    subsetter.subset(font)
    for record in font["name"].names:  # only the original may be called Source, its licence says
        if record.nameID not in LICENCES:
            record.string = str(record).replace("Source", "Lecture")
    subset.save_font(font, LIGHTER / original(name).name, options)


def make_icons():
    """Keep the icons that have a name somewhere."""
    options = subset.Options(layout_features=["*"], layout_closure=False)
    font = subset.load_font(original(ICONS), options)
    known = ligatures(font)
    letters = sorted({letter for name in named_icons() for letter in name})
    save(font, options, ICONS, text="".join(letters), glyphs=[known[name] for name in named_icons() & known.keys()])


def make_letters():
    """Keep the letters of the blocks."""
    options = subset.Options(layout_features=FEATURES)
    font = subset.load_font(original(LETTERS), options)
    save(font, options, LETTERS, unicodes=[code for first, last in BLOCKS for code in range(first, last + 1)])


if __name__ == "__main__":
    for old in LIGHTER.glob("*.woff2"):
        old.unlink()
    make_icons()
    make_letters()
