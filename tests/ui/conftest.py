"""What every test of a page shares: an opened page looks for installed components once, not each time."""

from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner

from logreg.data.registry import make_dataset
from logreg.training.config import TrainingConfig
from logreg.training.trainer import train


@pytest.fixture(scope="package", autouse=True)
def components_are_looked_for_once():
    """Keep what Streamlit finds in the installed packages: it reads them all whenever a page is opened, for 0.1 s."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="module")
def run():
    return train(make_dataset("overlapping_blobs", n_samples=200, seed=3), TrainingConfig(n_steps=1000))
