"""A lesson and its scenes, as a page writes them down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any

from logreg.data.dataset import Dataset
from logreg.data.lecture_sets import headline
from logreg.figures.picture import Picture
from logreg.figures.timeline import Timeline
from logreg.ui.fields import Choice, Number, Switch
from logreg.ui.lesson.asked import LECTURE_POINTS, OWN_POINTS, Asked
from logreg.ui.stage import Action, Editing, Pictures, Script, Show

MOST_SCENES = 9
"""The keys 1 to 9."""
MOST_LINES = 3
_ANSWERS = 3.75  # lines of 16 pixels that the answers to a question, or its reason above the other lines, take
ANY_SIZE = (0.0, inf)
"""For `Lesson.sizes`."""


@dataclass(frozen=True, eq=False)
class View:
    """Hold what a scene shows.

    Parameters
    ----------
    show : Show
        Pictures, and the runs or the timeline that plays them. The first line of its caption is the scene's one large
        sentence; a second and third may hold numbers.
    lines : tuple of str
        At most three smaller sentences under it, Markdown, better two; they may not depend on the step.
    editing : Editing or None
        How the points of a plane are edited, where they can be.
    about : tuple of str
        What the notes say besides of these points, Markdown.
    fields : tuple of Switch, Choice or Number, or None
        What can be chosen in this view; None is all that the scene has.
    actions : tuple of Action
        Buttons of its own on the stage.
    without_points : str
        Why the points on the screen play no part here, as a clause: said to those who chose some.

    Raises
    ------
    ValueError
        If there are more lines than there is room for.
    """

    show: Show
    lines: tuple[str, ...] = ()
    editing: Editing | None = None
    about: tuple[str, ...] = ()
    fields: tuple[Switch | Choice | Number, ...] | None = None
    actions: tuple[Action, ...] = ()
    without_points: str = ""

    def __post_init__(self) -> None:
        if len(self.lines) > MOST_LINES:
            raise ValueError(f"lines: expected at most {MOST_LINES}, got {len(self.lines)}.")

    @classmethod
    def of_dial(
        cls,
        asked: Asked,
        dial: Timeline,
        pictures: Sequence[Picture],
        caption: str,
        *lines: str,
        without_points: str = "",
        script: Script | None = None,
    ) -> View:
        """Return the view of a scene that plays a dial of its own: its large sentence, then the smaller ones."""
        show = Show(
            pictures=Pictures((), tuple(pictures)), timeline=dial, caption=caption, theme=asked.theme, script=script
        )
        return cls(show, lines, without_points=without_points)

    @property
    def no_points(self) -> str:
        """The sentence for those who chose points that play no part here; empty where they do."""
        return f"The points you chose play no part here: {self.without_points}." if self.without_points else ""


@dataclass(frozen=True, eq=False)
class Question:
    """Hold a question that a scene asks before it shows the answer.

    Parameters
    ----------
    text : str
        The question.
    options : tuple of str
        The answers to choose from.
    right : callable
        Returns the number of the right one for what is asked, computed from the points on the screen; None where
        nothing that is known decides it.
    because : callable
        Returns the reason, with its numbers: one sentence.
    applies : callable
        Returns whether it is asked: not where these points have nothing that it is about.
    """

    text: str
    options: tuple[str, ...]
    right: Callable[[Asked], int | None]
    because: Callable[[Asked], str]
    applies: Callable[[Asked], bool] = lambda _: True

    def verdict(self, asked: Asked, given: Answer) -> str:
        """Return the sentence of Markdown that follows an answer, or the end of what plays."""
        number = self.right(asked)
        right = "Not decided" if number is None else self.options[number]
        because = self.because(asked)
        if not given.said or given.because != because:  # it was not of this that it was said
            return f"**{right}.** {because}"
        if number is None:
            return f"You said “{given.said}”: **not decided.** {because}"
        if given.said == right:
            return f"You said “{given.said}”: **right.** {because}"
        return f"You said “{given.said}”. **It is: {right}.** {because}"


@dataclass(frozen=True)
class Answer:
    """Hold what closed a question.

    Parameters
    ----------
    said : str
        The option that was chosen; empty where the end was seen first.
    because : str
        The reason of the right one then, with its numbers: points, switches and views may have changed since.
    """

    said: str
    because: str


@dataclass(frozen=True)
class See:
    """Hold a link from a scene to one that is its reason, or shows it from another side.

    Parameters
    ----------
    page : str
        Of its file in `pages`, without its ending.
    say : str
        What is there to be seen.
    link : dict of str to str
        The parameters of its address.
    """

    page: str
    say: str
    link: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Scene:
    """Hold everything of one scene. Its number, its key and its place in the link follow from its place in the lesson.

    Parameters
    ----------
    title : str
        On its button: a few words that mean something to one who has not been there.
    build : callable
        From what is asked to what is shown.
    notes : str
        The formula, the notes' own question with its answer, where they slip: Markdown.
    views : tuple of str
        Names of its views, where it has several.
    fields : tuple of Switch, Choice or Number
        What can be chosen in this scene, drawn below its sentence, kept in the link: buttons for a few words, sliders.
    formula : str
        A formula with the keys of some of these fields, as "{w}·x + {b}": they are drawn in it, as numbers that can be
        dragged.
    question : Question or None
        What is asked first.
    keeps_step : bool
        Whether its dial is the step of a training, which survives a change to another scene that keeps it too.
    see : tuple of See
        Scenes, of other pages too, that belong to this one: links at the end of its notes.
    chosen_view : int
        The view, from 1, of a link that names none and chooses points: the one that shows them.
    more_room : float
        How much more room than in other scenes is for sentences, in lines of 16 pixels; its charts are lower by that.
    least_height : float
        How high its charts are at least, in lines of 16 pixels, however low the window is.
    """

    title: str
    build: Callable[[Asked], View]
    notes: str = ""
    views: tuple[str, ...] = ()
    fields: tuple[Switch | Choice | Number, ...] = ()
    formula: str = ""
    question: Question | None = None
    keeps_step: bool = False
    see: tuple[See, ...] = ()
    chosen_view: int = 1
    more_room: float = 0.0
    least_height: float = 15.0

    @property
    def room(self) -> float:
        """How much more room than the lesson’s it needs: `more_room`, and rows for a question and its reason."""
        return self.more_room + (_ANSWERS if self.question else 0.0)


@dataclass(frozen=True)
class Points:
    """Hold a preset of a lesson: the word in the link, its name on the screen, and how it is made."""

    word: str
    title: str
    make: Callable[[], Dataset]


@dataclass(frozen=True)
class Cue:
    """Hold one step of a run sheet: when, what to say or do, and the parameters of the scene's address."""

    at: str
    say: str
    link: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, kw_only=True)
