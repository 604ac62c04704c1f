"""Claims <-> claims: may they be compared, who carries them and with what change, where they come from, and do they fit together.

One module a question. Findings are small frozen objects; `str(finding)` is a sentence in plain English, and never says who is right.
Every function takes a Case or a World, or rows of their claims tables, or dicts with some of the columns.
"""

from course.compare.annotators import Agreement, agreement
from course.compare.carried import coverage
from course.compare.claim_rows import family, row_of
from course.compare.comparability import Comparability, Spread, all_comparable, comparable, spread
from course.compare.copied_errors import Clocks, SharedError, clocks_in, shared_errors
from course.compare.entries import claims_table
from course.compare.extremes import Gap, Overlap, Ratio, gap, overlap, ratio_of_extremes
from course.compare.ledger import mutations
from course.compare.provenance import Chain, Independence, chain, independent_sources
from course.compare.shares import PercentOfWhat, ShareOf, percent_of_what, share_of
from course.compare.silence import Silence, silences
from course.compare.spans import Match, Score, precision_recall
from course.compare.sums import Finding, consistent
from course.compare.word_roles import word_roles

__all__ = [
    "Agreement",
    "Chain",
    "Clocks",
    "Comparability",
    "Finding",
    "Gap",
    "Independence",
    "Match",
    "Overlap",
    "PercentOfWhat",
    "Ratio",
    "Score",
    "ShareOf",
    "SharedError",
    "Silence",
    "Spread",
    "agreement",
    "all_comparable",
    "chain",
    "claims_table",
    "clocks_in",
    "comparable",
    "consistent",
    "coverage",
    "family",
    "gap",
    "independent_sources",
    "mutations",
    "overlap",
    "percent_of_what",
    "precision_recall",
    "ratio_of_extremes",
    "row_of",
    "share_of",
    "shared_errors",
    "silences",
    "spread",
    "word_roles",
]
