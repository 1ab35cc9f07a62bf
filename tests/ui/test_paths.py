"""What becomes of every path: pages and files are handed on, crooked addresses straightened, others led home."""

from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logreg.ui.menu import FIRST, PAGES, nearest
from logreg.ui.paths import NOWHERE, ON, UNKNOWN, Way, sentence, way
from tests.ui.explorer_page import everything, open_page
from tests.ui.lessons import open_lesson

BASES = st.sampled_from(["", "app", "my/base"])
STRANGE = ["_stcore", "static", "..", ".", "", "%2F", "%2e%2e", "evil.example", "x", "ünknown", "a b"]
WORDS = st.sampled_from([*PAGES, *STRANGE])
PATHS = st.lists(WORDS | st.text(max_size=8), min_size=1, max_size=5).map(lambda words: "/" + "/".join(words))


def joined(path, to):
    """Return the path that a browser asks for: it takes dots out, and leaves empty parts (Python would not)."""
    parts = []
    for part in (path.rpartition("/")[0] + "/" + to.partition("?")[0]).split("/")[1:]:
        dots = unquote(part)
        parts = parts[:-1] if dots == ".." else parts if dots == "." else [*parts, part]
    return "/" + "/".join(parts)


def end(raw, base=""):
    """Return where a browser ends that follows, and how often it was led on."""
    for hops in range(3):
        found = way(raw, base)
        if found.to is None:
            return found, raw, hops
        assert found.to.startswith(("./", "../")), "never to another host"
        raw = joined(raw, found.to)
    raise AssertionError("it goes round in circles")


@given(PATHS, BASES)
def test_every_path_ends_at_this_host_after_one_step_at_most(path, base):
    top = f"/{base}" if base else ""
    asked = joined("/", (top + quote(path, safe="/%")).removeprefix("/"))
    found, at, hops = end(asked, base)
    assert hops <= 1
    assert found in (ON, NOWHERE)
    assert not hops or at.removeprefix(f"{top}/") in ("", *PAGES)


@given(st.sampled_from(list(PAGES)), st.data(), BASES)
def test_a_page_is_found_in_any_case_with_slashes_and_escapes(address, data, base):
    top = f"/{base}" if base else ""
    letters = [data.draw(st.sampled_from([c.lower(), c.upper(), f"%{ord(c):02X}"])) for c in address]
    crooked = "".join(letters) + data.draw(st.sampled_from(["", "/", "//"]))
    straight = f"{top}/" if address == FIRST.address else f"{top}/{address}"
    assert end(f"{top}/{crooked}", base)[1] == straight
    assert way(straight, base) == ON


@pytest.mark.parametrize("base", ["", "my/base"])
@pytest.mark.parametrize(
    "path",
    ["/", "/sigmoid", "/_stcore/health", "/_stcore/stream", "/_stcore/upload_file/a/b", "/static/js/x.js",
     "/media/x.csv", "/component/x/y", "/assets/0/plotly.min.js", "/app/static/x", "/favicon.png", "/index.html",
     "//evil.example", "/%2F/evil.example", "/%2Fevil.example"],
)  # fmt: skip
def test_pages_streamlit_s_own_paths_and_what_it_refuses_are_handed_on(path, base):
    assert way(f"/{base}{path}" if base else path, base) == ON


def test_paths_beside_the_base_path_are_left_alone():
    assert way("/", "app") == way("/app", "app") == way("/apple", "app") == way("/sigmiod", "app") == ON


@pytest.mark.parametrize("page", ["/sigmoid", "/sigmiod", "/app/sigmoid"])
@pytest.mark.parametrize("probe", ["health", "host-config"])
def test_below_a_page_there_is_no_server(page, probe):
    assert way(f"{page}/_stcore/{probe}", "app" if page.startswith("/app") else "") == NOWHERE


def test_an_unknown_path_is_told_and_cut_where_it_is_long():
    assert way("/sigmiod") == Way(f"./?{UNKNOWN}=sigmiod")
    assert way("/sigmoid/x/") == Way(f"../../?{UNKNOWN}=sigmoid%2Fx")
    assert len(way("/" + "a" * 5000).to) < 100
    assert way("/a%0D%0ASet-Cookie:x").to == f"./?{UNKNOWN}=a%0D%0ASet-Cookie%3Ax"


@pytest.mark.parametrize(
    ("path", "title"),
    [("/sigmiod", "Sigmoid"), ("/cross-entropie", "Cross-entropy"), ("/Observation3", "Observation 3"),
     ("/beyond-the-notes", "Beyond the notes"), ("/sigmoid/x", "Sigmoid"), ("/explore", "Explorer")],
)  # fmt: skip
def test_the_nearest_page_is_named(path, title):
    assert nearest(path).title == title
    assert f"[{title}](" in sentence(path)


@given(st.text(max_size=40))
def test_any_path_has_a_sentence_and_no_link_but_to_a_page(path):
    said = sentence(path)
    assert said.startswith("There is no page ")
    near = nearest(path.strip("/"))
    assert ("](" in said.replace("`", "")) >= (near is not None)


def test_the_first_page_says_once_that_there_is_no_such_page():
    at = open_page(unknown="sigmiod")
    assert [toast.value for toast in at.toast] == [
        "There is no page “/sigmiod”; here is the start. Did you mean [Sigmoid](sigmoid)?"
    ]
    assert UNKNOWN not in at.query_params
    assert everything(at) == everything(open_page())
    assert not at.run().toast


def test_a_page_that_there_is_says_nothing_of_one_that_there_is_not():
    at = open_lesson("sigmoid", **{UNKNOWN: "sigmiod"})
    assert f"there is no setting “{UNKNOWN}”" in at.toast[0].value
