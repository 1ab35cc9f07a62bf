"""The sentences of marks and terms, as the browser has them (logreg/ui/stage/says*.js), and what lacks one."""

import json
import re

from tests.ui.lessons import ROOT

STAGE = ROOT / "logreg" / "ui" / "stage"
_LETTER = re.compile(r"(?<![^\W\d_])(?<![\d’'.])[^\W\d_](?:[ᵢ₀-₉](?!\w)|(?![^\W_]))")
_NO_SYMBOLS = re.compile(r"\{[^}]*\}|<[^>]*>|\$[^$]*\$|:\w+\[|[“”*]|\bWu’s|\b[AB]\b|\ba\b|\bI\b|e(?=[⁻^−])")


def _read(name):
    text = (STAGE / name).read_text(encoding="utf-8")
    return json.loads(text[text.index("= {") + 2 : text.rindex("}") + 1])


SHARED = _read("says.js")
LESSONS = {lesson: says for path in sorted(STAGE.glob("says_*.js")) for lesson, says in _read(path.name).items()}


def sentences(lesson, scene, kind):
    """Return all sentences of a kind that hold in a scene, by what they are of."""
    own = LESSONS.get(lesson, {}).get(kind, {})
    here = {what.split(" @ ")[0]: says for what, says in own.items() if what.endswith(f" @ {scene}")}
    return {**SHARED[kind], **{what: says for what, says in own.items() if " @ " not in what}, **here}


def pattern(term):
    """Return how a term stands in a text, as meanings.js finds it."""
    is_word = re.fullmatch(r"[a-z][a-z -]{3,}", term)
    said = f"[{term[0]}{term[0].upper()}]{re.escape(term[1:])}(?:s|es)?" if is_word else re.escape(term)
    before = r"(?<![^\W_])(?<![’'])" if term[0].isalnum() else ""
    after = r"(?![^\W_])" if term[-1].isalnum() else ""
    return before + said.replace(r"\ ", r"\s") + after


def names_of_marks(figures):
    """Return role and part of every mark of figures, as a stage has them: words that are drawn are none."""
    marks = [
        f"{trace['meta']['role']} {trace['meta']['part']}"
        for figure in figures
        for trace in figure["data"]
        if trace.get("mode") != "text"
    ]
    layouts = [figure["layout"] for figure in figures]
    lines = [
        line
        for one in layouts
        for line in (*one.get("shapes", ()), *one.get("meta", {}).get("log", one).get("shapes", ()))
    ]
    return [*marks, *(f"shape {line.get('name')}" for line in lines if "dash" in line["line"])]


def _texts_of(figures):
    for figure in figures:
        layout = figure["layout"]
        titles = [layout.get("title"), *(layout[name].get("title") for name in layout if "axis" in name)]
        yield from (title["text"] for title in titles if title and title.get("text"))
        yield from (one.get("text") or "" for one in layout.get("annotations") or ())


def unexplained(lesson, scene, figures, texts):
    """Return every mark of figures without a sentence, and every letter in titles, names and texts without one."""
    marks, terms = (sentences(lesson, scene, kind) for kind in ("marks", "terms"))
    found = [name for name in names_of_marks(figures) if name not in marks]
    known = re.compile("|".join(pattern(term) for term in sorted(terms, key=len, reverse=True)))
    for text in [*_texts_of(figures), *texts]:
        rest = known.sub(" ", _NO_SYMBOLS.sub(" ", text))
        found += [f"{letter} in: {text}" for letter in _LETTER.findall(rest) if letter[0].isalpha()]
    return found


TECHNICAL = """0/1, accuracy, Adam, argmax, argmin, attained, central difference, certificate, convex, cross-
entropy, curvature, decade, distribution function, entropy, exact arithmetic, float64, general
position, gradient, hinge, hull, hyperplane, independence, independent, infimum, information, KL,
labelling, likelihood, log-odds, logit, margin, misclassified, penalty, perceptron, plateau, prior,
proper, pull, quasi-complete separation, ray, regularisation path, residual, sigmoid, sign descent,
signed point, softmax, squared error, standard error, standardised, step bound, supremum, support
vector, SVM, tie, unit vector, variance, Wilson"""
"""Words that a reader of the Notes may not know."""


def unexplained_words(lesson, scene, text):
    """Return the technical words of a text that have no sentence."""
    known = re.compile(
        "|".join(pattern(term) for term in sorted(sentences(lesson, scene, "terms"), key=len, reverse=True))
    )
    rest = known.sub(" ", text)
    return [word for word in re.split(r",\s", TECHNICAL) if re.search(pattern(word), rest)]


def plain(pictures):
    """Return pictures as a stage sends them."""
    return [{"data": one.data, "layout": one.layout} for one in pictures]


def check_meanings(lesson, scene, built):
    """Every mark and every letter of a view has its sentence."""
    pictures = plain([*built.show.pictures.planes, *built.show.pictures.curves])
    texts = [built.show.caption, *built.lines]
    assert unexplained(lesson.name, scene.title, pictures, texts) == [], "each needs its sentence in says*.js"
