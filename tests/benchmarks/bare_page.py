"""The lecture hall's rival: a bare Streamlit page, with one slider and one sentence."""

import streamlit as st

st.title("A bare page")
st.write(f"The slider is at {st.slider('Gap', 0.0, 10.0, 1.0, 0.05, key='separable_blobs_gap', bind='query-params')}.")
