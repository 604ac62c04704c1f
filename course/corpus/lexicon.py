"""The word lists in data/lexicons, as tables to look at; `course.extract` reads the same files as rules."""

from __future__ import annotations

import pandas as pd

from course.corpus.places import data_folder
from course.corpus.tables import read_table


def lexicons() -> list[str]:
    """The names of the word lists, in alphabetical order."""
    return sorted(path.stem for path in (data_folder() / "lexicons").glob("*.csv"))


def lexicon(name: str) -> pd.DataFrame:
    """The word list called `name`, for example "cues": one row a word or phrase, in the order of its file.

    `columns(name)` says what its columns mean, `data/lexicons/README.md` what the list is for. All columns are text; an empty cell is "".
    Errors: KeyError that lists the word lists there are.
    """
    if name not in lexicons():
        raise KeyError(f"There is no word list {name!r}. There are: {', '.join(lexicons())}.")
    return read_table(data_folder() / "lexicons" / f"{name}.csv", name)
