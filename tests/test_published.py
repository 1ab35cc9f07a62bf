"""The README's table of published results is what the script prints, and every row agrees with the published one."""

from pathlib import Path

from tests.published import rows

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_readme_shows_what_is_measured():
    shown = README.split("<!-- published -->")[1].split("\n\n")[0].strip().splitlines()
    assert shown == [
        "| case | published | this app |",
        "| --- | --- | --- |",
        *(f"| {' | '.join(row)} |" for row in rows()),
    ]
