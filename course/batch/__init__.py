"""A folder of articles -> one table of their claims, over all cores or on a Dask cluster; a run that was stopped goes on."""

from course.batch.run import Outcome, Watch, read_folder
from course.batch.teams import BatchError

__all__ = ["BatchError", "Outcome", "Watch", "read_folder"]
