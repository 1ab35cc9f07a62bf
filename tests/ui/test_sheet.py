"""The run sheets as plain pages: every lesson's, with the same links, escaped, without a script."""

from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest

from logreg.ui.lesson import Cue, Lesson, Scene
from logreg.ui.lesson.sheet import answer, lesson_of, sheet_html
from logreg.ui.menu import PAGES
from logreg.ui.paths import ON, way

WITHOUT = {"explorer", "in-code"}


class Read(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.links, self.text = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.links += [value for name, value in attributes if name == "href"]

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("address", sorted(set(PAGES) - WITHOUT))
def test_every_lesson_has_a_sheet_with_all_its_cues_and_their_links(address):
    assert way(f"/{address}/run-sheet") == ON
    given = answer(address)
    assert given.status_code == 200
    read = Read(given.body.decode())
    cues = [cue for sheet in lesson_of(PAGES[address]).run_sheets.values() for cue in sheet]
    assert len(cues) >= 8
    assert [dict(parse_qsl(urlsplit(link).query)) for link in read.links[1:]] == [cue.link for cue in cues]
    assert {urlsplit(link).path for link in read.links} == {f"../{address}"}
    assert all(cue.at in read.text and cue.say in read.text for cue in cues)
    assert "script" not in read.tags


@pytest.mark.parametrize("address", [*sorted(WITHOUT), "nothing", "..", "%3Cb%3E"])
def test_other_pages_have_none(address):
    assert answer(address).status_code == 404


def test_what_a_cue_says_is_shown_as_it_is():
    said = "<b>bold</b> & \"quoted\" 'words'"
    lesson = Lesson(
        name="x", title=said, claim=said, first="", scenes=(Scene("x", None),),
        run_sheets={said: (Cue("0:00", said, {"scene": '1"><script>'}),)},
    )  # fmt: skip
    read = Read(sheet_html(lesson, "x"))
    assert read.text.count(said) == 5
    assert not {"b", "script"} & set(read.tags)
