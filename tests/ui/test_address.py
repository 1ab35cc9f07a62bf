"""What a link holds is used as it is written, or it is named in the toast and the default stands: for every field."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from logreg.data.dataset import Dataset
from logreg.ui import laboratory
from logreg.ui.address import read
from logreg.ui.explorer.controls import FIELDS
from logreg.ui.fields import Choice, Number, Switch
from logreg.ui.lesson.link import MINE, Flip
from logreg.ui.projector import LECTURE
from logreg.ui.stage import encode_points
from tests.ui.lessons import lesson_of, link_of, open_lesson

LESSON = lesson_of("observation_3")
UNBOUND = (
    Number("scene", "Scene", 1, len(LESSON.scenes), LESSON.opening, whole=True),
    LESSON.choice_of_points,
    MINE,
    *LESSON.fields,
    laboratory.STEP,
    laboratory.AXIS,
    Flip(16),
    LECTURE,
)


def every_control():
    """Draw every control of the explorer, bound to the address as its page has them."""
    import streamlit as st

    from logreg.ui.address import look
    from logreg.ui.explorer.controls import FIELDS
    from logreg.ui.fields import Choice, Switch

    look(FIELDS)
    shown = {}
    for field in FIELDS:
        if isinstance(field, Switch):
            shown[field.key] = field.toggle()
        elif isinstance(field, Choice):
            draw = {"data": field.menu, "start": field.buttons}.get(field.key, field.slider)
            shown[field.key] = draw()
        else:
            shown[field.key] = field.box() if field.key in ("seed", "w1", "w2", "b0") else field.slider()
    st.session_state["shown"] = shown


def of_one_number(text, words):
    """Return the word that is the same number as a text, or None."""
    for word in words:
        try:
            if float(word) == float(text):
                return word
        except ValueError:
            continue
    return None


def meant(field, text):
    """Say by rules of this test's own what a text means to a field; None where it means nothing."""
    if isinstance(field, Choice):
        return text if text in field.options else of_one_number(text, field.options)
    if isinstance(field, Switch):
        words = {"true": True, "false": False} | (
            {} if field.bound else {"1": True, "0": False, "yes": True, "no": False}
        )
        return words.get(text.lower())
    if field.key == "step" and text == "end":
        return laboratory.END
    ranges = {"flip": (0, 15, True), "step": (0, 10**12, True)}
    low, high, whole = ranges.get(field.key) or (field.minimum, field.maximum, field.whole)
    try:
        number = float(text)
    except ValueError:
        return None
    good = math.isfinite(number) and low <= number <= high and not (whole and number != math.floor(number))
    return number if good else None


def texts(field):
    """Draw what a link may hold: what the field knows, nearly that, and anything."""
    anything = st.text(max_size=12)
    if isinstance(field, Choice):
        near = st.sampled_from(field.options)
        return near | near.map(str.upper) | near.map(" {}".format) | st.integers(0, 9).map(str) | anything
    if isinstance(field, Switch):
        return st.sampled_from(["true", "false", "True", "FALSE", "1", "0", "yes", "no", "maybe", "", "1.0"]) | anything
    numbers = st.floats(-20, 20) | st.floats() | st.integers(-3, 12_000) | st.fractions(-2, 200).map(float)
    odd = st.sampled_from(["1.5", "-0", "-0.0", "1e3", "1_0", " 7 ", "0x1", "", "inf", "nan", "1e400", "5.0", "１"])
    return numbers.map(repr) | odd | anything


@st.composite
def links(draw, fields, most=3):
    chosen = draw(st.lists(st.sampled_from(fields), min_size=1, max_size=most, unique_by=lambda field: field.key))
    return {field: draw(texts(field)) for field in chosen}


@settings(max_examples=60)
@given(links(FIELDS))
def test_a_control_shows_what_the_link_says_or_its_default_which_the_toast_names(link):
    at = AppTest.from_function(every_control, default_timeout=600)
    for field, text in link.items():
        at.query_params[field.key] = text
    at.run()
    assert not at.exception
    said = " ".join(toast.value for toast in at.toast)
    assert len(at.toast) <= 1
    for field, text in link.items():
        value, wanted = at.session_state["shown"][field.key], meant(field, text)
        assert value == (field.default if wanted is None else wanted)
        assert (f"“{field.key}” must be" in said) == (wanted is None)
        assert not (isinstance(value, float) and value == 0 and math.copysign(1, value) < 0)
    assert all(at.session_state["shown"][f.key] == f.default for f in FIELDS if f not in link)


