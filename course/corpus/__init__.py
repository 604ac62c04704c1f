"""Where reports come from: the cases in data/, and the learner's own article."""

from course.corpus.annotations import web_annotations
from course.corpus.article import ArticleError, read_article
from course.corpus.cases import Case, cases, load_case, quantity_of
from course.corpus.draw import draw_report
from course.corpus.lexicon import lexicon, lexicons
from course.corpus.places import data_folder
from course.corpus.report import Report
from course.corpus.swap import swap_sides
from course.corpus.tables import columns
from course.corpus.worlds import World, load_world, worlds

__all__ = [
    "ArticleError",
    "Case",
    "Report",
    "World",
    "cases",
    "columns",
    "data_folder",
    "draw_report",
    "lexicon",
    "lexicons",
    "load_case",
    "load_world",
    "quantity_of",
    "read_article",
    "swap_sides",
    "web_annotations",
    "worlds",
]
