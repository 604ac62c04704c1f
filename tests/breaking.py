"""A worker that is stopped by the system whenever it meets one article, for tests of what follows. Workers import it by name."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence

from course.batch.parts import Article, make_part


def break_on_poison(articles: Sequence[Article]) -> bytes:
    """The part of `articles`; none where one of them is poison."""
    if any(b"poison" in article.content for article in articles):
        os.kill(os.getpid(), signal.SIGKILL)
    return make_part(articles)
