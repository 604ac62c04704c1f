"""How many articles a second `course read FOLDER` reads: python -m benchmarks.corpus

The articles are the practice reports, again and again, each with a number of its own at the end.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from course.batch import read_folder
from course.batch.teams import cores
from course.corpus import load_world


def main() -> None:
    parser = argparse.ArgumentParser(description="How many articles a second `course read FOLDER` reads.")
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--workers", type=int, nargs="+", default=sorted({1, cores()}))
    chosen = parser.parse_args()
    texts = [text for world in ("flood", "border") for text in load_world(world).reports["text"]]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "articles")
        folder.mkdir()
        size = 0
        for number in range(chosen.articles):
            text = f"{texts[number % len(texts)]}\n\n{number}\n"
            size += (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
        print(f"{chosen.articles:,} articles, {size / chosen.articles:,.0f} characters each")
        print("workers  seconds  articles a second      rows")
        for workers in chosen.workers:
            begun = time.perf_counter()
            outcome = read_folder(folder, Path(place, f"claims-{workers}.csv"), workers)
            took = time.perf_counter() - begun
            print(f"{workers:7}  {took:7.1f}  {chosen.articles / took:17,.0f}  {outcome.rows:8,}")


if __name__ == "__main__":
    main()
