"""Every hostile text of the tests in every place that shows text from outside, for the browser tests."""

import streamlit as st

from logreg.ui.text import plain
from tests.ui.test_text import HOSTILE

for number, text in enumerate(HOSTILE):
    with st.container(key=f"text_{number}"):
        for show in (st.error, st.caption, st.markdown):
            show(plain(text))
        show(f"“{plain(text)}” is quoted")
        st.toggle(plain(text), key=f"toggle_{number}")
        st.selectbox("Column", [text, "other"], key=f"menu_{number}")
    st.toast(plain(text), duration="infinite")
