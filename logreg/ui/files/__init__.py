"""The files that a browser fetches: Streamlit's own, Plotly and our modules, for this server and for a proxy."""
