"""What a newcomer meets first is short, moves and is true; every link of the README and of docs/ leads somewhere."""

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from logreg import Objective, TrainingConfig, optimum, train
from logreg.figures.numbers import format_number
from tests.published import headline

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
MOST_LINES = 80
MOST_BYTES = 2_000_000


def test_the_readme_is_read_in_a_minute():
    assert len(README.splitlines()) <= MOST_LINES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page):
    targets = re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    assert not [target for target in targets if "://" not in target and not (page.parent / target).exists()]


def test_the_readme_leads_to_every_page_of_the_documents():
    assert {f"docs/{page.name}" for page in PAGES[2:]} <= set(re.findall(r"\]\(([^)]+)\)", README))


@pytest.fixture(scope="module")
def film():
    """The words and the file of the README's moving picture."""
    (shown,) = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", README)
    return shown[0], ROOT / shown[1]


def test_the_picture_moves_stands_at_its_end_and_is_small(film):
    _, path = film
    assert path.stat().st_size < MOST_BYTES
    with Image.open(path) as shown:
        assert shown.is_animated
        assert shown.info["loop"] == 0  # for ever
        assert shown.width >= 960
        shown.seek(shown.n_frames - 1)
        shown.load()
        assert shown.info["duration"] >= 4000  # milliseconds


def test_the_words_of_the_picture_tell_its_numbers(film):
    words, _ = film
    objective = Objective(fit_bias=False)
    apart = train(headline(), TrainingConfig(n_steps=10**5, objective=objective)).weight_norm[-1]
    mixed = float(np.linalg.norm(optimum(headline((2.6, 2.4)), objective).weights))
    assert f"ends at {format_number(apart)} at step 100,000" in words.replace("\n", " ")
    assert f"a plateau at {format_number(mixed)}" in words.replace("\n", " ")
