"""The lesson: what every page of the notes is made of. A page names its scenes; this draws them.

A page is one file that ends in `show(LESSON)`. A `Lesson` holds its title, its claim and its scenes; a `Scene` holds
everything of one scene: how it is built, its notes, its question, its switches. The frame gives all of them the same
place, keys and link, opens each at the beginning of its dial, and asks before it answers. No page branches on a
scene's number.
"""

from logreg.ui.lesson.asked import LECTURE_POINTS, Asked
from logreg.ui.lesson.page import show
from logreg.ui.lesson.scene import ANY_SIZE, Cue, Lesson, Points, Question, Scene, See, View

__all__ = ["ANY_SIZE", "LECTURE_POINTS", "Asked", "Cue", "Lesson", "Points", "Question", "Scene", "See", "View", "show"]
