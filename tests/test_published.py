"""docs/published.md is what the script prints, and every row agrees with the published one."""

from pathlib import Path

from tests.published import rows

DOCUMENT = (Path(__file__).resolve().parents[1] / "docs/published.md").read_text(encoding="utf-8")


def test_the_document_shows_what_is_measured():
    shown = DOCUMENT.split("<!-- published -->")[1].split("\n\n")[0].strip().splitlines()
    assert shown == [
        "| case | published | this app |",
        "| --- | --- | --- |",
        *(f"| {' | '.join(row)} |" for row in rows()),
    ]
