"""Write what a browser fetches into a folder, compressed beside, for a proxy that answers from the disk (deploy/).

Run as `python -m logreg.ui.files.publish FOLDER`: it then holds static/… and assets/…, each file with its .gz, and
br/static/… and br/assets/…, compressed by Brotli under their own names: from these a proxy knows what they are.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from logreg.ui.files.assets import asset_files
from logreg.ui.files.kept import Kept
from logreg.ui.files.static import streamlit_files

_PLACES = {"gzip": "{}.gz", "br": "br/{}", "": "{}"}


def publish(folder: Path, is_best: bool = True) -> int:
    """Write the files and, where it is smaller, each one's compressed forms.

    Parameters
    ----------
    folder : Path
        Made where it is missing.
    is_best : bool
        Whether there are minutes to compress them as far as it goes.

    Returns
    -------
    int
        How many files there are, not counting their compressed forms.
    """
    files = {address: path.read_bytes() for address, path in streamlit_files().items()} | asset_files()
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda address: _write(folder, address, files[address], is_best), files))
    return len(files)


def _write(folder: Path, address: str, content: bytes, is_best: bool) -> None:
    for encoding, body in {"": content, **Kept.of(content, address, is_best).bodies}.items():
        target = folder / _PLACES[encoding].format(address)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)


if __name__ == "__main__":
    print(f"{publish(Path(sys.argv[1]))} files")
