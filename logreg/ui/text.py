"""Text from outside on the screen: shown as it is, whatever it means to Streamlit's Markdown."""

from __future__ import annotations

import re

_ACTIVE = re.compile(
    r"""[\\`*\[\]<>#~$&|^{}@]         # code, emphasis, links, HTML, headings, LaTeX, entities, addresses
    | (?<![^\W_])_ | _(?![^\W_])      # emphasis, unless within a name as x_1
    | :\S | -- | www\.                # icons, colours, http://, dashes
    | ^[^\w'"“”().,;%]                 # lists, rules, an emoji that Streamlit would take for an icon""",
    re.VERBOSE | re.IGNORECASE,
)
_ORDINAL = re.compile(r"\d+[.)]")  # a list, where it opens the text
_PARTS = re.compile(r"""(['"“(]*)(.+?)(['"”]\)?[.,;:]?|[.,;]?)$""")


def plain(text: str) -> str:
    r"""Return Markdown that shows a text as it is.

    A word with a character that Markdown or Streamlit would act on becomes code, into which neither looks; backslashes
    would not do, since Streamlit finds links and icons after they are gone. White space becomes one space, and what
    cannot be printed a dot.

    Parameters
    ----------
    text : str
        Any text: a cell, a name, a parameter of a link, or a sentence that quotes one.

    Returns
    -------
    str
        For every Streamlit call that takes Markdown.

    Examples
    --------
    >>> plain("expected a number, got '![a](http://host/x.png)'; correct it.")
    "expected a number, got '`![a](http://host/x.png)`'; correct it."
    """
    words = "".join(c if c.isprintable() or c.isspace() else "·" for c in text).split()
    is_active = [_ACTIVE.search(word) or (k == 0 and _ORDINAL.fullmatch(word)) for k, word in enumerate(words)]
    return " ".join(_as_code(word) if active else word for word, active in zip(words, is_active, strict=True))


def _as_code(word: str) -> str:
    """Return a word as code, but for quotation marks around it and a punctuation mark at its end."""
    before, core, after = _PARTS.split(word, maxsplit=1)[1:4]
    # Streamlit rewrites ":material/" in code too, so its slash stays outside.
    return before + r"\/".join(map(_code, re.split("(?<=:material)/", core))) + after


def _code(text: str) -> str:
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    pad = " " if "`" in (text[:1], text[-1:]) else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text else ""
