"""Text from outside reaches Markdown as code wherever Markdown or Streamlit would act on it."""

import re
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from logreg.ui.address import read
from logreg.ui.text import plain

HOSTILE = [
    "http://host.example/x",
    "https://a.b/c?d=e&f=g#h",
    "www.host.example",
    "someone@host.example",
    "&copy; &#58; &lt;b&gt;",
    "$x^2$ and $$y$$",
    ":smile: :+1: :streamlit:",
    ":material/home: :material_home:",
    ":red[text] :blue-badge[text] :small[text]",
    "![a](http://host/x.png)",
    "[a](javascript:alert(1)) <http://host.example>",
    "<img src=http://host/x.png> <b>bold</b>",
    "*a* **b** _c_ __d__ ~~e~~ `f` ``g`` \\*h\\*",
    "# title",
    "- item",
    "1. item",
    "> quote",
    "-> <- <-> -- >= <= ~=",
    "\U0001f600 first",
]
FRAGMENTS = st.one_of(
    st.sampled_from([*string.punctuation, *HOSTILE, "a", "1.", " ", "\n", "www.", "material/", "é"]), st.text()
)


def as_read(markdown: str) -> tuple[str, str]:
    """Return the text that a reader of CommonMark sees, and what of it is not code."""
    seen, outside = "", ""
    while opened := re.search("`+", markdown):
        closed = re.compile(f"(?<!`){opened[0]}(?!`)").search(markdown, opened.end())
        assert closed, "every run of backticks is closed"
        code, before = markdown[opened.end() : closed.start()], markdown[: opened.start()].replace(r"\/", "/")
        seen += before + (code[1:-1] if code[0] == code[-1] == " " else code)
        outside += before + "\0"
        markdown = markdown[closed.end() :]
    rest = markdown.replace(r"\/", "/")
    return seen + rest, outside + rest


@given(st.lists(FRAGMENTS, max_size=8).map("".join))
@example(":material/`:material/:")
@settings(max_examples=500)
def test_a_text_is_shown_as_it_is_and_nothing_in_it_is_left_to_act(text):
    seen, outside = as_read(plain(text))
    printable = "".join(c if c.isprintable() or c.isspace() else "·" for c in text)
    assert seen == " ".join(printable.split())
    assert not re.search(r"[\\*\[\]<>#~$&|^{}@]|:\w|--|://|www\.", outside, re.IGNORECASE)
    assert not re.match(r"[-+=] ?|\d+[.)]( |$)", outside)
    assert not re.search(r"(^|\W)_|_($|\W)", outside)
    assert ":material/" not in plain(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_word_is_code(text):
    assert "`" in plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "Row 3, column 2 ('sepal_width'): expected a number, got 'abc'; correct it, or empty it to leave the row out.",
        "Windows-1252, don't, 50 %, -",
        "10",
        "",
    ],
)
def test_an_ordinary_sentence_stays_as_it_is(text):
    assert plain(text).replace("`-`", "-") == text


def test_what_a_link_says_is_quoted_as_text():
    sentence = read({"![a](http://h/x.png)": ["1"]}, []).sentence
    assert "“`![a](http://h/x.png)`”" in sentence
