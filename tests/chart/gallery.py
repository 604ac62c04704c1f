"""More than a hundred figures for the linter: HONEST ones, in which nothing is to be found, and MISLEADING ones, each in a way that is known.

Every figure has a title, labels, units and a source unless their absence is its fault, so that a finding can only be about the fault
itself. All numbers are made up. `python -m benchmarks.charts` prints what the linter finds in them.
"""

from chart import gallery_course, gallery_honest, gallery_misleading, gallery_pairs
from chart.gallery_parts import HONEST, MISLEADING, Case

PAGES = (gallery_course, gallery_honest, gallery_misleading, gallery_pairs)

__all__ = ["HONEST", "MISLEADING", "PAGES", "Case"]
