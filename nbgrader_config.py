"""What nbgrader needs to know about this course: `nbgrader` reads it in this folder, `course start` reads it too."""

c = get_config()  # noqa: F821  (given by the configuration loader)

c.CourseDirectory.course_id = "counterclaim"
c.CourseDirectory.source_directory = "notebooks"

# An answer cell keeps its `name = None` line above the solution: an empty answer must run, and be met by a kind message.
c.ClearSolutions.code_stub = {"python": "# Write your answer here."}
c.ClearSolutions.text_stub = "Write your answer here."

c.Execute.timeout = 60  # seconds a cell
c.Execute.interrupt_on_timeout = True
