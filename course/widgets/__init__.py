"""The same acts by hand: mark, sort, enter, explore.

Each widget gives plain data that `hand_in` takes, has a typed equivalent that gives the same, says its state in words, and keeps it
beside the notebook. Without a kernel, in print and in pages made by nbconvert, the words stand in its place.
"""

from course.widgets.marker import Marker, marker, marks

__all__ = ["Marker", "marker", "marks"]
