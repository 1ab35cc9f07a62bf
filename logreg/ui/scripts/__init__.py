"""Scripts to take along, one file a lesson: the code of `logreg.ui.stage.Script`, as a student would write it."""
