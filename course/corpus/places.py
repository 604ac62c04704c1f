"""Where the course's data lies: beside the code in an installed package, in `data/` in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import course


@cache
def data_folder() -> Path:
    """The folder that holds cases, practice worlds and lexicons.

    An installed package carries it as `course/_data`; in a checkout it is the `data` folder beside `course`.
    Errors: FileNotFoundError where neither is there.
    """
    package = Path(course.__file__).resolve().parent
    for folder in (package / "_data", package.parent / "data"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(
        f"The course's data was not found at {package / '_data'}, nor at {package.parent / 'data'}. "
        "Install the course again, or run it from a complete checkout."
    )
