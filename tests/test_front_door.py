"""What a newcomer meets first is short, and every link of the README and of docs/ leads somewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
MOST_LINES = 80


def test_the_readme_is_read_in_a_minute():
    assert len(README.splitlines()) <= MOST_LINES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page):
    targets = re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    assert not [target for target in targets if "://" not in target and not (page.parent / target).exists()]


def test_the_readme_leads_to_every_page_of_the_documents():
    assert {f"docs/{page.name}" for page in PAGES[2:]} <= set(re.findall(r"\]\(([^)]+)\)", README))
