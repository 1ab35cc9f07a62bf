"""How the screen's text is read: clauses, templates of clauses, numbers and their last digit."""

import re
from decimal import Decimal

SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
NOTHING = Decimal("1e-40")  # what 50 digits leave of 0
POWER = "10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+"
TOKENS = {
    "<x>": rf"(−?(?:[\d,]*\d(?:\.\d+)?(?:·{POWER})?|{POWER}|∞)|−?\(?1 [−+] [^)]*?[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+\)?)",
    "<n>": r"([\d,]*\d)",
    "<norm>": r"(‖w‖|‖\(w, b\)‖)",
    "<norm*>": r"(‖w\*‖|‖\(w\*, b\*\)‖)",
    "<best>": r"(w\*|\(w\*, b\*\))",
    "<vector>": r"(\([^()]*\))",
    "<live>": r"\{\d\.\w+\}",
    "«": "(",
    "»": ")",
    "⟦": "(",
    "⟧": ")?",
    "¦": "|",
}


def pattern(template):
    """Return the expression that a template stands for: tokens, alternatives «a¦b», parts ⟦that may be missing⟧."""
    parts = re.split(f"({'|'.join(map(re.escape, TOKENS))})", template)
    return re.compile("".join(TOKENS.get(part, re.escape(part)) for part in parts))


def clauses(text):
    """Cut a text where a sentence or one of its clauses ends; an A or B of its own says whose what follows is."""
    text = text.replace("\\*", "*").replace("**", "").replace("\n", " ")
    cut = re.split(r"(?<=[^\d.][.?!])\s+|(?<=\d\.)\s+(?=[A-Z‖η]|scikit)|; (?![^(]*\))", text)
    return [part.strip().rstrip(".") for part in cut if part.strip(" .")]


def read(text):
    """Return what a number on the screen says, and half a unit of its last digit: 0 for a whole number.

    "9688" is rounded, "9,688" is not; "139" may be rounded to three digits.
    """
    if text.startswith("−("):
        value, half = read(text[1:])
        return -value, half
    rounded = "," not in text and len(text) > 2
    text = text.strip("()").replace(",", "").replace("−", "-")
    if re.match(r"1 [-+] ", text):
        value, half = read(text[4:])
        return (1 - value if text[2] == "-" else 1 + value), half
    mantissa, power = (re.fullmatch(r"(-?[\d.]+)(?:·10(\S+))?", text) or re.fullmatch(r"(-?1)0(\S+)", text)).groups()
    scale = Decimal(10) ** int((power or "0").translate(SUPERSCRIPTS))
    digits = len(mantissa.partition(".")[2])
    return Decimal(mantissa) * scale, scale / 2 / 10**digits if digits or power or rounded else Decimal(0)


def agrees(text, value, digits=4):
    """Say whether a number on the screen is this one, rounded; zeros at its end may be missing."""
    said, half = read(text)
    value = value if abs(value) > NOTHING else Decimal(0)
    least = Decimal(10) ** ((value.adjusted() if value else 0) - digits + 1) / 2
    return abs(said - value) <= max(half, least) * Decimal("1.001") and (said == 0) == (value == 0)
