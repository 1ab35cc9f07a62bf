"""The part of Plotly that is sent is small, and no page needs more of it."""

import re

import pytest

from logreg.ui.files.plotly_part import AROUND, CUT_OF, KINDS, drawing_part, plotly_file
from tests.browser.driver import ROOT

WHOLE = plotly_file().read_text(encoding="utf-8")
SOURCES = [*ROOT.glob("logreg/**/*.py"), *ROOT.glob("pages/*.py"), *ROOT.glob("logreg/ui/stage/*.js")]
ASKED_BY = {  # what a figure says where it wants one of the parts that can stand around traces
    **{name: name for name in ("annotations", "images", "legend", "selections", "shapes", "sliders", "updatemenus")},
    **{name: name for name in ("colorbar", "colorscale", "modebar", "rangeselector", "rangeslider")},
    **{"annotations3d": "aspectmode", "calendars": r"[xyz]?calendar", "errorbars": r"error_[xy]", "fx": "hoverinfo"},
    "grid": "roworder|subplots",  # the word alone is of style sheets too
}


def test_pages_draw_no_other_kind_of_trace():
    known = set(re.findall(r'moduleType:"trace",name:"(\w+)"', WHOLE))
    says_kind = re.compile(r"""\btype["']?\s*[:=]\s*["'](\w+)["']""")
    written = {kind for path in SOURCES for kind in says_kind.findall(path.read_text(encoding="utf-8"))}
    assert len(known) > 40
    assert written & known == {"scatter", *KINDS}


def test_pages_have_nothing_else_around_their_traces():
    known = set(re.findall(r'moduleType:"component",name:"(\w+)"', WHOLE)) | {"sliders", "updatemenus"}
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES if path.name != "plotly_part.py")
    wanted = {part for part, word in ASKED_BY.items() if re.search(rf'\b(?:{word})"?\s*[:=](?!=)', text)}
    assert ASKED_BY.keys() == known
    assert {"annotations", "colorbar", "fx", "images", "legend", "shapes"} <= wanted <= {*AROUND}


def test_the_part_is_a_quarter_of_the_whole_and_keeps_its_licences():
    part = drawing_part(WHOLE)
    assert len(part) < len(WHOLE) / 4
    assert part.startswith(WHOLE[: WHOLE.index("*/")])
    for licence in re.findall(r"\(c\) [^\n]+", WHOLE[WHOLE.index("Bundled license information") :]):
        assert licence in part


@pytest.mark.parametrize("bundle", [WHOLE.replace(CUT_OF, "4.1.99", 1), "/* something else */", ""])
def test_what_nobody_has_tried_to_cut_stays_whole(bundle):
    assert drawing_part(bundle) == bundle
