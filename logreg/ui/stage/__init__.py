"""The stage: runs in step, or any other dial, that a browser plays, scrubs and edits without asking the server.

Python computes all of it and builds the figures; the browser animates them from the numbers of the runs and of the
timeline. A page says what is on a stage (show.py) and puts it there (player.py); contract.py has what then goes
between Python and the browser, contract.js the same in JavaScript.
"""

from logreg.ui.stage.contract import Edit, Rest
from logreg.ui.stage.payload import Pictures, pack, payload
from logreg.ui.stage.player import stage
from logreg.ui.stage.points import History, apply_edit, decode_points, encode_points
from logreg.ui.stage.run_view import RunView
from logreg.ui.stage.script import Script
from logreg.ui.stage.show import ONCE_SEEN, Action, Editing, Place, Ready, Show

__all__ = [
    "ONCE_SEEN",
    "Action",
    "Edit",
    "Editing",
    "History",
    "Pictures",
    "Place",
    "Ready",
    "Rest",
    "RunView",
    "Script",
    "Show",
    "apply_edit",
    "decode_points",
    "encode_points",
    "pack",
    "payload",
    "stage",
]