@given(links(UNBOUND, most=6))
def test_what_is_read_without_a_widget_is_used_as_written_or_named(link):
    said = read({field.key: [text] for field, text in link.items()}, UNBOUND)
    for field, text in link.items():
        wanted = meant(field, text)
        assert said[field] == (field.default if wanted is None else wanted)
        assert (f"“{field.key}” must be" in (said.sentence or "")) == (wanted is None)


@st.composite
def written_points(draw):
    """Draw what a link may hold for points: what was written, whole, cut, or with one letter changed."""
    rows = draw(
        st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3), st.integers(0, 1)), min_size=1, max_size=9)
    )
    text = encode_points(Dataset([row[:2] for row in rows], [row[2] for row in rows]))
    at, letter = draw(st.integers(0, len(text))), draw(st.sampled_from("A9_-=%ß"))
    return draw(st.sampled_from([text, text[:at], text[:at] + letter + text[at + 1 :], letter]))


@given(written_points())
def test_points_of_a_link_are_those_that_were_written_or_none(text):
    said = read({"pts": [text]}, (laboratory.PTS,))
    points = said[laboratory.PTS]
    assert (points is None) == ("pts" in said.faults)
    assert points is None or encode_points(points) == text.rstrip("=")


def test_points_go_into_a_link_and_out_of_it():
    points = Dataset([[0.1, 1 / 3], [-2.0, 5e-324]], [1, 0])
    back = read({"pts": [encode_points(points)]}, (laboratory.PTS,))[laboratory.PTS]
    assert back.X.tolist() == points.X.tolist()
    assert back.y.tolist() == points.y.tolist()


@pytest.mark.parametrize(
    ("key", "text", "beside"),
    [("eta", "0.45", " (beside it "), ("steps", "7", " (beside it 5 and 10)"), ("eta", "1e9", ""), ("eta", "nan", "")],
)
def test_a_number_between_two_places_of_a_slider_is_told_which_they_are(key, text, beside):
    field = next(one for one in FIELDS if one.key == key)
    with pytest.raises(ValueError, match="one of ") as refused:
        field.read(text)
    said = str(refused.value)
    assert ("(beside it" in said) == bool(beside)
    assert beside in said
    if beside:
        low, high = (float(word) for word in said.rpartition("(beside it ")[2].rstrip(")").split(" and "))
        assert low < float(text) < high
        assert not [one for one in field.options if one != "auto" and low < float(one) < high]


@pytest.mark.parametrize(
    ("key", "text", "word"),
    [("eta", "1e-4", "0.0001"), ("eta", "1e-2", "0.01"), ("steps", "1e3", None), ("steps", "+5", "5")],
)
def test_a_place_of_a_slider_is_found_however_its_number_is_written(key, text, word):
    at = AppTest.from_function(every_control, default_timeout=600)
    at.query_params[key] = text
    at.run()
    assert not at.toast
    assert float(at.session_state["shown"][key]) == float(text)
    assert at.query_params.get(key) in (word, [word] if word else None)  # None: a link does not say what is the default


@pytest.mark.parametrize("field", [f for f in FIELDS if isinstance(f, Number) and f.whole], ids=lambda f: f.key)
def test_a_fraction_in_a_field_of_whole_numbers_is_not_cut_off(field):
    at = AppTest.from_function(every_control, default_timeout=600)
    at.query_params[field.key] = "1.5"
    at.run()
    assert at.session_state["shown"][field.key] == field.default
    assert f"“{field.key}” must be" in at.toast[0].value
    assert field.key not in at.query_params


@pytest.mark.parametrize("texts", [["20", "30"], ["30", "20"], ["5", "x"]])
@pytest.mark.parametrize("key", ["n", "seed", "moons_noise"])
def test_what_is_said_twice_is_not_used(key, texts):
    at = AppTest.from_function(every_control, default_timeout=600)
    at.query_params[key] = texts
    at.run()
    assert at.session_state["shown"][key] == next(f.default for f in FIELDS if f.key == key)
    assert f"“{key}” must be said once" in at.toast[0].value


def page_of_a_scene():
    import streamlit

    from logreg.ui import address

    address.catch_up()
    streamlit.button("Scene 5", on_click=address.go_to, kwargs={"scene": 5})
    is_on = "lecture" in streamlit.query_params
    address.follow(streamlit.toggle, "lecture", is_on, lambda on: address.go_to(lecture=on or None), label="Projector")
    address.is_told()


