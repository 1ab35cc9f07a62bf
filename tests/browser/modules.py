"""Cases for the tests of our JavaScript modules, which run by themselves in a page of Chromium."""

from hypothesis import given, settings
from hypothesis import strategies as st

CALLS = """async ([path, name, rows]) => {
  const module = await import(path);
  return rows.map((row) => module[name](...row));
}"""
RECORDS = st.lists(st.integers(1, 10**6), unique=True, max_size=30).map(lambda steps: [0, *sorted(steps)])


def drawn(strategy, count):
    """Return so many values that hypothesis draws: it looks for the ends and the corners of a range."""
    values = []

    @settings(max_examples=count, database=None)
    @given(strategy)
    def draw(value):
        values.append(value)

    draw()
    return values