class Lesson:
    """Hold a page of the notes.

    Parameters
    ----------
    name : str
        Of the page's file in `pages`, without its ending.
    title : str
        As in the menu.
    claim : str
        What the notes say here, in our words: one sentence.
    first : str
        What to do first: one short sentence.
    scenes : tuple of Scene
        At most nine.
    points : tuple of Points
        Presets besides the reader's own; the first is what the lesson opens with, and its word is "lecture".
    run_sheets : dict of str to tuple of Cue
        What to say in front of a class, by name.
    switches : tuple of Switch
        What can be chosen for all scenes.
    opening : int
        The scene of a link that names none.
    room : float
        Height above and below the charts, for claim, sentence and question, in lines of 16 pixels, in every scene.
    sizes : tuple of float
        Between which the largest coordinate of the reader's own points must lie, unless all are 0: products of a few
        must fit into float64.

    Raises
    ------
    ValueError
        If it has no scenes or more than there are keys, or a field of one name has two meanings.
    """

    name: str
    title: str
    claim: str
    first: str
    scenes: tuple[Scene, ...]
    points: tuple[Points, ...] = (Points(LECTURE_POINTS, "The lecture’s points", headline),)
    run_sheets: dict[str, tuple[Cue, ...]] = field(default_factory=dict)
    switches: tuple[Switch, ...] = ()
    opening: int = 1
    room: float = 15.75
    sizes: tuple[float, float] = (1e-75, 1e75)

    def __post_init__(self) -> None:
        if not 1 <= len(self.scenes) <= MOST_SCENES:
            raise ValueError(f"scenes: expected 1 to {MOST_SCENES}, got {len(self.scenes)}.")
        if self.points[0].word != LECTURE_POINTS:
            raise ValueError(f"points: expected the first to be {LECTURE_POINTS!r}, got {self.points[0].word!r}.")
        known: dict[str, Any] = {}
        for one in self.fields:
            if known.setdefault(one.key, one) != one:
                raise ValueError(f"scenes: the field {one.key!r} has two meanings.")

    @property
    def fields(self) -> tuple[Switch | Choice | Number, ...]:
        """Everything that can be chosen in any of its scenes."""
        return (*self.switches, *(one for scene in self.scenes for one in scene.fields))

    @property
    def choice_of_scene(self) -> Number:
        """The field that says which scene is on the screen."""
        return Number("scene", "Scene", 1, len(self.scenes), self.opening, whole=True)

    @property
    def choice_of_points(self) -> Choice:
        """The field that says which points are on the screen."""
        return Choice("points", "Points", (*(one.word for one in self.points), OWN_POINTS), LECTURE_POINTS)
