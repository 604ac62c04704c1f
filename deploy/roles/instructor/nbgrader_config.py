"""nbgrader for the instructor on the hub: the course folder is ~/counterclaim, and its own nbgrader_config.py has the last word."""

import os
from pathlib import Path

from course.grading.settings import settings

c = get_config()  # noqa: F821  (given by the configuration loader)
c.merge(settings())
c.Exchange.root = os.environ["COUNTERCLAIM_EXCHANGE"]
# Whoever is on this machine could listen to the ports of a kernel that grades; the sockets of this one lie in a private folder.
c.KernelManager.transport = "ipc"
c.KernelManager.ip = f"{os.environ['JUPYTER_RUNTIME_DIR']}/grading"
c.CourseDirectory.root = str(Path.home() / "counterclaim")
c.CourseDirectory.source_directory = "notebooks"
if (Path.home() / "counterclaim" / "nbgrader_config.py").is_file():
    load_subconfig("nbgrader_config.py", path=str(Path.home() / "counterclaim"))  # noqa: F821  (given, too)
