"""nbgrader reads this file when it runs in this folder. What the notebooks rely on is in course/grading/settings.py; what is
your own to choose (deadlines, the exchange, the gradebook) belongs here."""

from course.grading.settings import settings

c = get_config()  # noqa: F821  (given by the configuration loader)
c.merge(settings())

c.CourseDirectory.source_directory = "notebooks"
