"""What every test of a page shares: what is the same for every opened page is done once, not each time."""

from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner import script_cache
from streamlit.testing.v1 import app_test, local_script_runner

from logreg.data.registry import make_dataset
from logreg.figures import picture
from logreg.training.config import TrainingConfig
from logreg.training.trainer import train
from logreg.ui.explorer import run as explorer_run

STATES = ("test_states", "test_lesson_states")
"""The files that draw every view, and states that nobody chose: what they draw is held against Plotly's schema."""


@pytest.fixture(scope="package", autouse=True)
def components_are_looked_for_once():
    """Keep what Streamlit finds in the installed packages: it reads them all whenever a page is opened, for 0.1 s."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="package", autouse=True)
def pages_are_compiled_once():
    """Keep compiled pages, as a server does: each run of an opened page compiles its scripts anew, a quarter of it."""
    kept = script_cache.ScriptCache()
    with pytest.MonkeyPatch.context() as patch:
        for module in (app_test, local_script_runner):
            patch.setattr(module, "ScriptCache", lambda: kept)
        yield


@pytest.fixture(scope="module", autouse=True)
def figures_are_checked_where_states_are_drawn(request):
    """Hold figures against Plotly's schema in the files of states alone: elsewhere it is the same ones again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(picture, "checks", request.module.__name__.endswith(STATES))
        explorer_run.shelf.clear()  # what is kept of other files was drawn unchecked
        yield


@pytest.fixture(scope="module")
def run():
    return train(make_dataset("overlapping_blobs", n_samples=200, seed=3), TrainingConfig(n_steps=1000))
