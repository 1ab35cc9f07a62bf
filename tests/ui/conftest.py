"""What every test of a page shares: an opened page looks for installed components once, not each time."""

from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner


@pytest.fixture(scope="package", autouse=True)
def components_are_looked_for_once():
    """Keep what Streamlit finds in the installed packages: it reads them all whenever a page is opened, for 0.1 s."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield
