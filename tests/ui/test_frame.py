"""The frame around the pages: every page of the folder is in its menu, and the menu is made once."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.ui.lessons import FRAME, ROOT


def test_every_page_of_the_folder_is_in_the_menu():
    at = AppTest.from_file(FRAME, default_timeout=600).run()
    for path in sorted((ROOT / "pages").glob("*.py")):
        at.switch_page(str(path))  # raises where the menu does not have it


def test_the_menu_is_made_in_one_place():
    assert Path(FRAME).read_text(encoding="utf-8").count("st.navigation(") == 1
