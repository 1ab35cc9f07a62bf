"""The part of Plotly that is sent is small, and no page needs more of it."""

import re

import pytest

from logreg.ui.files.plotly_part import CUT_OF, KINDS, drawing_part, plotly_file
from tests.browser.driver import ROOT

WHOLE = plotly_file().read_text(encoding="utf-8")
SOURCES = [*ROOT.glob("logreg/**/*.py"), *ROOT.glob("pages/*.py")]


def test_pages_draw_no_other_kind_of_trace():
    known = set(re.findall(r'moduleType:"trace",name:"(\w+)"', WHOLE))
    written = {kind for path in SOURCES for kind in re.findall(r'"type": "(\w+)"', path.read_text(encoding="utf-8"))}
    assert len(known) > 40
    assert written & known == {"scatter", *KINDS}


def test_the_part_is_a_third_of_the_whole_and_keeps_its_licences():
    part = drawing_part(WHOLE)
    assert len(part) < len(WHOLE) / 3
    assert part.startswith(WHOLE[: WHOLE.index("*/")])
    for licence in re.findall(r"\(c\) [^\n]+", WHOLE[WHOLE.index("Bundled license information") :]):
        assert licence in part


@pytest.mark.parametrize("bundle", [WHOLE.replace(CUT_OF, "4.1.99", 1), "/* something else */", ""])
def test_what_nobody_has_tried_to_cut_stays_whole(bundle):
    assert drawing_part(bundle) == bundle
