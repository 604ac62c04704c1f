"""The class: what the instructor releases, runs, scores and reports; built on nbgrader."""
