"""The only Streamlit inside `logreg`: the frame of the pages, their controls and their components."""
