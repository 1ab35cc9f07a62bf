"""Write what a browser fetches into a folder, compressed beside, for a proxy that answers from the disk (deploy/).

Run as `python -m logreg.ui.files.publish FOLDER`: it then holds static/… and assets/…, each file with its .gz.
"""

from __future__ import annotations

import sys
from pathlib import Path

from logreg.ui.files.assets import asset_files
from logreg.ui.files.kept import Kept
from logreg.ui.files.static import streamlit_files

_BEST = 9


def publish(folder: Path) -> int:
    """Write the files and, where it is smaller, each one's compressed form.

    Parameters
    ----------
    folder : Path
        Made where it is missing.

    Returns
    -------
    int
        How many files there are, not counting the compressed forms.
    """
    files = {**streamlit_files(), **asset_files()}
    for address, path in files.items():
        content, target = path.read_bytes(), folder / address
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        kept = Kept.of(content, path.name, _BEST)
        if kept.is_compressed:
            target.with_name(f"{target.name}.gz").write_bytes(kept.body)
    return len(files)


if __name__ == "__main__":
    print(f"{publish(Path(sys.argv[1]))} files")
