"""Where reports come from: the cases in data/, and the learner's own article."""

from course.corpus.article import ArticleError, read_article
from course.corpus.cases import Case, cases, load_case, quantity_of
from course.corpus.places import data_folder
from course.corpus.report import Report
from course.corpus.tables import columns

__all__ = [
    "ArticleError",
    "Case",
    "Report",
    "cases",
    "columns",
    "data_folder",
    "load_case",
    "quantity_of",
    "read_article",
]
