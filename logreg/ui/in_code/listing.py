"""The thirty lines as they are run, each formula beside the line that it is: one lights the other up."""

from __future__ import annotations

import inspect
import re
from html import escape

from logreg.figures.theme import DARK, faint
from logreg.training import thirty_lines

FORMULAS: tuple[tuple[str, str], ...] = (
    ("p = σ(z) = 1/(1 + e⁻ᶻ)", "return np.asarray(np.where"),
    ("m = ±(w·x + b)", "margins = (2 * y - 1)"),
    ("L = mean log(1 + e⁻ᵐ) + λ/2·‖w‖²", "return float(np.logaddexp"),
    ("p − y", "residuals = sigmoid"),
    ("∇L = mean (p − y)·x + λ·w", "return X.T @ residuals"),
    ("η = 1/(λmax(AᵀA)/(4n) + λ)", "curvature = np.linalg"),
    ("(w, b) ← (w, b) − η·∇L", "w, b = w - rate * slope"),
)
"""Each formula with how its line of code begins."""

_LOOK = """
.in-code { font-size: 0.8125rem; line-height: 1.35; }
.in-code pre { font-size: inherit; line-height: inherit; margin: 0; padding: 0; overflow-x: auto; background: none; }
.in-code .formulas { display: flex; flex-wrap: wrap; gap: 0.25rem 0.5rem; margin-bottom: 0.5rem; font-size: 1rem; }
.in-code .formulas span { padding: 0.05rem 0.5rem; border: 1px solid currentColor; border-radius: 0.5rem; }
.in-code [data-k] { cursor: help; border-radius: 0.25rem; }
@media (max-width: 1150px) { /* the answers' table would leave the page: it comes under the lines */
  [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"] .in-code) { flex-direction: column; }
  [data-testid="stHorizontalBlock"]:has(.in-code) > [data-testid="stColumn"] { flex: none; width: 100%; }
}
"""
_LIT = "\n".join(
    f'.in-code:has([data-k="{k}"]:is(:hover, :focus)) [data-k="{k}"] {{ background: {faint(DARK.primary, 0.45)}; }}'
    for k in range(1, len(FORMULAS) + 1)
)
STYLE = f"<style>{_LOOK}{_LIT}</style>"
"""Without a script: a place that is hovered, tapped or focused lights up all that have its number."""


def source() -> str:
    """Return the thirty lines as they stand in their file, without the sentence on top."""
    return inspect.getsource(thirty_lines).partition('"""\n\n')[2]


def short_source() -> str:
    """Return the lines without types and sentences, which the formulas stand for."""
    plain = re.sub(r'^ +""".*"""\n', "", source(), flags=re.MULTILINE)
    plain = re.sub(r" -> [^\n]+:\n", ":\n", plain)
    plain = re.sub(r": (?:np\.ndarray|float|int)( = )?", lambda found: "=" if found[1] else "", plain)
    return re.sub("\n{2,}", "\n\n", plain).rstrip()


def listing() -> str:
    """Return the lines and their formulas as HTML."""
    chips = "".join(
        f'<span tabindex="0" data-k="{k}">{escape(formula)}</span>' for k, (formula, _) in enumerate(FORMULAS, 1)
    )
    lines = "\n".join(map(_line, short_source().split("\n")))
    return f'<div class="in-code"><div class="formulas">{chips}</div><pre>{lines}</pre></div>'


def _line(line: str) -> str:
    for k, (_, beginning) in enumerate(FORMULAS, 1):
        if line.strip().startswith(beginning):
            return f'<span tabindex="0" data-k="{k}">{escape(line)}</span>'
    return escape(line)