def after_a_button():
    page = AppTest.from_function(page_of_a_scene)
    page.query_params["scene"] = "3"
    page.run().button[0].click().run()
    assert link_of(page) == {"scene": "5"}
    page.query_params["scene"] = "3"
    return page


def test_a_switch_that_is_moved_before_the_browser_knows_the_new_address_brings_the_old_one_not_back():
    page = after_a_button()
    page.toggle[0].set_value(True).run()
    assert link_of(page) == {"scene": "5", "lecture": "true"}
    page.query_params["scene"] = "3"
    assert link_of(page.run()) == {"scene": "3", "lecture": "true"}, "a step back is one"


def test_a_button_that_is_pressed_before_the_browser_knows_of_a_moved_switch_does_not_move_it_back():
    page = AppTest.from_function(page_of_a_scene)
    page.query_params["scene"] = "3"
    page.run().toggle[0].set_value(True).run()
    page.query_params.clear()
    page.query_params["scene"] = "3"
    page.button[0].click().run()
    assert link_of(page) == {"scene": "5", "lecture": "true"}


def page_that_may_be_another():
    import streamlit

    from logreg.ui import address

    address.catch_up(streamlit.session_state.pop("is_another", False))
    streamlit.button("Scene 5", on_click=address.go_to, kwargs={"scene": 5, "lecture": True})
    if not streamlit.session_state.pop("is_broken_off", False):
        address.is_told()


@pytest.mark.parametrize("link", [{}, {"scene": "2"}])
def test_what_is_pressed_in_one_message_with_the_way_to_another_page_does_not_change_its_address(link):
    page = AppTest.from_function(page_that_may_be_another).run()
    page.query_params["scene"] = "3"
    page.run()
    page.session_state["is_another"] = True
    page.query_params.clear()
    for key, text in link.items():
        page.query_params[key] = text
    page.button[0].click().run()
    assert link_of(page) == link | {"lecture": "true"}, "but projector mode is of every page"


@pytest.mark.parametrize("link", [{}, {"scene": "5"}])
def test_what_was_pressed_on_a_page_whose_run_was_broken_off_means_nothing_on_the_next(link):
    page = AppTest.from_function(page_that_may_be_another).run()
    page.session_state["is_broken_off"] = True
    page.button[0].click().run()
    assert link_of(page) == {"scene": "5", "lecture": "true"}
    page.session_state["is_another"] = True
    page.query_params.clear()
    for key, text in link.items():
        page.query_params[key] = text
    assert link_of(page.run()) == link | {"lecture": "true"}
    page.query_params.clear()
    assert link_of(page.run()) == {}, "a step back is one"


def page_with_a_stage():
    import streamlit

    from logreg.ui import address

    address.catch_up()
    streamlit.button("Scene 5", on_click=address.go_to, kwargs={"scene": 5, "step": None})
    streamlit.button("Rest", on_click=address.note_move, args=(("step",),))
    address.is_told()


def test_what_a_stage_says_before_the_browser_knows_the_new_address_brings_the_old_scene_not_back_but_its_own_step():
    page = AppTest.from_function(page_with_a_stage)
    page.query_params["scene"], page.query_params["step"] = "3", "7"
    page.run().button[0].click().run()
    page.query_params["scene"], page.query_params["step"] = "3", "7"
    assert link_of(page.button[1].click().run()) == {"scene": "5", "step": "7"}
    page.query_params["scene"] = "3"
    assert link_of(page.run()) == {"scene": "3", "step": "7"}, "a step back is one"


def test_a_step_back_leads_to_the_address_of_before():
    assert link_of(after_a_button().run()) == {"scene": "3"}


def test_a_link_does_not_say_what_is_the_default_in_whatever_way_that_is_chosen():
    at = open_lesson("bias", scene=3, view=2, points="lecture", cue="1")
    assert link_of(at) == {"scene": "3", "view": "2"}
    views = next(one for one in at.button_group if one.label == "View")
    views.set_value(views.options[0]).run()
    assert link_of(at) == {"scene": "3"}
    at.button(key="scene_1").click().run()
    assert link_of(at) == {}
    at = open_lesson("cross_entropy", scene=4)
    for word, said in [("0.5", {"q": "0.5"}), ("0.2", {})]:
        at.select_slider[0].set_value(word).run()
        assert link_of(at) == {"scene": "4", **said}
