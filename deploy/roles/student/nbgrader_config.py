"""nbgrader for a student on the hub: where assignments come from and go to."""

import os

c = get_config()  # noqa: F821  (given by the configuration loader)
c.CourseDirectory.course_id = "counterclaim"
c.Exchange.root = os.environ["COUNTERCLAIM_EXCHANGE"]
